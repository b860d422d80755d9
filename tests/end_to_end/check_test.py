"""`gavel check` as authors, editors and CI systems run it, in real git repositories.

Usage: check_test.py BIN_DIR POLICY_DIR
"""

import json
import os
import pathlib
import pty
import re
import stat
import subprocess
import sys
import time
import urllib.parse

from check_service import (FIXABLE, FORMATS, SPEC, UNREADABLE, WRONG, Checker, at_top, junit_cases, nobody,
                           read_all, read_github, read_line, write)
from gavel_service import Service, commit_all, expect, git


def run_formats(check, folder, *words):
    """{format: finished process}."""
    return {name: check.run(folder, *words, "--output", name) for name in FORMATS}


def test_every_format_says_the_same(check, root):
    """Same findings, same exit code, whatever the format; --fail-on moves the threshold only."""
    folder = root / "formats"
    write(folder, "clean.md", SPEC)
    write(folder, "wrong.md", WRONG)
    write(folder, "unreadable.md", UNREADABLE)
    rows = [(("clean.md",), 0), (("wrong.md",), 1), (("unreadable.md",), 1),
            (("clean.md", "--fail-on", "warn"), 1), (("wrong.md", "--fail-on", "info"), 1),
            (("clean.md", "wrong.md", "unreadable.md"), 1)]
    for words, code in rows:
        done = run_formats(check, folder, *words)
        codes = {name: process.returncode for name, process in done.items()}
        expect(set(codes.values()) == {code}, f"{words}: {codes}")
        found = read_all({name: process.stdout for name, process in done.items()})
        expect(found["text"], f"{words}: no finding was read back")
        for name in ("json", "github"):
            expect(found[name] == found["text"], f"{words}: {name} {found[name]}")
        for name in ("line", "sarif"):
            expect(found[name] == at_top(found["text"]), f"{words}: {name} {found[name]}")
        failed = any(junit_cases(done["junit"].stdout).values())
        expect(failed == (code == 1), f"{words}: JUnit disagrees with exit {code}")


def test_text_is_for_people(check, root):
    folder = root / "text"
    write(folder, "wrong.md", WRONG)
    done = check.run(folder, "wrong.md")
    expect(done.stdout.startswith("wrong.md\n  11:11  error  GV204  "), done.stdout)
    expect("Did you mean `postgres/standard-m`?" in done.stdout, done.stdout)
    expect(re.search(r"^1 error, 4 warnings in 1 spec\. Policy gavel-default@\w{4} \(.*\)\. "
                     r"Explain one: gavel explain GV204$", done.stdout, re.M), done.stdout)
    write(folder, "clean.md", SPEC + sections())
    done = check.run(folder, "clean.md")
    expect(done.stdout.startswith("clean.md   ok\n  Auto-approved by auto/standard-tiers"),
           done.stdout)
    expect("✓ deps.storage" in done.stdout, done.stdout)


def sections():
    """What SPEC lacks, each with more words than a section has to have."""
    words = ("This is said in enough words for a reader who was not there when we talked about it: "
             "reports move to a replica, the checkout keeps the primary, and nothing else changes.")
    return (f"\n## Summary\n{words}\n\n## Cost\n{words} It costs 500 USD a month for "
            f"postgres/standard-m.\n\n## Alternatives considered\n{words}\n"
            f"\n## Risks, rollout and rollback\n{words}\n")


def test_without_a_path_what_changed_is_checked(check, root):
    origin = check.service.repository("origin")
    for name in ("specs/old.md", "specs/edited.md", "specs/gone.md"):
        write(origin, name, SPEC)
    commit_all(origin)
    clone = root / "clone with space"
    git(root, "clone", "-q", origin, clone)
    write(clone, "specs/edited.md", WRONG)
    write(clone, "specs/new.md", SPEC)
    write(clone, "specs/notes.md", "# No spec\n")
    write(clone, "ignored.md", WRONG)
    write(clone, ".gitignore", "ignored.md\n")
    os.remove(clone / "specs/gone.md")
    os.symlink("old.md", clone / "specs/link.md")

    def paths(folder, *words):
        done = check.run(folder, *words, "--json=path")
        return [json.loads(line)["path"] for line in done.stdout.splitlines()], done

    checked, done = paths(clone)
    expect(checked == ["specs/edited.md", "specs/new.md"], f"{checked} {done.stderr}")
    expect(done.returncode == 1, "the edited one is wrong")
    checked, _ = paths(clone / "specs")
    expect(checked == ["edited.md", "new.md"], f"from below: {checked}")
    commit_all(clone)
    expect(paths(clone)[0] == ["specs/edited.md", "specs/new.md"], "committed is changed, too")
    write(clone, ".gavel.yaml", "base: HEAD\n")
    expect(paths(clone)[0] == [], "against HEAD nothing changed")
    done = check.run(clone)
    expect((done.returncode, done.stdout) == (0, "No changed spec.\n"), "nothing found is 0")
    expect(json.loads(check.run(clone, "--output", "sarif").stdout)["runs"][0]["results"] == [],
           "an empty report is one all the same")
    write(clone, ".gavel.yaml", "base: nonsense\n")
    expect(check.code(clone) == 2, "a base that is no commit")
    done = check.run(root)
    expect(done.returncode == 2 and "no git repository" in done.stderr, done.stderr)


