# SPDX-License-Identifier: Apache-2.0
"""The stock clients of Segment, RudderStack and CloudEvents, and Standard Webhooks, against the real server: only the URL
is ours."""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server, event  # noqa: E402
from program import SOURCE, expect, run, run_all  # noqa: E402

NODE = SOURCE / "node_modules/.bin/node"
if not (SOURCE / "node_modules/@segment").exists():
    print("the clients are not installed (npm ci); skipped")
    sys.exit(77)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
HOOK = """[hook]
signature = "standard-webhooks"

[[event]]
type = { column = "type" }
when = "timestamp"
subject = [{ type = "email", column = "data.customer.email" }]
keys = { matter = "data.ticket.id" }
"""


def client(name, *arguments, environment=None):
    script = SOURCE / "tests/e2e/clients" / f"{name}.mjs"
    done = subprocess.run([NODE, script, *arguments], capture_output=True, text=True, timeout=120, env={**os.environ, **(environment or {})})
    return done.returncode, done.stderr[-500:]


# How many events a client sends (tests/e2e/clients), and how many different ones.
CLIENTS = {"segment": (6, 6), "rudderstack": (4, 4), "cloudevents": (6, 4)}


def evaluated(server):
    """Events and duplicates, when all that was taken is evaluated."""
    state = server.wait_evaluated(server.ask("GET", "/v1/state", signed_in=True)[1]["durable_position"])
    return state["events"], state["duplicates"]


def timelines(server):
    """What the clients' calls say, as it stands on the timelines of those whom they are about."""
    def timeline(identifier):
        status, card, _ = server.ask("POST", "/v1/card", {"identifier": identifier}, signed_in=True)
        assert status == 200, (status, card)
        status, body, _ = server.ask("GET", f"/v1/customers/{card['customer']['name']}/timeline", signed_in=True)
        assert status == 200, (status, body)
        return {it["id"]: it for it in body["events"]}

    told = timeline("email:test@example.com")
    expect("Segment's six calls, and a ticket by webhook", len(told), 7)
    order = told["segment-track"]
    expect("the order", (order["type"], order["keys"], order["data"]["total"], order["data"]["promised_at"]),
           ("order.completed", {"order": "A-1001"}, 499, "2026-12-01"))
    expect("the page", (told["segment-page"]["type"], told["segment-page"]["channel"], told["segment-page"]["data"]["path"]), ("page.viewed", "web", "/checkout"))
    ticket, = (it for it in told.values() if it["source"] == "standard")
    expect("the ticket", (ticket["type"], ticket["time"], ticket["keys"]), ("ticket.opened", "2026-11-21T10:00:00Z", {"matter": "7"}))
    told = timeline("email:test2@example.com")
    expect("RudderStack's", sorted(told), ["rudder-identify-gzip", "rudder-identify-plain", "rudder-track-gzip", "rudder-track-plain"])
    ticket = told["rudder-track-gzip"]
    expect("its ticket", (ticket["type"], ticket["keys"], ticket["data"]["reason"]), ("ticket.opened", {"matter": "T-7"}, "invoice"))
    told = timeline("customer_no@shop:77")
    order = {name.split("#")[-1]: it for name, it in told.items()}["ce-binary"]
    expect("a CloudEvent's order", (order["type"], order["time"], order["channel"], order["keys"], order["data"]["amount"], order["data"]["region"]),
           ("order.placed", "2026-11-21T10:00:00Z", "web", {"order": "A-1001"}, 499, 'Jämtland "norr" 100 %'))
    expect("of four CloudEvents", len(told), 4)


def clients(folder):
    server = Server(folder).prepare().person("anna", "steward", "analyst", "administrator", "front_line")
    (server.data / "settings/hooks").mkdir(parents=True)
    (server.data / "settings/hooks/standard.toml").write_text(HOOK)
    os.environ["HANDSLAG_HOOK_standard"] = SECRET
    with server:
        server.sign_in("anna")
        before = evaluated(server)
        for name, (sent, different) in CLIENTS.items():
            for events, duplicates in ((different, sent - different), (0, sent)):  # and once more: they count once
                expect(f"{name} is content", client(name, server.url, server.key), (0, ""))
                after = evaluated(server)
                expect(f"{name}: events, duplicates", (after[0] - before[0], after[1] - before[1]), (events, duplicates))
                before = after
        for events, duplicates in ((1, 0), (0, 1)):
            expect("a signed webhook is taken, a changed one refused", client("standardwebhooks", server.url, SECRET), (0, ""))
            after = evaluated(server)
            expect("the webhook: events, duplicates", (after[0] - before[0], after[1] - before[1]), (events, duplicates))
            before = after
        expect("no reject", server.ask("GET", "/v1/rejects", signed_in=True)[1]["rejects"], [])
        timelines(server)
        expect("a clean end", server.stop(), 0)
    expect("the log is whole", run("--data", server.data, "doctor").code, 0)


run_all([clients])
