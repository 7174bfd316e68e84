"""What the workers wrote: each warning and error is named in a list with its reason, each orderly end has a closed ledger."""

import fnmatch
import os
import re

LINE = re.compile(r"^\S+Z (debug|info|warning|error) (.*)$")


class Expectations:
    """A file of lines `SCENARIOS | PATTERN | REASON`; the scenarios are globs."""

    def __init__(self, path, scenario):
        self.patterns = []
        with open(path) as file:
            for number, line in enumerate(file, 1):
                if not line.strip() or line.startswith("#"):
                    continue
                parts = [part.strip() for part in line.split(" | ")]
                if len(parts) != 3 or not parts[2]:
                    raise SystemExit(f"{path}:{number}: must read SCENARIO | PATTERN | REASON")
                if any(fnmatch.fnmatchcase(scenario, glob.strip()) for glob in parts[0].split(",")):
                    self.patterns.append(re.compile(parts[1]))

    def explain(self, line):
        return any(pattern.search(line) for pattern in self.patterns)


def unexplained(lines, expectations):
    found = []
    for line in lines:
        line = line.rstrip("\n")
        parts = LINE.match(line)
        if parts and parts[1] in ("debug", "info"):
            continue
        # Lines of no form are the sentence with which a command ends, or a crash.
        if line and not expectations.explain(line):
            found.append(line)
    return found


def undrained(lines):
    """Revocations that left work behind: each may repeat what was in flight."""
    return sum(1 for line in lines if re.search(r" (lost|revoked) .*drained=false", line))


def ledgers(lines):
    return [line for line in lines if " ledger " in line]


def read(directory):
    """{file name: lines} of one scenario's workers: `NAME.LIFE.log`."""
    logs = {}
    for name in sorted(os.listdir(directory)):
        if name.endswith(".log"):
            with open(os.path.join(directory, name), errors="replace") as file:
                logs[name] = file.readlines()
    return logs
