# SPDX-License-Identifier: Apache-2.0
"""What an import says and does at its edges: refused ids, rows of several events, horizons without events."""
import json

from program import expect, expect_in, run, run_all

MAP = """\
source = "shop"
zone = "UTC"
[[event]]
type = "placed"
when = "placed"
id = "no"
[[event]]
type = "sent"
when = "sent"
id = "no"
data = { note = "note" }
"""


def line(number, kind="asked", time="2026-03-02T10:00:00Z", **more):
    return json.dumps({"id": str(number), "source": "s", "type": kind, "time": time, **more}) + "\n"


def known(data, *more):
    sources = run("--data", data, "gap", "--promises", data.parent / "p.promise", "--json", *more)
    return json.loads(sources.out)["complete_through"]


def rows_count_whole(folder):
    data = folder / "data"
    (folder / "m.toml").write_text(MAP)
    (folder / "a.csv").write_text("no,placed,sent,note\n1,2026-03-01T10:00:00Z,2026-03-02T10:00:00Z,x\n")
    # Row 1 says another note for what is there; the id of row 2 is too long for the store.
    (folder / "b.csv").write_text("no,placed,sent,note\n1,2026-03-01T10:00:00Z,2026-03-02T10:00:00Z,y\n" +
                                  "2" * 1100 + ",2026-03-01T10:00:00Z,2026-03-02T10:00:00Z,x\n"
                                  "3,2026-03-01T10:00:00Z,2026-03-02T10:00:00Z,x\n")
    run("--data", data, "import", folder / "a.csv", "--map", folder / "m.toml")
    rehearsed = run("--data", data, "import", folder / "b.csv", "--map", folder / "m.toml", "--dry-run")
    expect_in("a dry run knows the ids that are there", "rejected, line 2 [id]: the id \"1/sent\"", rehearsed.out)
    expect_in("and the limits", "rejected, line 3 [id]: an id is longer than 1024 bytes", rehearsed.out)
    expect_in("and counts", "3 records would give 2 events (0 of them there already), 2 would be rejected", rehearsed.out)
    expect_in("both events of the third row", '"id": "3/sent"', rehearsed.out)
    done = run("--data", data, "import", folder / "b.csv", "--map", folder / "m.toml", "--most-rejected", "1")
    expect_in("the import says the same", "2 events in, 0 already there, 2 records rejected", done.out)
    rejects = json.loads(run("--data", data, "rejects", "--json").out)
    expect("with the lines", [(r["line"], r["column"]) for r in rejects], [(2, "id"), (3, "id")])
    fresh = run("import", folder / "b.csv", "--map", folder / "m.toml", "--dry-run")
    expect_in("without a directory, ids count within the file", "3 records would give 4 events", fresh.out)


def same_id_in_one_file(folder):
    (folder / "e.jsonl").write_text(line(1) + "\n" + line(1) + line(1, "told"))
    rehearsed = run("import", folder / "e.jsonl", "--dry-run")
    expect_in("the place of the second", "rejected, line 4 [id]: the id \"1\"", rehearsed.out)
    expect_in("and the double", "2 events (1 of them there already), 1 would be rejected", rehearsed.out)
    run("--data", folder / "data", "import", folder / "e.jsonl", "--most-rejected", "1")
    expect("stored the same way", [r["line"] for r in json.loads(run("--data", folder / "data", "rejects", "--json").out)], [4])


def horizons(folder):
    data = folder / "data"
    (folder / "p.promise").write_text('promise p "p" kept by u when asked then told within 1 h\n')
    (folder / "s.jsonl").write_text(line(1, subject=[{"type": "email", "value": "a@example.se"}]))
    run("--data", data, "import", folder / "s.jsonl")
    expect("the last event", known(data), "2026-03-02T10:00:00Z")
    for name, text in (("s.csv", ""), ("header.csv", "type,time\n")):
        (folder / name).write_text(text)
    for day, name in ((3, "s.csv"), (4, "s.csv"), (5, "header.csv"), (6, "header.csv")):
        instant = f"2026-03-0{day}T10:00:00Z"
        done = run("--data", data, "import", folder / name, "--source", "s", "--complete-through", instant)
        expect(f"an empty file: {done.err}", done.code, 0)
        expect(f"nothing happened until {instant}", known(data), instant)
    again = run("--data", data, "import", folder / "s.csv", "--source", "s", "--complete-through", "2026-03-04T10:00:00Z")
    expect_in("said before", "nothing added", again.out)
    other = run("--data", data, "import", folder / "s.csv", "--source", "z", "--complete-through", "2026-03-09T10:00:00Z")
    expect_in("a source that never sent", 'no source "z"', other.err)
    expect("moves nothing", known(data), "2026-03-06T10:00:00Z")
    expect("without it an empty table is a mistake", run("--data", data, "import", folder / "s.csv").code, 1)
    (folder / "t.jsonl").write_text(line(2))
    expect("in a wrong order", run("--data", data, "import", folder / "t.jsonl", "--history-start", "2026-04-01", "--complete-through", "2026-03-01").code, 1)
    for wrong in ("0000-01-01T00:00:00Z", "0000-01-01", "10000-01-01", "0001-01-01T00:00:00+14:00"):
        for option in ("--complete-through", "--history-start"):
            expect(f"{option} {wrong}", run("--data", data, "import", folder / "t.jsonl", option, wrong).code, 2)


run_all([rows_count_whole, same_id_in_one_file, horizons])
