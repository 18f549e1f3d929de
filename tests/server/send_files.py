# SPDX-License-Identifier: Apache-2.0
"""`import --server`: files read here, events on a running server: the same as a local import, however often it is done."""
import gzip
import json
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server  # noqa: E402
from program import PROGRAM, expect, expect_in, run, run_all  # noqa: E402

MAP = """source = "shop"

[[event]]
type = "order.placed"
when = "placed"
subject = [{ type = "email", column = "email" }]
keys = { order = "order" }

[[event]]
type = "order.delivered"
when = "delivered"
subject = [{ type = "email", column = "email" }]
keys = { order = "order" }
"""
ROWS = 2_500


def write_orders(path):
    lines = ["order;email;placed;delivered"]
    for n in range(ROWS):
        day = n % 28 + 1
        lines.append(f"A{n};k{n % 40}@example.se;2026-10-{day:02}T10:00:00Z;2026-10-{day:02}T{11 + n % 3}:30:00Z")
    lines.append("B1;k1@example.se;yesterday;")
    path.write_text("\n".join(lines) + "\n")


def verdicts(data):
    """Customers have other names in the two logs; everything else is the same."""
    found = json.loads(run("--data", data, "--now", "2026-11-01T00:00:00Z", "explain", "in-two-hours", "--limit", "0", "--json").out)
    return sorted((it["activation"]["id"], it["verdict"]) for it in found)


def sent_is_as_imported(folder):
    (folder / "orders.toml").write_text(MAP)
    write_orders(folder / "orders.csv")
    server = Server(folder).prepare()
    readers_key = run("--data", server.data, "key", "add", "reader", "--scope", "gap.read").out.strip()
    local = folder / "local"
    run("--data", local, "promise", "publish", folder / "p.promise")
    expect("imported", run("--data", local, "import", folder / "orders.csv", "--map", folder / "orders.toml").code, 0)
    with server:
        key = {"HANDSLAG_API_KEY": server.key}
        command = ("import", folder / "orders.csv", "--map", folder / "orders.toml", "--server", server.url + "/", "--lang", "en")
        sent = run(*command, environment=key)
        expect("sent", (sent.code, sent.err.count("line 2502")), (0, 1))
        expect_in("and said", "5,000 events on the server, 0 refused there, 1 record not usable", sent.out)
        again = run(*command, environment=key)
        expect_in("again", "5,000 events on the server", again.out)
        wrong = run(*command, environment={"HANDSLAG_API_KEY": "hs_wrong"})
        expect("a wrong key", (wrong.code, "does not know this key" in wrong.err), (1, True))
        none = run(*command, environment={"HANDSLAG_API_KEY": ""})
        expect("no key", (none.code, "HANDSLAG_API_KEY" in none.err), (1, True))
        other = run(*command, "--source", "other", environment=key)
        expect("another source than the key's", (other.code, other.err.count("record ")), (0, 5))
        expect_in("is refused there", "0 events on the server, 5,000 refused there", other.out)
        through = run(*command, "--complete-through", "2026-10-31T23:59:59Z", environment=key)
        expect("how far it is complete", (through.code, through.err.count("not taken")), (0, 0))
        busy = run("--data", server.data, "gap")
        expect("a command beside the server is told to ask it", (busy.code, "ask it (handslag ask /v1/gap)" in busy.err), (1, True))
        reader = {"HANDSLAG_API_KEY": readers_key}
        asked = run("ask", "/v1/gap", "--server", server.url, environment=reader)
        counts = {it["id"]: it["instances"] for it in json.loads(asked.out)["promises"]} if asked.code == 0 else asked.err
        expect("and answers", counts, {"in-two-hours": ROWS})
        refused = run("ask", "/v1/gap", "--server", server.url, environment=key)
        expect("another's key", (refused.code, "gap.read" in refused.err), (1, True))
        expect("anybody may ask what there is", '"Handslag"' in run("ask", "/", "--server", server.url).out, True)
        expect("a clean end", server.stop(), 0)
    expect("verdicts as imported", verdicts(server.data), verdicts(local))
    expect("all of them", len(verdicts(local)), ROWS)


