#!/usr/bin/env python3
"""gavel on a real terminal: colours, pager, questions, Ctrl-C, and narrow and wide screens.

    terminal_test.py BIN_DIR POLICY_DIR
"""

import os
import pty
import re
import select
import shlex
import subprocess
import sys
import termios
import time

from gavel_service import SPEC, Service, commit_all, expect
from terminal_screen import Screen

ESCAPE = "\x1b["


def prepare(service):
    """A spec with two revisions, long enough for a pager, and a second one."""
    repository = service.repository("uploads", "https://github.com/acme/uploads.git")
    path = repository / "retries.md"
    long_text = "\n\n".join(f"Paragraph {number} of many." for number in range(60))
    path.write_text(SPEC.format(title="Upload retries for all", tier="s3/standard",
                                words=long_text))
    commit_all(repository)
    service.gavel("ana", "submit", "--yes", "--wants", "async", path, cwd=repository)
    path.write_text(SPEC.format(title="Upload retries for all", tier="s3/standard",
                                words=long_text.replace("Paragraph 7 of many", "Seven is new"))
                    .replace("monthly_usd: 40", "monthly_usd: 90"))
    commit_all(repository)
    done = service.gavel("ana", "submit", "--yes", path, cwd=repository)
    expect(done.returncode == 0, done.stderr)
    (repository / "tiers.md").write_text(
        SPEC.format(title="Cache tiers for media", tier="s3/standard", words="Words."))
    commit_all(repository)
    return repository


def environment(service, **variables):
    base = service.environment("ana")
    del base["NO_COLOR"]
    return {**base, "PATH": f"{service.bin}:{base['PATH']}", "TERM": "screen-256color",
            "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", **variables}


def on_terminal(service, *words, cwd=None, typed=b"", interrupt_after=None, **variables):
    """Runs gavel on a pseudo-terminal; exit code and everything that it wrote there."""
    parent, child = pty.openpty()
    before = termios.tcgetattr(child)
    process = subprocess.Popen([service.bin / "gavel", *words], stdin=child, stdout=child,
                               stderr=child, cwd=cwd or service.root, start_new_session=True,
                               env=environment(service, **variables), preexec_fn=_take_terminal)
    if typed:
        os.write(parent, typed)
    written, started = b"", time.monotonic()
    while True:
        ready, _, _ = select.select([parent], [], [], 0.05)
        if ready:
            written += os.read(parent, 65536)
        elif process.poll() is not None:
            break
        if interrupt_after is not None and interrupt_after in written:
            os.write(parent, b"\x03")  # The terminal turns it into a signal.
            interrupt_after = None
        if time.monotonic() - started > 30:
            process.kill()
            raise AssertionError(f"gavel {words} hangs: {written!r}")
    sane = termios.tcgetattr(child) == before
    os.close(parent)
    os.close(child)
    return process.returncode, written.decode(errors="replace"), sane


def _take_terminal():
    import fcntl  # pylint: disable=import-outside-toplevel
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def piped(service, *words, **variables):
    return subprocess.run([service.bin / "gavel", *words], capture_output=True, text=True,
                          env=environment(service, **variables), stdin=subprocess.DEVNULL,
                          cwd=service.root, timeout=60, check=False)


