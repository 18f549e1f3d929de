# SPDX-License-Identifier: Apache-2.0
"""Every route asked by every role, by a key of every scope and by nobody: who is let in stands here, by hand."""
import http.client
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import HOOK, PROMISE, Server  # noqa: E402
from program import expect, expect_in, run, run_all  # noqa: E402

ROLES = {"F": "front_line", "O": "owner", "A": "analyst", "S": "steward", "L": "leader", "D": "administrator"}

# Who does what: F meets customers, O answers for a unit's promises, A reads figures and drafts, S tends data, L decides and answers what is
# owed, D has people, keys and settings. After the roles the one scope of a key that opens the route too. "open": whoever asks. "key": keys alone.
ROUTES = """
GET    /                                  open
GET    /assets/{file}                     open
GET    /livez                             open
GET    /readyz                            open
POST   /v1/setup                          open
POST   /v1/session                        open
GET    /v1/session                        open
GET    /v1/projects/{key}/settings        open
GET    /v1/promised/{token}               open
DELETE /v1/session                        FOASLD
POST   /v1/session/password               FOASLD
GET    /v1/units                          FOASLD
GET    /v1/people                         .....D
POST   /v1/people                         .....D
PATCH  /v1/people/{login}                 .....D
GET    /v1/keys                           .....D
POST   /v1/keys                           .....D
DELETE /v1/keys/{number}                  .....D
GET    /v1/audit                          ...S.D
GET    /v1/state                          .....D  metrics.read
GET    /v1/state/sources                  .....D  metrics.read
GET    /v1/card                           FO.S..  card.read
POST   /v1/card                           FO.S..  card.read
GET    /v1/customers/{customer}/timeline  FO.S..  card.read
GET    /v1/customers/{customer}/promises  FO.S..  card.read
POST   /v1/identify                       F..S..  customers.identify
GET    /v1/cause                          FOASL.
GET    /v1/cause/{contact}                FOASL.
PUT    /v1/contacts/{contact}/matter      F..S..
DELETE /v1/contacts/{contact}/matter      F..S..
POST   /v1/commitments                    FO....
POST   /v1/commitments/{id}/token         FO....
DELETE /v1/commitments/{id}/token         FO....
POST   /v1/help-blocked                   FO....
GET    /v1/me/results                     F.....
GET    /v1/gap                            .OASL.  gap.read
GET    /v1/causes                         .OASL.  gap.read
GET    /v1/due                            FOASL.  stream.read
GET    /v1/quarters                       .OASL.  gap.read
POST   /v1/printed/gap                    .OASL.  gap.read
POST   /v1/printed/explain                .OASL.  gap.read
POST   /v1/printed/timeline               FO.S..  card.read
POST   /v1/printed/promises               FOASLD  promises.read
GET    /v1/revisions                      .OASL.  gap.read
POST   /v1/guesses/{id}/show              ....L.
GET    /v1/promises                       FOASLD  promises.read
GET    /v1/promises/{id}                  FOASLD  promises.read
GET    /v1/promises/{id}/instances        .OASL.  gap.read
POST   /v1/promises                       .O....
POST   /v1/promises/check                 .OAS..
GET    /v1/vocabulary                     .OAS..
POST   /v1/promises/backtest              .OAS..
POST   /v1/promises/{id}/withdraw         .O....
GET    /v1/stream                         FOASL.  stream.read
GET    /v1/registers                      FOASLD
GET    /v1/registers/{register}           FOASLD
GET    /v1/registers/{register}/counts    FOASLD
GET    /v1/registers/{register}/records   FOASLD
POST   /v1/registers/{register}/records   FOASLD
GET    /v1/records/{id}                   FOASLD
PATCH  /v1/records/{id}                   FOASLD
POST   /v1/records/{id}/move              FOASLD
POST   /v1/records/{id}/comment           FOASLD
POST   /v1/records/{id}/undo              FOASLD
GET    /v1/records/{id}/history           FOASLD
GET    /v1/rejects                        ...S..  rejects.read
GET    /v1/rejects/{number}               ...S..  rejects.read
POST   /v1/rejects/{number}/replay        ...S..
POST   /v1/rejects/{number}/dismiss       ...S..
GET    /v1/sources                        ...S..  rejects.read
PUT    /v1/sources/{source}               ...S.D
POST   /v1/sources/{source}/heartbeat     ......  events.send
POST   /v1/imports                        ...S..  files.import
GET    /v1/imports                        ...S..
DELETE /v1/imports/{number}               ...S..
GET    /v1/imports/{number}/rejects       ...S..  rejects.read
POST   /v1/uploads                        ...S..
GET    /v1/uploads/{upload}               ...S..
POST   /v1/uploads/{upload}/try           ...S..
POST   /v1/uploads/{upload}/import        ...S..
DELETE /v1/uploads/{upload}               ...S..
POST   /v1/demo                           .....D
GET    /v1/calendars                      .OASLD
POST   /v1/events                         ......  events.send
GET    /v1/webhooks                       .....D
POST   /v1/webhooks                       .....D
PATCH  /v1/webhooks/{number}              .....D
DELETE /v1/webhooks/{number}              .....D
POST   /v1/webhooks/{number}/test         .....D
GET    /v1/webhooks/{number}/deliveries   .....D
GET    /v1/units/{unit}/recipients        .O..LD
PUT    /v1/units/{unit}/recipients        .O..LD
POST   /v1/hooks/{source}                 ......  events.send
POST   /v1/batch                          ......  events.send
POST   /v1/import                         ......  events.send
POST   /v1/track                          ......  events.send
POST   /v1/page                           ......  events.send
POST   /v1/screen                         ......  events.send
POST   /v1/group                          ......  events.send
POST   /v1/alias                          ......  events.send
POST   /v1/i                              ......  events.send
POST   /v1/t                              ......  events.send
POST   /v1/p                              ......  events.send
POST   /v1/s                              ......  events.send
POST   /v1/g                              ......  events.send
POST   /v1/a                              ......  events.send
POST   /v1/b                              ......  events.send
POST   /v1/m                              ......  events.send
"""
ROUTES = [line.split() + [""] * (4 - len(line.split())) for line in ROUTES.split("\n") if line]
SCOPES = ["events.send", "gap.read", "promises.read", "card.read", "customers.identify", "stream.read", "results.read", "rejects.read",
          "files.import", "metrics.read"]