def test_staged_reads_the_index(check, root):
    folder = check.service.repository("staged")
    write(folder, "specs/a.md", SPEC)
    write(folder, "README.md", "# Not a spec\n")
    commit_all(folder)
    expect(check.run(folder, "--staged").stdout == "No changed spec.\n", "nothing is staged")
    expect(check.code(folder, "--staged", "--fail-on", "warn", "specs/a.md") == 1,
           "what is named is checked, changed or not")
    write(folder, "specs/a.md", WRONG)
    expect(check.code(folder, "--staged") == 0, "the working copy does not count")
    git(folder, "add", "-A")
    write(folder, "specs/a.md", SPEC)
    expect(check.code(folder, "--staged") == 1, "the index counts")
    expect(check.code(folder, "--staged", "README.md", "specs") == 1, "a folder, and no spec")
    done = check.run(folder, "--staged", "README.md")
    expect((done.returncode, done.stdout) == (0, "No spec there.\n"), done.stdout)
    done = check.run(folder, "--staged", "specs/new.md")
    expect(done.returncode == 2 and "not in the index" in done.stderr, done.stderr)
    done = check.run(folder, "--staged", "--fix")
    expect(done.returncode == 5 and "differs from what is staged" in done.stderr, done.stderr)


def test_folders_hold_specs(check, root):
    folder = root / "folders"
    for name in ("b.md", "a/z.md", "a/b/c.md"):
        write(folder, name, SPEC)
    write(folder, "a/readme.md", "# No spec\n")
    write(folder, ".hidden/x.md", SPEC)
    write(folder, "a/x.txt", SPEC)
    os.symlink("..", folder / "a/loop")
    os.symlink("../b.md", folder / "a/b-link.md")

    def paths(*words):
        done = check.run(folder, *words, "--json=path")
        return [json.loads(line)["path"] for line in done.stdout.splitlines()]

    expect(paths(".") == ["a/b/c.md", "a/z.md", "b.md"], paths("."))
    expect(paths("b.md", "a", "./a/z.md") == ["b.md", "a/b/c.md", "a/z.md"], "each once, in order")
    (folder / "empty").mkdir()
    expect(check.run(folder, "empty").stdout == "No spec there.\n", "an empty folder")
    done = check.run(folder, "missing.md")
    expect(done.returncode == 2 and "no such file: missing.md" in done.stderr, done.stderr)
    write(folder, "locked/x.md", SPEC)
    os.chmod(folder, 0o755)
    os.chmod(check.service.root, 0o755)
    os.chmod(folder / "locked", 0)
    done = check.run(folder, ".", prefix=nobody())
    expect(done.returncode == 2 and "locked: Permission denied" in done.stderr, done.stderr)
    os.chmod(folder / "locked", 0o755)
    os.chmod(folder / "b.md", 0)
    done = check.run(folder, "b.md", prefix=nobody())
    expect(done.returncode == 2 and "b.md: Permission denied" in done.stderr, done.stderr)
    os.mkfifo(folder / "pipe.md")
    expect(check.code(folder, "pipe.md") == 2, "a pipe would never end")


def test_stdin(check, root):
    folder = root / "stdin"
    folder.mkdir()
    done = check.run(folder, "-", "--output", "line", stdin=WRONG)
    expect(read_line(done.stdout)[0][0] == "stdin" and done.returncode == 1, done.stdout)
    done = check.run(folder, "-", "--stdin-path", "specs/x.md", "--output", "line", stdin=WRONG)
    expect(read_line(done.stdout)[0][:3] == ("specs/x.md", "11", "11"), done.stdout)
    for words in (("-", "--fix"), ("-", "--staged"), ("--stdin-path", "x.md"), ("-n",),
                  ("-", "--output", "xml"), ("-", "--json", "--output", "sarif"),
                  ("-", "--fail-on", "never"), ("-", "--as-of", "2026-02-30")):
        expect(check.code(folder, *words, stdin=SPEC) == 2, f"{words} is a usage error")


