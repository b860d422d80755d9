#!/usr/bin/env python3
"""What people read: `gavel diff`, `view`, `explain` and help, against a real gaveld.

    reading_test.py BIN_DIR POLICY_DIR
"""

import json
import re
import sys

from gavel_service import SPEC, Service, commit_all, expect, git


def prepare(service):
    repository = service.repository("uploads", "https://github.com/acme/uploads.git")
    path = repository / "retries.md"
    for words, cost in (("It tries three times.", 40), ("It tries five times.", 90)):
        text = SPEC.format(title="Upload retries for all", tier="s3/standard", words=words)
        text = text.replace("area: media", "area: media\nreview: {wants: async}")
        path.write_text(text.replace("monthly_usd: 40", f"monthly_usd: {cost}"))
        commit_all(repository)
        done = service.gavel("ana", "submit", "--yes", path, cwd=repository)
        expect(done.returncode == 0, done.stderr)


def expect_run(service, words, code=0, out="", err=""):
    done = service.gavel("chen", *words)
    expect(done.returncode == code, f"{words}: exit {done.returncode}: {done.stdout}{done.stderr}")
    expect(out in done.stdout, f"{words}: `{out}` is not in: {done.stdout}")
    expect(err in done.stderr, f"{words}: `{err}` is not in: {done.stderr}")
    return done.stdout


def a_diff_begins_with_the_front_matter(service):
    text = expect_run(service, ["diff", "media-1"], out="cost.monthly_usd  40 → 90")
    expect(text.index("Front matter") < text.index("Text, lines"), text)
    expect(any(line.startswith("-") and "three" in line for line in text.splitlines()), text)
    expect(any(line.startswith("+") and "five" in line for line in text.splitlines()), text)
    expect_run(service, ["diff", "MEDIA-1", "--words"], out="[-three-]{+five+}")


def a_diff_answers_scripts(service):
    expect_run(service, ["diff", "MEDIA-1", "--exit-code"], code=1)
    expect_run(service, ["diff", "MEDIA-1", "--from", "2", "--to", "2", "--exit-code"])
    seen = json.loads(expect_run(service, ["diff", "MEDIA-1", "--json"]))
    expect((seen["from"], seen["to"]) == (1, 2) and "five" in seen["diff"], str(seen))
    same = json.loads(expect_run(service, ["diff", "MEDIA-1", "--from", "2", "--to", "2", "--json"]))
    expect(same["diff"] == "", str(same))
    back = expect_run(service, ["diff", "MEDIA-1", "--from", "2", "--to", "1"], out="90 → 40")
    expect("{+" not in back, back)
    expect_run(service, ["diff", "MEDIA-1", "--to", "1"], code=5, err="is the first of MEDIA-1")
    expect_run(service, ["diff", "MEDIA-1", "--from", "9"], code=6, err="there is no 9")
    expect_run(service, ["diff", "MEDIA-1", "--from", "x"], code=2, err="not a number")
    expect_run(service, ["diff", "MEDIA-9"], code=6)


def a_view_is_the_bytes(service):
    first = expect_run(service, ["view", "MEDIA-1", "--revision", "1"], out="three times")
    expect(first.startswith("---\nspec: 1\n"), first)
    expect_run(service, ["view", "MEDIA-1"], out="five times")
    expect_run(service, ["view", "MEDIA-1", "--concerns"], out="No concerns")
    expect_run(service, ["concern", "raise", "MEDIA-1", "limits", "-m", "How often at most?"])
    expect_run(service, ["view", "MEDIA-1", "--concerns"], out='"limits" by @chen')
    expect_run(service, ["view", "MEDIA-1", "--rules"], out="asks")
    expect_run(service, ["view", "MEDIA-1", "--web"], code=5, err="no web page")
    expect_run(service, ["view", "MEDIA-1", "--web", "--rules"], code=2, err="give one of")


