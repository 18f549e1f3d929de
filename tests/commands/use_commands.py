# SPDX-License-Identifier: Apache-2.0
"""The subcommands from import to back-test on a day's worth of orders, worked out by hand."""
import json
import sqlite3

import jsonschema
from program import SOURCE, expect, expect_in, run, run_all

# Order 1 is delivered in time, order 2 two days late, order 3 never, order 4 is not due yet, order 5 is cancelled.
EVENTS = """\
{"id":"1","source":"shop","type":"order.placed","time":"2026-03-02T10:00:00+01:00","subject":[{"type":"email","value":"a@example.se"}],"channel":"web","keys":{"order":"1"}}
{"id":"2","source":"shop","type":"order.placed","time":"2026-03-02T11:00:00+01:00","subject":[{"type":"email","value":"b@example.se"}],"channel":"web","keys":{"order":"2"}}
{"id":"3","source":"shop","type":"order.placed","time":"2026-03-02T12:00:00+01:00","subject":[{"type":"email","value":"b@example.se"}],"channel":"phone","keys":{"order":"3"}}
{"id":"4","source":"shop","type":"order.placed","time":"2026-03-09T12:00:00+01:00","subject":[{"type":"email","value":"c@example.se"}],"channel":"phone","keys":{"order":"4"}}
{"id":"5","source":"shop","type":"order.placed","time":"2026-03-02T12:00:00+01:00","subject":[{"type":"email","value":"c@example.se"}],"channel":"phone","keys":{"order":"5"}}
{"id":"6","source":"shop","type":"order.cancelled","time":"2026-03-02T13:00:00+01:00","subject":[{"type":"email","value":"c@example.se"}],"keys":{"order":"5"}}
{"id":"7","source":"shop","type":"order.delivered","time":"2026-03-03T10:00:00+01:00","subject":[{"type":"email","value":"a@example.se"}],"keys":{"order":"1"}}
{"id":"8","source":"shop","type":"order.delivered","time":"2026-03-05T23:59:59.999999+01:00","subject":[{"type":"email","value":"b@example.se"}],"keys":{"order":"2"}}
{"id":"9","source":"shop","type":"shop.closed","time":"2026-03-10T08:00:00+01:00","subject":[]}
"""
PROMISE = """\
promise delivered "Delivered in a day"
  kept by logistics
  when order.placed then order.delivered within 24 h, same order unless order.cancelled, same order
  target 50%
  warn 2 h before
"""


def prepared(folder):
    (folder / "events.jsonl").write_text(EVENTS)
    (folder / "shop.promise").write_text(PROMISE)
    done = run("--data", folder / "data", "import", folder / "events.jsonl")
    expect("import", (done.code, done.err), (0, ""))
    expect_in("import", "9 events in", done.out)
    return folder / "data", folder / "shop.promise"


def schema(name):
    return json.loads((SOURCE / "contract" / name).read_text())


