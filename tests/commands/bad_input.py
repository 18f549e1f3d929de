# SPDX-License-Identifier: Apache-2.0
"""Bad input through the program: each a clear message with place and remedy, nothing half written, no crash."""
import gzip
import json
import os
import resource
import signal
import subprocess

from program import PROGRAM, SOURCE, expect, expect_in, run, run_all

EVENT = {"id": "1", "source": "s", "type": "t", "time": "2026-03-02T10:00:00Z", "subject": [{"type": "email", "value": "a@example.se"}]}
MAP = """
[[event]]
type = "t"
when = "when"
subject = [{type = "customer", column = "customer"}]
"""


def line(**changes):
    return json.dumps({**EVENT, **changes}) + "\n"


def import_file(folder, name, content, *arguments):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return run("--data", folder / "data", "import", path, *arguments)


def rejects(folder):
    return json.loads(run("--data", folder / "data", "rejects", "--json", "--limit", "0").out)


def broken_rows_are_kept_with_reason(folder):
    (folder / "m.toml").write_text('zone = "Europe/Stockholm"\n' + MAP)
    rows = ["when,customer", "2026-03-02 10:00:00,a", "2026-02-30 10:00:00,b", "2026-03-29 02:30:00,c", "2026-10-25 02:30:00,d",
            "2026-03-02 10:00:00,e,too,many", "2026-03-02 10:00:00," + "x" * (10 << 20), '"2026-03-02 10:00:00","f\ng"']
    done = import_file(folder, "rows.csv", "\n".join(rows) + "\n", "--map", folder / "m.toml", "--most-rejected", "1")
    expect("import", done.code, 0)
    expect_in("counts", "3 events in", done.out)
    expect_in("doubled local time is told", "daylight saving", done.err)
    found = {r["line"]: r["reason"] for r in rejects(folder)}
    expect("lines", sorted(found), [3, 4, 6, 7])
    expect("raw is cut", max(len(r["raw"]) for r in rejects(folder)) < 5000, True)


def too_much_rejected_stops(folder):
    text = line() + "".join("{broken\n" for _ in range(20))
    done = import_file(folder, "bad.jsonl", text)
    expect("exit", done.code, 1)
    expect_in("remedy", "--dry-run", done.err)
    expect("nothing stored", json.loads(run("--data", folder / "data", "imports", "--json").out), [])


def times_without_zone(folder):
    (folder / "m.toml").write_text(MAP)
    done = import_file(folder, "rows.csv", "when,customer\n2026-03-02 10:00:00,a\n", "--map", folder / "m.toml", "--most-rejected", "1")
    expect_in("remedy", "zone", json.dumps(rejects(folder)))
    done = import_file(folder, "rows.csv", "when,customer\n2026-03-02 10:00:00,a\n", "--map", folder / "m.toml", "--zone", "Europe/Stokholm")
    expect("unknown zone", done.code, 1)


def map_errors(folder):
    (folder / "m.toml").write_text("[[event]]\ntyep = 't'\nwhen = 'when'\n")
    done = import_file(folder, "rows.csv", "when\n2026\n", "--map", folder / "m.toml")
    expect("exit", done.code, 1)
    expect_in("place", "m.toml:2", done.err)
    expect_in("suggestion", '"type"', done.err)


def hostile_files(folder):
    bomb = gzip.compress(b"0" * (1 << 20)) * 3000
    cases = {
        "bomb.csv.gz": bomb,
        "entity.xes": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log>&b;</log>',
        "deep.xes": b"<log>" + b"<trace>" * 10000,
        "cut.xes": b"<log><trace>",
        "cut.jsonl.gz": gzip.compress(line().encode() * 100)[:-20],
        "picture.parquet": b"PAR1" + bytes(range(256)) * 10 + b"PAR1",
        "empty.csv": b"",
    }
    for name, content in cases.items():
        done = import_file(folder, name, content)
        expect(f"{name} exit", done.code, 1)
        expect_in(f"{name} is named", name, done.err)
    done = import_file(folder, "deep.jsonl", line() + '{"data":' + "[" * 1000 + "]" * 1000 + "}\n", "--most-rejected", "1")
    expect("deep JSON", done.code, 0)
    expect("deep JSON is rejected", len(rejects(folder)), 1)


def a_row_dated_2099(folder):
    text = line() + line(id="2", type="t2", time="2026-03-05T10:00:00Z") + line(id="3", type="t2", time="2099-01-01T00:00:00Z")
    done = import_file(folder, "future.jsonl", text)
    expect_in("told", "dated in the future", done.err)
    (folder / "q.promise").write_text('promise p "p" kept by u when t then t2 where id = "x" within 30 days\n')
    report = json.loads(run("--data", folder / "data", "gap", "--promises", folder / "q.promise", "--json").out)
    expect("the horizon stays", report["complete_through"], "2026-03-05T10:00:00Z")
    expect("nothing became final", report["promises"][0]["pending"], 1)


