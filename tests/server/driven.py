# SPDX-License-Identifier: Apache-2.0
"""Every operation of the server driven to a success, with something of everything that its answer tells of."""
import json
import time

from held import CONTRACT, OPERATIONS
from program import expect, run
from receivers import Receiver
from server import HOOK, PASSWORD, PROMISE, Server, Stream, event

EVERY_ROLE = [{"role": it} for it in ("steward", "front_line", "owner", "analyst", "leader", "administrator")]
OTHER_PASSWORD = "blå ko går bort"
MAP = """source = "web"
[[event]]
type = "page.seen"
when = "time"
id = "id"
subject = [{ type = "email", column = "email" }]
"""
# Only whoever holds such a record reads it.
HANDED = """id = "handed"
name = { sv = "Lapp", en = "Note" }
plural = { sv = "Lappar", en = "Notes" }
title = "what"
owner = "holder"
who = { read = ["holder"], create = ["anyone"], change = ["holder"] }
[[fields]]
id = "what"
kind = "text"
name = { sv = "Vad", en = "What" }
[[fields]]
id = "holder"
kind = "person"
name = { sv = "Vem", en = "Who" }
starts_as = "actor"
[[states]]
id = "open"
name = { sv = "Öppen", en = "Open" }
"""
CASE = {"values": {"what": "Svara", "cause": "person", "unit": "service"}}
HER, GUARDED = [{"type": "email", "value": "anna@example.se"}], [{"type": "email", "value": "eva@example.se"}]


def in_days(days):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + days * 86_400))


def prepared(folder):
    server = Server(folder, "[webhooks]\nallow_private = true\n").prepare()
    server.person("anna", *(it["role"] for it in EVERY_ROLE)).person("tove", "analyst")
    (folder / "units.toml").write_text('[units.service]\nname = "Service"\n')
    (folder / "calendars.toml").write_text('[calendars.support]\nextends = "sweden"\n[calendars.support.hours]\nmonday = ["08:00-17:00"]\n')
    for name in ("units", "calendars"):
        put = run("--data", server.data, "settings", "put", folder / f"{name}.toml")
        expect(f"{name} {put.err}", put.code, 0)
    (server.data / "settings/hooks").mkdir(parents=True, exist_ok=True)
    (server.data / "settings/hooks/shop.toml").write_text(HOOK)
    (server.data / "settings/registers").mkdir(exist_ok=True)
    (server.data / "settings/registers/handed.toml").write_text(HANDED)
    rows = "".join(f"{n},page.seen,2026-10-01T00:00:00Z,web\n" for n in range(20))
    (folder / "old.csv").write_text("id,type,time,source\n" + rows + "x,page.seen,yesterday,web\n")
    expect("a file", run("--data", server.data, "import", folder / "old.csv").code, 0)
    return server


def contact(number, kind, seconds_ago, **data):
    return {**event(number, kind, "A1", seconds_ago), "channel": "phone", "unit": "service", "data": data,
            "keys": {"order": "A1", "contact": "k1", "offer": "o1", "fact": "card-number"}}


def send_some(held, server):
    told = [event(1, "order.placed", "A1", 40_000), {**contact(4, "contact.started", 30_000, reason="delivery"), "agent": "anna"}, contact(5, "contact.ended", 29_000, outcome="open"),
            contact(6, "offer.sent", 28_000), contact(7, "fact.given", 27_000), contact(8, "identify.failed", 26_000, why="not found"),
            contact(9, "customer.updated", 25_000, can_leave=True), event(10, "order.placed", "A2"), event(2, "order.delivered", "A1"), {"id": "3"}, {"id": "3b"},
            {**event(11, "customer.updated", "B1", 24_000, "eva@example.se"), "data": {"protected": True}},
            {**event(12, "contact.started", "B1", 23_000, "eva@example.se"), "keys": {"contact": "k2"}}]
    taken = held.ask(server, "POST", "/v1/events", body=told[:9] + told[11:], key=server.key)
    status, body, headers = server.ask("POST", "/v1/events", told[8:11], key=server.key)  # an event that is there already, and two that are none
    held.hold("POST", "/v1/events", status, body, headers)
    expect("two are none", (body["accepted"], body["rejected"]), (1, 2))
    server.wait_evaluated(taken["position"])