def gap_and_explain(folder):
    data, promises = prepared(folder)
    done = run("gap", "--promises", promises, "--json", "--data", data, "--by", "channel", "--each", "week")
    expect("gap", done.code, 0)
    report = json.loads(done.out)
    jsonschema.validate(report, schema("gap.schema.json"), format_checker=jsonschema.FormatChecker())
    promise = report["promises"][0]
    expect("complete through", report["complete_through"], "2026-03-10T07:00:00Z")
    expect("verdicts", [promise[v] for v in ("instances", "kept", "late", "broken", "pending", "overdue", "void", "unknown")],
           [5, 1, 1, 1, 1, 0, 1, 0])
    expect("rate", round(promise["rate"], 6), 0.333333)
    expect("customers", (promise["customers"], promise["customers_with_broken"]), (3, 1))
    # Due 2026-03-03 11:00, came 2026-03-05 23:59:59.999999: 60 h 59 min 59.999999 s.
    expect("late by", promise["late_by_s"], {"p50": 219599.999999, "p90": 219599.999999})
    expect("unit", promise["unit"], "logistics")
    expect("channels", {g["value"]: (g["instances"], g["kept"]) for g in promise["groups"]}, {"web": (2, 1), "phone": (3, 0)})
    done = run("--data", data, "explain", "delivered", "--promises", promises, "--json", "--limit", "0")
    found = json.loads(done.out)
    jsonschema.validate(found, schema("explain.schema.json"), format_checker=jsonschema.FormatChecker())
    expect("explained", [(i["activation"]["id"], i["verdict"], [w["id"] for w in i["witnesses"]]) for i in found],
           [("1", "kept", ["7"]), ("2", "late", ["8"]), ("3", "broken", []), ("5", "void", ["6"]), ("4", "pending", [])])
    expect("slack", found[0]["slack_s"], 0)
    expect("late by", found[1]["late_by_s"], 219599.999999)
    expect("due", found[1]["due"], "2026-03-03T10:00:00Z")
    expect("warning", (found[4]["warn_at"], "warn_at" in found[0]), ("2026-03-10T09:00:00Z", False))
    by_unit = json.loads(run("gap", "--promises", promises, "--json", "--data", data, "--by", "unit").out)["promises"][0]["groups"]
    expect("by unit: who must keep it", [(g["by"], g["value"], g["instances"]) for g in by_unit], [("unit", "logistics", 5)])
    (folder / "two.promise").write_text(PROMISE + 'promise never "Never cancelled" kept by shop never order.cancelled\n')
    two = json.loads(run("gap", "--promises", folder / "two.promise", "--json", "--data", data, "--by", "unit").out)["promises"]
    expect("each unit its own", [[(g["value"], g["instances"]) for g in p["groups"]] for p in two], [[("logistics", 5)], [("shop", 1)]])
    by_agent = run("gap", "--promises", promises, "--data", data, "--by", "agent")
    expect("no figures of single people", (by_agent.code, by_agent.out), (1, ""))
    expect_in("and why", "not shown by agent", by_agent.err)
    expect("a misspelt cut", run("gap", "--promises", promises, "--data", data, "--by", "chanel").code, 1)
    expect("from behind to", run("gap", "--promises", promises, "--data", data, "--from", "2026-04-01", "--to", "2026-03-01").code, 1)
    only_day = json.loads(run("gap", "--promises", promises, "--json", "--data", data, "--from", "2026-03-03", "--to", "2026-03-04").out)
    expect("due on that local day", only_day["promises"][0]["instances"], 4)
    done = run("--data", data, "explain", "--promises", promises, "delivered", "--verdict", "broken")
    expect("explain with the list first", done.code, 0)
    expect_in("sentence", "no order.delivered with the same order came by 2026-03-03 12:00", done.out)
    done = run("--data", data, "explain", "delivered", "--promises", promises, "--customer", "email:b@example.se", "--lang", "sv")
    expect_in("sentence in Swedish", "order.delivered 2026-03-05 24:00 kom, 2 dygn 13 h efter utlovad tid", done.out)


def repeated_import(folder):
    data, _ = prepared(folder)
    again = run("--data", data, "import", folder / "events.jsonl")
    expect("same file again", again.code, 0)
    expect_in("same file again", "nothing added", again.out)
    (folder / "renamed.jsonl").write_text(EVENTS)
    renamed = run("--data", data, "import", folder / "renamed.jsonl", "--source", "other")
    expect_in("same file under another name and source", "nothing added", renamed.out)
    (folder / "grown.jsonl").write_text(EVENTS + EVENTS.splitlines()[0].replace('"id":"1"', '"id":"10"') + "\n")
    grown = run("--data", data, "import", folder / "grown.jsonl")
    expect_in("grown file", "1 event in, 9 already there", grown.out)
    (folder / "other.jsonl").write_text(EVENTS.splitlines()[0].replace('"web"', '"shop"') + "\n")
    other = run("--data", data, "import", folder / "other.jsonl", "--most-rejected", "1")
    expect_in("same id, other content", "1 record rejected", other.out)
    expect_in("why", "replaces", run("--data", data, "rejects").out)
    expect("imports", [i["events"] for i in json.loads(run("--data", data, "imports", "--json").out)], [9, 1, 0])
    removed = run("--data", data, "imports", "remove", "1")
    expect("remove", removed.code, 0)
    expect_in("what another file brought too stays", "9 events that import 2", removed.out)
    expect("remove that too", run("--data", data, "imports", "remove", "2").code, 0)
    expect_in("and import it again", "10 events in", run("--data", data, "import", folder / "grown.jsonl").out)
    expect_in("in Swedish", "finns redan med annat innehåll; en rättelse har ett eget id", run("--data", data, "rejects", "--lang", "sv").out)
    expect("remove twice", run("--data", data, "imports", "remove", "1").code, 1)


