# SPDX-License-Identifier: Apache-2.0
"""The server against contract/openapi.yaml: the same routes with the same permissions, and answers as the schemas say."""
import json
import pathlib
import sys

import jsonschema
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server, event  # noqa: E402
from program import SOURCE, expect, run, run_all  # noqa: E402

CONTRACT = yaml.safe_load((SOURCE / "contract/openapi.yaml").read_text())
METHODS = {"get", "post", "put", "patch", "delete"}


def without_files(schema, value, what):
    """Schemas of their own files stand by themselves: their references lead into themselves."""
    if not isinstance(schema, dict):
        return schema
    name = str(schema.get("$ref", ""))
    if name.endswith(".schema.json"):
        own = json.loads((SOURCE / "contract" / name).read_text())
        expect(what, [it.message[:200] for it in jsonschema.Draft202012Validator(own).iter_errors(value)], [])
        return {}
    parts = schema.get("properties", {})
    return {**schema, "properties": {key: without_files(part, value.get(key) if isinstance(value, dict) else None, what)
                                     for key, part in parts.items()}} if parts else schema


# Answers that have what their schema names and nothing else.
WHOLE = {"/v1/card": "?customer=c1", "/v1/customers/{customer}/timeline": "", "/v1/registers/{register}/records": "", "/v1/sources": "",
         "/v1/imports": "", "/v1/rejects": "", "/v1/rejects/{number}": "", "/v1/promises": "", "/v1/units": "", "/v1/quarters": ""}


def closed(schema):
    """The schema, where objects have no more members than it names."""
    if isinstance(schema, list):
        return [closed(it) for it in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: closed(part) for key, part in schema.items()}
    is_object = isinstance(parts.get("properties"), dict) and "type" in parts and "object" in parts["type"]
    return {"additionalProperties": False, **parts} if is_object else parts


def fits(what, schema, value, is_whole=False):
    whole = {**without_files(schema, value, what), "components": CONTRACT["components"]}
    whole = closed(whole) if is_whole else whole
    faults = [f"{list(it.path)}: {it.message[:200]}" for it in jsonschema.Draft202012Validator(whole).iter_errors(value)]
    expect(what, faults, [])


def operation(method, path):
    return CONTRACT["paths"][path][method.lower()]


def answer_of(method, path, status):
    responses = operation(method, path)["responses"]
    found = responses.get(str(status), responses["default"])
    if "$ref" in found:
        found = CONTRACT["components"]["responses"][found["$ref"].rsplit("/", 1)[1]]
    (kind, content), = found["content"].items()
    return kind, content.get("schema", {})


def same_routes(server):
    told = {(it["method"], it["path"]): it["permission"] for it in server.ask("GET", "/")[1]["routes"]}
    written = {(method.upper(), path): of.get("x-permission")
               for path, methods in CONTRACT["paths"].items() for method, of in methods.items() if method in METHODS}
    expect("only the server has", sorted(set(told) - set(written)), [])
    expect("only the contract has", sorted(set(written) - set(told)), [])
    expect("permissions", {key: (told[key], written[key]) for key in told if key in written and told[key] != written[key]}, {})


def contact(number, kind, seconds_ago, **data):
    return {**event(number, kind, "A1", seconds_ago), "channel": "phone", "unit": "service", "data": data,
            "keys": {"order": "A1", "contact": "k1", "offer": "o1", "fact": "card-number"}}


def prepared(folder):
    """Something of everything that the whole answers tell of."""
    server = Server(folder).prepare().person("anna", "steward", "front_line", "owner", "analyst", "leader", "administrator")
    (folder / "units.toml").write_text('[units.service]\nname = "Service"\n')
    expect("units", run("--data", server.data, "settings", "put", folder / "units.toml").code, 0)
    (folder / "old.csv").write_text("id,type,time,source\n1,page.seen,2026-10-01T00:00:00Z,web\n")
    expect("a file", run("--data", server.data, "import", folder / "old.csv").code, 0)
    return server