def bodies_of_segment(held, server):
    call = {"type": "track", "event": "order.placed", "userId": "u1", "messageId": "m", "timestamp": "2026-10-01T00:00:00Z", "writeKey": server.key}
    for method, path in (it for it in held.answered if it[0] == "POST"):
        if not OPERATIONS[method, path]["summary"].startswith("Segment") and path != "/v1/identify":
            continue
        body = {"batch": [call], "writeKey": server.key} if path in ("/v1/batch", "/v1/import", "/v1/b") else {**call, "messageId": path}
        body = {"series": [], "writeKey": server.key} if path == "/v1/m" else body
        held.ask(server, method, path, body=body, key=server.key)
        held.ask(server, method, path, 401, body={**body, "writeKey": "hs_1_x"}, signed_in=False)


def reading(held, server):
    """All that is read, of a customer whom everybody may see and of one who is guarded."""
    held.ask(server, "GET", "/", signed_in=False)
    page = server.ask("GET", "/", headers={"Accept": "text/html"})
    held.hold("GET", "/", *page)
    held.ask(server, "GET", "/assets/{file}", values={"file": page[1].decode().split("/assets/")[1].split('"')[0]})
    held.ask(server, "GET", "/v1/promises/{id}/instances", values={"id": "in-two-hours"})  # by which all that came stands in the log
    for path in ("/livez", "/readyz", "/v1/session", "/v1/calendars", "/v1/due", "/v1/causes", "/v1/gap", "/v1/imports", "/v1/me/results", "/v1/promises", "/v1/quarters",
                 "/v1/registers", "/v1/rejects", "/v1/sources", "/v1/state", "/v1/state/sources", "/v1/units", "/v1/vocabulary", "/v1/people", "/v1/audit"):
        body = held.ask(server, "GET", path)
        if isinstance(body, dict):
            empty = sorted(name for name, it in body.items() if it == [])
            expect(f"GET {path} has something to tell", empty, [])
    held.ask(server, "GET", "/v1/session", signed_in=False)
    held.ask(server, "GET", "/v1/projects/{key}/settings", values={"key": server.key})
    for path, values in (("/v1/promises/{id}", {"id": "in-two-hours"}), ("/v1/registers/{register}", {"register": "case"}),
                         ("/v1/imports/{number}/rejects", {"number": 1}), ("/v1/rejects/{number}", {"number": 1})):
        held.ask(server, "GET", path, values=values)
    found = held.ask(server, "GET", "/v1/card", query="?identifier=email:anna@example.se")
    expect("a card with everything on it", sorted(name for name, it in found.items() if it == []), ["may_do", "ombud", "watched"])
    held.ask(server, "POST", "/v1/card", body={"customer": found["customer"]["name"], "why": "call 1", "lang": "sv"})
    guarded = held.ask(server, "POST", "/v1/card", body={"identifier": "email:eva@example.se"})
    expect("a guarded card", guarded["protected"], True)
    for name in (found["customer"]["name"], guarded["customer"]["name"]):
        for path in ("/v1/customers/{customer}/timeline", "/v1/customers/{customer}/promises"):
            held.ask(server, "GET", path, values={"customer": name})
        held.ask(server, "GET", "/v1/promises/{id}/instances", values={"id": "in-two-hours"}, query=f"?customer={name}")
    expect("a cause was found", [held.ask(server, "GET", "/v1/cause/{contact}", values={"contact": it}).get("found") for it in ("k1", "k2")], [True, None])
    held.ask(server, "GET", "/v1/cause", query="?contact=k1")
    for path, body in (("gap", {"json": True, "by": ["unit"]}), ("explain", {"promise": "in-two-hours", "verdict": "broken", "width": 120}),
                       ("timeline", {"customer": found["customer"]["name"], "colour": False}), ("promises", {"lang": "sv"})):
        held.ask(server, "POST", f"/v1/printed/{path}", body=body)
    held.ask(server, "POST", "/v1/identify", body={"text": "anna@example.se", "channel": "phone", "call": "call-7"})
    held.ask(server, "POST", "/v1/identify", body={"text": "680819-9268", "phone": "0701234567"})