def registry(folder):
    data, promises = prepared(folder)
    expect("nothing in force", run("--data", data, "gap").code, 1)
    lost = folder / "lost.promise"
    lost.write_text(PROMISE.replace("target 50%", 'zone "Europe/Stokholm"'))
    both = folder / "both.promise"
    both.write_text(PROMISE.replace("target 50%", 'zone "Europe/Stokholm" calendar swedn'))
    for where in (["promise", "check"], ["--data", data, "promise", "publish"], ["--data", data, "gap", "--promises"]):
        said = run(*where, both, "--lang", "sv").err
        for part in ("both.promise:4:8: fel: ingen tidszon heter", "menade du `Europe/Stockholm`", "4:35: fel: ingen kalender här heter", "menade du `sweden`", "2 fel i löftestexten"):
            expect_in(where[-1], part, said)
    expect("one is one", run("promise", "check", promises).out, "1 promise, no errors.\n")
    expect("unknown zone", (run("promise", "check", lost).code, run("--data", data, "promise", "publish", lost).code), (1, 1))
    lost.write_text(PROMISE.replace("target 50%", "calendar moon"))
    expect("unknown calendar", (run("promise", "check", lost).code, run("--data", data, "promise", "publish", lost).code), (1, 1))
    expect("publish", run("--data", data, "promise", "publish", promises, "--by", "ulla", "--why", "a test").code, 0)
    expect("in force", json.loads(run("--data", data, "gap", "--json").out)["promises"][0]["kept"], 1)
    draft = folder / "draft.promise"
    draft.write_text(PROMISE.replace("24 h", "96 h").replace("Delivered in a day", "Delivered in four days"))
    heading = run("--data", data, "backtest", draft, "--lang", "sv").out.splitlines()[0].split("  ")
    expect("heading", [word.strip() for word in heading if word.strip()],
           ["andel", "pågår", "över tiden", "hållet", "infriat för sent", "brutet", "upphävt", "kan inte avgöras"])
    tried = json.loads(run("--data", data, "backtest", draft, "--json").out)
    expect("back-test", (tried["in_force"]["kept"], tried["with_draft"]["kept"], tried["changed"]), (1, 2, 1))
    expect("a version before the one in force", run("--data", data, "promise", "publish", draft, "--from", "0001-01-01").code, 1)
    expect("second version", run("--data", data, "promise", "publish", draft, "--from", "2026-03-05").code, 0)
    expect("by version", [(i["activation"]["id"], i["version"]) for i in json.loads(run("--data", data, "explain", "delivered", "--json").out)],
           [("1", 1), ("2", 1), ("3", 1), ("5", 1), ("4", 2)])
    expect_in("show", "published", run("--data", data, "promise", "show", "delivered").out)
    expect("withdraw", run("--data", data, "promise", "withdraw", "delivered", "--why", "enough").code, 0)
    expect("list", json.loads(run("--data", data, "promise", "list", "--json").out), [])


def absence_has_no_slack(folder):
    data, _ = prepared(folder)
    quiet = folder / "quiet.promise"
    quiet.write_text('promise quiet "q" kept by u after order.placed never order.cancelled within 24 h, same order\n')
    found = json.loads(run("--data", data, "explain", "quiet", "--promises", quiet, "--json").out)
    expect("kept for want of an event", [(i["verdict"], i["slack_s"]) for i in found if i["activation"]["id"] == "1"], [("kept", None)])


def timeline(folder):
    data, _ = prepared(folder)
    events = json.loads(run("--data", data, "timeline", "email:b@example.se", "--json").out)
    expect("timeline", [e["id"] for e in events], ["2", "3", "8"])
    back = folder / "back.jsonl"
    back.write_text("".join(json.dumps(event) + "\n" for event in events))
    expect_in("what timeline prints can be imported", "3 events in", run("--data", folder / "second", "import", back).out)
    then = json.loads(run("--data", data, "timeline", "email:b@example.se", "--as-known-at", "2026-03-03", "--json").out)
    expect("as known then", [e["id"] for e in then], ["2", "3"])
    own = run("--data", data, "timeline", "organisation", "--json")
    expect("the organisation's own", [e["id"] for e in json.loads(own.out)], ["9"])
    expect_in("its heading", "1 event\n", run("--data", data, "timeline", "organisation").out)
    expect("none where there are none", run("--data", folder / "second", "timeline", "organisation", "--json").out.strip(), "[]")
    expect("unknown customer", run("--data", data, "timeline", "email:nobody@example.se").code, 1)
    expect("unknown type of identifier", run("--data", data, "timeline", "emial:b@example.se").code, 1)
    expect_in("unknown type of identifier", "email", run("--data", data, "timeline", "emial:b@example.se").err)


