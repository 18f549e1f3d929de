# SPDX-License-Identifier: Apache-2.0
"""The server against contract/openapi.yaml: the same routes with the same permissions, and every operation, reading and writing,
asked to each of its successes and to a refusal. A route without a schema, or that nobody asks here, fails."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import PROMISE, Server  # noqa: E402, which finds what the commands' tests share
import driven  # noqa: E402
import refusals  # noqa: E402
from held import Held, OPERATIONS, resolved, says_something  # noqa: E402
from program import expect, run_all  # noqa: E402

# These answer whoever asks, whatever she asks.
NEVER_REFUSE = {("GET", "/"), ("GET", "/livez"), ("GET", "/readyz"), ("GET", "/v1/session"), ("GET", "/v1/projects/{key}/settings")}


def schemas(_):
    """Each success, and each body that is sent, has a schema that says something."""
    empty = [(*it, status) for it, of in OPERATIONS.items() for status, answer in of["responses"].items()
             for content in resolved(answer)["content"].values() if not says_something(content.get("schema", {}))]
    expect("answers of which nothing is said", empty, [])
    empty = [it for it, of in OPERATIONS.items() for kind, content in of.get("requestBody", {}).get("content", {}).items()
             if not says_something(content.get("schema", {})) and (kind == "application/json" or not content.get("schema", {}).get("description"))]
    expect("bodies of which nothing is said", empty, [])


def same_routes(server):
    told = {(it["method"], it["path"]): it["permission"] for it in server.ask("GET", "/")[1]["routes"]}
    expect("only the server has", sorted(set(told) - set(OPERATIONS)), [])
    expect("only the contract has", sorted(set(OPERATIONS) - set(told)), [])
    written = {it: of.get("x-permission") for it, of in OPERATIONS.items()}
    expect("permissions", {it: (told[it], written[it]) for it in told if it in written and told[it] != written[it]}, {})


def every_operation(folder):
    held = Held()
    (folder / "first").mkdir()
    with Server(folder / "first") as server:
        driven.first_start(held, server)
    with driven.prepared(folder) as server:
        same_routes(server)
        refusals.nobody(held, server)
        refusals.strangers(held, server)
        server.sign_in("anna")
        driven.send_some(held, server)
        driven.registers(held, server)
        driven.reading(held, server)
        refusals.faults(held, server, PROMISE)
        refusals.not_there(held, server)
        refusals.bodies(held, server)
        for drive in (driven.commitments, driven.streamed, driven.promises, driven.bodies_of_segment, driven.coming_in, driven.telling, driven.people):
            drive(held, server)
    held.all_asked(NEVER_REFUSE)


run_all([schemas, every_operation])
