# SPDX-License-Identifier: Apache-2.0
"""The server as systems and people use it: events in, verdicts on the stream, questions, registers, promises."""
import json
import sys
import pathlib
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server, Stream, event, PROMISE  # noqa: E402
from program import expect, expect_in, run, run_all  # noqa: E402


def administrator(folder):
    return Server(folder).prepare().person("anna", "steward", "front_line", "owner", "analyst", "administrator")


def events_and_stream(folder):
    server = administrator(folder)
    with server:
        server.sign_in("anna")
        stream = Stream(server)
        stream.until(b"retry")
        status, body, _ = server.send(event(1, "order.placed", "A1"))
        expect("one event", (status, body["accepted"], body["rejected"]), (200, 1, 0))
        expect_in("pending on the stream", '"after":"pending"', stream.until(b'"after":"pending"'))
        status, body, _ = server.send([event(1, "order.placed", "A1"), event(2, "order.delivered", "A1"), {"id": "3"}])
        expect("a good batch with a bad event", (status, body["accepted"], body["rejected"]), (200, 2, 1))
        expect_in("which one is bad", "/2", body["errors"][0]["pointer"])
        text = stream.until(b'"after":"kept"')
        expect_in("kept on the stream", '"before":"pending","after":"kept"', text)
        last = [line for line in text.splitlines() if line.startswith("id: ")][-1][4:]
        stream.close()
        lines = "\n".join(json.dumps(event(n, "order.placed", f"B{n}")) for n in range(10, 13))
        status, body, _ = server.send(lines)
        expect("one on each line", (status, body["accepted"]), (200, 3))
        server.wait_evaluated(body["position"])
        again = Stream(server, headers=f"Last-Event-ID: {last}\r\n")
        expect("what was missed", again.until(b"in-two-hours/1/4").count('"after":"pending"'), 3)
        again.close()
        lost = Stream(server, headers="Last-Event-ID: 1-1\r\n")
        expect_in("a listener of another start", "event: reset", lost.until(b"event: reset"))
        lost.close()
        status, body, _ = server.ask("GET", "/v1/gap", signed_in=True)
        line = body["promises"][0]
        expect("the gap", (line["instances"], line["kept"], line["pending"]), (4, 1, 3))
        status, body, _ = server.ask("GET", "/v1/promises/in-two-hours/instances?verdict=kept", signed_in=True)
        expect("why", [(it["verdict"], it["activation"]["id"], it["witnesses"][0]["id"]) for it in body["instances"]], [("kept", "1", "2")])
        status, body, _ = server.ask("GET", "/v1/rejects", signed_in=True)
        expect("the reject is kept", [(it["source"], it["state"]) for it in body["rejects"]], [("shop", "waiting")])
        number = body["rejects"][0]["number"]
        status, body, _ = server.ask("POST", f"/v1/rejects/{number}/replay", event(3, "order.placed", "C1"), signed_in=True)
        expect("mended and replayed", (status, body["state"], body["settled_by"]), (200, "replayed", "anna"))
        status, body, _ = server.ask("GET", "/v1/sources", signed_in=True)
        expect("the source is live", [(it["name"], it["is_live"], it["lag_s"]) for it in body["sources"]], [("shop", True, 60.0)])
        expect("a clean end", server.stop(), 0)
    found = json.loads(run("--data", server.data, "gap", "--json").out)["promises"][0]
    expect("the log has it all", (found["instances"], found["kept"]), (5, 1))


