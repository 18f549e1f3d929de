# SPDX-License-Identifier: Apache-2.0
"""Verdicts, warnings and notices that leave the house: signed webhooks, retries, restarts and kill -9, digests by mail."""
import json
import pathlib
import random
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from receivers import MailServer, Receiver, is_signed, wait_for  # noqa: E402
from server import PROMISE, Server, event  # noqa: E402
from program import SOURCE, expect, expect_in, run, run_all  # noqa: E402

NODE = SOURCE / "node_modules/.bin/node"
WARNED = """promise in-an-hour "Delivered in an hour"
  kept by logistics
  when order.placed then order.delivered within 1 h, same order
  target 95%
  warn 2 h before
"""
QUICK = """promise quick "Delivered in two seconds"
  kept by logistics
  when order.placed then order.delivered within 2 s, same order
  target 95%
"""
ALLOW = "[webhooks]\nallow_private = true\n"


def administrator(folder, config=ALLOW, **prepared):
    return Server(folder, config).prepare(**prepared).person("anna", "steward", "front_line", "owner", "analyst", "administrator", "leader")


def add_webhook(server, receiver, **more):
    status, body, headers = server.ask("POST", "/v1/webhooks", {"name": "test", "url": receiver.url, **more}, signed_in=True)
    assert status == 201, (status, body)
    expect("a version to change it by", headers["ETag"], '"1"')
    return body


def webhook(server, number):
    found = [it for it in server.ask("GET", "/v1/webhooks", signed_in=True)[1]["webhooks"] if it["number"] == number]
    return found[0]


def verified_by_the_stock_library(headers, body, secret):
    """What the npm library says; None where it is not installed."""
    if not (SOURCE / "node_modules/standardwebhooks").exists():
        return None
    script = ('import {Webhook} from "standardwebhooks"; const [secret, headers, body] = process.argv.slice(1);'
              'new Webhook(secret).verify(body, JSON.parse(headers)); console.log("verified")')
    done = subprocess.run([NODE, "--input-type=module", "-e", script, secret, json.dumps(headers), body.decode()],
                          capture_output=True, text=True, timeout=60, cwd=SOURCE)
    return done.stdout.strip() or done.stderr


