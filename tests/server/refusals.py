# SPDX-License-Identifier: Apache-2.0
"""What the server refuses: of each operation that can refuse, and for each wrong place in a body the pointer to it."""
from driven import CASE, in_days
from held import OPERATIONS
from program import expect
from server import PASSWORD

WANTED = {"what": "x", "customer": [{"type": "email", "value": "a@b.se"}], "unit": "service", "due": in_days(1)}
PERSON = {"login": "nora", "name": "Nora Ek", "password": PASSWORD}
KEY = {"name": "k", "scopes": ["gap.read"]}
WEBHOOK = {"name": "h", "url": "https://example.se/in"}

# A body with one fault, and where it lies. Of 400, but of records: 422.
FAULTS = [
    ("POST", "/v1/session", {"login": 5, "password": "x"}, "/login"),
    ("POST", "/v1/session/password", {"password": PASSWORD, "new_password": "kort"}, "/new_password"),
    ("POST", "/v1/people", {**PERSON, "login": "Nora Ek!"}, "/login"),
    ("POST", "/v1/people", {**PERSON, "name": ""}, "/name"),
    ("POST", "/v1/people", {**PERSON, "password": "kort"}, "/password"),
    ("POST", "/v1/people", {**PERSON, "opens_protected": "yes"}, "/opens_protected"),
    ("POST", "/v1/people", {**PERSON, "roles": "owner"}, "/roles"),
    ("POST", "/v1/people", {**PERSON, "roles": [{"role": "owner"}, {"role": "king"}]}, "/roles/1/role"),
    ("POST", "/v1/people", {**PERSON, "roles": [{"role": "owner", "unit": 5}]}, "/roles/0/unit"),
    ("POST", "/v1/people", {**PERSON, "roles": [{"role": "administrator", "unit": "service"}]}, "/roles/0/unit"),
    ("PATCH", "/v1/people/{login}", {"disabled": "true"}, "/disabled"),
    ("PATCH", "/v1/people/{login}", {"opens_protected": 1}, "/opens_protected"),
    ("PATCH", "/v1/people/{login}", {"roles": [], "password": ""}, "/password"),
    ("POST", "/v1/keys", {**KEY, "name": ""}, "/name"),
    ("POST", "/v1/keys", {"name": "k"}, "/scopes"),
    ("POST", "/v1/keys", {**KEY, "scopes": []}, "/scopes"),
    ("POST", "/v1/keys", {**KEY, "scopes": ["gap.read", "gap.raed"]}, "/scopes/1"),
    ("POST", "/v1/keys", {**KEY, "scopes": ["people.administer"]}, "/scopes/0"),
    ("POST", "/v1/keys", {**KEY, "scopes": ["events.send"]}, "/source"),
    ("POST", "/v1/keys", {**KEY, "source": "a shop"}, "/source"),
    ("POST", "/v1/card", {"phone": 70}, "/phone"),
    ("POST", "/v1/card", {"q": "x" * 201}, "/q"),
    ("POST", "/v1/identify", {"text": 680819}, "/text"),
    ("POST", "/v1/identify", {"text": "x", "channel": "x" * 201}, "/channel"),
    ("POST", "/v1/commitments", {"valeus": WANTED}, "/values"),
    ("POST", "/v1/commitments", {"values": {**WANTED, "due": "2020-01-01T00:00:00Z"}}, "/values/due"),
    ("POST", "/v1/commitments", {"values": {**WANTED, "chance": 1}}, "/values/chance"),
    ("PUT", "/v1/contacts/{contact}/matter", {"matter": 7}, "/matter"),
    ("POST", "/v1/promises", {"why": "x"}, "/text"),
    ("POST", "/v1/promises", {"text": "promise", "why": "x"}, "/text"),
    ("POST", "/v1/promises", {"text": "PROMISE"}, "/why"),
    ("POST", "/v1/promises", {"text": "PROMISE", "why": "x", "from": 2026}, "/from"),
    ("POST", "/v1/promises", {"text": "PROMISE", "why": "x", "dry_run": "true"}, "/dry_run"),
    ("POST", "/v1/promises/check", {"text": None}, "/text"),
    ("POST", "/v1/promises/backtest", {"text": ""}, "/text"),
    ("POST", "/v1/promises/backtest", {"text": "PROMISE", "against": 5}, "/against"),
    ("POST", "/v1/promises/{id}/withdraw", {}, "/why"),
    ("POST", "/v1/printed/gap", {"from": "yesterday"}, "/from"),
    ("POST", "/v1/printed/gap", {"each": "hour"}, "/each"),
    ("POST", "/v1/printed/gap", {"by": "unit"}, "/by"),
    ("POST", "/v1/printed/explain", {"promise": "in-two-hours", "verdict": "good"}, "/verdict"),
    ("POST", "/v1/printed/explain", {"promise": "in-two-hours", "limit": -1}, "/limit"),
    ("POST", "/v1/printed/timeline", {}, "/customer"),
    ("POST", "/v1/printed/promises", {"json": "yes"}, "/json"),
    ("POST", "/v1/rejects/{number}/dismiss", {"note": 5}, "/note"),
    ("PUT", "/v1/sources/{source}", {"lag_s": -1}, "/lag_s"),
    ("PUT", "/v1/sources/{source}", {"history_start": "May"}, "/history_start"),
    ("POST", "/v1/sources/{source}/heartbeat", {"complete_through": "now"}, "/complete_through"),
    ("POST", "/v1/webhooks", {"name": "h"}, "/url"),
    ("POST", "/v1/webhooks", {**WEBHOOK, "name": "a\nb"}, "/name"),
    ("POST", "/v1/webhooks", {**WEBHOOK, "active": True}, "/active"),
    ("POST", "/v1/webhooks", {**WEBHOOK, "new_secret": True}, "/new_secret"),
    ("POST", "/v1/webhooks", {**WEBHOOK, "a/b": 1}, "/a~1b"),
    ("POST", "/v1/webhooks", {**WEBHOOK, "filter": []}, "/filter"),
    ("POST", "/v1/webhooks", {**WEBHOOK, "filter": {"units": []}}, "/filter/units"),
    ("POST", "/v1/webhooks", {**WEBHOOK, "filter": {"verdict": ["good"]}}, "/filter/verdict"),
    ("POST", "/v1/webhooks", {**WEBHOOK, "filter": {"unit": [5]}}, "/filter/unit"),
    ("PATCH", "/v1/webhooks/{number}", {"url": "file:///etc/passwd"}, "/url"),
    ("PUT", "/v1/units/{unit}/recipients", {}, "/recipients"),
    ("PUT", "/v1/units/{unit}/recipients", {"recipients": {}}, "/recipients"),
    ("PUT", "/v1/units/{unit}/recipients", {"recipients": [{"name": "a", "mail": "a@b.se"}, {"name": "b", "mail": "b"}]}, "/recipients/1/mail"),
    ("PUT", "/v1/units/{unit}/recipients", {"recipients": [{"name": "a", "webhook": 99}]}, "/recipients/0/webhook"),
    ("PUT", "/v1/units/{unit}/recipients", {"recipients": [{"name": "a", "mail": "a@b.se", "tone": "kind"}]}, "/recipients/0/tone"),
    ("POST", "/v1/registers/{register}/records", {"values": {**CASE["values"], "cause": "weather"}}, "/values/cause"),
    ("POST", "/v1/registers/{register}/records", {**CASE, "a/b": 1}, "/a~1b"),
    ("PATCH", "/v1/records/{id}", {"values": {"waht": "x"}}, "/values/waht"),
    ("POST", "/v1/records/{id}/move", {}, "/to"),
    ("POST", "/v1/records/{id}/comment", {"comment": " "}, "/comment"),
    ("POST", "/v1/records/{id}/undo", {"comment": "x", "to": "open"}, "/to"),
    ("POST", "/v1/help-blocked", {"values": {"unit": "service"}}, "/values/why"),
    ("POST", "/v1/uploads/{upload}/try", {"source": "x" * 201}, "/source"),
    ("POST", "/v1/uploads/{upload}/try", {"map": "[["}, "/map"),
    ("POST", "/v1/uploads/{upload}/try", {"zone": "Mars/Base"}, "/zone"),
    ("POST", "/v1/uploads/{upload}/import", {"complete_through": "now"}, "/complete_through"),
]