def status_of(server, method, path, headers):
    """The status alone: a stream has no end. What the path names is not there, and what is sent is empty."""
    path = path.replace("{source}", "shop").replace("{", "no-").replace("}", "")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request(method, path, body=None if method in ("GET", "DELETE") else "{}", headers=headers)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def cookies(server, login):
    server.sign_in(login)
    return {"Cookie": server.cookie, "X-CSRF-Token": server.csrf}


def walk(server, who, headers, is_let_in):
    for method, path, letters, scope in ROUTES:
        if (method, path) == ("DELETE", "/v1/session"):
            continue  # asked last: it ends the walk
        status = status_of(server, method, path, headers)
        if letters == "open":
            expect(f"{who}: {method} {path} is open", status != 403 and (status != 401 or path in ("/v1/setup", "/v1/session")), True)
        else:
            expect(f"{who}: {method} {path} answers {status}; let in", status not in (401, 403), is_let_in(letters, scope))


def people(server):
    for letter, role in ROLES.items():
        headers = cookies(server, role.replace("_", "-"))
        walk(server, role, headers, lambda letters, _, letter=letter: letter in letters)
        expect(f"{role} signs out", status_of(server, "DELETE", "/v1/session", headers), 200)
        expect(f"{role} is out", status_of(server, "GET", "/v1/units", headers), 401)


def keys(server):
    for scope in SCOPES:
        key = run("--data", server.data, "key", "add", scope, "--source", "shop", "--scope", scope).out.strip()
        server.key_of = {**getattr(server, "key_of", {}), scope: key}
    with server:
        for scope in SCOPES:
            walk(server, f"a key for {scope}", {"Authorization": f"Bearer {server.key_of[scope]}"}, lambda _, own, scope=scope: own == scope)