def deadlines_and_revisions(folder):
    server = administrator(folder)
    with server:
        server.sign_in("anna")
        status, body, _ = server.send([event(1, "order.placed", "A1", seconds_ago=3 * 3600)])
        server.wait_evaluated(body["position"])
        stream = Stream(server, "?after=x")
        stream.until(b"reset")
        status, body, _ = server.send([event(2, "order.delivered", "A1", seconds_ago=2 * 3600)])
        expect_in("late, since broken was told", '"before":"broken","after":"kept"', stream.until(b'"after":"kept"'))
        stream.close()
        status, body, _ = server.ask("GET", "/v1/revisions", signed_in=True)
        expect("the revision", [(it["before"], it["after"], it["cause"], it["activation"]["id"]) for it in body["revisions"]],
               [("broken", "kept", "late", "1")])
        stricter = PROMISE.replace("2 h", "30 min")
        status, body, _ = server.ask("POST", "/v1/promises/backtest", {"text": stricter}, signed_in=True)
        expect("a back-test", (status, body["changed"]), (200, 1))
        status, body, _ = server.ask("POST", "/v1/promises/check", {"text": "promise x"}, signed_in=True)
        expect("what is wrong", (status, body["ok"], body["diagnostics"][0]["from"]["line"]), (200, False, 1))
        status, body, _ = server.ask("POST", "/v1/promises", {"text": stricter}, signed_in=True)
        expect_in("no reason", "why", body["detail"])
        status, body, headers = server.ask("GET", "/v1/promises/in-two-hours", signed_in=True)
        status, body, _ = server.ask("POST", "/v1/promises", {"text": stricter, "why": "customers expect it"}, {"If-Match": '"9"'}, signed_in=True)
        expect("somebody else was faster", status, 409)
        status, body, _ = server.ask("POST", "/v1/promises", {"text": stricter, "why": "customers expect it", "from": "2020-01-01T00:00:00Z"},
                                     {"If-Match": headers["ETag"]}, signed_in=True)
        expect("published", (status, body["version"], body["published_by"], body["changes"]), (201, 2, "anna", 2))
        status, body, _ = server.ask("GET", "/v1/audit?limit=1000", signed_in=True)
        expect_in("in the trail", "promise.published", [line["what"] for line in body["lines"]])


def publishing(folder):
    """Worked out by hand. In three quarters of an hour instead of two: A1 took an hour (kept, then late), A2 half an hour (kept both times),
    B1 never came (broken both times), C1 has just been placed (pending both times)."""
    server = administrator(folder)
    hour, bo, cilla = 3600, "bo@example.se", "cilla@example.se"
    before = {"pending": 1, "overdue": 0, "kept": 2, "late": 0, "broken": 1, "void": 0, "unknown": 0, "rate": 2 / 3, "target": 0.95}
    after = {**before, "kept": 1, "late": 1, "rate": 1 / 3}
    text = PROMISE.replace("2 h", "45 min")
    with server:
        server.sign_in("anna")
        server.wait_evaluated(server.send([
            event(1, "order.placed", "A1", 10 * hour), event(2, "order.delivered", "A1", 9 * hour),
            event(3, "order.placed", "A2", 10 * hour), event(4, "order.delivered", "A2", int(9.5 * hour)),
            event(5, "order.placed", "B1", 10 * hour, bo), event(6, "order.placed", "C1", 0, cilla)])[1]["position"])
        draft = {"text": text, "from": "2020-01-01T00:00:00Z", "dry_run": True}
        status, body, headers = server.ask("POST", "/v1/promises", draft, signed_in=True)
        expect("a dry run", (status, body["dry_run"]), (200, True))
        difference = {"promise": "in-two-hours", "changed": 1, "customers": 1, "before": before, "after": after,
                      "moves": [{"from": "kept", "to": "late", "instances": 1, "customers": 1}]}
        expect("the difference", body["difference"], difference)
        expect("nothing is in force", len(server.ask("GET", "/v1/promises/in-two-hours", signed_in=True)[1]["versions"]), 1)
        body = server.ask("POST", "/v1/promises", {"text": text, "dry_run": True}, signed_in=True)[1]
        expect("from now on nothing changes", (body["difference"]["changed"], body["difference"]["after"]), (0, before))
        body = server.ask("POST", "/v1/promises", {"text": text.replace("in-two-hours", "soon"), "dry_run": True}, signed_in=True)[1]["difference"]
        expect("of one that is not in force", (body["before"], body["changed"], body["customers"], body["after"]), (None, 4, 3, after))
        why = {"text": text, "from": "2020-01-01T00:00:00Z", "why": "customers expect it"}
        tag = {"If-Match": headers["ETag"]}
        status, body, _ = server.ask("POST", "/v1/promises", why, tag, signed_in=True)
        expect("in force", (status, body["version"], body["difference"]), (201, 2, difference))
        expect("by now somebody was faster", server.ask("POST", "/v1/promises", draft, tag, signed_in=True)[0], 409)
        gap = server.ask("GET", "/v1/gap", signed_in=True)[1]["promises"][0]
        expect("as was foretold", (gap["kept"], gap["late"], gap["broken"], gap["pending"]), (1, 1, 1, 1))
        expect("a clean end", server.stop(), 0)
    (folder / "strict.promise").write_text(PROMISE.replace("2 h", "20 min"))
    told = run("--data", server.data, "promise", "publish", folder / "strict.promise", "--from", "2020-02-01T00:00:00Z", "--dry-run")
    expect_in("at the command line", "in-two-hours: changed verdicts: 1, customers: 1; kept", told.out)
    expect_in("which", "kept → late: 1", told.out)
    expect("and still two versions", run("--data", server.data, "promise", "show", "in-two-hours").out.count("# version"), 2)


