# SPDX-License-Identifier: Apache-2.0
"""`--server URL`: the reading commands say of a running server, byte for byte, what they say of its data directory."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from server import PROMISE, Server  # noqa: E402
from program import expect, expect_in, run, run_all  # noqa: E402

LATER = """promise settled-by-noon "Settled by noon the next business day"
  kept by money
  when order.placed then order.paid within 1 business days, same order
  target 90% per channel each month, at least 2 instances
"""
EMAIL, HIDDEN = "email:anna@example.se", "email:hidden@example.se"


def write_events(path):
    """A file's source stands still, so that both ways have one clock."""
    events = []
    for n in range(60):
        who = [{"type": "email", "value": ("anna", "bo", "eva")[n % 3] + "@example.se"}]
        day = f"2026-{9 + n // 28:02}-{n % 28 + 1:02}"
        common = {"subject": who, "keys": {"order": f"A{n}"}, "channel": ("web", "shop")[n % 2], "data": {"amount": n}}
        events.append({"id": f"p{n}", "type": "order.placed", "time": f"{day}T08:00:00Z", **common})
        if n % 5:
            events.append({"id": f"d{n}", "type": "order.delivered", "time": f"{day}T{9 + n % 3:02}:30:00Z", **common})
        if n % 4:
            events.append({"id": f"b{n}", "type": "order.paid", "time": f"{day}T{10 + n % 9}:00:00Z", **common})
    for n, type in enumerate(("order.placed", "customer.updated")):
        events.append({"id": f"h{n}", "type": type, "time": f"2026-09-05T0{7 + n}:00:00Z", "keys": {"order": "H1"}, "data": {"protected": True} if n else {},
                       "subject": [{"type": "email", "value": HIDDEN[len("email:"):]}]})
    events.append({"id": "o1", "type": "order.paused", "time": "2026-09-03T00:00:00Z"})
    path.write_text("".join(json.dumps({"source": "shop", **it}) + "\n" for it in events))


GAP = [(), ("--json",), ("--each", "month"), ("--each", "week", "--json"), ("--by", "channel"), ("--by", "unit,channel", "--json"),
       ("--from", "2026-09-10", "--to", "2026-09-20", "--json"), ("--lang", "sv"), ("--by", "amount", "--json")]
EXPLAIN = [("in-two-hours",), ("in-two-hours", "--verdict", "broken", "--json"), ("settled-by-noon", "--limit", "0", "--lang", "sv"),
           ("in-two-hours", "--customer", "c1"), ("in-two-hours", "--verdict", "void")]
TIMELINE = [(EMAIL,), (EMAIL, "--json"), ("c2", "--as-known-at", "2026-09-12"), ("organisation",), ("organisation", "--json")]
LIST = [(), ("--json",), ("--lang", "sv")]


def masked(outcome):
    """Keys see neither identifiers nor data in clear."""
    out = re.sub(r"(anna|bo|eva)@example.se", lambda it: f"{it[1][0]}…@e….se", outcome.out)
    out = re.sub(r"amount=\d+", "amount=…", re.sub(r'"amount": \d+', '"amount": "…"', out))
    return outcome.code, out, outcome.err


def plain(outcome):
    return outcome.code, outcome.out, outcome.err


def named(server, event):
    """The customer of that event, as the command line alone tells."""
    told = json.loads(run("--data", server.data, "explain", "in-two-hours", "--limit", "0", "--json").out)
    return next(it["customer"] for it in told if it["activation"]["id"] == event)


def protected_are_refused(server, hidden, reader):
    """Whoever may not open a protected identity learns nothing of her, by any name; and it is noted."""
    for command in (("explain", "in-two-hours", "--customer", hidden), ("explain", "in-two-hours", "--customer", hidden, "--json"),
                    ("timeline", hidden), ("timeline", HIDDEN), ("timeline", HIDDEN, "--json"), ("timeline", hidden, "--as-known-at", "2026-09-05T07:30:00Z")):
        said = run(*command, "--why", "call 8", "--server", server.url, environment=reader)
        expect("refused: " + " ".join(command), (said.code, said.out), (1, ""))
        expect_in("whom to ask", "has a protected identity", said.err)
        expect("and no more", any(it in said.err for it in (HIDDEN[len("email:"):], "order.placed", "H1")), False)


def says_the_same(folder):
    write_events(folder / "events.jsonl")
    server = Server(folder).prepare(PROMISE + LATER)
    expect("imported", run("--data", server.data, "import", folder / "events.jsonl").code, 0)
    key = run("--data", server.data, "key", "add", "reader", *(word for scope in ("gap.read", "promises.read", "card.read") for word in ("--scope", scope))).out.strip()
    sender = {"HANDSLAG_API_KEY": server.key}
    commands = [(("gap", *it), plain) for it in GAP] + [(("explain", *it), plain) for it in EXPLAIN]
    commands += [(("timeline", *it), masked) for it in TIMELINE] + [(("promise", "list", *it), plain) for it in LIST]
    alone = [form(run("--data", server.data, *command)) for command, form in commands]
    hidden = named(server, "h0")
    run("--data", server.data, "gap", "--html", folder / "alone.html")
    with server:
        reader = {"HANDSLAG_API_KEY": key}
        for (command, _), wanted in zip(commands, alone):
            why = ("--why", "call 7") if command[0] == "timeline" or "--customer" in command else ()
            expect(" ".join(command), plain(run(*command, *why, "--server", server.url + "/", environment=reader)), wanted)
        protected_are_refused(server, hidden, reader)
        page = run("gap", "--html", folder / "asked.html", "--server", server.url, environment=reader)
        expect("a page", (page.code, (folder / "asked.html").read_text()), (0, (folder / "alone.html").read_text()))
        for what, command, part in (
                ("a misspelt name", ("gap", "--by", "chanel"), 'did you mean "channel"?'),
                ("by agent", ("gap", "--by", "agent"), "by agent"),
                ("no such promise", ("explain", "in-two-hour"), 'did you mean "in-two-hours"?'),
                ("nobody", ("timeline", "email:nobody@example.se", "--why", "call 7"), "no event names a customer by that email"),
                ("no why", ("timeline", EMAIL), "why"), ("no why, explained", ("explain", "in-two-hours", "--customer", "c1"), "why"),
                ("whether an address is a customer's", ("explain", "in-two-hours", "--customer", EMAIL, "--why", "call 7"), "you do not see customers' identifiers")):
            said = run(*command, "--server", server.url, environment=reader)
            expect(what, said.code, 1)
            expect_in(what, part, said.err)
        expect("another's key", run("gap", "--server", server.url, environment=sender).code, 1)
        for what, command in (("files of its own", ("gap", "--promises", folder / "p.promise")), ("a clock of its own", ("--now", "2026-10-01", "gap")),
                              ("a why for nobody", ("timeline", "c1", "--why", "x", "--data", server.data))):
            asked = () if what == "a why for nobody" else ("--server", server.url)
            expect(what, run(*command, *asked, environment=reader).code, 2)
        nobody = run("gap", "--server", "http://127.0.0.1:1", environment=reader)
        expect("nobody there", nobody.code, 3)
        expect("a clean end", server.stop(), 0)
    trail = run("--data", server.data, "audit", "list", "--json").out
    denied = [it for it in json.loads(trail) if it["what"] == "denied" and it["why"] == "call 8"]
    expect("refusals are noted", {it["whom"] for it in denied}, {hidden})
    expect("looks are noted with their why", trail.count("call 7") > len(TIMELINE), True)


run_all([says_the_same])
