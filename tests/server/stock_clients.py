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


def clients(folder):
    server = Server(folder).prepare().person("anna", "steward", "analyst", "administrator")
    (server.data / "settings/hooks").mkdir(parents=True)
    (server.data / "settings/hooks/standard.toml").write_text(HOOK)
    os.environ["HANDSLAG_HOOK_standard"] = SECRET
    with server:
        server.sign_in("anna")
        before = 0
        for name in ("segment", "rudderstack", "cloudevents"):
            expect(f"{name} is content", client(name, server.url, server.key), (0, ""))
            state = server.ask("GET", "/v1/state", signed_in=True)[1]
            server.wait_evaluated(state["durable_position"])
            events = server.ask("GET", "/v1/state", signed_in=True)[1]["events"]
            expect(f"{name}'s events are there", events > before, True)
            before = events
            # Sent again, they count once.
            client(name, server.url, server.key)
        expect("a signed webhook is taken, a changed one refused", client("standardwebhooks", server.url, SECRET), (0, ""))
        expect("no reject", server.ask("GET", "/v1/rejects", signed_in=True)[1]["rejects"], [])
        expect("a clean end", server.stop(), 0)
    expect("the log is whole", run("--data", server.data, "doctor").code, 0)


run_all([clients])