def webhooks(folder):
    good, dead, slow, gone, sales = Receiver(), Receiver(status=500), Receiver(hangs=True), Receiver(status=410), Receiver()
    server = administrator(folder)
    with server:
        server.sign_in("anna")
        hooks = {name: add_webhook(server, it) for name, it in (("slow", slow), ("dead", dead), ("gone", gone), ("good", good))}
        add_webhook(server, sales, filter={"unit": "sales"})
        expect("the secret is shown once", "secret" in webhook(server, hooks["good"]["number"]), False)
        server.send([event(1, "order.placed", "A1"), event(2, "order.placed", "A2")])
        wait_for("the slow one was asked", lambda: slow.requests)
        server.send(event(3, "order.delivered", "A1"))
        told = wait_for("the good one hears while another hangs", lambda: len(good.messages) >= 3 and good.of_type("verdict.changed"))
        expect("the slow one still hangs", slow.messages, [])
        expect("in order", [(it["before"], it["after"]) for _, it in told], [(None, "pending"), (None, "pending"), ("pending", "kept")])
        expect("no identifier leaves the house", "anna@example.se" in str(good.requests), False)
        expect("nothing of another unit", sales.requests, [])
        headers, body = good.requests[0]
        expect("signed", is_signed(headers, body, hooks["good"]["secret"]), True)
        expect("by its own secret", is_signed(headers, body, hooks["dead"]["secret"]), False)
        expect("the stock library agrees", verified_by_the_stock_library(headers, body, hooks["good"]["secret"]) in (None, "verified"), True)
        off = wait_for("410 switches off", lambda: not webhook(server, hooks["gone"]["number"])["active"] and webhook(server, hooks["gone"]["number"]))
        expect_in("and says why", "410", off["why_off"])
        failing = wait_for("500 is tried again", lambda: (it := webhook(server, hooks["dead"]["number"]))["failures"] and it)
        expect("later", (failing["active"], failing["next_attempt"] > failing["failing_since"]), (True, True))
        expect_in("with a reason", "500", failing["last_error"])

        dead.status = 200
        number = hooks["dead"]["number"]
        status, body, _ = server.ask("POST", f"/v1/webhooks/{number}/test", {}, signed_in=True)
        expect("a test", status, 202)
        wait_for("the test arrives, and what had waited", lambda: dead.of_type("test") and len(dead.messages) >= 4)
        # Why sorted: several are under way at once, so neighbours may change places (contract/notices.md).
        expect("each once", sorted(kind["type"] for _, kind in dead.messages), ["test"] + ["verdict.changed"] * 3)
        expect("under the id that was told", [it for it, kind in dead.messages if kind["type"] == "test"], [body["id"]])
        expect("the same ids for all", sorted(it for it, kind in dead.messages if kind["type"] != "test"), sorted(it for it, _ in good.messages[:3]))
        listed = wait_for("deliveries", lambda: (it := server.ask("GET", f"/v1/webhooks/{number}/deliveries", signed_in=True)[1]["deliveries"]) and any(one["type"] == "test" for one in it) and it)
        expect("what failed is there too", 500 in [it["status"] for it in listed], True)

        status, body, _ = server.ask("PATCH", f"/v1/webhooks/{number}", {"new_secret": True}, {"If-Match": '"9"'}, signed_in=True)
        expect("somebody else was faster", status, 409)
        status, body, _ = server.ask("PATCH", f"/v1/webhooks/{number}", {"new_secret": True}, {"If-Match": '"1"'}, signed_in=True)
        expect("a new secret", (status, body["secret"] != hooks["dead"]["secret"]), (200, True))
        server.ask("POST", f"/v1/webhooks/{number}/test", {}, signed_in=True)
        wait_for("another test", lambda: len(dead.of_type("test")) == 2)
        headers, raw = dead.requests[-1]
        expect("both sign", (is_signed(headers, raw, body["secret"]), is_signed(headers, raw, hooks["dead"]["secret"])), (True, True))
        status, body, _ = server.ask("PATCH", f"/v1/webhooks/{hooks['gone']['number']}", {"active": True, "url": good.url}, signed_in=True)
        expect("switched on again", (status, body["active"]), (200, True))
        expect("removed", server.ask("DELETE", f"/v1/webhooks/{number}", signed_in=True)[0], 200)
        expect("and gone", server.ask("POST", f"/v1/webhooks/{number}/test", {}, signed_in=True)[0], 404)
        expect("not an address", server.ask("POST", "/v1/webhooks", {"name": "x", "url": "file:///etc/passwd"}, signed_in=True)[0], 400)
        expect_in("in the trail", "hook.changed", str(server.ask("GET", "/v1/audit?limit=1000", signed_in=True)[1]))
        slow.released.set()
        expect("a clean end", server.stop(), 0)
    for it in (good, dead, slow, gone, sales):
        it.close()


def private_addresses(folder):
    receiver = Receiver()
    server = administrator(folder, config="")
    with server:
        server.sign_in("anna")
        status, body, _ = server.ask("POST", "/v1/webhooks", {"name": "x", "url": receiver.url}, signed_in=True)
        expect("loopback is refused", (status, "public" in body["detail"]), (400, True))
        # A name that leads there is found out when it is connected to.
        port = receiver.server.server_port
        number = server.ask("POST", "/v1/webhooks", {"name": "x", "url": f"http://LOCALHOST:{port}/"}, signed_in=True)[1]["number"]
        server.ask("POST", f"/v1/webhooks/{number}/test", {}, signed_in=True)
        failed = wait_for("it fails", lambda: (it := webhook(server, number))["last_error"] and it)
        expect_in("since it is not public", "public", failed["last_error"])
        expect("nothing was sent", receiver.requests, [])
        expect("an owner may not", server.ask("GET", "/v1/webhooks", key=server.key)[0], 403)
    receiver.close()


