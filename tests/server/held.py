# SPDX-License-Identifier: Apache-2.0
"""Answers of a server held against contract/openapi.yaml: status, content type, headers, and the body to its last member."""
import datetime
import json
import re

import jsonschema
import yaml

from program import SOURCE, expect

CONTRACT = yaml.safe_load((SOURCE / "contract/openapi.yaml").read_text())
METHODS = {"get", "post", "put", "patch", "delete"}
OPERATIONS = {(method.upper(), path): of for path, methods in CONTRACT["paths"].items() for method, of in methods.items() if method in METHODS}
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(value):
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", value):
            raise ValueError("an instant of RFC 3339 in UTC")
        datetime.datetime.fromisoformat(value[:19])
    return True


@FORMATS.checks("date", raises=ValueError)
def is_day(value):
    return not isinstance(value, str) or bool(datetime.date.fromisoformat(value))


def schema_file(name):
    """Without its name, so that its references lead into itself."""
    schema = json.loads((SOURCE / "contract" / name).read_text())
    return {key: part for key, part in schema.items() if key != "$id"}


BASE = "http://contract"  # of references to schema files; nothing is fetched
FILES = {f"{BASE}/{name}": schema_file(name) for name in ("gap.schema.json", "explain.schema.json")}


def closed(schema):
    """The schema, where objects have no more members than it names."""
    if isinstance(schema, list):
        return [closed(it) for it in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: closed(part) for key, part in schema.items()}
    is_object = isinstance(parts.get("properties"), dict) and "type" in parts and "object" in parts["type"]
    return {"additionalProperties": False, **parts} if is_object else parts


OPEN, WHOLE = CONTRACT["components"], closed(CONTRACT["components"])


def faults_in(schema, value, components):
    root = {**schema, "components": components}
    resolver = jsonschema.RefResolver(f"{BASE}/openapi.yaml", root, store=FILES)
    found = jsonschema.Draft202012Validator(root, resolver=resolver, format_checker=FORMATS).iter_errors(value)
    # Of what fits none of several, what is wrong with the one that fits best.
    best = [jsonschema.exceptions.best_match([it]) for it in found]
    return [f"{list(it.absolute_path)}: {it.message[:300]}" for it in best]


def resolved(part):
    """What a reference of the document leads to."""
    while "$ref" in part and part["$ref"].startswith("#/"):
        found = CONTRACT
        for step in part["$ref"][2:].split("/"):
            found = found[step]
        part = found
    return part


def says_something(schema):
    """Not: anything, or any object."""
    schema = schema if schema.get("$ref", "").endswith(".json") else {**resolved(schema), **{key: it for key, it in schema.items() if key != "$ref"}}
    return any(key in schema for key in ("$ref", "required", "const", "enum", "oneOf", "anyOf", "allOf", "items")) or \
        schema.get("type") not in (None, "object") or bool(schema.get("properties"))


def members(schema):
    """What a body may have; of one that may be ours or another's, ours, which stands first."""
    schema = resolved(schema)
    inherited = [members(it) for it in (*schema.get("allOf", []), *schema.get("anyOf", [])[:1])]
    return {key: part for own in (*inherited, schema.get("properties", {})) for key, part in own.items()}


def answer_of(method, path, status):
    """What the contract says of such an answer: by its status, by 4XX, or else."""
    responses = OPERATIONS[method, path]["responses"]
    return resolved(responses.get(str(status)) or responses.get(f"{status // 100}XX") or responses["default"])