def access(folder):
    server = Server(folder)
    with server:
        token = ""
        while '"token"' not in token:
            token = server.process.stdout.readline()
        token = token.split('"token":"')[1].split('"')[0]
        claim = {"token": token, "login": "eva", "name": "Eva Ek", "password": "blå ko går bort"}
        expect("a wrong token", server.ask("POST", "/v1/setup", {**claim, "token": "x"})[0], 401)
        status, body, headers = server.ask("POST", "/v1/setup", claim)
        expect("the first administrator", (status, body["caller"]["login"]), (200, "eva"))
        server.cookie, server.csrf = headers["Set-Cookie"].split(";")[0], body["csrf"]
        expect("the token is used up", server.ask("POST", "/v1/setup", claim)[0] in (401, 409), True)
        status, body, _ = server.ask("POST", "/v1/keys", {"name": "k", "source": "shop", "scopes": ["events.send"]}, signed_in=True)
        expect("a key", (status, body["key"].startswith("hs_")), (201, True))
        key = body["key"]
        expect("without the CSRF token", server.ask("POST", "/v1/keys", {"name": "k"}, {"Cookie": server.cookie})[0], 403)
        expect("a key may not administer", server.ask("GET", "/v1/people", key=key)[0], 403)
        expect("a wrong key", server.ask("POST", "/v1/events", [], key="hs_1_x")[0], 401)
        expect("an administrator sends no events", server.ask("POST", "/v1/events", event(1, "a", "b"), signed_in=True)[0], 403)
        expect("another source than the key's", server.ask("POST", "/v1/events", {**event(1, "a", "b"), "source": "phone"}, key=key)[0], 422)
        expect("a member of another kind", server.ask("POST", "/v1/people", {"login": "bo", "name": "Bo", "password": "grön häst går hem", "opens_protected": "yes"}, signed_in=True)[0], 400)
        expect("still alive", server.ask("GET", "/livez")[0], 200)
        expect("nothing here", server.ask("GET", "/v1/nothing")[0], 404)
        status, _, headers = server.ask("DELETE", "/v1/events")
        expect("not that way", (status, "POST" in headers["Allow"]), (405, True))
        # Every route that asks for a permission refuses whoever says nothing of herself.
        routes = server.ask("GET", "/")[1]["routes"]
        open_ones = {("GET", "/"), ("GET", "/livez"), ("GET", "/readyz"), ("POST", "/v1/setup"), ("POST", "/v1/session"), ("GET", "/v1/session")}
        refused = 0
        for route in routes:
            path = route["path"].replace("{", "").replace("}", "")
            status = server.ask(route["method"], path, "{}" if route["method"] not in ("GET", "DELETE") else None)[0]
            if route["permission"]:
                refused += 1
                expect(f"{route['method']} {route['path']} without a key", status, 401)
            elif (route["method"], route["path"]) not in open_ones:
                expect(f"{route['method']} {route['path']} is Segment's or a webhook's, and asks for a key itself",
                       status in (401, 404) or route["path"].startswith("/v1/projects"), True)
        expect("most routes ask", refused > 30, True)