def restarts(folder):
    """kill -9 while verdicts go out: none is lost, and a double has the id of the first."""
    receiver = Receiver()
    server = administrator(folder)
    random.seed(20261122)
    acknowledged = set()
    with server:
        server.sign_in("anna")
        add_webhook(server, receiver)

        def send_until_dead(round_number):
            for n in range(1_000):
                ids = [f"{round_number}-{n}-{i}" for i in range(5)]
                try:
                    if server.send([event(it, "order.placed", it) for it in ids])[0] == 200:
                        acknowledged.update(ids)
                except Exception:  # cut off
                    return

        for round_number in range(4):
            sender = threading.Thread(target=send_until_dead, args=(round_number,))
            sender.start()
            time.sleep(random.uniform(0.1, 0.5))
            server.kill()
            sender.join()
            server.start()
        server.sign_in("anna")
        position = server.ask("GET", "/v1/state", signed_in=True)[1]["durable_position"]
        server.wait_evaluated(position)
        status, gap, _ = server.ask("GET", "/v1/gap", signed_in=True)
        wanted = gap["promises"][0]["instances"]
        expect("as many as were acknowledged, at least", wanted >= len(acknowledged) > 50, True)
        wait_for("all are told", lambda: len({it["instance"] for _, it in receiver.of_type("verdict.changed")}) >= wanted)
        ids = {}
        for number, it in receiver.of_type("verdict.changed"):
            ids.setdefault((it["instance"], it["before"], it["after"]), set()).add(number)
        expect("a double has the same id", [it for it, numbers in ids.items() if len(numbers) > 1], [])
        expect("no gap had to be told", receiver.of_type("gap"), [])
    receiver.close()


def deadlines_while_away(folder):
    """What breaks while the server is down is told when it is up again."""
    receiver = Receiver()
    server = administrator(folder, promise=QUICK)
    with server:
        server.sign_in("anna")
        add_webhook(server, receiver, filter={"verdict": ["pending", "broken"]})
        expect("no lag", server.ask("PUT", "/v1/sources/shop", {"lag_s": 0}, signed_in=True)[0], 200)
        server.send(event(1, "order.placed", "A1"))
        sent = time.time()
        wait_for("pending", lambda: receiver.messages)
        expect("a clean end", server.stop(), 0)
        told = len(receiver.messages)
        wait_for("its two seconds have passed", lambda: time.time() > sent + 3.1)
        server.start()
        wait_for("broken", lambda: "broken" in [it["after"] for _, it in receiver.of_type("verdict.changed")])
        expect("once", [it["after"] for _, it in receiver.of_type("verdict.changed")].count("broken"), 1)
        expect("it was not told before", told, 1)
    receiver.close()