def interrupted_goes_on(folder):
    (folder / "orders.toml").write_text(MAP)
    write_orders(folder / "orders.csv")
    server = Server(folder).prepare()
    with server:
        command = [PROGRAM, "import", folder / "orders.csv", "--map", folder / "orders.toml", "--server", server.url]
        environment = {"HANDSLAG_API_KEY": server.key, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        # Where nobody listens it waits, and hears somebody who says stop.
        nobody = [*command[:-1], "http://127.0.0.1:1"]
        process = subprocess.Popen(nobody, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            process.wait(timeout=0.5)
            expect("it waits", "it ended", "it waits")
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        expect("stopped", (process.returncode, "stopped" in err), (3, True))
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
        expect("and then sent", done.returncode, 0)
        expect("a clean end", server.stop(), 0)
    expect("all of them", len(verdicts(server.data)), ROWS)


def uploaded_is_as_imported(folder):
    (folder / "orders.toml").write_text(MAP)
    write_orders(folder / "orders.csv")
    content = (folder / "orders.csv").read_bytes()
    server = Server(folder).prepare().person("anna", "steward", "administrator")
    (server.data / "settings/maps").mkdir(parents=True)
    (server.data / "settings/maps/orders.toml").write_text(MAP)
    importer, other = (run("--data", server.data, "key", "add", it, "--source", it, "--scope", "files.import").out.strip() for it in ("shop", "other"))
    local = folder / "local"
    run("--data", local, "promise", "publish", folder / "p.promise")
    run("--data", local, "import", folder / "orders.csv", "--map", folder / "orders.toml")
    with server:
        server.sign_in("anna")
        status, body, _ = server.ask("POST", "/v1/imports?name=orders.csv&map=orders", content, key=importer)
        expect("taken", (status, body.get("accepted"), body.get("rejected"), body.get("format")), (200, 2 * ROWS, 1, "csv"))
        expect("what could not be used", (body["errors"][0]["line"], body["errors"][0]["record"]), (2502, 2501))
        status, body, _ = server.ask("POST", "/v1/imports?map=orders", gzip.compress(content), key=importer)
        expect("as gzip it is another file of the same", (status, body.get("accepted")), (200, 2 * ROWS))
        state = server.wait_evaluated(body["position"])
        events, duplicates = state["events"], state["duplicates"]
        status, body, _ = server.ask("POST", "/v1/imports?name=orders.csv&map=orders", content, signed_in=True)
        state = server.wait_evaluated(body["position"])
        expect("again, by a person", (status, state["events"], state["duplicates"] - duplicates), (200, events, 2 * ROWS))
        # Of the file and of its gzip, which is another file; sent again it brings none anew.
        expect("rejects are kept once", server.ask("GET", "/v1/state", signed_in=True)[1]["waiting_rejects"], 2)
        for what, path, sender, code in (("another's key", "?map=orders", server.key, 403), ("no such map", "?map=nothing", importer, 404),
                                         ("a map's name", "?map=../types", importer, 400), ("nobody", "?map=orders", None, 401)):
            expect(what, server.ask("POST", "/v1/imports" + path, content, key=sender)[0], code)
        status, body, _ = server.ask("POST", "/v1/imports", "type,time,source\nx,2026-10-01T00:00:00Z,shop\n", key=other)
        expect("a source that the key does not speak for", (status, body["errors"][0]["detail"]), (422, "this key does not speak for the source"))
        status, body, _ = server.ask("POST", "/v1/imports", "\x00\x01nothing at all", key=importer)
        expect("no file of ours", status, 400)
        expect("a clean end", server.stop(), 0)
    found = verdicts(server.data)
    expect("verdicts as imported", sorted(set(verdicts(local)) - set(found)), [])


run_all([uploaded_is_as_imported, sent_is_as_imported, interrupted_goes_on])