class Held:
    """Asks a server as somebody, holds every answer against the contract and knows which operations were asked."""

    def __init__(self):
        self.answered = {it: set() for it in OPERATIONS}
        self.bent = set()

    def fits(self, what, schema, value):
        expect(what, faults_in(closed(schema), value, WHOLE), [])

    def hold(self, method, path, status, body, headers, what=""):
        what = what or f"{method} {path}, {status}"
        self.answered[method, path].add(status)
        is_documented = str(status) in OPERATIONS[method, path]["responses"]
        expect(f"{what} is a status that the contract has: {str(body)[:300]}", is_documented or status >= 400, True)
        answer = answer_of(method, path, status)
        kind = headers["Content-Type"].split(";")[0]
        content = answer["content"].get(kind) or answer["content"].get("*/*")
        expect(f"{what} says what it is: {kind}", content is not None, True)
        expect(f"{what} has a request id", bool(headers["X-Request-Id"]), True)
        if "json" in kind and "Segment" not in OPERATIONS[method, path]["summary"] and path != "/v1/identify":
            expect(f"{what} is never kept", headers["Cache-Control"], "no-store")
        for name, header in answer.get("headers", {}).items():
            header = resolved(header)
            if header.get("required") or name in headers:
                expect(f"{what}, header {name}", faults_in(header["schema"], typed(header["schema"], headers[name]), OPEN), [])
        if content is not None and kind != "text/event-stream":
            self.fits(what, content["schema"], body if "json" in kind else body.decode("utf-8", "replace"))
        if kind == "application/problem+json":
            expect(f"{what}: the problem's status", body["status"], status)

    def ask(self, server, method, path, wanted=200, body=None, values=None, query="", **how):
        """The body of the answer. `values`: what stands at the {…} of the path."""
        real = re.sub(r"\{(\w+)\}", lambda found: str((values or {})[found[1]]), path) + query
        how.setdefault("signed_in", "key" not in how)
        is_ours = "Segment" not in OPERATIONS[method, path]["summary"]  # their clients send many things
        if wanted < 300 and isinstance(body, dict) and is_ours and (method, path) not in self.bent:
            self.bent.add((method, path))
            self.refuses_other_kinds(server, method, path, real, body, how)
        status, answer, headers = server.ask(method, real, body, **how)
        what = f"{method} {real}, {status}"
        expect(f"{what}: {str(answer)[:300] if status != wanted else ''}", status, wanted)
        self.hold(method, path, status, answer, headers, what)
        if status < 300 and isinstance(body, (dict, list)):
            content = OPERATIONS[method, path].get("requestBody", {}).get("content", {})
            expect(f"{what}: the contract has its body", "application/json" in content, True)
            expect(f"{what}: the body that was sent", faults_in(content["application/json"]["schema"], body, OPEN), [])
        return answer

    def refuses_other_kinds(self, server, method, path, real, body, how):
        """The body, with one member at a time of a kind that the contract does not allow, is refused with a pointer to it."""
        for name, part in members(OPERATIONS[method, path]["requestBody"]["content"]["application/json"]["schema"]).items():
            for other in ([[7]], {"of": 7}, 7, "x\ny"):
                if not faults_in(part, other, OPEN):
                    continue
                status, answer, headers = server.ask(method, real, {**body, name: other}, **how)
                self.hold(method, path, status, answer, headers)
                found = [it["pointer"].startswith(f"/{name}") for it in answer.get("errors", [])] if status >= 400 else "taken"
                expect(f"{method} {real} with {name} {other!r} is refused there: {str(answer)[:200]}", (status in (400, 422), bool(found) and found[0]), (True, True))

    def refused(self, server, method, path, wanted, pointer=None, **how):
        """A refusal, and where the fault lies that it tells of."""
        answer = self.ask(server, method, path, wanted, **how)
        if pointer is not None:
            expect(f"{method} {path} points at the fault of {how.get('body')}", [it["pointer"] for it in answer.get("errors", [])], [pointer])
        return answer

    def all_asked(self, without_refusal):
        """Every success of every operation was seen, and a refusal of each that can refuse."""
        written = {(it, int(status)) for it, of in OPERATIONS.items() for status in of["responses"] if status.isdigit() and status < "300"}
        expect("successes that were never seen", sorted((*it, status) for it, status in written if status not in self.answered[it]), [])
        expect("never refused", sorted(it for it, statuses in self.answered.items() if max(statuses, default=0) < 400 and it not in without_refusal), [])


def typed(schema, text):
    return int(text) if schema.get("type") == "integer" and text is not None else text