def page(folder):
    data, promises = prepared(folder)
    for language in ("en", "sv"):
        target = folder / f"{language}.html"
        expect("html", run("--data", data, "gap", "--promises", promises, "--html", target, "--lang", language).code, 0)
        text = target.read_text()
        expect_in("language of the page", f'lang="{language}"', text)
        for outside in ("http://", "https://", "<script", "src="):
            expect(f"nothing from outside: {outside}", outside in text.replace("http://www.w3.org/2000/svg", ""), False)


def event(number, kind, time, **more):
    return json.dumps({"id": str(number), "source": "s", "type": kind, "time": time, **more}) + "\n"


def settings_apply(folder):
    phone = [{"type": "phone", "value": "+46701740605"}]
    (folder / "e.jsonl").write_text(
        event(1, "asked", "2026-03-02T10:00:00Z", subject=phone + [{"type": "email", "value": "a@example.se"}])
        + event(2, "answered", "2026-03-02T10:00:00Z", subject=phone + [{"type": "email", "value": "b@example.se"}]))
    (folder / "p.promise").write_text('promise p "p" kept by u when asked then answered within 1 h\n')
    data = folder / "data"
    run("--data", data, "import", folder / "e.jsonl")

    def verdicts():
        found = json.loads(run("--data", data, "explain", "p", "--promises", folder / "p.promise", "--json", "--now", "2026-03-02T10:30:00Z").out)
        return [i["verdict"] for i in found]

    expect("a phone joins nobody by default", verdicts(), ["pending"])
    (folder / "types.toml").write_text("[identifiers.phone]\nshared = false\n[types.asked]\nrank = -1\n")
    expect("put", run("--data", data, "settings", "put", folder / "types.toml").code, 0)
    expect("one customer, asked before answered", verdicts(), ["kept"])
    (folder / "types.toml").write_text("[identifiers.phone]\nshared = false\n[types.asked]\nrank = 1\n")
    run("--data", data, "settings", "put", folder / "types.toml")
    expect("at the same instant the rank decides", verdicts(), ["pending"])
    (folder / "types.toml").write_text("[types.asked]\nrnak = 1\n")
    refused = run("--data", data, "settings", "put", folder / "types.toml")
    expect("a misspelt setting", refused.code, 1)
    expect_in("a misspelt setting", '"rank"', refused.err)


def clock(folder):
    (folder / "e.jsonl").write_text(event(1, "asked", "2026-03-02T10:00:00Z", subject=[{"type": "email", "value": "a@example.se"}]))
    (folder / "p.promise").write_text('promise p "p" kept by u when asked then answered within 1 h\n')
    data = folder / "data"
    run("--data", data, "import", folder / "e.jsonl")
    for now, wanted in (("2026-03-02T10:59:00Z", "pending"), ("2026-03-02T11:00:00Z", "pending"), ("2026-03-02T11:00:01Z", "overdue")):
        found = json.loads(run("--data", data, "explain", "p", "--promises", folder / "p.promise", "--json", "--now", now).out)
        expect(f"at {now}", [i["verdict"] for i in found], [wanted])
    run("--data", data, "imports", "remove", "1")
    run("--data", data, "import", folder / "e.jsonl", "--complete-through", "2026-03-02T11:00:00Z")
    found = json.loads(run("--data", data, "explain", "p", "--promises", folder / "p.promise", "--json").out)
    expect("all is known through the due", [(i["verdict"], i["final"]) for i in found], [("broken", True)])


