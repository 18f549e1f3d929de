# SPDX-License-Identifier: Apache-2.0
"""The figures that public data sets are known to have, asked of the program itself (../shared/data/README.md).

Every figure here was computed by a brute-force script that knows nothing of this product. Where the data folder is
absent the test says that it is skipped.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["HANDSLAG_SOURCE_DIR"])
DATA = SOURCE.parent / "shared" / "data"
PROGRAM = os.environ["HANDSLAG"]
failures = []


def run(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"handslag {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def expect(what, found, wanted):
    if found != wanted:
        failures.append(f"{what}: found {found}, known {wanted}")


def import_into(folder, name, *arguments):
    data = folder / name
    run("--data", data, "import", *arguments)
    return data


def gap(data, folder, text):
    """The report of one promise, by its text."""
    path = folder / "tried.promise"
    path.write_text(f'promise tried "tried" kept by somebody {text}\n')
    return json.loads(run("--data", data, "gap", "--promises", path, "--json"))


def counts(report, *names):
    promise = report["promises"][0]
    return {name: promise[name] for name in names}


def total_events(data):
    return sum(entry["events"] for entry in json.loads(run("--data", data, "imports", "--json")))


def instances(data, folder, event_type):
    """How many events of a type there are: a promise that puts each in force."""
    report = gap(data, folder, f"never {event_type}")
    return report["promises"][0]["instances"]


def check_olist(folder):
    data = import_into(folder, "olist", DATA / "olist/olist_orders_dataset.csv", "--map", SOURCE / "examples/olist/map.toml")
    for event_type, wanted in {"order.placed": 8135, "order.delivered": 5170, "order.shipped": 6353, "order.approved": 7989}.items():
        expect(f"olist {event_type}", instances(data, folder, event_type), wanted)
    rule = "{} then order.delivered no later than promised_at, same order"
    report = gap(data, folder, rule.format("when order.placed"))
    expect("olist complete through", report["complete_through"], "2018-10-17T17:30:18Z")
    expect("olist all orders", counts(report, "kept", "late", "broken", "pending", "void"),
           {"kept": 4755, "late": 415, "broken": 2961, "pending": 4, "void": 0})
    report = gap(data, folder, rule.format('when order.placed where status != "canceled" and status != "unavailable"'))
    expect("olist without canceled and unavailable", counts(report, "kept", "late", "broken", "pending", "void"),
           {"kept": 4750, "late": 414, "broken": 1737, "pending": 0, "void": 0})


def check_receipt(folder):
    data = import_into(folder, "receipt", DATA / "receipt/receipt.csv", "--map", SOURCE / "examples/receipt/map.toml")
    report = gap(data, folder, "when case.opened then case.closed no later than deadline, same case")
    found = counts(report, "kept", "late", "broken", "pending", "overdue", "void", "unknown")
    expect("receipt kept", found["kept"], 950)
    expect("receipt late", found["late"], 377)
    expect("receipt broken or pending", found["broken"] + found["pending"] + found["overdue"], 107)
    expect("receipt cases", sum(found.values()), 1434)
    report = json.loads(run("--data", data, "gap", "--promises", folder / "tried.promise", "--by", "channel", "--json"))
    channels = {group["value"]: group["instances"] for group in report["promises"][0]["groups"]}
    expect("receipt channels", channels, {"Internet": 1250, "Desk": 109, "Post": 53, "e-mail": 21, "Intern": 1})
    as_log = import_into(folder, "receipt-xes", DATA / "receipt/receipt.xes.gz")
    expect("receipt events (XES)", total_events(as_log), 8577)


def check_helpdesk(folder):
    data = import_into(folder, "helpdesk", DATA / "helpdesk/helpdesk.xes.gz")
    expect("helpdesk events", total_events(data), 21348)
    report = gap(data, folder, 'when "Assign seriousness" then "Resolve ticket" within 240 h, same case')
    expect("helpdesk complete through", report["complete_through"], "2014-01-03T13:20:58Z")
    expect("helpdesk", counts(report, "kept", "late", "broken", "pending", "void"),
           {"kept": 2933, "late": 1997, "broken": 8, "pending": 0, "void": 0})


def check_bpic2012(folder):
    data = import_into(folder, "bpic2012", DATA / "bpic2012/bpic2012.xes.gz")
    expect("bpic2012 events", total_events(data), 262200)
    report = gap(data, folder, "when A_SUBMITTED then (A_APPROVED or A_DECLINED) within 240 h, same case unless A_CANCELLED, same case")
    expect("bpic2012 complete through", report["complete_through"], "2012-03-14T15:04:54.681Z")
    expect("bpic2012 decided in time", counts(report, "instances", "kept", "late", "broken", "pending", "void"),
           {"instances": 13087, "kept": 7498, "late": 2383, "broken": 2124, "pending": 0, "void": 1082})
    report = gap(data, folder, 'at most 1 "W_Nabellen incomplete dossiers" where lifecycle = "SCHEDULE", same case')
    expect("bpic2012 asked once", counts(report, "kept", "broken", "pending"), {"kept": 0, "broken": 531, "pending": 1116})


def check_running_example(folder):
    data = import_into(folder, "running-example", DATA / "running-example/running-example.xes")
    expect("running-example events", total_events(data), 42)
    report = gap(data, folder, 'at most 1000 "register request", same case')
    expect("running-example cases", report["promises"][0]["instances"], 6)


def main():
    if not DATA.is_dir():
        print("skipped: the public data sets are not here (../shared/data)")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for check in (check_olist, check_receipt, check_helpdesk, check_bpic2012, check_running_example):
            check(folder)
    print("\n".join(failures) or "every figure is as known")
    sys.exit(1 if failures else 0)


main()