def test_json_fields(check, root):
    folder = root / "json"
    write(folder, "wrong.md", WRONG)
    write(folder, "clean.md", SPEC + sections())
    done = check.run(folder, "wrong.md", "clean.md", "--json=path,code,line,severity")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    expect(rows[0] == {"path": "wrong.md", "code": "GV204", "line": 11, "severity": "error"}, rows)
    expect({row["path"] for row in rows} == {"wrong.md"}, "an object a finding")
    done = check.run(folder, "wrong.md", "clean.md", "--json=path,verdict.mode")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    expect(rows == [{"path": "wrong.md", "verdict.mode": "REVIEW_MODE_SYNC"},
                    {"path": "clean.md", "verdict.mode": "REVIEW_MODE_AUTO"}], rows)
    done = check.run(folder, "wrong.md", "clean.md", "--json")
    expect([json.loads(line)["path"] for line in done.stdout.splitlines()] ==
           ["wrong.md", "clean.md"], "an object a file, with its path")
    done = check.run(folder, "wrong.md", "clean.md", "--jq", ".path, (.verdict.findings | length)")
    expect((done.returncode, done.stdout) == (1, "wrong.md\n5\nclean.md\n0\n"), done.stdout)
    expect(check.code(folder, "wrong.md", "--json=code,wheel") == 2, "a field that is not there")


# Spaces, a newline, what formats escape, what XML cannot hold, what is not UTF-8.
ODD_NAMES = [b"a b.md", b"new\nline.md", b"100%.md", b"a:1:2: x.md", b"quote\"'.md", b"<&>.md",
             b"tab\tbell\x07.md", b"latin-\xe9.md", "emoji-🚀.md".encode(), b"--online.md",
             b"::error::x.md", b"comma,equals=.md"]


def test_odd_names_survive(check, root):
    folder = check.service.repository("odd names")
    for name in ODD_NAMES:
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(WRONG.encode())
    named = [b"./" + name for name in ODD_NAMES]

    def output(form):
        done = check.run(folder, *named, "--output", form, text=False)
        expect(done.returncode == 1, f"{form}: exit {done.returncode} {done.stderr}")
        return done.stdout

    sarif = json.loads(output("sarif"))["runs"][0]
    uris = [artifact["location"]["uri"] for artifact in sarif["artifacts"]]
    expect([urllib.parse.unquote_to_bytes(uri) for uri in uris] == ODD_NAMES, f"SARIF: {uris}")
    commands = read_github(output("github").decode("utf-8", "surrogateescape"))
    files = {os.fsencode(properties["file"]) for _, properties, _ in commands}
    expect(files == set(ODD_NAMES), f"GitHub: {files}")
    lines = output("line").split(b"\n")
    expect(len(lines) - 1 == len(commands), "a finding is one line, whatever the name")
    expect(not any(line.startswith(b"::") for line in lines), "a name is no workflow command")
    suites = {suite for suite, _ in junit_cases(output("junit").decode())}
    expect(len(suites) == len(ODD_NAMES), f"JUnit: {suites}")
    expect(len(output("json").splitlines()) == len(ODD_NAMES), "JSON: a line a file")
    text = output("text")
    expect("./latin-\ufffd.md\n".encode() in text and b"./new\\nline.md\n" in text, text[:3000])
    commit_all(folder)
    done = check.run(folder, "--json=path", text=False)
    expect(len(done.stdout.splitlines()) == len(ODD_NAMES), "git's names come through, too")


def test_columns_are_code_points(check, root):
    """An emoji is one column; CR LF and a byte order mark are none."""
    folder = root / "columns"
    text = WRONG.replace("- {use:", "- {for: \"🚀🚀 é\", use:").replace(", for: ledger reads", "")
    column = text.splitlines()[10].index("postgres") + 1
    for name, content in (("plain.md", text), ("crlf.md", text.replace("\n", "\r\n")),
                          ("bom.md", "\ufeff" + text)):
        write(folder, name, content)
        sarif = json.loads(check.run(folder, name, "--output", "sarif").stdout)["runs"][0]
        region = next(result for result in sarif["results"] if result["ruleId"] == "GV204")[
            "locations"][0]["physicalLocation"]["region"]
        expect(sarif["columnKind"] == "unicodeCodePoints", "the kind is said")
        expect((region["startLine"], region["startColumn"]) == (11, column), f"{name}: {region}")
        expect((region["endLine"], region["endColumn"]) ==
               (11, column + len("postgres/standrad-m")), f"{name}: {region}")
        line = next(row for row in read_line(check.run(folder, name, "--output", "line").stdout)
                    if row[5] == "GV204")
        expect(line[1:3] == ("11", str(column)), f"{name}: {line}")