def promise_texts(folder):
    (folder / "wrong.promise").write_text('promise p "p"\n  kept by u\n  when order.placed then order.delivered wihtin 2 days\n')
    done = run("promise", "check", folder / "wrong.promise")
    expect("exit", done.code, 1)
    expect_in("place", "wrong.promise:3:", done.err)
    expect_in("suggestion", "within", done.err)
    expect_in("caret", "^", done.err)
    (folder / "large.promise").write_text("x " * (600 << 10))
    expect("too large", run("promise", "check", folder / "large.promise").code, 1)
    (folder / "nested.promise").write_text('promise p "p" kept by u never t where ' + "(" * 100000 + "x = 1" + ")" * 100000)
    expect("nested", run("promise", "check", folder / "nested.promise").code, 1)
    expect("missing", run("promise", "check", folder / "none.promise").code, 1)
    import_file(folder, "e.jsonl", line())
    (folder / "cal.promise").write_text('promise p "p" kept by u when t then t2 within 2 business days calendar moon\n')
    done = run("--data", folder / "data", "gap", "--promises", folder / "cal.promise")
    expect("unknown calendar", done.code, 1)
    expect_in("unknown calendar", "moon", done.err)


def no_permission(folder):
    locked = folder / "locked"
    locked.mkdir()
    expect("a file where a folder should be", run("--data", SOURCE / "README.md", "gap").code != 0, True)
    if os.geteuid() != 0:
        locked.chmod(0o500)
        done = run("--data", locked / "data", "import", folder / "none.jsonl")
        expect("no permission", done.code in (1, 3), True)


def full_disk(folder):
    path = folder / "big.jsonl"
    path.write_text("".join(line(id=str(i), keys={"order": f"A-{i}"}) for i in range(200_000)))
    import_file(folder, "small.jsonl", line(id="first"))

    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, 2 << 20))

    done = subprocess.run([PROGRAM, "--data", str(folder / "data"), "import", str(path)], capture_output=True, text=True, preexec_fn=small_files)
    expect("a full disk is the machine's fault", done.returncode, 3)
    stored = json.loads(run("--data", folder / "data", "imports", "--json").out)
    expect("what was there is there", [i["events"] for i in stored], [1])
    expect("afterwards it goes", run("--data", folder / "data", "import", path).code, 0)


def killed_in_the_middle(folder):
    path = folder / "big.jsonl"
    path.write_text("".join(line(id=str(i), keys={"order": f"A-{i}"}) for i in range(400_000)))
    import_file(folder, "small.jsonl", line(id="first"))
    for delay in (0.05, 0.2, 0.4):
        process = subprocess.Popen([PROGRAM, "--data", str(folder / "data"), "import", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        stored = [i["events"] for i in json.loads(run("--data", folder / "data", "imports", "--json").out)]
        expect("all or nothing", stored in ([1], [1, 400_000]), True)
    expect("again", run("--data", folder / "data", "import", path).code, 0)
    stored = [i["events"] for i in json.loads(run("--data", folder / "data", "imports", "--json").out)]
    expect("all of it, once", stored, [1, 400_000])


def what_is_no_file(folder):
    os.mkfifo(folder / "pipe.jsonl")
    expect("a pipe", run("--data", folder / "data", "import", folder / "pipe.jsonl").code, 1)
    expect("a folder", run("--data", folder / "data", "import", folder).code, 1)
    import_file(folder, "small.jsonl", line(id="first"))
    (folder / "p.promise").write_text('promise p "p" kept by u never t\n')
    (folder / "real.html").write_text("old")
    (folder / "link.html").symlink_to(folder / "real.html")
    run("--data", folder / "data", "gap", "--promises", folder / "p.promise", "--html", folder / "link.html")
    expect("a link stays a link", (folder / "link.html").is_symlink(), True)
    expect_in("and what it points to is written", "<!doctype html>", (folder / "real.html").read_text())


def an_open_quote_takes_nothing_with_it(folder):
    done = import_file(folder, "open.csv", 'type,time\nt,2026-03-02T10:00:00Z\nt,"2026\n' + "t,2026-03-02T10:00:00Z\n" * 100)
    expect("an open quote", done.code, 1)
    expect_in("its line", "line 3", done.err)


def meet_a_writer(folder, attempt):
    """What a second writer was told while a first one wrote; none where the two did not meet."""
    path = folder / f"big{attempt}.jsonl"
    path.write_text("".join(line(id=f"{attempt}-{i}") for i in range(300_000)))
    first = subprocess.Popen([PROGRAM, "--data", str(folder / "data"), "import", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told = None
    while first.poll() is None and told is None:
        second = import_file(folder, "second.jsonl", line(id="second"))
        told = second if second.code != 0 else None
    return told if first.wait() == 0 else None


def second_writer(folder):
    import_file(folder, "small.jsonl", line(id="first"))
    # Why several attempts: which of the two comes first is up to the machine.
    told = next(filter(None, (meet_a_writer(folder, attempt) for attempt in range(20))), None)
    expect("a second writer is told", told is not None and told.code, 1)
    expect_in("who is in the way", "another handslag", told.err if told else "")


run_all([broken_rows_are_kept_with_reason, too_much_rejected_stops, times_without_zone, map_errors, hostile_files, a_row_dated_2099,
         promise_texts, no_permission, full_disk, killed_in_the_middle, what_is_no_file, an_open_quote_takes_nothing_with_it, second_writer])