def every_route_by_every_role(folder):
    server = Server(folder).prepare()
    (server.data / "settings/hooks").mkdir(parents=True, exist_ok=True)
    (server.data / "settings/hooks/shop.toml").write_text(HOOK)
    for role in ROLES.values():
        server.person(role.replace("_", "-"), role)
    with server:
        told = sorted((it["method"], it["path"]) for it in server.ask("GET", "/")[1]["routes"])
        expect("the table has every route, and no other", sorted((it[0], it[1]) for it in ROUTES), told)
        walk(server, "nobody", {}, lambda *_: False)
        people(server)
        expect("a clean end", server.stop(), 0)
    keys(server)


def promise(name, unit):
    return PROMISE.replace("in-two-hours", name).replace("logistics", unit)


def bounds_of_units(folder):
    """Grants for one unit hold there and nowhere else; what governs the house needs a grant for all units."""
    server = Server(folder).prepare()
    (folder / "sold.promise").write_text(promise("sold", "sales"))
    expect("another unit's promise", run("--data", server.data, "promise", "publish", folder / "sold.promise").code, 0)
    server.person("olle", "owner:logistics").person("lisa", "leader:logistics").person("sten", "steward:logistics").person("adam", "administrator")
    expect("no administrator of one unit", run("--data", server.data, "person", "add", "x", "--role", "administrator:logistics", stdin="grön häst går hem\n").code != 0, True)

    def status(method, path, body=None):
        return server.ask(method, path, body, signed_in=True)[0]

    def publish(name, unit):
        return status("POST", "/v1/promises", {"text": promise(name, unit).replace("2 h", "3 h"), "why": "customers expect it"})

    with server:
        server.sign_in("olle")
        expect("her own unit's", publish("in-two-hours", "logistics"), 201)
        expect("another's", publish("sold", "sales"), 403)
        expect("another's, taken over", publish("sold", "logistics"), 403)
        expect("her own, given away", publish("in-two-hours", "sales"), 403)
        expect("another's, withdrawn", status("POST", "/v1/promises/sold/withdraw", {"why": "x"}), 403)
        for method, body in (("GET", None), ("PUT", {"recipients": []})):
            expect(f"{method} her recipients", status(method, "/v1/units/logistics/recipients", body), 200)
            expect(f"{method} another's", status(method, "/v1/units/sales/recipients", body), 403)
        server.sign_in("sten")
        expect("the trail is the house's", status("GET", "/v1/audit"), 403)
        expect("sources are the house's", status("PUT", "/v1/sources/shop", {"lag_s": 1}), 403)
        expect("rejects lie in no unit", status("GET", "/v1/rejects"), 200)
        cases(server, status)
        server.sign_in("adam")
        expect("a role taken away", status("PATCH", "/v1/people/olle", {"roles": []}), 200)
        server.sign_in("olle")
        expect("counts at once", (publish("in-two-hours", "logistics"), status("GET", "/v1/gap")), (403, 403))


def cases(server, status):
    """A case goes to whichever unit must answer it, and is read by those of that unit and by whoever made it."""
    server.sign_in("lisa")
    numbers = {}
    for unit in ("logistics", "sales"):
        made, body, _ = server.ask("POST", "/v1/registers/case/records", {"values": {"what": "Svara", "cause": "person", "unit": unit}}, signed_in=True)
        expect(f"a case to {unit}", made, 201)
        numbers[unit] = body["id"]
    expect("what she made herself", status("GET", f"/v1/records/{numbers['sales']}"), 200)
    expect("a goal is set where one leads", status("POST", "/v1/registers/goal/records", {"values": {"unit": "sales"}}), 403)
    server.sign_in("olle")
    expect("her unit's case", status("GET", f"/v1/records/{numbers['logistics']}"), 200)
    expect("another unit's is not there", status("GET", f"/v1/records/{numbers['sales']}"), 404)
    listed = [it["id"] for it in server.ask("GET", "/v1/registers/case/records", signed_in=True)[1]["records"]]
    expect("nor in the list", listed, [numbers["logistics"]])


run_all([every_route_by_every_role, bounds_of_units])
