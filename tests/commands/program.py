# SPDX-License-Identifier: Apache-2.0
"""Runs the program as people do and says what differs from what was expected."""
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["HANDSLAG_SOURCE_DIR"])
PROGRAM = os.environ["HANDSLAG"]
failures = []
checks = 0


class Outcome:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr


def run(*arguments, stdin=None, environment=None):
    variables = {**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})}
    variables.pop("HANDSLAG_DATA", None)
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, input=stdin, env=variables,
                          errors="replace", timeout=300)
    return Outcome(done)


def expect(what, found, wanted):
    global checks
    checks += 1
    if found != wanted:
        failures.append(f"{what}: found {found!r}, wanted {wanted!r}")


def expect_in(what, part, text):
    global checks
    checks += 1
    if part not in text:
        failures.append(f"{what}: {part!r} does not stand in {text!r}")


def run_all(tests):
    for test in tests:
        with tempfile.TemporaryDirectory() as name:
            test(pathlib.Path(name))
    print("\n".join(failures) or f"{checks} checks held")
    sys.exit(1 if failures else 0)