def send_some(server):
    told = [event(1, "order.placed", "A1", 40_000), contact(4, "contact.started", 30_000, reason="delivery"), contact(5, "contact.ended", 29_000, outcome="open"),
            contact(6, "offer.sent", 28_000), contact(7, "fact.given", 27_000), contact(8, "identify.failed", 26_000, why="not found"),
            contact(9, "customer.updated", 25_000, can_leave=True), event(10, "order.placed", "A2"), event(2, "order.delivered", "A1"), {"id": "3"}]
    server.wait_evaluated(server.send(told)[1]["position"])
    made, body, _ = server.ask("POST", "/v1/registers/case/records", {"values": {"what": "Svara", "cause": "person", "unit": "service"}}, signed_in=True)
    expect("a case", (made, body.get("register")), (201, "case"))


def answers(folder):
    with prepared(folder) as server:
        same_routes(server)
        server.sign_in("anna")
        send_some(server)
        asked = 0
        for path, methods in sorted(CONTRACT["paths"].items()):
            if "get" not in methods or path == "/v1/stream":
                continue
            real = path.replace("{id}", "in-two-hours").replace("{register}", "case").replace("{number}", "1").replace("{customer}", "c1")
            real = real.replace("{", "").replace("}", "")
            status, body, headers = server.ask("GET", real + WHOLE.get(path, ""), signed_in=True)
            kind, schema = answer_of("GET", path, status)
            expect(f"GET {real} says what it is", headers["Content-Type"].split(";")[0], kind)
            expect(f"GET {real} has a request id", bool(headers["X-Request-Id"]), True)
            if path in WHOLE:
                expect(f"GET {real} has something to tell", (status, sorted(name for name in body if body[name] == [])), (200, []) if path != "/v1/card" else
                       (200, ["may_do", "ombud", "watched"]))
            if "json" in kind:
                fits(f"GET {real}, {status}", schema, body, path in WHOLE)
            asked += 1
        expect("all were asked", asked > 25, True)
        for method, path, body in (("POST", "/v1/events", "{"), ("POST", "/v1/promises", {"text": "x"}), ("POST", "/v1/keys", {}),
                                   ("PATCH", "/v1/people/nobody", {"disabled": True}), ("PUT", "/v1/sources/x", {"lag_s": -1})):
            template = {"/v1/people/nobody": "/v1/people/{login}", "/v1/sources/x": "/v1/sources/{source}"}.get(path, path)
            status, answer, headers = server.ask(method, path, body, key=server.key if path == "/v1/events" else None, signed_in=path != "/v1/events")
            expect(f"{method} {path} is refused", status >= 400, True)
            kind, schema = answer_of(method, template, status)
            expect(f"{method} {path} answers a problem", headers["Content-Type"].split(";")[0], "application/problem+json")
            fits(f"{method} {path}, {status}", schema, answer)


def bodies(folder):
    """What is not JSON is refused by type where the contract names JSON alone, and nowhere else."""
    with prepared(folder) as server:
        server.sign_in("anna")
        refused = 0
        for path, methods in sorted(CONTRACT["paths"].items()):
            for method, of in methods.items():
                if method not in METHODS or "requestBody" not in of:
                    continue
                real = path.replace("{", "").replace("}", "")
                key = server.key if of.get("x-permission") == "events.send" else None

                def ask(kind):
                    return server.ask(method.upper(), real, "nothing of ours", {"Content-Type": kind} if kind else {}, key=key, signed_in=key is None)
                takes_json = list(of["requestBody"]["content"]) == ["application/json"]
                status, body, _ = ask("text/plain; charset=utf-8")
                expect(f"{method} {path} with a text", status == 415, takes_json or path == "/v1/identify")
                if not takes_json:
                    continue
                fits(f"{method} {path}, 415", CONTRACT["components"]["schemas"]["Problem"], body)
                expect(f"{method} {path} says what it takes", "application/json" in body["detail"], True)
                for kind in (None, "Application/JSON;charset=utf-8", "application/merge-patch+json"):
                    expect(f"{method} {path} with {kind}", ask(kind)[0] != 415, True)
                refused += 1
        expect("all were asked", refused > 20, True)


run_all([answers, bodies])