def streams_end(folder):
    """A stream lasts no longer than the right to it, and keeps nobody signed in."""
    server = administrator(folder).person("eva", "front_line").person("olle", "owner:logistics")
    key = run("--data", server.data, "key", "add", "wall", "--scope", "stream.read").out.strip()

    def listen(**given):
        stream = Stream(server, **given)
        stream.until(b"retry")
        return stream

    with server:
        server.sign_in("eva")
        hers = listen()
        status, _, _ = server.ask("DELETE", "/v1/session", signed_in=True)
        expect("signed out, and the stream ends", (status, hers.has_ended()), (200, True))
        server.sign_in("eva")
        hers = listen()
        server.sign_in("olle")
        his = listen()
        server.sign_in("anna")
        mine = listen()
        wall = listen(headers=f"Authorization: Bearer {key}\r\n")
        expect("a role", server.ask("PATCH", "/v1/people/eva", {"roles": [{"role": "administrator"}]}, signed_in=True)[0], 200)
        expect("taken away, and the stream ends", hers.has_ended(), True)
        expect("the bounds of a role", server.ask("PATCH", "/v1/people/olle", {"roles": [{"role": "owner", "unit": "sales"}]}, signed_in=True)[0], 200)
        expect("changed, and the stream ends", his.has_ended(), True)
        expect("the key", server.ask("DELETE", f"/v1/keys/{key.split('_')[1]}", signed_in=True)[0], 200)
        expect("revoked, and the stream ends", wall.has_ended(), True)
        server.send(event(1, "order.placed", "A1"))
        expect_in("who may goes on listening", '"after":"pending"', mine.until(b'"after":"pending"'))
        mine.close()


def sent_again(folder):
    """What a client sends again, its clock wrong and the way a little longer, is the same event; so is what never had a time."""
    server = administrator(folder)
    call = {"type": "track", "event": "Order Placed", "userId": "u-1", "properties": {"orderId": "A1"}}
    with server:
        server.sign_in("anna")
        for sent_at in ("2026-11-21T10:00:05.000Z", "2026-11-21T10:00:04.250Z"):
            batch = {"batch": [{**call, "messageId": "m-1", "timestamp": "2026-11-21T10:00:00Z"}, {**call, "messageId": "m-2"}], "sentAt": sent_at}
            expect("a batch of Segment's", server.ask("POST", "/v1/batch", batch, key=server.key)[:2], (200, {"success": True}))
        server.wait_evaluated(2)
        expect("a clean end", server.stop(), 0)
    with server:
        server.sign_in("anna")
        expect("none seems another", server.ask("GET", "/v1/rejects", signed_in=True)[1]["rejects"], [])
    expect("two orders", json.loads(run("--data", server.data, "gap", "--json").out)["promises"][0]["instances"], 2)


ANSWERED = """promise answered-in-an-hour "Answered in an hour"
  kept by service
  when question.asked then question.answered within 1 h, same order
"""