def advice(folder):
    data, promises = prepared(folder)
    misspelt = folder / "misspelt.promise"
    misspelt.write_text(PROMISE.replace("order.delivered", "order.deliverd"))
    run("--data", data, "promise", "publish", misspelt)
    expect_in("doctor lists the types", "order.placed 5, order.delivered 2, order.cancelled 1, shop.closed 1",
              run("--data", data, "doctor").out)
    expect_in("doctor knows what is never sent", 'did you mean "order.delivered"?', run("--data", data, "doctor").out)
    loose = folder / "loose.promise"
    loose.write_text('promise p "p"   kept by u\n when   asked then answered within 2 days # soon\n')
    tidy = run("promise", "format", loose).out
    expect_in("the comment stays", "# soon", tidy)
    loose.write_text(tidy)
    expect("formatted stays", (run("promise", "format", loose).out, run("promise", "format", "--check", loose).code), (tidy, 0))
    (folder / "empty").mkdir()
    run("--data", folder / "new", "settings", "put", folder / "none.toml")
    run("--data", folder / "new", "promise", "publish", promises)
    expect_in("without events: what to do", "import", run("--data", folder / "new", "gap").err)


def circles(folder):
    """1 replaces itself, 2 and 3 each other; 4 replaces 5, as corrections do."""
    (folder / "e.jsonl").write_text("".join(
        event(number, "said", f"2026-03-02T10:0{number}:00Z", **({"replaces": other} if other else {}))
        for number, other in ((1, "1"), (2, "3"), (3, "2"), (4, "5"), (5, None))))
    run("--data", folder / "data", "import", folder / "e.jsonl")
    expect_in("doctor tells", "3 events replace or void themselves or each other in a circle, so none of them stands: s 1, s 2, s 3",
              run("--data", folder / "data", "doctor").out)
    expect("and none stands", [e["id"] for e in json.loads(run("--data", folder / "data", "timeline", "organisation", "--json").out)], ["4"])


def usage(folder):
    wrong = run("--lang", "sv", "--data", folder / "none", "gap")
    expect_in("a message in Swedish", "det finns ingen datakatalog", wrong.err)
    expect_in("a usage hint in Swedish", "Kör med --help för mer.", run("--lang", "sv", "--colour-me").err)
    expect("help", run("--help").code, 0)
    expect("version", run("--version").code, 0)
    expect("no such command", run("gapp").code, 2)
    expect("no such option", run("gap", "--colour-me").code, 2)
    expect("no data directory said", run("gap").code, 2)
    expect("no such data directory", run("--data", folder / "none", "gap").code, 1)
    expect("bad instant", run("--data", folder, "--now", "yesterday", "gap").code, 2)
    for wrong in (("demo", "--seed", "-1"), ("demo", "--seed=-1"), ("import", "x.csv", "--most-rejected", "nan"), ("import", "x.csv", "--most-rejected", "1.5"),
                  ("rejects", "--import", "-1"), ("imports", "remove", "-2")):
        expect(f"usage: {wrong}", run("--data", folder / "wrong", *wrong).code, 2)
    expect("nothing was made", (folder / "wrong").exists(), False)
    for shell in ("bash", "zsh", "fish"):
        expect_in("completion", "backtest", run("completion", shell).out)


def options_anywhere(folder):
    data, promises = prepared(folder)
    wanted = run("--data", data, "gap", "--promises", promises, "--each", "week", "--by", "channel", "--json").out
    for words in (["--json", "--each", "week", "--promises", promises, "--by", "channel", "--data", data, "gap"],
                  ["--by=channel", "gap", "--each", "week", "--data", data, "--json", "--promises", promises],
                  ["--promises", promises, "gap", "--data", data, "--json", "--by", "channel", "--each", "week"]):
        expect("the same wherever options stand", (run(*words).out == wanted, len(wanted) > 100), (True, True))
    expect("before a command in two words", run("--json", "promise", "--data", data, "list").out, run("promise", "list", "--json", "--data", data).out)
    expect("an import", run("--dry-run", "import", folder / "events.jsonl", "--data", data).code, 0)
    expect("an unknown command is none", run("--data", data, "gapp", "gap").code, 2)
    expect("nor is an option's value", run("--data", "gap").code, 2)