def registers(held, server):
    case = held.ask(server, "POST", "/v1/registers/{register}/records", 201, CASE, {"register": "case"})
    it = {"id": case["id"]}
    held.ask(server, "GET", "/v1/records/{id}", values=it)
    held.ask(server, "PATCH", "/v1/records/{id}", body={"values": {"what": "Svara henne"}, "comment": "så"}, values=it, headers={"If-Match": '"1"'})
    held.ask(server, "POST", "/v1/records/{id}/comment", body={"comment": "Vi svarar."}, values=it)
    moved = held.ask(server, "POST", "/v1/records/{id}/move", body={"to": "taken", "comment": "min"}, values=it)
    expect("taken", moved["state"], "taken")
    held.ask(server, "POST", "/v1/records/{id}/undo", body={"comment": "nej"}, values=it)
    held.ask(server, "GET", "/v1/records/{id}/history", values=it)
    note = held.ask(server, "POST", "/v1/registers/{register}/records", 201, {"values": {"what": "x"}}, {"register": "handed"})
    handed = held.ask(server, "PATCH", "/v1/records/{id}", body={"values": {"holder": "tove"}}, values={"id": note["id"]})
    expect("who hands it over reads it no more", handed, None)
    held.refused(server, "GET", "/v1/records/{id}", 404, values={"id": note["id"]})
    held.ask(server, "GET", "/v1/registers/{register}/records", values={"register": "case"}, query="?state=open&limit=1")
    held.ask(server, "GET", "/v1/registers/{register}/counts", values={"register": "case"})
    held.ask(server, "POST", "/v1/help-blocked", 201, {"values": {"why": "mandate", "unit": "service"}})
    guess = {"quarter": "2026-Q3", "unit": "service", "promises_kept": 80, "fourth_contact": 1, "minutes_to_human": 3, "asked_twice": 2, "cannot_leave": 5}
    made = {"id": held.ask(server, "POST", "/v1/registers/{register}/records", 201, {"values": guess}, {"register": "guess"})["id"]}
    held.refused(server, "POST", "/v1/guesses/{id}/show", 409, values=made)
    held.ask(server, "POST", "/v1/records/{id}/move", body={"to": "sealed"}, values=made)
    held.ask(server, "POST", "/v1/guesses/{id}/show", values=made)


def commitments(held, server):
    values = {"what": "The module is there", "customer": HER, "unit": "service", "due": in_days(3), "order": "A1", "kind": "delivery"}
    held.ask(server, "POST", "/v1/commitments", body={"values": {**values, "customer": GUARDED}})
    draft = held.ask(server, "POST", "/v1/commitments", body={"values": values})["draft"]
    made = {"id": held.ask(server, "POST", "/v1/commitments", 201, {"confirm": draft})["id"]}
    token = held.ask(server, "POST", "/v1/commitments/{id}/token", 201, values=made)["token"]
    held.ask(server, "GET", "/v1/promised/{token}", values={"token": token}, signed_in=False)
    held.ask(server, "DELETE", "/v1/commitments/{id}/token", values=made)
    held.refused(server, "GET", "/v1/promised/{token}", 404, values={"token": token}, signed_in=False)
    claimed = {"id": held.ask(server, "POST", "/v1/commitments", 201, {"values": {**{k: v for k, v in values.items() if k != "due"}, "claimed": True}})["id"]}
    held.refused(server, "POST", "/v1/commitments/{id}/token", 409, values=claimed)
    it = {"contact": "k1"}
    held.ask(server, "PUT", "/v1/contacts/{contact}/matter", body={"matter": None}, values=it)
    held.ask(server, "DELETE", "/v1/contacts/{contact}/matter", values=it)
    held.ask(server, "PUT", "/v1/contacts/{contact}/matter", body={"matter": None}, values={"contact": "k2"})
    held.ask(server, "DELETE", "/v1/contacts/{contact}/matter", values={"contact": "k2"})


def streamed(held, server):
    """The first verdict that comes, with its head and its data."""
    stream = Stream(server)
    told = stream.until(b"retry: 2000")
    held.ask(server, "POST", "/v1/events", body=event(20, "order.placed", "A20"), key=server.key)
    text = stream.through(b"event: verdict")
    stream.close()
    head = dict(line.split(": ", 1) for line in told.split("\r\n\r\n")[0].split("\r\n")[1:])
    held.hold("GET", "/v1/stream", int(told.split()[1]), text, head)
    data = text.split("event: verdict")[1].split("data: ", 1)[1].split("\n")[0]
    held.fits("the data of an event of the stream", CONTRACT["components"]["schemas"]["Change"], json.loads(data))


