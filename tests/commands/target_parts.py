# SPDX-License-Identifier: Apache-2.0
"""A target each month and per channel: which parts miss it is told everywhere, worked out by hand."""
import json

import jsonschema
from program import SOURCE, expect, expect_in, run, run_all

# Due an hour after being asked. January: 1 of 1, web. February: 1 of 3, phone. March: 2 of 2, web, and not over: H is 2026-03-20.
ASKED = [("2026-01-10T10:00:00Z", "web", True), ("2026-02-10T10:00:00Z", "phone", True), ("2026-02-11T10:00:00Z", "phone", False),
         ("2026-02-12T10:00:00Z", "phone", False), ("2026-03-10T10:00:00Z", "web", True), ("2026-03-11T10:00:00Z", "web", True)]
PROMISE = 'promise p "Answered"\n  kept by u\n  when asked then answered within 1 h, same case\n  target 80%'


def events():
    for number, (time, channel, is_answered) in enumerate(ASKED):
        who = {"source": "s", "subject": [{"type": "email", "value": f"{number}@example.se"}], "channel": channel, "keys": {"case": str(number)}}
        yield {"id": f"a{number}", "type": "asked", "time": time, **who}
        if is_answered:
            yield {"id": f"b{number}", "type": "answered", "time": time.replace("10:00:00", "10:30:00"), **who}


def parts(folder):
    data = folder / "data"
    (folder / "e.jsonl").write_text("".join(json.dumps(e) + "\n" for e in events()))
    expect("import", run("--data", data, "import", folder / "e.jsonl", "--complete-through", "2026-03-20").code, 0)

    def gap(target, *more):
        (folder / "p.promise").write_text(PROMISE + target + "\n")
        return run("--data", data, "gap", "--promises", folder / "p.promise", *more)

    report = json.loads(gap(" each month", "--json", "--each", "month", "--by", "channel").out)
    schema = json.loads((SOURCE / "contract" / "gap.schema.json").read_text())
    jsonschema.validate(report, schema, format_checker=jsonschema.FormatChecker())
    expect("by month", report["promises"][0]["target_parts"],
           {"kept": 1, "missed": 1, "on_course": 1, "off_course": 0, "too_few": 0, "unsettled": 0,
            "worst": {"values": {}, "from": "2026-01-31T23:00:00Z", "to": "2026-02-28T23:00:00Z", "kept": 1, "settled": 3, "rate": 1 / 3}})
    expect("state as before", report["promises"][0]["target_state"], "missed")
    expect_in("table", "missed in 1 of 3 months (worst: February 2026 33.3 %), on course in 1, kept in 1", gap(" each month").out)
    expect_in("table in Swedish", "missat i 1 av 3 månader (sämst: februari 2026 33,3 %), på väg i 1, hållet i 1", gap(" each month", "--lang", "sv").out)
    expect_in("too few", "missed in 1 of 3 months (worst: February 2026 33.3 %), too few in 2", gap(" each month, at least 3 instances").out)
    expect_in("by channel", "off course in 1 of 2 by channel (worst: phone 33.3 %), on course in 1", gap(" per channel").out)
    expect_in("both", "missed in 1 of 3 by channel and month (worst: phone, February 2026 33.3 %)", gap(" per channel each month").out)
    expect("no parts named", "target_parts" in json.loads(gap("", "--json").out)["promises"][0], False)
    gap(" each month", "--html", folder / "page.html")
    expect_in("page", "missed in 1 of 3 months (worst: February 2026 33.3 %)", (folder / "page.html").read_text())


run_all([parts])