def copies(folder):
    data, promises = prepared(folder)
    expect("backup", run("--data", data, "backup", folder / "copy").code, 0)
    expect("restore", run("--data", folder / "back", "restore", folder / "copy").code, 0)
    expect("restored figures", run("--data", folder / "back", "gap", "--promises", promises, "--json").out,
           run("--data", data, "gap", "--promises", promises, "--json").out)
    (folder / "units.toml").write_text('[units.logistics]\nname = "Logistik"\n')
    expect("settings into a restored directory", run("--data", folder / "back", "settings", "put", folder / "units.toml").code, 0)
    expect("backup into itself", run("--data", data, "backup", data / "copy").code, 1)
    expect("restore over data", run("--data", data, "restore", folder / "copy").code, 1)
    expect("doctor", run("--data", data, "doctor").code, 0)


def people(folder):
    data = folder / "data"
    added = run("--data", data, "person", "add", "Anna", "--name", "Anna Ek", "--role", "owner:sales", "--role", "analyst",
                stdin="grön häst går hem\n")
    expect("person add", (added.code, added.err), (0, ""))
    expect("again", run("--data", data, "person", "add", "anna", stdin="grön häst går hem\n").code, 1)
    expect_in("a weak password", "12 characters", run("--data", data, "person", "add", "bo", stdin="kort\n").err)
    expect_in("no password", "standard input", run("--data", data, "person", "add", "bo", stdin="").err)
    expect_in("no such role", "front_line", run("--data", data, "person", "add", "bo", "--role", "boss", stdin="grön häst går hem\n").err)
    found = json.loads(run("--data", data, "person", "list", "--json").out)
    expect("people", [(p["login"], p["name"], p["disabled"]) for p in found], [("anna", "Anna Ek", None)])
    expect("roles", found[0]["roles"], [{"role": "analyst", "unit": "*"}, {"role": "owner", "unit": "sales"}])
    expect("set roles", run("--data", data, "person", "roles", "anna", "--role", "leader:sales", "--protected").code, 0)
    expect("of nobody", run("--data", data, "person", "roles", "eva", "--role", "leader:sales").code, 1)
    expect("set the password", run("--data", data, "person", "password", "anna", stdin="blå ko går bort\n").code, 0)
    expect("disable", run("--data", data, "person", "disable", "anna").code, 0)
    found = json.loads(run("--data", data, "person", "list", "--json").out)[0]
    expect("as it stands now", (found["roles"], found["opens_protected"], found["disabled"] is None),
           ([{"role": "leader", "unit": "sales"}], True, False))
    expect("enable", run("--data", data, "person", "disable", "anna", "--undo").code, 0)
    expect("person alone", run("--data", data, "person").code, 2)
    lines = json.loads(run("--data", data, "audit", "list", "--json").out)
    expect("the trail", [(line["who_kind"], line["what"], line["whom"]) for line in lines],
           [("operator", f"person.{what}", "anna") for what in
            ("added", "roles_set", "protected_set", "password_changed", "disabled", "enabled")])
    stored = b"".join(path.read_bytes() for path in data.iterdir() if path.is_file())
    expect("no password on disk", ("grön häst".encode() in stored, "blå ko".encode() in stored), (False, False))


def keys(folder):
    data = folder / "data"
    made = run("--data", data, "key", "add", "web shop", "--source", "shop", "--scope", "events.send", "--scope", "rejects.read")
    expect("key add", (made.code, made.out.startswith("hs_1_"), len(made.out)), (0, True, 5 + 43 + 1))
    expect_in("no such scope", "events.send", run("--data", data, "key", "add", "k", "--scope", "everything").err)
    expect("for people alone", run("--data", data, "key", "add", "k", "--scope", "people.administer").code, 1)
    expect("without a scope", run("--data", data, "key", "add", "k").code, 2)
    found = json.loads(run("--data", data, "key", "list", "--json").out)
    expect("keys", [(k["number"], k["name"], k["source"], k["scopes"], k["revoked"]) for k in found],
           [(1, "web shop", "shop", ["events.send", "rejects.read"], None)])
    secret = made.out.strip()[len("hs_1_"):].encode()
    expect("no key on disk", any(secret in path.read_bytes() for path in data.iterdir() if path.is_file()), False)
    expect("revoke", run("--data", data, "key", "revoke", "1").code, 0)
    expect("twice", run("--data", data, "key", "revoke", "1").code, 1)
    expect_in("listed still", "revoked", run("--data", data, "key", "list").out)