def promises(held, server):
    longer = PROMISE.replace("2 h", "24 h")
    checked = [held.ask(server, "POST", "/v1/promises/check", body={"text": it})["ok"] for it in (longer, longer + "nonsense")]
    expect("checked", checked, [True, False])
    held.ask(server, "POST", "/v1/promises/backtest", body={"text": longer})
    held.ask(server, "POST", "/v1/promises/backtest", body={"text": longer.replace("in-two-hours", "in-a-day")})
    held.ask(server, "POST", "/v1/promises", body={"text": longer, "dry_run": True})
    tag = server.ask("GET", "/v1/promises/in-two-hours", signed_in=True)[2]["ETag"]
    published = {"text": longer, "why": "as we told them", "from": "2020-01-01T00:00:00Z"}
    held.refused(server, "POST", "/v1/promises", 409, body=published, headers={"If-Match": '"7"'})
    held.ask(server, "POST", "/v1/promises", 201, published, headers={"If-Match": tag})
    revised = held.ask(server, "GET", "/v1/revisions")
    expect("what was told is told anew", [it["cause"] for it in revised["revisions"]], ["definition"])
    held.ask(server, "POST", "/v1/promises/{id}/withdraw", body={"why": "no longer"}, values={"id": "in-two-hours"})
    held.ask(server, "GET", "/v1/promises/{id}", values={"id": "in-two-hours"})


def coming_in(held, server):
    """Hooks, files, sources, and what could not be used."""
    held.ask(server, "POST", "/v1/hooks/{source}", body=json.dumps({"id": "h1", "time": "2026-10-01T00:00:00Z", "email": "anna@example.se"}), values={"source": "shop"}, key=server.key)
    held.ask(server, "PUT", "/v1/sources/{source}", body={"lag_s": 60, "history_start": "2026-01-01T00:00:00Z"}, values={"source": "shop"})
    held.ask(server, "POST", "/v1/sources/{source}/heartbeat", body={"complete_through": "2026-10-02T00:00:00Z"}, values={"source": "shop"}, key=server.key)
    held.ask(server, "POST", "/v1/rejects/{number}/dismiss", body={"note": "of no use"}, values={"number": 1})
    held.ask(server, "POST", "/v1/rejects/{number}/replay", body=json.dumps(event(3, "order.placed", "A3")), values={"number": 2})
    held.refused(server, "POST", "/v1/rejects/{number}/replay", 409, body="{}", values={"number": 2})
    rows = "id,time,email\n" + "".join(f"f{n},2026-10-01T00:00:0{n % 10}Z,f@example.se\n" for n in range(20)) + "f21,yesterday,f@example.se\n"
    table = rows.replace("id,time,email", "id,time,subject.email").replace("f@example.se\n", "f@example.se,page.seen\n").replace("subject.email\n", "subject.email,type\n")
    held.ask(server, "POST", "/v1/imports", body=table, query="?name=table.csv&source=web")
    sent = {"upload": held.ask(server, "POST", "/v1/uploads", 201, rows, query="?name=pages.csv")["upload"]}
    held.ask(server, "GET", "/v1/uploads/{upload}", values=sent)
    tried = held.ask(server, "POST", "/v1/uploads/{upload}/try", body={"map": MAP, "zone": "Europe/Stockholm"}, values=sent)
    expect("what a map makes of it", (tried["events"], tried["rejected"]), (20, 1))
    made = held.ask(server, "POST", "/v1/uploads/{upload}/import", 201, {"map": MAP}, sent)
    again = {"upload": held.ask(server, "POST", "/v1/uploads", 201, rows, query="?name=pages.csv")["upload"]}
    held.ask(server, "DELETE", "/v1/uploads/{upload}", values=again)
    held.refused(server, "GET", "/v1/uploads/{upload}", 404, values=again)
    held.ask(server, "DELETE", "/v1/imports/{number}", values={"number": made["number"]})
    held.ask(server, "GET", "/v1/imports")