def without_a_server(folder):
    """What is imported and published while no server runs is told when it starts: as a change, and as a revision where it contradicts."""
    receiver = Receiver()
    server = administrator(folder)

    def told():
        return [(it["instance"].split("/")[1], it["before"], it["after"]) for _, it in receiver.of_type("verdict.changed")]

    with server:
        server.sign_in("anna")
        add_webhook(server, receiver)
        server.wait_evaluated(server.send([event(1, "order.placed", "A1", 5 * 3600)])[1]["position"])
        wait_for("broken", lambda: ("1", None, "broken") in told() or ("1", "pending", "broken") in told())
        expect("a clean end", server.stop(), 0)
    known = len(told())
    late = [event(2, "order.delivered", "A1", 4 * 3600), event(3, "order.placed", "A2", 4 * 3600)]
    (folder / "late.jsonl").write_text("".join(json.dumps({**it, "source": "shop"}) + "\n" for it in late))
    expect("imported", run("--data", server.data, "import", folder / "late.jsonl").code, 0)
    with server:
        server.sign_in("anna")
        wait_for("what was imported", lambda: len(told()) >= known + 2)
        expect("is told", sorted(told()[known:], key=str), [("1", "broken", "kept"), ("1", None, "broken")])
        revisions = server.ask("GET", "/v1/revisions", signed_in=True)[1]["revisions"]
        expect("and revised", [(it["before"], it["after"], it["cause"], it["activation"]["id"]) for it in revisions], [("broken", "kept", "late", "1")])
        expect("a clean end", server.stop(), 0)
    known = len(told())
    (folder / "strict.promise").write_text(PROMISE.replace("2 h", "30 min"))
    expect("published", run("--data", server.data, "promise", "publish", folder / "strict.promise", "--from", "2020-01-01T00:00:00Z").code, 0)
    with server:
        server.sign_in("anna")
        wait_for("what was published", lambda: len(told()) >= known + 4)
        wanted = [("1", "broken", None), ("1", "kept", None), ("2", None, "broken"), ("2", None, "late")]
        expect("is told", sorted(told()[known:], key=str), sorted(wanted, key=str))
        expect("a clean end", server.stop(), 0)
    known = len(told())
    with server:
        server.sign_in("anna")
        server.wait_evaluated(server.send([event(9, "order.placed", "A9")])[1]["position"])
        wait_for("the next", lambda: len(told()) > known)
        expect("and nothing twice", told()[known:], [("2", None, "pending")])
        expect("a clean end", server.stop(), 0)
    known = len(told())
    imports = json.loads(run("--data", server.data, "imports", "--json").out)
    number = next(it["number"] for it in imports if it["file"].endswith("late.jsonl"))
    expect("taken out", run("--data", server.data, "imports", "remove", number).code, 0)
    with server:
        server.sign_in("anna")
        wait_for("what was taken out", lambda: len(told()) >= known + 2)
        expect("is told", sorted(told()[known:], key=str), sorted([("2", "late", "broken"), ("2", "broken", None)], key=str))
        revisions = server.ask("GET", "/v1/revisions?limit=1", signed_in=True)[1]["revisions"]
        expect("and revised", [(it["before"], it["after"], it["cause"], it["activation"]["id"]) for it in revisions], [("late", "broken", "correction", "1")])
        expect("nobody is told that something is missing", receiver.of_type("gap"), [])
    expect("no gap had to be told", receiver.of_type("gap"), [])
    receiver.close()


def killed_while_all_are_evaluated_anew(folder):
    """kill -9 at any instant of a publication: each verdict that it changes is told, and none is told as lost."""
    receiver = Receiver()
    server = administrator(folder)
    random.seed(20261123)
    orders = 300
    with server:
        server.sign_in("anna")
        add_webhook(server, receiver)
        for kind, ago in (("order.placed", 5 * 3600), ("order.delivered", 4 * 3600)):
            server.send([event(f"{kind}-{n}", kind, f"A{n}", ago) for n in range(orders)])
        server.wait_evaluated(2)

        def told(version):
            return [it for _, it in receiver.of_type("verdict.changed") if it["version"] == version]

        wait_for("all are kept", lambda: len({it["instance"] for it in told(1) if it["after"] == "kept"}) == orders)
        for version in range(2, 8):
            draft = {"text": PROMISE.replace("2 h", f"{version * 7} min"), "why": "x", "from": f"2020-01-0{version}T00:00:00Z"}

            def publish():
                try:
                    server.ask("POST", "/v1/promises", draft, signed_in=True)
                except Exception:  # cut off
                    pass

            publishing = threading.Thread(target=publish)
            publishing.start()
            time.sleep(random.uniform(0, 0.6))
            server.kill()
            publishing.join()
            server.start()
            server.sign_in("anna")
            if len(server.ask("GET", "/v1/promises/in-two-hours", signed_in=True)[1]["versions"]) < version:
                publish()
            wait_for(f"version {version}", lambda: len({it["instance"] for it in told(version) if it["after"] == "late"}) == orders)
            wait_for(f"version {version - 1} is over", lambda: len({it["instance"] for it in told(version - 1) if it["after"] is None}) == orders)
        ids = {}
        for number, it in receiver.of_type("verdict.changed"):
            ids.setdefault((it["instance"], it["before"], it["after"]), set()).add(number)
        expect("a double has the same id", [it for it, numbers in ids.items() if len(numbers) > 1][:3], [])
        expect("no gap had to be told", receiver.of_type("gap"), [])
    receiver.close()


