# SPDX-License-Identifier: Apache-2.0
"""Counts what ctest ran: `count_tests.py RESULTS` prints "passed failed skipped", then a line "failed NAME" or
"skipped NAME" for each such test.

RESULTS holds ctest.xml (ctest --output-junit) and, for every GoogleTest program, NAME.json with its single cases.
A program that wrote no such file (it crashed, or is a script) counts as one test.
"""
import json
import pathlib
import sys
import xml.etree.ElementTree


def count_cases(report):
    """How many cases of a GoogleTest report passed, and the names of those that failed and were skipped."""
    passed, failed, skipped = 0, [], []
    for suite in report["testsuites"]:
        for case in suite["testsuite"]:
            case_name = f"{suite['name']}.{case['name']}"
            if "failures" in case:
                failed.append(case_name)
            elif case["result"] == "SKIPPED":
                skipped.append(case_name)
            elif case["status"] == "RUN":
                passed += 1
    return passed, failed, skipped


def count(results):
    passed, failed, skipped = 0, [], []
    for test in xml.etree.ElementTree.parse(results / "ctest.xml").getroot().iter("testcase"):
        name, status = test.get("name"), test.get("status")
        report = results / f"{name}.json"
        if report.exists():
            case_passed, case_failed, case_skipped = count_cases(json.loads(report.read_text()))
            passed += case_passed
            skipped += [f"{name}: {case}" for case in case_skipped]
            failed += [f"{name}: {case}" for case in case_failed]
            if status == "fail" and not case_failed:
                failed.append(f"{name}: failed outside its cases")
        elif status == "run":
            passed += 1
        elif test.find("skipped") is not None and status != "fail":
            skipped.append(name)
        else:
            failed.append(name)
    return passed, failed, skipped


passed_count, failures, skips = count(pathlib.Path(sys.argv[1]))
print(passed_count, len(failures), len(skips))
for line in [f"failed {name}" for name in failures] + [f"skipped {name}" for name in skips]:
    print(line)
