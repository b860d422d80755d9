"""What the tests of `gavel check` share: specs, repositories, and the six formats read back."""

import json
import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree

from gavel_service import expect

FORMATS = ("text", "line", "json", "github", "sarif", "junit")
MATCHER = pathlib.Path(__file__).resolve().parents[2] / "clients/ci/github/problem-matcher.json"

# Clean but for warnings: four sections are missing.
SPEC = """---
spec: 1
title: Order ledger read replica
summary: Adds a read replica to the order ledger so that reports no longer slow down the checkout.
area: media
category: service-change
system: uploads
authors: ["@ana"]
open_decisions: none
dependencies:
  - {use: postgres/standard-m, for: ledger reads}
data: {classification: internal, personal: false}
regions: [us-east]
cost: {monthly_usd: {low: 400, high: 600}}
change: {reversible: true, blast_radius: low}
---
# Order ledger read replica

Reports read the same tables as the checkout, and slow it down on the last day of every month.
"""
WRONG = SPEC.replace("postgres/standard-m", "postgres/standrad-m")  # GV204, an error.
# Says the same as SPEC in other spellings: an alias, a capital, something listed twice.
FIXABLE = SPEC.replace("  - {use: postgres/standard-m, for: ledger reads}\n",
                       "  - {use: pg/standard-m, for: ledger reads}\n" * 2).replace(
                           "internal", "Internal")
UNREADABLE = SPEC.replace("area: media\n", "area: media\narea: media\n")  # GV011, refused.


class Checker:
    """`gavel check` with the policy of a folder, run in some folder; no server takes part."""

    def __init__(self, service):
        self.service = service
        self.binary = (service.bin / "gavel").resolve()
        self.policy = pathlib.Path(service.policy).resolve()

    def run(self, folder, *words, rules=True, text=True, environment=None, stdin=None, prefix=()):
        command = [*prefix, self.binary, "check", *words]
        if rules:
            command += ["--rules", self.policy]
        return subprocess.run(
            command, cwd=folder, env={**self.service.environment("ana"), **(environment or {})},
            capture_output=True, text=text, timeout=120, check=False,
            **({"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}))

    def code(self, folder, *words, **options):
        return self.run(folder, *words, **options).returncode


def write(folder, name, content):
    path = pathlib.Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def unescape_github(text):
    for escaped, plain in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escaped, plain)
    return text


GITHUB_LINE = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^,:]*)(?:,[a-z]+=[^,:]*)*)::(.*)")


def read_github(output):
    """[(level, {property: value}, message)], as GitHub's runner would take the lines apart."""
    commands = []
    for line in output.splitlines():
        match = GITHUB_LINE.fullmatch(line)
        expect(match, f"no workflow command: {line!r}")
        pairs = (pair.split("=", 1) for pair in match[2].split(","))
        commands.append((match[1], {key: unescape_github(value) for key, value in pairs},
                         unescape_github(match[3])))
    return commands


def read_line(output):
    """[(path, line, column, level, message, code)], by the problem matcher we ship."""
    pattern = json.loads(MATCHER.read_text())["problemMatcher"][0]["pattern"][0]
    names = ("file", "line", "column", "severity", "message", "code")
    rows = []
    for line in output.splitlines():
        match = re.search(pattern["regexp"], line)
        expect(match, f"the problem matcher does not match: {line!r}")
        rows.append(tuple(match[pattern[name]] for name in names))
    return rows


def read_all(outputs):
    """The findings of each format as sorted (code, line) pairs, from what each printed."""
    found = {"text": [], "json": [], "sarif": [], "github": [], "line": []}
    for match in re.finditer(r"^  (\d+|—)(?::\d+)? +(?:error|warn|info) +([A-Z]+\d+)  ",
                             outputs["text"], re.M):
        found["text"].append((match[2], 0 if match[1] == "—" else int(match[1])))
    for line in outputs["json"].splitlines():
        for finding in json.loads(line)["verdict"]["findings"]:
            found["json"].append((finding["code"], finding["line"]))
    for level, place, _ in read_github(outputs["github"]):
        found["github"].append((place["title"], int(place.get("line", 0))))
    for row in read_line(outputs["line"]):
        found["line"].append((row[5], int(row[1])))
    for result in json.loads(outputs["sarif"])["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        found["sarif"].append((result["ruleId"], region["startLine"]))
    return {name: sorted(rows) for name, rows in found.items()}


def junit_cases(output):
    """{(suite, case): True where it failed}."""
    cases = {}
    for suite in xml.etree.ElementTree.fromstring(output.encode()):
        for case in suite:
            cases[suite.get("name"), case.get("name")] = case.find("failure") is not None
    return cases


def at_top(rows):
    """What has no place is shown on line 1 by formats that need a line."""
    return sorted((code, max(line, 1)) for code, line in rows)


def nobody():
    """A prefix that drops root's rights, so that permissions mean something; empty for others."""
    if os.geteuid() != 0:
        return ()
    return ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