def words(folder):
    """Whole sentences in one language, and one canonical layout for what the project itself ships."""
    data, promises = prepared(folder)
    expect("negative", run("--data", data, "explain", "delivered", "--limit", "-1").err.splitlines()[0], '--limit: "-1" is no whole number from 0')
    for language, head in (("en", "1 of 1. Times in Europe/Stockholm; those that end in Z are UTC."),
                           ("sv", "1 av 1. Tider i Europe/Stockholm; de som slutar på Z är UTC.")):
        shown = run("--data", data, "explain", "delivered", "--promises", promises, "--verdict", "kept", "--lang", language)
        expect_in("zone", head, shown.out)
    (folder / "own.csv").write_text("order no,bought at\nA1,2026-03-02\n")
    said = run("--data", data, "import", folder / "own.csv", "--lang", "sv").err
    expect_in("no map", 'dessa kolumner hör inte till en händelse: "order no", "bought at". Säg i en karta', said)
    (folder / "m.toml").write_text("zone = 'Europe/Stockholm'\n[[event]]\ntype = 'bought'\nwhen = 'when'\n")
    (folder / "autumn.csv").write_text("when\n2026-10-25 02:30:00\n2026-10-25 02:40:00\n")
    for language, note in (("en", "note: local times that daylight saving doubles: the first was taken (2 times, first at line 2)"),
                           ("sv", "obs: lokala tider som sommartiden gör dubbla: den första togs (2 gånger, först på rad 2)")):
        done = run("--data", folder / language, "import", folder / "autumn.csv", "--map", folder / "m.toml", "--lang", language)
        expect_in("doubled", note, done.err)
    expect("a fault before the language", run("--data", data, "gap", "--now", "2026-99", "--lang", "sv").err.splitlines()[0],
           '--now: "2026-99" är ingen tidpunkt; skriv 2026-11-21T10:00:00+01:00 eller ett datum, i åren 0001 till 9999')
    expect("canonical", run("promise", "format", "--check", SOURCE / "packs/telecom", SOURCE / "examples").code, 0)


def trail(folder):
    data = folder / "data"
    expect("no trail without data", run("--data", data, "audit", "verify").code, 1)
    for name in ("one", "two", "three"):
        run("--data", data, "--now", f"2026-11-2{len(name)}T10:00:00Z", "key", "add", name, "--scope", "metrics.read")
    whole = run("--data", data, "audit", "verify")
    expect_in("verify", "3 lines", whole.out)
    head = whole.out.split()[-1]
    expect("against the head", run("--data", data, "audit", "verify", "--head", head).code, 0)
    expect("against another", run("--data", data, "audit", "verify", "--head", "2:" + head[2:]).code, 3)
    expect("no head", run("--data", data, "audit", "verify", "--head", "yesterday").code, 1)
    expect_in("list", "key.added", run("--data", data, "audit", "list", "--limit", "1").out)
    numbers = lambda *options: [line["number"] for line in json.loads(run("--data", data, "audit", "list", "--json", *options).out)]
    expect("whom", numbers("--whom", "2"), [2])
    expect("by day", (numbers("--from", "2026-11-24"), numbers("--to", "2026-11-24")), ([3], [1, 2]))
    expect("by whom", (numbers("--who", "system"), run("--data", data, "audit", "list", "--who", "anna").code), ([], 1))
    expect("copied", run("--data", data, "backup", folder / "copy").code, 0)
    with sqlite3.connect(data / "audit.sqlite") as database:
        database.execute("DROP TRIGGER audit_trail_is_not_changed")
        database.execute("UPDATE audit_trail SET details = replace(details, 'two', 'six') WHERE number = 2")
    changed = run("--data", data, "audit", "verify")
    expect("a changed line", changed.code, 3)
    expect_in("which", "line 2 is not what was written", changed.err)
    expect_in("doctor knows", "line 2", run("--data", data, "doctor").out)
    expect("back", run("--data", folder / "back", "restore", folder / "copy").code, 0)
    expect("whole again", run("--data", folder / "back", "audit", "verify", "--head", head).code, 0)


run_all([people, keys, trail, words, gap_and_explain, repeated_import, registry, absence_has_no_slack, timeline, page, settings_apply, clock, advice, circles, usage, options_anywhere, copies])