def digests(folder):
    mails, receiver = MailServer(), Receiver()
    config = f'{ALLOW}[mail]\nserver = "127.0.0.1"\nport = {mails.port}\ntls = "none"\nfrom = "Handslag <handslag@example.se>"\n'
    server = administrator(folder, config=config, promise=WARNED)
    with server:
        server.sign_in("anna")
        number = add_webhook(server, receiver, filter={"kind": "notice"})["number"]
        eva = {"name": "Eva Öberg", "mail": "eva@example.se", "language": "sv", "interval": "at_once", "most": 2}
        system = {"name": "CRM", "webhook": number, "language": "en", "interval": "at_once"}
        path = "/v1/units/logistics/recipients"
        status, body, _ = server.ask("PUT", path, {"recipients": [{**eva, "name": "Eva\r\nBcc: all@example.se"}]}, signed_in=True)
        expect("no header by a name", status, 400)
        status, body, headers = server.ask("PUT", path, {"recipients": [eva, system]}, signed_in=True)
        expect("recipients", (status, len(body["recipients"]), body["mail"], headers["ETag"]), (200, 2, "on", '"1"'))
        expect("a webhook in use stays", server.ask("DELETE", f"/v1/webhooks/{number}", signed_in=True)[0], 409)
        server.send([event(1, "order.placed", "C", 60), event(2, "order.placed", "A", 1800), event(3, "order.placed", "B", 600),
                     event(4, "order.placed", "D", 900), event(5, "order.delivered", "D", 10)])
        sender, to, mail = wait_for("a mail", lambda: mails.mails)[0]
        expect("from and to", (sender, to, str(mail["To"])), ("handslag@example.se", ["eva@example.se"], "Eva Öberg <eva@example.se>"))
        expect("the subject", str(mail["Subject"]), "3 löften nära att brytas – logistics")
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        lines = [line for line in text.splitlines() if "Delivered in an hour" in line]
        expect("the soonest two", (len(lines), lines == sorted(lines)), (2, True))
        expect_in("and the count of the rest", "1 till", text)
        expect_in("as HTML too", "<li>", html)
        expect("no identifier", "anna@example.se" in text + html, False)
        data = wait_for("a digest by webhook", lambda: receiver.of_type("digest"))[0][1]
        expect("all three", (data["recipient"], data["near"], len(data["items"]), data["more"]), ("CRM", 3, 3, 0))
        expect("a warning is not asked for", receiver.of_type("promise.warning"), [])
        status, body, _ = server.ask("POST", "/v1/registers/case/records",
                                     {"values": {"what": "Karin is angry", "unit": "logistics"}, "comment": "see to it"}, signed_in=True)
        expect("a case", status, 201)
        notice = wait_for("its notice", lambda: receiver.of_type("register.notice"))[0][1]
        expect("by number alone", (notice["record"], notice["occasion"], "Karin" in str(receiver.requests)), (body["id"], "created", False))
        state = server.ask("GET", "/v1/state", signed_in=True)[1]["notices"]
        expect("the state", (state["mail"], state["webhooks"], state["failing_webhooks"]), ("on", 1, 0))
        expect("a clean end", server.stop(), 0)
    # Warned of again after a restart; nobody is told a second time.
    told = len(mails.mails)
    with server:
        server.sign_in("anna")
        server.send(event(9, "order.placed", "E"))
        wait_for("the new one waits for its minute", lambda: server.ask("GET", "/v1/state", signed_in=True)[1]["notices"]["waiting_items"] >= 1)
        expect("one mail in the minute", len(mails.mails), told)
    expect("secrets are not shown", run("config", "--config", folder / "server.toml").out.count("password"), 0)
    mails.close()
    receiver.close()


run_all([webhooks, private_addresses, restarts, deadlines_while_away, without_a_server, killed_while_all_are_evaluated_anew, digests])