def telling(held, server):
    receiver = Receiver()
    hook = held.ask(server, "POST", "/v1/webhooks", 201, {"name": "wall", "url": receiver.url, "filter": {"verdict": ["broken"], "kind": "verdict"}})
    it = {"number": hook["number"]}
    held.ask(server, "POST", "/v1/webhooks/{number}/test", 202, values=it)
    until = time.monotonic() + 30
    while not server.ask("GET", f"/v1/webhooks/{hook['number']}/deliveries", signed_in=True)[1]["deliveries"]:
        assert time.monotonic() < until, "the test message was not tried in half a minute"
        time.sleep(0.02)
    held.ask(server, "GET", "/v1/webhooks/{number}/deliveries", values=it)
    receiver.close()
    held.ask(server, "GET", "/v1/webhooks")
    held.ask(server, "PATCH", "/v1/webhooks/{number}", body={"active": False, "new_secret": True}, values=it, headers={"If-Match": '"1"'})
    unit = {"unit": "service"}
    held.ask(server, "GET", "/v1/units/{unit}/recipients", values=unit)
    wanted = [{"name": "Eva Öberg", "webhook": hook["number"], "language": "sv", "interval": "hourly", "most": 50}]
    held.ask(server, "PUT", "/v1/units/{unit}/recipients", body={"recipients": wanted}, values=unit, headers={"If-Match": '"0"'})
    held.refused(server, "DELETE", "/v1/webhooks/{number}", 409, values=it)
    held.ask(server, "PUT", "/v1/units/{unit}/recipients", body={"recipients": []}, values=unit)
    held.ask(server, "DELETE", "/v1/webhooks/{number}", values=it)


def people(held, server):
    new = {"login": "olle", "name": "Olle Ek", "password": PASSWORD, "roles": [{"role": "owner", "unit": "service"}]}
    held.ask(server, "POST", "/v1/people", 201, new)
    held.refused(server, "POST", "/v1/people", 409, body=new)
    it = {"login": "olle"}
    held.ask(server, "PATCH", "/v1/people/{login}", body={"roles": [{"role": "leader"}], "opens_protected": True, "disabled": True}, values=it)
    changed = held.ask(server, "PATCH", "/v1/people/{login}", body={"password": OTHER_PASSWORD}, values=it)
    expect("a password alone is answered with the person too", changed.get("roles"), [{"role": "leader", "unit": "*"}])
    key = held.ask(server, "POST", "/v1/keys", 201, {"name": "k", "source": "shop", "scopes": ["events.send"]})
    held.ask(server, "GET", "/v1/keys")
    held.ask(server, "DELETE", "/v1/keys/{number}", values={"number": key["number"]})
    held.ask(server, "POST", "/v1/session/password", body={"password": PASSWORD, "new_password": OTHER_PASSWORD})
    held.ask(server, "POST", "/v1/session", body={"login": "anna", "password": OTHER_PASSWORD}, signed_in=False)
    held.ask(server, "DELETE", "/v1/session")


def first_start(held, server):
    """Whom the first start lets in, and the story for whoever has nothing yet: then everything that is read has much to tell."""
    token = server.said(r'"token":"([^"]+)"')[1]
    claim = {"token": token, "login": "eva", "name": "Eva Ek", "password": PASSWORD}
    held.refused(server, "POST", "/v1/setup", 400, "/password", body={**claim, "password": "kort"}, signed_in=False)
    held.ask(server, "POST", "/v1/setup", body=claim, signed_in=False)
    held.refused(server, "POST", "/v1/setup", 401, body=claim, signed_in=False)
    server.sign_in("eva")
    held.ask(server, "POST", "/v1/demo", 201)
    held.refused(server, "POST", "/v1/demo", 409)
    held.ask(server, "PATCH", "/v1/people/{login}", body={"roles": EVERY_ROLE}, values={"login": "eva"})
    server.sign_in("eva")
    for path in ("/v1/due", "/v1/causes", "/v1/gap", "/v1/promises", "/v1/quarters", "/v1/vocabulary", "/v1/units", "/v1/state", "/v1/imports", "/v1/sources"):
        held.ask(server, "GET", path)
    for it in held.ask(server, "GET", "/v1/promises")["promises"]:
        held.ask(server, "GET", "/v1/promises/{id}/instances", values={"id": it["id"]}, query="?limit=20")
    contacts = set()
    for number in range(1, 60):
        name = {"customer": f"c{number}"}
        card = held.ask(server, "GET", "/v1/card", query=f"?customer=c{number}")
        contacts.update(it["contact"] for matter in card.get("matters", []) for it in matter["contacts"] if it["contact"])
        held.ask(server, "GET", "/v1/customers/{customer}/promises", values=name)
        held.ask(server, "GET", "/v1/customers/{customer}/timeline", values=name, query="?limit=20")
    causes = [held.ask(server, "GET", "/v1/cause/{contact}", values={"contact": it}) for it in sorted(contacts)[:20]]
    expect("some have a cause", any(it.get("found") for it in causes), True)
