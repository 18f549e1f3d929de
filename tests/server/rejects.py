# SPDX-License-Identifier: Apache-2.0
"""What could not be used: seen, mended and sent again, whatever it came as, and rows of files; every look and every change is in the audit trail."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server  # noqa: E402
from program import expect, expect_in, run, run_all  # noqa: E402

HOOK = """[hook]
signature = "none"
[[event]]
type = { column = "what" }
when = "at"
id = "id"
keys = { order = "order" }
"""
TIME = "2026-11-20T09:00:00Z"
STRUCTURED = "application/cloudevents+json"
# As it came, what is wrong with it, and mended; each would be an order of its own.
KINDS = {
    "events": ("/v1/events", {}, {"id": "n-1", "type": "order.placed", "time": "soon", "keys": {"order": "A1"}}, {"time": TIME}),
    "segment": ("/v1/batch", {}, {"type": "track", "userId": "u", "event": "Order Placed", "properties": {"orderId": "A2"}}, {"messageId": "m-1"}),
    "segment:track": ("/v1/t", {}, {"userId": "u", "event": "Order Placed", "properties": {"orderId": "A3"}}, {"messageId": "m-2"}),
    "cloudevents": ("/v1/events", {"Content-Type": STRUCTURED},
                    {"specversion": "1.0", "type": "order.placed", "source": "shop", "data": {"keys": {"order": "A4"}}}, {"id": "c-1"}),
    "hook:shop": ("/v1/hooks/shop", {}, {"id": "h-1", "what": "order.placed", "at": "soon", "order": "A5"}, {"at": TIME}),
}
OWN = {"id": "own-1", "type": "order.placed", "time": TIME, "keys": {"order": "B1"}}


def steward(folder):
    server = Server(folder).prepare().person("anna", "steward", "analyst", "administrator")
    (server.data / "settings/hooks").mkdir(parents=True)
    (server.data / "settings/hooks/shop.toml").write_text(HOOK)
    return server


def audited(server):
    lines = server.ask("GET", "/v1/audit?limit=1000", signed_in=True)[1]["lines"]
    return [(line["who_kind"], line["what"], line["whom"]) for line in lines if line["what"] != "audit.read"]


def instances(server):
    status, body, _ = server.ask("GET", "/v1/promises/in-two-hours/instances?limit=100", signed_in=True)
    assert status == 200, (status, body)
    return sorted(it["activation"]["id"] for it in body["instances"])


def sent_again(folder):
    server = steward(folder)
    with server:
        server.sign_in("anna")
        for kind, (path, headers, bad, _) in KINDS.items():
            status = server.ask("POST", path, {"batch": [bad]} if kind == "segment" else bad, headers, key=server.key)[0]
            expect(f"{kind}: Segment's clients are told no more than 200, others 422", status, 200 if "segment" in kind else 422)
        # Such a list loses its long event alone; what is kept of it is cut, and says so.
        long_one = {"id": "n-2", "type": "order.placed", "time": "soon", "data": {"note": "x" * 50_000}}
        server.send([long_one])
        server.send([{**long_one, "data": {"note": "x" * 300_000}}])
        rejects = server.ask("GET", "/v1/rejects?state=waiting", signed_in=True)[1]["rejects"]
        expect("their kinds", [it["kind"] for it in rejects], [*KINDS, "events", "events"])
        expect("whole, but for the last", [it["raw_cut"] for it in rejects], [False] * 6 + [True])
        expect("as it came", json.loads(rejects[5]["raw"]), long_one)
        expect("a look is noted", audited(server)[-1], ("person", "rejects.read", "1-7"))
        for number, (kind, (_, _, bad, mend)) in enumerate(KINDS.items(), 1):
            def replay(body):
                return server.ask("POST", f"/v1/rejects/{number}/replay", body, signed_in=True)
            status, body, _ = replay(None)
            expect(f"{kind}: as it came it is as wrong as before", (status, body["title"]), (422, "Still not an event"))
            status, body, _ = replay({**bad, **mend})
            expect(f"{kind}: mended in the form in which it came", (status, body.get("state")), (200, "replayed"))
            expect(f"{kind}: once", replay({**bad, **mend})[0], 409)
            expect(f"{kind}: noted", audited(server)[-1], ("person", "reject.mended", str(number)))
        status, body, _ = server.ask("POST", "/v1/rejects/7/replay", signed_in=True)
        expect_in("what is cut is not sent again", "longer than is kept", str(body))
        expect("but an event of our own is", server.ask("POST", "/v1/rejects/7/replay", OWN, signed_in=True)[0], 200)
        expect("and the rest is put aside", server.ask("POST", "/v1/rejects/6/dismiss", {"note": "a test"}, signed_in=True)[0], 200)
        state = server.ask("GET", "/v1/state", signed_in=True)[1]
        state = server.wait_evaluated(state["durable_position"])
        expect("none waits", (state["waiting_rejects"], state["events"], state["duplicates"]), (0, 6, 0))
        expect("each is an order", instances(server), ["c-1", "h-1", "m-1", "m-2", "n-1", "own-1"])
        expect("a clean end", server.stop(), 0)
    expect("the trail is whole", run("--data", server.data, "audit", "verify").code, 0)


def rows_of_files(folder):
    server = steward(folder)
    (folder / "old.csv").write_text("id,type,time\n" + "".join(f"{n},page.seen,{'soon' if n in (2, 4) else '2026-10-01T00:00:00Z'}\n" for n in range(1, 31)))
    expect("a file", run("--data", server.data, "import", folder / "old.csv", "--source", "web").code, 0)
    keys = {source: run("--data", server.data, "key", "add", source, "--source", source, "--scope", "rejects.read").out.strip() for source in ("web", "shop")}
    with server:
        server.sign_in("anna")
        status, body, _ = server.ask("GET", "/v1/imports/1/rejects?limit=1", signed_in=True)
        expect("the first", (status, body["import"], body["rejected"], body["next_after"]), (200, 1, 2, 1))
        expect("where it stands", [(it["line"], it["record"], it["column"]) for it in body["rejects"]], [(3, 2, "time")])
        expect_in("as it stood", "2,page.seen,soon", body["rejects"][0]["raw"])
        expect("the look is noted", audited(server)[-1], ("person", "rejects.read", "import 1"))
        body = server.ask("GET", "/v1/imports/1/rejects?limit=1&after=1", signed_in=True)[1]
        expect("the second, and no more", ([it["line"] for it in body["rejects"]], body["next_after"]), ([5], None))
        status, body, _ = server.ask("GET", "/v1/imports/1/rejects", key=keys["web"])
        expect("a key sees reasons alone", (status, sorted(body["rejects"][0])), (200, ["column", "line", "reason", "record"]))
        expect("of its own source", server.ask("GET", "/v1/imports/1/rejects", key=keys["shop"])[0], 404)
        for number in ("2", "0", "x", "99999999999999999999"):
            expect(f"no import {number}", server.ask("GET", f"/v1/imports/{number}/rejects", signed_in=True)[0], 404)
        expect("a clean end", server.stop(), 0)


run_all([sent_again, rows_of_files])
