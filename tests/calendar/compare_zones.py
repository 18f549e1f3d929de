#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the product's zones with zdump: every change 1800-2199 of the zones named below, and what the wall clock
means around each (P-21): a skipped time is skipped, a doubled one is the first."""

import calendar
import re
import subprocess
import sys
import time

ZONES = ("Europe/Stockholm", "Europe/London", "America/New_York")
END = calendar.timegm((2200, 1, 1, 0, 0, 0))
LINE = re.compile(r"\S+\s+\w+ (\w+ +\d+ \d\d:\d\d:\d\d \d+) UT = .* gmtoff=(-?\d+)$")


def run(*command, given=""):
    return subprocess.run(command, input=given, check=True, capture_output=True, text=True).stdout.splitlines()


def from_zdump(zone):
    """[(UTC second, offset before, offset after)], where the offset changes."""
    points = []
    for line in run("zdump", "-v", "-c", "1800,2200", zone):
        if match := LINE.match(line):
            utc = calendar.timegm(time.strptime(match[1], "%b %d %H:%M:%S %Y"))
            points.append((utc, int(match[2])))
    changes = []
    for (before, old), (after, new) in zip(points, points[1:]):
        if old != new and after == before + 1 and after < END:
            changes.append((after, old, new))
    return changes


def expected_local(changes):
    """For the first wall-clock second that each change skips or doubles: (wall second, answer)."""
    for at, old, new in changes:
        if new > old:
            yield at + old, f"skipped {at}"
        else:
            yield at + new, f"doubled {at + new - old}"


def main(program):
    failed = False
    for zone in ZONES:
        changes = from_zdump(zone)
        own = run(program, "changes", zone)
        theirs = [f"{at} {new}" for at, _, new in changes]
        wanted = list(expected_local(changes))
        answers = run(program, "local", zone, given="\n".join(str(wall) for wall, _ in wanted))
        wrong = sorted(set(own) ^ set(theirs))
        wrong += [f"wall clock {wall}: {got}, not {right}" for (wall, right), got in zip(wanted, answers) if got != right]
        for line in wrong:
            print(f"{zone}: {line}")
        failed = failed or bool(wrong) or len(own) != len(theirs) or len(answers) != len(wanted) or len(own) < 200
        print(f"{zone}: {len(theirs)} changes by zdump, {len(own)} by us")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
