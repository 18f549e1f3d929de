# SPDX-License-Identifier: Apache-2.0
"""A server with a certificate: sign-in over TLS, its cookie, and another certificate at SIGHUP without a connection lost."""
import http.client
import json
import pathlib
import shutil
import signal
import ssl
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import PASSWORD, Server  # noqa: E402
from program import expect, expect_in, run_all  # noqa: E402


def certificate(folder, name):
    """A key and a certificate of its own for localhost, put where the server reads them."""
    made = folder / f"{name}.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-keyout", folder / f"{name}.key", "-out", made, "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1"],
                   check=True, capture_output=True)
    (folder / "server.key").write_bytes((folder / f"{name}.key").read_bytes())
    (folder / "server.pem").write_bytes(made.read_bytes())
    return made


class Secret:
    """Requests of a Server over TLS to one certificate."""

    def __init__(self, server, made):
        trusting = ssl.create_default_context(cafile=str(made))
        self.connection = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=60, context=trusting)

    def ask(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body=json.dumps(body) if body else None, headers=headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.read(), answer.headers

    def presented(self):
        self.connection.connect()
        return dict(part[0] for part in self.connection.sock.getpeercert()["subject"])["commonName"]


def with_certificates(folder):
    first = certificate(folder, "first")
    server = Server(folder, f'certificate = "{folder}/server.pem"\nkey = "{folder}/server.key"\n').prepare().person("anna", "administrator")
    server.scheme = "https"
    with server:
        held = Secret(server, first)
        expect("a page over TLS", held.ask("GET", "/livez")[0], 200)
        status, _, headers = held.ask("POST", "/v1/session", {"login": "anna", "password": PASSWORD}, {"Content-Type": "application/json"})
        expect("signed in", status, 200)
        cookie = headers["Set-Cookie"]
        expect_in("the cookie is the host's alone", "__Host-", cookie.split("=")[0])
        expect_in("and goes over TLS alone", "; Secure", cookie)
        second = certificate(folder, "second")
        expect("the old one until told", Secret(server, first).presented(), "first")
        server.process.send_signal(signal.SIGHUP)
        expect("the new one", presented_at_last(server, second), "second")
        expect("who was connected stays so", held.ask("GET", "/livez")[0], 200)
        # One that cannot be read leaves the last good one.
        (folder / "server.pem").write_text("no certificate")
        server.process.send_signal(signal.SIGHUP)
        expect("who is connected", held.ask("GET", "/readyz")[0], 200)
        expect("and who comes", Secret(server, second).presented(), "second")
        third = certificate(folder, "third")
        server.process.send_signal(signal.SIGHUP)
        expect("and the next good one is read", presented_at_last(server, third), "third")
        expect("a clean end", server.stop(), 0)


def presented_at_last(server, made):
    """SIGHUP is answered by doing; until then the old certificate is not one that `made` vouches for."""
    until = time.monotonic() + 60
    while True:
        try:
            return Secret(server, made).presented()
        except ssl.SSLError as refused:
            if time.monotonic() > until:
                return str(refused)
            time.sleep(0.02)


if shutil.which("openssl") is None:
    print("skipped: openssl, which makes the certificates, is not installed")
    sys.exit(77)
run_all([with_certificates])