def a_printed_command_is_what_it_says(service):
    """The line to type next runs nothing that others wrote into a name."""
    evil = "see $(touch pwned) `touch pwned` \"q\" !!"
    text = expect_run(service, ["concern", "raise", "MEDIA-1", evil, "-m", "Why?", "--blocking",
                                "--done-when", "It is said."])
    found = re.search(r"Concern (c\d+) ", text)
    expect(found, f"the concern is not named: {text}")
    next_line = re.search(r"Next +(.*)", service.gavel("ana", "status", "MEDIA-1").stdout)[1]
    expect("pwned" not in next_line, next_line)
    expect_run(service, ["concern", "withdraw", "MEDIA-1", found[1], "-m", "Seen."],
               out=f"Concern {found[1]} ")
    repository = service.root / "repos" / "uploads"
    old, new = repository / "retries.md", repository / "$(touch pwned);id.md"
    git(repository, "mv", old.name, new.name)
    commit_all(repository)
    done = service.gavel("ana", "submit", "--yes", new.name, cwd=repository)
    expect(done.returncode == 5, done.stdout + done.stderr)
    expect(f"  gavel submit '{new.name}' --spec MEDIA-1 " in done.stderr, done.stderr)
    git(repository, "mv", new.name, old.name)
    commit_all(repository)


def what_may_be_done_is_what_is_typed(service):
    text = expect_run(service, ["explain", "MEDIA-1"], out="`gavel comment`")
    expect("AddComment" not in text, text)


def a_reply_stands_below_what_it_answers(service):
    expect_run(service, ["comment", "MEDIA-1", "--line", "3-5", "-m", "first"])
    expect_run(service, ["comment", "MEDIA-1", "-m", "second"])
    expect_run(service, ["comment", "MEDIA-1", "--reply-to", "m1", "-m", "third"])
    lines = expect_run(service, ["view", "MEDIA-1", "--concerns"]).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("m1 "))
    expect("lines 3-5 of revision 2" in lines[first], lines[first])
    expect(lines[first + 2].startswith("    m3 "), str(lines))
    expect(lines[first + 4].startswith("m2 "), str(lines))


def a_finding_is_one_line(service):
    path = service.root / "repos" / "uploads" / "forged.md"
    path.write_text(SPEC.format(title="Forged lines of a report", tier="s3/standard", words="W.")
                    .replace("area: media", 'area: media\ncategory: "a\\n::error::b"'))
    done = service.gavel("ana", "check", path, cwd=path.parent)
    expect(done.returncode == 1, done.stdout + done.stderr)
    expect(not any(line.startswith("::") for line in done.stdout.splitlines()), done.stdout)
    path.unlink()


def a_deadline_is_named_in_the_zone_of_its_area(service):
    text = expect_run(service, ["status", "MEDIA-1"], out=", by ")  # Whoever asks is in UTC.
    expect(re.search(r", by .* CES?T", text), text)


def a_code_is_explained_without_a_server(service):
    words = ["--server", "127.0.0.1:1", "explain", "gv204"]
    text = expect_run(service, words, out="GV204  error")
    for wanted in ("not in the catalog", "Wrong", "k8s/standrad", "Right", "Mending it",
                   "https://gavel.dev/docs/findings/GV204"):
        expect(wanted in text, f"{wanted} is not in: {text}")
    seen = json.loads(expect_run(service, [*words, "--json"]))
    expect(seen["code"] == "GV204" and seen["severity"] == "error", str(seen))
    expect_run(service, ["explain", "GV2O4"], code=6, err="Did you mean `GV204`?")


def help_is_everywhere(service):
    for words in (["submit"], ["meeting", "outcome"], ["rules", "envelope", "check"], ["meeting"]):
        text = expect_run(service, [*words, "--help"], out="gavel " + " ".join(words))
        for other in ([*words, "-h"], ["help", *words], ["-h", *words]):
            expect(expect_run(service, other) == text, f"{other} differs from {words} --help")
    for words, meant in ((["sbmit"], "submit"), (["meeting", "agnda"], "agenda"),
                         (["submit", "--alow-dirty"], "--allow-dirty"), (["help", "reslve"], None)):
        expect_run(service, words, code=2, err=f"Did you mean `{meant}`?" if meant else "no command")
    for words in (["sub"], ["meet", "list"], ["submit", "--dra"]):
        expect_run(service, words, code=2, err="has no ")  # No prefix abbreviations.


def main():
    tests = [a_diff_begins_with_the_front_matter, a_diff_answers_scripts, a_view_is_the_bytes,
             a_printed_command_is_what_it_says, what_may_be_done_is_what_is_typed,
             a_reply_stands_below_what_it_answers, a_finding_is_one_line,
             a_deadline_is_named_in_the_zone_of_its_area,
             a_code_is_explained_without_a_server, help_is_everywhere]
    with Service(sys.argv[1], sys.argv[2]) as service:
        prepare(service)
        for test in tests:
            test(service)
            print("ok  ", test.__name__, flush=True)
    print(f"{len(tests)} passed, 0 failed")


if __name__ == "__main__":
    main()
