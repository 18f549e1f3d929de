# SPDX-License-Identifier: Apache-2.0
"""Mail goes over TLS, from the first byte or by STARTTLS, to a mail server that wants a sign-in; never a password where somebody could listen."""
import pathlib
import shutil
import ssl
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from receivers import MailServer, wait_for  # noqa: E402
from server import Server, event  # noqa: E402
from program import expect, expect_in, run, run_all  # noqa: E402

USERS = {"handslag@example.se": "grå gås går"}
NEAR = """promise in-an-hour "Delivered in an hour"
  kept by logistics
  when order.placed then order.delivered within 1 h, same order
  target 95%
  warn 59 min before
"""


def certificate(folder, name, host):
    """A certificate of its own for `host`, and the context of a server that shows it."""
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}", "-addext",
                    f"subjectAltName={host}", "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*paths)
    return paths[0], context


def config(folder, mails, tls, authorities=None, password=USERS["handslag@example.se"]):
    (folder / "password").write_text(password + "\n")
    trusted = f'authorities = "{authorities}"\n' if authorities else ""
    return (f'[mail]\nserver = "127.0.0.1"\nport = {mails.port}\ntls = "{tls}"\nuser = "handslag@example.se"\n{trusted}'
            f'password_file = "{folder / "password"}"\nfrom = "Handslag <handslag@example.se>"\n')


def doctor(folder, text):
    (folder / "mail.toml").write_text(text)
    return run("--data", folder / "data", "doctor", "--config", folder / "mail.toml")


def goes_out(folder):
    authority, context = certificate(folder, "here", "IP:127.0.0.1")
    for tls in ("tls", "starttls"):
        (folder / tls).mkdir()
        mails = MailServer(tls=context, starts=tls == "starttls", users=USERS)
        text = config(folder / tls, mails, tls, authority)
        server = Server(folder / tls, text).prepare(NEAR).person("anna", "owner", "administrator")
        said = doctor(folder / tls, text)
        expect(f"{tls}: the doctor", said.code, 0)
        expect_in(f"{tls}: can send", f"mail can be sent by 127.0.0.1:{mails.port}", said.out)
        expect(f"{tls}: and sends nothing to find out", mails.mails, [])
        with server:
            server.sign_in("anna")
            eva = {"name": "Eva Öberg", "mail": "eva@example.se", "language": "sv", "interval": "at_once", "most": 2}
            status, _, _ = server.ask("PUT", "/v1/units/logistics/recipients", {"recipients": [eva]}, signed_in=True)
            expect(f"{tls}: a recipient", status, 200)
            server.send(event(1, "order.placed", "A1", seconds_ago=120))
            sender, to, _ = wait_for("a mail", lambda: mails.mails)[0]
            expect(f"{tls}: from and to", (sender, to), ("handslag@example.se", ["eva@example.se"]))
            expect(f"{tls}: signed in before", mails.seen.index("AUTH") < mails.seen.index("MAIL"), True)
        mails.close()


def is_refused(folder):
    authority, context = certificate(folder, "here", "IP:127.0.0.1")
    other, other_context = certificate(folder, "other", "DNS:mail.example.se")
    Server(folder).prepare()
    plain = MailServer()
    wrong = MailServer(tls=context, users=USERS)
    elsewhere = MailServer(tls=other_context, users=USERS)
    cases = (("no TLS there", plain, config(folder, plain, "starttls", authority), "offers no TLS"),
             ("a wrong password", wrong, config(folder, wrong, "tls", authority, "annat"), "refuses user and password"),
             ("an authority that nobody knows", wrong, config(folder, wrong, "tls"), "cannot reach the mail server"),
             ("another host's certificate", elsewhere, config(folder, elsewhere, "tls", other), "cannot reach the mail server"))
    for what, mails, text, reason in cases:
        mails.seen.clear()
        (folder / "password").write_text(("annat" if what == "a wrong password" else USERS["handslag@example.se"]) + "\n")
        said = doctor(folder, text)
        expect(f"{what}: a fault", said.code, 1)
        expect_in(f"{what}: the reason", reason, said.out)
        expect(f"{what}: the password stays here", "AUTH" in mails.seen, what == "a wrong password")
    (folder / "clear.toml").write_text(config(folder, plain, "none"))
    expect_in("a password in clear", "in clear", run("--data", folder / "data", "doctor", "--config", folder / "clear.toml").out)
    expect_in("no mail at all", "no mail is sent", run("--data", folder / "data", "doctor").out)


if shutil.which("openssl") is None:
    print("skipped: openssl, which makes the certificates, is not installed")
    sys.exit(77)
run_all([goes_out, is_refused])