def places(server):
    """What stands at the {…} of paths, of things that are there."""
    case = server.ask("POST", "/v1/registers/case/records", CASE, signed_in=True)[1]["id"]
    upload = server.ask("POST", "/v1/uploads?name=a.csv", "id,time\n1,2\n", signed_in=True)[1]["upload"]
    hook = server.ask("POST", "/v1/webhooks", WEBHOOK, signed_in=True)[1]["number"]
    return {"login": "anna", "id": case, "contact": "k1", "number": hook, "source": "shop", "unit": "service", "register": "case", "upload": upload}


def faults(held, server, promise):
    where = places(server)
    for method, path, body, pointer in FAULTS:
        body = {name: promise if it == "PROMISE" else it for name, it in body.items()}
        values = {**where, **({"id": "in-two-hours"} if path.startswith("/v1/promises") else {}), **({"number": 1} if "rejects" in path else {})}
        is_record = "record" in path or "help" in path or pointer.startswith("/values/")
        key = {"key": server.key} if "heartbeat" in path else {}
        held.refused(server, method, path, 422 if is_record else 400, pointer, body=body, values=values, **key)
    case = {"id": where["id"]}
    held.refused(server, "PATCH", "/v1/records/{id}", 412, "/version", body={"values": {"what": "y"}}, values=case, headers={"If-Match": '"7"'})
    held.refused(server, "POST", "/v1/records/{id}/move", 409, "/to", body={"to": "shown"}, values=case)


