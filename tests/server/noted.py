# SPDX-License-Identifier: Apache-2.0
"""What is done at the command line, and by files that are sent, stands in the audit trail: once each, and of nothing that was not done."""
import json
import os
import pathlib
import pwd
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import Server, PROMISE  # noqa: E402
from program import expect, run, run_all  # noqa: E402


def commands_are_noted(folder):
    server = Server(folder).prepare()
    (folder / "units.toml").write_text('[units.service]\nname = "Service"\n')
    (folder / "old.csv").write_text("id,type,time\n1,page.seen,2026-10-01T00:00:00Z\n")
    for words in (["settings", "put", folder / "units.toml"], ["import", folder / "old.csv", "--source", "web"], ["import", folder / "old.csv", "--source", "web"],
                  ["imports", "remove", "1"], ["promise", "withdraw", "in-two-hours", "--why", "nobody keeps it"]):
        expect(f"{words[0]} {words[1]}", run("--data", server.data, *words).code, 0)
    (folder / "p.promise").write_text(PROMISE.replace("2 h", "3 h"))
    expect("a trial is not noted", run("--data", server.data, "promise", "publish", folder / "p.promise", "--dry-run").code, 0)
    expect("what fails is not noted", run("--data", server.data, "imports", "remove", "9").code != 0, True)
    lines = json.loads(run("--data", server.data, "audit", "list", "--json").out)
    expect("who", {(line["who_kind"], line["who"]) for line in lines}, {("operator", pwd.getpwuid(os.geteuid()).pw_name)})
    expect("what", [(line["what"], line["whom"], line["why"]) for line in lines],
           [("promise.published", "in-two-hours", ""), ("key.added", "1", ""), ("settings.changed", "units", ""), ("file.imported", "web", ""),
            ("import.removed", "1", ""), ("promise.withdrawn", "in-two-hours", "nobody keeps it")])
    expect("details", [line["details"] for line in lines if line["what"] in ("promise.published", "file.imported")],
           [{"version": 1}, {"import": 1, "events": 1}])
    expect("the trail is whole", run("--data", server.data, "audit", "verify").code, 0)


def files_that_are_sent_are_noted(folder):
    server = Server(folder).prepare().person("anna", "steward", "administrator")
    key = run("--data", server.data, "key", "add", "files", "--source", "web", "--scope", "files.import").out.strip()
    with server:
        server.sign_in("anna")
        status, body, _ = server.ask("POST", "/v1/imports?name=old.csv", "id,type,time\n1,page.seen,2026-10-01T00:00:00Z\n", key=key)
        expect("a file", (status, body.get("accepted")), (200, 1))
        expect("too much of it is wrong", server.ask("POST", "/v1/imports?name=bad.csv", "id,type,time\n1,page.seen,soon\n", key=key)[0], 422)
        lines = server.ask("GET", "/v1/audit?limit=1000&what=file.imported", signed_in=True)[1]["lines"]
        expect("the first is noted", [(line["who_kind"], line["whom"], line["details"]) for line in lines],
               [("key", "web", '{"events":1,"rejected":0}')])


run_all([commands_are_noted, files_that_are_sent_are_noted])