def fingerprints(check, folder, name):
    sarif = json.loads(check.run(folder, name, "--output", "sarif").stdout)["runs"][0]
    return {(result["ruleId"], result["message"]["text"]):
            result["partialFingerprints"]["gavelFinding/v1"] for result in sarif["results"]}


def test_fingerprints_stay_when_lines_move(check, root):
    folder = root / "fingerprints"
    write(folder, "before.md", WRONG)
    write(folder, "after.md", WRONG.replace("regions: [us-east]\n", "").replace(
        "spec: 1\n", "spec: 1\nregions: [us-east]\n"))
    before, after = (fingerprints(check, folder, name) for name in ("before.md", "after.md"))
    expect(before == after, f"{before}\n{after}")
    expect(len(set(before.values())) == len(before), "each finding has its own")


def safe_fixes(check, folder, name):
    """How many fixes `--fix -n` would make."""
    done = check.run(folder, name, "--fix", "-n")
    match = re.search(r"Would fix (\d+) finding", done.stderr)
    return int(match[1]) if match else 0


def test_fix_writes_what_the_dry_run_shows(check, root):
    for ending, mark, mode in (("\n", "", 0o640), ("\r\n", "\ufeff", 0o755)):
        folder = root / f"fix-{mode:o}"
        path = write(folder, "specs/a b.md", mark + FIXABLE.replace("\n", ending))
        os.chmod(path, mode)
        before = path.read_bytes()
        patch = check.run(folder, "specs/a b.md", "--fix", "-n", text=False)
        expect(path.read_bytes() == before, "-n writes nothing")
        expect(patch.stdout.startswith(b"--- a/specs/a b.md"), patch.stdout + patch.stderr)
        done = check.run(folder, "specs/a b.md", "--fix", "--output", "sarif")
        expect("fixed specs/a b.md:" in done.stderr, done.stderr)
        json.loads(done.stdout)
        after = path.read_bytes()
        expect(after != before, "something was fixed")
        expect(stat.S_IMODE(path.stat().st_mode) == mode, "the mode stays")
        expect(after.startswith(mark.encode()), "the byte order mark stays")
        expect(after.count(b"\r") == (after.count(b"\n") if ending == "\r\n" else 0), "line ends stay")
        expect(os.listdir(folder / "specs") == ["a b.md"], "nothing is left beside it")
        path.write_bytes(before)
        subprocess.run(["git", "apply"], cwd=folder, input=patch.stdout, check=True,
                       capture_output=True)
        expect(path.read_bytes() == after, "the patch does the same")
        expect(safe_fixes(check, folder, "specs/a b.md") == 0, "what is fixed stays fixed")


def test_fix_changes_nothing_else(check, root):
    folder = check.service.repository("fix")
    path = write(folder, "specs/a.md", WRONG)
    expect(check.code(folder, "specs/a.md", "--fix") == 1, "a decision is the author's")
    expect(path.read_text() == WRONG, "`did you mean` is not applied")
    write(folder, "specs/b.md", FIXABLE)
    os.symlink("b.md", folder / "specs/link.md")
    done = check.run(folder, "specs/link.md", "--fix")
    expect(done.returncode == 2 and (folder / "specs/link.md").is_symlink(), done.stderr)
    git(folder, "add", "-A")
    expect(check.code(folder, "--staged", "--fix") == 1, "a.md is still wrong")
    expect((folder / "specs/b.md").read_text() != FIXABLE, "b.md is mended")
    staged = subprocess.run(["git", "show", ":specs/b.md"], cwd=folder, capture_output=True,
                            text=True, check=True).stdout
    expect(staged == FIXABLE, "the index is left alone")


def test_links_stay_inside_the_repository(check, root):
    folder = check.service.repository("links")
    write(root / "repos", "outside.md", "secret")
    write(folder, "docs/there.md", "x")
    os.symlink("../../outside.md", folder / "docs/link.md")
    write(folder, "specs/a.md", SPEC + "\n[1](../docs/there.md) [2](../docs/gone.md) "
          "[3](../../outside.md) [4](/docs/there.md) [5](../docs/link.md)\n")
    done = check.run(folder, "specs/a.md", "--json=code,message")
    missing = [json.loads(line)["message"] for line in done.stdout.splitlines()
               if json.loads(line)["code"] == "GV401"]
    expect(len(missing) == 2, f"only 2 and 3: {missing}")
    expect(any("gone.md" in text for text in missing) and any("outside.md" in text
           for text in missing), missing)
    write(root, "lonely/a.md", SPEC + "\n[1](gone.md)\n")
    done = check.run(root / "lonely", "a.md", "--output", "line")
    expect("GV401" not in done.stdout, "outside a repository nobody can tell")


