# SPDX-License-Identifier: Apache-2.0
"""The server against contract/openapi.yaml: the same routes with the same permissions, and answers as the schemas say."""
import json
import pathlib
import sys

import jsonschema
import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server, event  # noqa: E402
from program import SOURCE, expect, run_all  # noqa: E402

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


def fits(what, schema, value):
    whole = {**without_files(schema, value, what), "components": CONTRACT["components"]}
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


def answers(folder):
    server = Server(folder).prepare().person("anna", "steward", "front_line", "owner", "analyst", "leader", "administrator")
    with server:
        same_routes(server)
        server.sign_in("anna")
        position = server.send([event(1, "order.placed", "A1"), event(2, "order.delivered", "A1"), {"id": "3"}])[1]["position"]
        server.wait_evaluated(position)
        asked = 0
        for path, methods in sorted(CONTRACT["paths"].items()):
            if "get" not in methods or path == "/v1/stream":
                continue
            real = path.replace("{id}", "in-two-hours").replace("{register}", "case").replace("{number}", "1").replace("{customer}", "c1")
            real = real.replace("{", "").replace("}", "")
            status, body, headers = server.ask("GET", real, signed_in=True)
            kind, schema = answer_of("GET", path, status)
            expect(f"GET {real} says what it is", headers["Content-Type"].split(";")[0], kind)
            expect(f"GET {real} has a request id", bool(headers["X-Request-Id"]), True)
            if "json" in kind:
                fits(f"GET {real}, {status}", schema, body)
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


run_all([answers])