def listeners(folder):
    """Worked out by hand: A1 is asked and answered in time, B1 is ordered three hours ago and never comes."""
    server = Server(folder).prepare(PROMISE + ANSWERED).person("anna", "steward", "owner", "administrator").person("olle", "owner:logistics")
    with server:
        server.sign_in("olle")
        of_olle = Stream(server)
        server.sign_in("anna")
        heard = {query: Stream(server, query) for query in ("?unit=service", "?promise=in-two-hours", "?verdict=kept", "?verdict=broken", "")}
        for stream in (of_olle, *heard.values()):
            stream.until(b"retry")
        server.wait_evaluated(server.send([event(1, "question.asked", "A1", 60), event(2, "question.answered", "A1", 30),
                                           event(3, "order.placed", "B1", 3 * 3600)])[1]["position"])
        # The last of each listener comes behind all others that she hears; instances are named by promise, version, place.
        server.wait_evaluated(server.send([event(4, "question.asked", "C1", 60), event(5, "question.answered", "C1", 30),
                                           event(6, "order.placed", "D1", 3 * 3600)])[1]["position"])

        def told(stream, last):
            text = stream.through(last)
            stream.close()
            changes = [json.loads(line[5:]) for line in text.splitlines() if line.startswith("data:") and "promise" in line]
            return {(it["promise"], it["after"]) for it in changes}

        order, question = "in-two-hours", "answered-in-an-hour"
        expect("a unit", {promise for promise, _ in told(heard["?unit=service"], b'answered-in-an-hour/1/3')}, {question})
        expect("a promise", {promise for promise, _ in told(heard["?promise=in-two-hours"], b'in-two-hours/1/5')}, {order})
        expect("a verdict", told(heard["?verdict=kept"], b'answered-in-an-hour/1/3'), {(question, "kept")})
        expect("another", told(heard["?verdict=broken"], b'in-two-hours/1/5'), {(order, "broken")})
        expect("whoever keeps one unit's", {promise for promise, _ in told(of_olle, b'in-two-hours/1/5')}, {order})


def how_late_a_source_may_be(folder):
    """Placed two and a half hours ago, due half an hour ago: a source that may be an hour late leaves it open, until it says otherwise."""
    server = administrator(folder)
    with server:
        server.sign_in("anna")
        status, _, _ = server.ask("PUT", "/v1/sources/shop", {"lag_s": 3600}, signed_in=True)
        expect("an hour late", status // 100, 2)
        server.wait_evaluated(server.send(event(1, "order.placed", "A1", 9000))[1]["position"])
        verdicts = "/v1/promises/in-two-hours/instances"
        expect("overdue", [it["verdict"] for it in server.ask("GET", verdicts, signed_in=True)[1]["instances"]], ["overdue"])
        stream = Stream(server, "?verdict=broken")
        stream.until(b"retry")
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        status, _, _ = server.ask("POST", "/v1/sources/shop/heartbeat", {"complete_through": now}, key=server.key)
        expect("all up to now has been sent", status // 100, 2)
        expect_in("broken now", '"before":"overdue","after":"broken"', stream.until(b'"after":"broken"'))
        stream.close()
        server.stop()
    with server:
        server.sign_in("anna")
        expect("after a restart too", [it["verdict"] for it in server.ask("GET", verdicts, signed_in=True)[1]["instances"]], ["broken"])


def registers(folder):
    server = administrator(folder).person("ledare", "leader")
    with server:
        server.sign_in("anna")
        status, body, _ = server.ask("GET", "/v1/registers", signed_in=True)
        expect("registers there are", status, 200)
        status, body, _ = server.ask("POST", "/v1/help-blocked", {"values": {"why": "mandate"}}, signed_in=True)
        expect("I could not help", (status, body.get("state")), (201, "pressed"))
        status, body, _ = server.ask("POST", "/v1/help-blocked", {"values": {"why": "weather"}}, signed_in=True)
        expect("no such reason", (status, body["errors"][0]["pointer"]), (422, "/values/why"))
        status, body, _ = server.ask("POST", "/v1/help-blocked", {"values": {"why": "weather"}}, headers={"Accept-Language": "sv"}, signed_in=True)
        expect_in("in Swedish", "välj något av mandate", body["errors"][0]["detail"])
        expect("and nobody's name", server.ask("GET", "/v1/card?q=nobody@example.se", headers={"Accept-Language": "sv"}, signed_in=True)[1]["detail"][:27],
               "ingen är känd under det; pr")
        expect("a refusal before the route", server.ask("GET", "/v1/people?lang=sv")[1]["detail"][:8], "logga in")
        status, body, _ = server.ask("GET", "/v1/registers/blocked-help/records", signed_in=True)
        expect("hers is there", len(body["records"]), 1)
        state = server.ask("GET", "/v1/state", signed_in=True)[1]
        expect("it became an event", state["durable_position"] >= 1, True)


run_all([events_and_stream, deadlines_and_revisions, publishing, access, streams_end, sent_again, listeners, how_late_a_source_may_be, registers])