def test_what_is_too_large_is_a_finding(check, root):
    folder = root / "large"
    for megabytes in (2, 64):
        write(folder, f"{megabytes}.md", SPEC.encode() + "é".encode() * (megabytes << 19))
        for form in FORMATS:
            done = check.run(folder, f"{megabytes}.md", "--output", form)
            expect(done.returncode == 1, f"{megabytes} MB as {form}: exit {done.returncode}")
            expect("GV004" in done.stdout, done.stdout[:400])
    before = (folder / "64.md").read_bytes()
    check.run(folder, "64.md", "--fix")
    expect((folder / "64.md").read_bytes() == before, "what was not read whole is not written")


def test_works_offline_with_the_policy_it_has(check, root):
    folder = root / "offline"
    write(folder, "clean.md", SPEC)
    alone = ("unshare", "--net", "--map-root-user")
    done = check.run(folder, "clean.md", rules=False, prefix=alone, environment={
        "GAVEL_SERVER": "127.0.0.1:1"})
    expect(done.returncode == 3, f"no policy, no server: {done.returncode} {done.stderr}")
    expect("gavel check --online" in done.stderr and "--rules DIR" in done.stderr, done.stderr)
    expect(check.code(folder, "clean.md", "--online", rules=False) == 0, "fetched from the server")
    done = check.run(folder, "clean.md", rules=False, prefix=alone)
    expect(done.returncode == 0 and "(fetched just now)" in done.stdout, done.stdout + done.stderr)
    [bundle] = (check.service.root / "cache/gavel/policy").iterdir()
    os.utime(bundle, (time.time() - 7500,) * 2)
    done = check.run(folder, "clean.md", rules=False, prefix=alone)
    expect("(fetched 2 h ago)" in done.stdout, done.stdout)
    done = check.run(folder, "clean.md", "--rules", bundle, rules=False, prefix=alone)
    expect(done.returncode == 0, f"a bundle by name: {done.stderr}")
    expect(check.code(folder, "clean.md", "--online", rules=False, prefix=alone) == 3, "--online")
    bundle.write_bytes(b"\xff\xff")
    done = check.run(folder, "clean.md", rules=False, prefix=alone)
    expect(done.returncode == 2 and "--online" in done.stderr, done.stderr)
    expect(check.code(folder, "clean.md", "--rules", folder, rules=False) == 2, "no policy there")


def test_progress_is_for_terminals(check, root):
    folder = root / "many"
    for number in range(12):
        write(folder, f"{number}.md", SPEC)
    expect("checking" not in check.run(folder, ".").stderr, "a pipe gets no progress")
    reader, writer = pty.openpty()
    subprocess.run([check.binary, "check", ".", "--rules", check.policy], cwd=folder,
                   env={**check.service.environment("ana"), "TERM": "xterm"}, stderr=writer,
                   stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True, timeout=60)
    os.close(writer)
    said = b""
    try:
        while part := os.read(reader, 65536):
            said += part
    except OSError:  # Linux's way to say that the other end is closed.
        pass
    os.close(reader)
    expect(b"checking 12 of 12: 9.md" in said, said)
    expect(said.endswith(b"\r\x1b[K"), "the line is gone at the end")


def test_the_day_counts(check, root):
    """The catalog lets dynamodb/on-demand go on 31 March 2026."""
    folder = root / "days"
    write(folder, "a.md", SPEC.replace("postgres/standard-m", "dynamodb/on-demand"))

    def summary(day):
        return check.run(folder, "a.md", "--json=verdict.summary", "--as-of", day).stdout

    expect("past its sunset date" in summary("2026-06-01"), summary("2026-06-01"))
    expect("past its sunset date" not in summary("2026-01-01"), summary("2026-01-01"))


def main():
    tests = [value for name, value in globals().items() if name.startswith("test_")]
    with Service(sys.argv[1], sys.argv[2]) as service:
        for test in tests:
            root = pathlib.Path(service.root / "work" / test.__name__)
            root.mkdir(parents=True)
            test(Checker(service), root)
            print("ok", test.__name__.removeprefix("test_").replace("_", " "), flush=True)
    print(f"{len(tests)} passed, 0 failed")


main()