def colours_only_where_they_are_wanted(service, _):
    rows = [
        ("a terminal", True, {}, True),
        ("a pipe", False, {}, False),
        ("NO_COLOR", True, {"NO_COLOR": "1"}, False),
        ("CLICOLOR_FORCE in a pipe", False, {"CLICOLOR_FORCE": "1"}, True),
        ("CLICOLOR_FORCE=0", False, {"CLICOLOR_FORCE": "0"}, False),
        ("both", False, {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        ("a dumb terminal", True, {"TERM": "dumb"}, False),
    ]
    for name, terminal, variables, wanted in rows:
        for words in (("status", "MEDIA-1"), ("diff", "MEDIA-1")):
            if terminal:
                _, text, _ = on_terminal(service, *words, PAGER="cat", **variables)
            else:
                text = piped(service, *words, **variables).stdout
            expect((ESCAPE in text) == wanted, f"{name}, {words[0]}: {text[:300]!r}")
    _, text, _ = on_terminal(service, "--no-color", "status", "MEDIA-1")
    expect(ESCAPE not in text, f"--no-color: {text[:300]!r}")
    done = piped(service, "status", "MEDIA-1", "--json", CLICOLOR_FORCE="1")
    expect(ESCAPE not in done.stdout, "JSON is never coloured")


def a_pager_shows_what_is_long(service, _):
    # The shell outlives Ctrl-C and says how gavel ended.
    command = ["sh", "-c", "trap : INT; gavel view MEDIA-1; echo LEFT $?; sleep 60"]
    with Screen(service.root, command, environment(service)) as screen:
        text = screen.wait_for("Paragraph 2 of many")
        expect("Paragraph 59" not in text, "no pager stopped it: " + text)
        screen.type("G")
        screen.wait_for("Paragraph 59")
        screen.press("C-c")  # The pager's business: gavel waits.
        time.sleep(0.3)
        expect("LEFT" not in screen.text(), "Ctrl-C killed gavel under its pager")
        screen.type("q")
        screen.wait_for("LEFT 0")
    marker = service.root / "paged"
    code, _, _ = on_terminal(service, "view", "MEDIA-1", PAGER=f"cat > {shlex.quote(str(marker))}")
    expect(code == 0 and "Paragraph 59" in marker.read_text(), "PAGER was not used")
    expect(ESCAPE not in marker.read_text(), "the text has no escapes")
    marker.unlink()
    piped(service, "view", "MEDIA-1", PAGER=f"cat > {marker}")
    expect(not marker.exists(), "a pager ran in a pipe")
    code, text, _ = on_terminal(service, "view", "MEDIA-1", PAGER="no-such-pager-anywhere")
    expect(code == 0 and "Paragraph 59" in text, f"without a pager: {code} {text[-200:]!r}")
    code, _, _ = on_terminal(service, "view", "MEDIA-1", PAGER="head -1")
    expect(code == 0, f"a pager that ends early: {code}")


def texts_cannot_command_the_terminal(service, repository):
    path = repository / "evil.md"
    path.write_text(SPEC.format(title="Escapes in a spec", tier="s3/standard",
                                words="A\x1b]0;owned\x07 title, a \x1b[2J wipe, \u009b31m red."))
    commit_all(repository)
    done = service.gavel("ana", "submit", "--yes", path, cwd=repository)
    if done.returncode == 7:  # The rules may refuse such bytes; then nothing can be shown either.
        return
    key = re.search(r"MEDIA-\d+", done.stdout)[0]
    _, text, _ = on_terminal(service, "view", key, PAGER="cat")
    for evil in ("\x1b", "\x07", "\u009b"):
        expect(evil not in text, f"{evil!r} reached the terminal: {text!r}")


def colours_of_others_are_none(service, _):
    """`ESC [ 8 m` conceals what follows: a blocking concern behind a question, say."""
    done = service.gavel("chen", "concern", "raise", "MEDIA-1", "nit\x1b[8m", "-m", "\x1b[31mred")
    expect(done.returncode == 0, done.stderr)
    for words in (("status", "MEDIA-1"), ("view", "MEDIA-1", "--concerns"),
                  ("concern", "list", "MEDIA-1")):
        code, text, _ = on_terminal(service, *words, PAGER="cat")
        expect(code == 0 and "nit" in text and ESCAPE in text, f"{words}: {text!r}")
        expect("\x1b[8m" not in text and "\x1b[31m" not in text, f"{words}: {text!r}")
        text = piped(service, *words).stdout
        expect("nit" in text and "\x1b" not in text, f"{words} in a pipe: {text!r}")


def questions_are_asked_only_of_people(service, repository):
    path = "tiers.md"
    code, text, sane = on_terminal(service, "submit", path, cwd=repository, typed=b"n\n")
    expect("Submit? [Y/n]" in text and sane, f"{code}: {text}")
    expect("MEDIA-" not in text.split("[Y/n]")[1], "submitted after `n`: " + text)
    for words in (("--no-input", "submit", path), ("submit", path, "--json")):
        code, text, _ = on_terminal(service, *words, "-n", cwd=repository)
        expect("[Y/n]" not in text, f"{words}: asked: {text}")
    done = piped(service, "submit", str(repository / path), "-n")
    expect("[Y/n]" not in done.stdout + done.stderr, done.stdout)


def an_interrupt_ends_with_130(service, repository):
    code, text, sane = on_terminal(service, "submit", "tiers.md", cwd=repository,
                                   interrupt_after=b"[Y/n]")
    expect(code == 130, f"at a question: {code} {text}")
    expect(sane, "the terminal was left changed")
    code, _, sane = on_terminal(service, "watch", "--from", "0", interrupt_after=b"cursor")
    expect(code == 130 and sane, f"while watching: {code}")
    code, _, sane = on_terminal(service, "status", "MEDIA-1", "--watch",
                                interrupt_after=b"Upload retries")
    expect(code == 130 and sane, f"while watching a status: {code}")
    done = service.gavel("gus", "inbox", "--all")
    expect("Cache tiers" not in done.stdout, "an interrupted question submitted: " + done.stdout)


# Words that stand at the ends of lines on some width; whole, wherever that is.
WORDS = {
    "": ["completion", "pull-back", "reviewers", "position"],
    "submit --help": ["unknown:", "--facts-unknown", "repository's"],
    "meeting --help": ["outcome", "facilitator"],
    "status MEDIA-1": ["retries"],
    "inbox --all": ["retries", "AUTHORS"],
    "explain GV204": ["catalog"],
}


def screens_fit(service, repository):
    """Every line ends within the terminal, and its words are not cut."""
    commands = [[], ["submit", "--help"], ["meeting", "--help"], ["rules", "explain", "--help"],
                ["status", "MEDIA-1"], ["inbox", "--all"], ["diff", "MEDIA-1"],
                ["which", "retries.md"], ["check", "retries.md"], ["explain", "GV204"]]
    for columns in (40, 80, 200):
        for words in commands:
            command = ["sh", "-c", "gavel \"$@\"; echo END $?; sleep 60", "sh", *words]
            with Screen(service.root, command, environment(service, PAGER="cat"), columns=columns,
                        rows=150, cwd=repository) as screen:
                text = screen.wait_for("END 0", seconds=30)
            if os.environ.get("GAVEL_SHOW"):
                print(f"--- {columns} columns: gavel {' '.join(words)}\n{text.rstrip()}")
            expect("gavel:" not in text, f"{words} failed: {text}")
            # A word that the terminal broke begins a line with its rest.
            for word in WORDS.get(" ".join(words), []):
                expect(word in text.split(), f"{columns} columns broke `{word}`: {text}")


def main():
    tests = [colours_only_where_they_are_wanted, a_pager_shows_what_is_long,
             texts_cannot_command_the_terminal, colours_of_others_are_none,
             questions_are_asked_only_of_people, an_interrupt_ends_with_130, screens_fit]
    passed = 0
    with Service(sys.argv[1], sys.argv[2]) as service:
        repository = prepare(service)
        for test in tests:
            if len(sys.argv) > 3 and test.__name__ not in sys.argv[3:]:
                continue
            test(service, repository)
            passed += 1
            print("ok  ", test.__name__, flush=True)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
