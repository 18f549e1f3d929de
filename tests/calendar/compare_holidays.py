#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the product's Swedish days off with python3-holidays and npm's date-holidays, day by day, 1990-2050.

Where a source disagrees, the law decides. Such days stand below, each with its reason; any other difference fails,
and so does a stated difference that no longer exists.
"""

import pathlib
import subprocess
import sys

import holidays

FIRST, LAST = 1990, 2050
HERE = pathlib.Path(__file__).resolve().parent


def lines_of(*command):
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def ours(program):
    return lines_of(program, "days-off", str(FIRST), str(LAST))


def from_python():
    days = holidays.Sweden(include_sundays=False, years=range(FIRST, LAST + 1))
    return {day.isoformat(): name for day, name in days.items()}


def from_node():
    return lines_of("node", str(HERE / "swedish_days_off.cjs"), str(FIRST), str(LAST))


def whit_mondays(days):
    return {day for day, name in days.items() if name == "annandag pingst"}


def differences(own, other):
    only_ours = {f"{day} only ours ({own[day]})" for day in own.keys() - other.keys()}
    only_theirs = {f"{day} only theirs ({other[day]})" for day in other.keys() - own.keys()}
    return only_ours | only_theirs


def main(program):
    own = ours(program)
    # SFS 1989:253 as it read until 31 March 2005 (changed by SFS 2004:1320) names annandag pingst among the public
    # holidays. date-holidays calls it an observance in all years.
    accepted = {
        "python3-holidays": set(),
        "date-holidays": {f"{day} only ours (annandag pingst)" for day in whit_mondays(own)},
    }
    failed = len(whit_mondays(own)) != 2005 - FIRST
    if failed:
        print("annandag pingst is not a day off in exactly the years until 2004")
    for source, days in (("python3-holidays", from_python()), ("date-holidays", from_node())):
        found = differences(own, days)
        for line in sorted(found ^ accepted[source]):
            print(f"{source}: {line}{' (stated, but not so)' if line in accepted[source] else ''}")
        failed = failed or found != accepted[source]
        print(f"{source}: {len(days)} days off {FIRST}-{LAST}, ours {len(own)}, {len(found)} stated differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
