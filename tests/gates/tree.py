# SPDX-License-Identifier: Apache-2.0
"""What every gate shares: which files there are, and how a finding is said.

A gate is a script of one rule: `tests/gates/NAME [ROOT]`. It prints a line a finding, `path:line: what, and what to do`,
and exits 0 without findings, 1 with some. ROOT is the repository, or one of the samples under tests/gates/samples,
where NAME/good must pass and NAME/bad must fail as NAME/expected says (tests/gates/selftest).
"""
import fnmatch
import pathlib
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = "tests/gates/samples/"


class Tree:
    """The files of a repository (those that git tracks) or of a sample (all)."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        if self.root == REPOSITORY:
            listing = subprocess.run(["git", "-C", root, "ls-files", "-z"], check=True, capture_output=True)
            names = listing.stdout.decode().split("\0")
            self.names = sorted(n for n in names if n and not n.startswith(SAMPLES) and (self.root / n).is_file())
        else:
            self.names = sorted(str(p.relative_to(self.root)) for p in self.root.rglob("*") if p.is_file())

    def matching(self, *patterns):
        """The names that match one of the patterns; `*` matches slashes too."""
        return [n for n in self.names if any(fnmatch.fnmatchcase(n, p) for p in patterns)]

    def text(self, name):
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    def lines(self, name):
        """Pairs of line number and line."""
        return enumerate(self.text(name).splitlines(), start=1)


def run(gate):
    """Runs `gate(tree)`, which yields findings, over the tree that the command line names."""
    findings = list(gate(Tree(sys.argv[1] if len(sys.argv) > 1 else REPOSITORY)))
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)