def nobody(held, server):
    """Whoever has not signed in is told how, at every operation that needs it."""
    for (method, path), of in OPERATIONS.items():
        real = path.replace("{", "no-").replace("}", "")
        if "x-permission" not in of:
            continue
        status, body, headers = server.ask(method, real, None if method in ("GET", "DELETE") else "{}")
        held.hold(method, path, status, body, headers)
        expect(f"{method} {path} asks who calls", (status, headers["WWW-Authenticate"]), (401, 'Bearer realm="handslag"'))


def strangers(held, server):
    """Operations that are open to all refuse too."""
    held.refused(server, "GET", "/assets/{file}", 404, values={"file": "nothing.js"}, signed_in=False)
    held.refused(server, "GET", "/v1/promised/{token}", 404, values={"token": "x"}, signed_in=False)
    held.refused(server, "POST", "/v1/session", 401, body={"login": "anna", "password": "x"}, signed_in=False)
    held.refused(server, "POST", "/v1/setup", 401, body={"token": "x", "login": "x", "name": "x", "password": "x"}, signed_in=False)
    held.refused(server, "POST", "/v1/hooks/{source}", 404, body="{}", values={"source": "none"}, signed_in=False)
    held.refused(server, "POST", "/v1/hooks/{source}", 401, body="{}", values={"source": "shop"}, signed_in=False)
    held.refused(server, "POST", "/v1/identify", 401, body={"text": "x"}, signed_in=False)


def not_there(held, server):
    """What a path names and nobody knows is 404, at every operation that names something."""
    bodies = {"/v1/rejects/{number}/replay": "{}", "/v1/promises/{id}/withdraw": {"why": "x"}, "/v1/records/{id}/move": {"to": "x"}, "/v1/records/{id}/comment": {"comment": "x"},
              "/v1/contacts/{contact}/matter": {"matter": None}, "/v1/units/{unit}/recipients": {"recipients": []}}
    without = {"/v1/sources/{source}", "/v1/sources/{source}/heartbeat", "/v1/projects/{key}/settings"}  # any name will do
    for (method, path), of in OPERATIONS.items():
        if "{" not in path or path in without or (method, path) == ("GET", "/v1/units/{unit}/recipients"):
            continue
        body = None if method in ("GET", "DELETE") else bodies.get(path, {})
        real = path.replace("{number}", "999999").replace("{", "no-").replace("}", "")
        status, answer, headers = server.ask(method, real, body, signed_in=True)
        held.hold(method, path, status, answer, headers)
        expect(f"{method} {real} is not there: {answer}", status, 404)


def bodies(held, server):
    """What is not JSON is refused by type where the contract names JSON alone, and nowhere else."""
    refused = 0
    for (method, path), of in OPERATIONS.items():
        if "requestBody" not in of:
            continue
        real = path.replace("{", "").replace("}", "")
        key = server.key if of.get("x-permission") == "events.send" else None

        def ask(kind):
            return server.ask(method, real, "nothing of ours", {"Content-Type": kind} if kind else {}, key=key, signed_in=key is None)
        takes_json = list(of["requestBody"]["content"]) == ["application/json"]
        status, body, headers = ask("text/plain; charset=utf-8")
        held.hold(method, path, status, body, headers)
        expect(f"{method} {path} with a text", status == 415, takes_json or path == "/v1/identify")
        if not takes_json:
            continue
        expect(f"{method} {path} says what it takes", ("application/json" in body["detail"], headers["Accept"]), (True, "application/json"))
        for kind in (None, "Application/JSON;charset=utf-8", "application/merge-patch+json"):
            expect(f"{method} {path} with {kind}", ask(kind)[0] != 415, True)
        refused += 1
    expect("all were asked", refused > 20, True)

