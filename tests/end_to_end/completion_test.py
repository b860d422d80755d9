#!/usr/bin/env python3
"""Completion in bash with readline, zsh with compinit, and fish, by typing into each and reading.

    completion_test.py BIN_DIR POLICY_DIR

The values come from a real gaveld. Also: a server that is slow, gone, or not allowed.
"""

import shutil
import socket
import subprocess
import sys
import time

from gavel_service import SPEC, Service, commit_all, expect
from terminal_screen import Screen

PROMPT = "%%"  # Nothing else on the screen looks like it.
INPUTRC = """set show-all-if-ambiguous on
set bell-style none
set completion-query-items 0
set page-completions off
"""

# What each shell is told before anybody types.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             [f"PS1='{PROMPT} '", "source <(gavel completion bash)"]),
    "zsh": (["zsh", "-f", "-i"],
            [f"PROMPT='%{PROMPT}% '", "autoload -Uz compinit && compinit -u -D", "LISTMAX=1000",
             "source <(gavel completion zsh)"]),
    "fish": (["fish", "--no-config", "-i"],
             [f"function fish_prompt; echo '{PROMPT} '; end", "gavel completion fish | source",
              "set fish_greeting; set -g fish_autosuggestion_enabled 0"]),
}

# What is typed before Tab, and the line that it becomes.
LINES = [
    ("gavel pul", "gavel pull-back"),
    ("gavel concern re", "gavel concern resolve"),
    ("gavel rules env", "gavel rules envelope"),
    ("gavel help meet", "gavel help meeting"),
    ("gavel view media-1", "gavel view MEDIA-1"),
    ("gavel view -- MEDIA-2", "gavel view -- MEDIA-2"),
    ("gavel submit --facts", "gavel submit --facts-unknown"),
    ("gavel submit --draft --dra", "gavel submit --draft --dra"),
    ("gavel submit --wait=queu", "gavel submit --wait=queued"),
    ("gavel submit --wait=queued,with", "gavel submit --wait=queued,withdrawn"),
    ("gavel --as an", "gavel --as ana"),
    ("gavel away --delegate @an", "gavel away --delegate @ana"),
    ("gavel inbox --area=me", "gavel inbox --area=media"),
    ("gavel position MEDIA-1 abs", "gavel position MEDIA-1 abstain"),
    ("gavel explain gv204", "gavel explain GV204"),
    ("gavel meeting packet nex", "gavel meeting packet next"),
    ("gavel meeting packet next --format em", "gavel meeting packet next --format eml"),
    ("gavel rules show auto/st", "gavel rules show auto/standard-tiers"),
    ("gavel concern answer MEDIA-1 key", "gavel concern answer MEDIA-1 key\\ rotation"),
    ("gavel concern answer MEDIA-1 \"key", "gavel concern answer MEDIA-1 \"key rotation\""),
    ("gavel submit my", "gavel submit my\\ spec.md"),
    ("gavel submit \"my", "gavel submit \"my spec.md\""),
    ("gavel rules publish pol", "gavel rules publish policies/"),
    ("gavel comment MEDIA-1 -F my-", "gavel comment MEDIA-1 -F my-notes.txt"),
    ("gavel sbmit ", "gavel sbmit"),
]


def prepare(service):
    """Two specs, one with a concern whose name has a blank, and a folder with files."""
    repository = service.repository("uploads", "https://github.com/acme/uploads.git")
    for name, title in (("retries", "Upload retries for all"), ("tiers", "Cache tiers for media")):
        path = repository / f"{name}.md"
        path.write_text(SPEC.format(title=title, tier="s3/standard", words="Words."))
        commit_all(repository)
        service.gavel("ana", "submit", "--yes", "--wants", "async", path, cwd=repository)
    for title, text in (("key rotation", "Who rotates?"), ("x\x1b]0;evil\x07y", "Escapes")):
        done = service.gavel("chen", "concern", "raise", "MEDIA-1", title, "-m", text)
        expect(done.returncode == 0 or "\x1b" in title, done.stderr)
    (repository / "my spec.md").write_text("# Mine\n")
    (repository / "my-notes.txt").write_text("notes\n")
    (repository / "policies").mkdir()
    return repository


def environment(service, **variables):
    inputrc = service.root / "inputrc"
    inputrc.write_text(INPUTRC)
    base = service.environment("ana")
    return {**base, "PATH": f"{service.bin}:{base['PATH']}", "INPUTRC": str(inputrc),
            "TERM": "screen", "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", **variables}


def open_shell(service, shell, cwd, **variables):
    command, lines = SHELLS[shell]
    screen = Screen(service.root, command, environment(service, **variables), columns=110, rows=60,
                    cwd=cwd)
    time.sleep(0.5)
    for line in [*lines, "printf 'READY%s' YES"]:
        screen.type(line)
        screen.press("Enter")
    screen.wait_for("READYYES", seconds=30)
    clear(screen)
    return screen


def clear(screen):
    """An empty line on an empty screen, whatever was there."""
    screen.press("C-c")
    screen.wait_for(lambda text: text.rstrip().endswith(PROMPT))
    screen.press("C-u", "C-l")
    screen.wait_for(lambda text: text.strip() == PROMPT)


def line_of(text):
    """What is typed so far, without what follows the cursor's line."""
    return text.split(PROMPT, 1)[1].splitlines()[0].strip() if PROMPT in text else ""


def tab(screen, typed, settled):
    """Types, presses Tab, and returns the screen once `settled` holds of it."""
    screen.type(typed)
    screen.wait_for(lambda text: line_of(text) == typed.strip())
    time.sleep(0.2)  # A blank at the end cannot be seen.
    screen.press("Tab")
    return screen.wait_for(settled)


def lines_become(service, shell, repository):
    with open_shell(service, shell, repository) as screen:
        for typed, wanted in LINES:
            if typed.strip() == wanted:
                screen.type(typed)
                screen.press("Tab")
                time.sleep(0.7)  # Long enough for anything wrong to appear.
                expect(line_of(screen.text()) == wanted, f"{typed}: {screen.text()}")
                expect("rror" not in screen.text(), screen.text())
            else:
                tab(screen, typed, lambda text, line=wanted: line_of(text).startswith(line))
                expect(line_of(screen.text()) == wanted, f"{typed}: {line_of(screen.text())}")
            clear(screen)


def lists_are_shown(service, shell, repository):
    """Several candidates: all are listed; with what they mean where the shell can show it."""
    described = shell != "bash"
    with open_shell(service, shell, repository) as screen:
        text = tab(screen, "gavel view MEDIA-", lambda text: text.count("MEDIA-2") >= 1)
        expect("MEDIA-1" in text, text)
        expect(not described or "Upload retries for all" in text, text)
        clear(screen)
        text = tab(screen, "gavel submit --dr", lambda text: "--dry-run" in text)
        expect("--draft" in text, text)
        expect(not described or "register and revise only" in text, text)
        clear(screen)
        text = tab(screen, "gavel meeting ", lambda text: "agenda" in text and "minutes" in text)
        expect("evil" not in text, text)
        clear(screen)
        text = tab(screen, "gavel concern answer MEDIA-1 ", lambda text: "rotation" in text)
        expect("evil" not in text, text)


def without_a_server_nothing_is_said(service, shell, repository):
    with open_shell(service, shell, repository, GAVEL_SERVER="127.0.0.1:1",
                    XDG_STATE_HOME=str(service.root / "empty")) as screen:
        screen.type("gavel inbox --area me")
        screen.press("Tab")
        time.sleep(1.0)
        text = screen.text().strip()
        expect(text == f"{PROMPT} gavel inbox --area me", text)
        clear(screen)
        tab(screen, "gavel inb", lambda text: line_of(text) == "gavel inbox")


def complete(service, *words, **variables):
    started = time.monotonic()
    done = subprocess.run([service.bin / "gavel", "__complete", *words], capture_output=True,
                          text=True, env={**environment(service), **variables}, timeout=20,
                          stdin=subprocess.DEVNULL, cwd=service.root, check=False)
    return done, time.monotonic() - started


def a_slow_server_does_not_hold_up_the_shell(service):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        done, seconds = complete(service, "bash", "view", "", GAVEL_SERVER=address)
    expect(done.returncode == 0 and done.stderr == "", done.stderr)
    expect(done.stdout == ":specs\t\n", done.stdout)
    expect(seconds < 1.0, f"a Tab took {seconds:.2f} s")
    print(f"    a silent server costs {seconds * 1000:.0f} ms")


def answers_are_kept_for_a_minute(service):
    done, _ = complete(service, "bash", "inbox", "--area", "")
    expect("media\t" in done.stdout, done.stdout)
    first = min(complete(service, "bash", "inbox", "--area", "")[1] for _ in range(5))
    service.kill()
    done, _ = complete(service, "bash", "inbox", "--area", "")
    expect("media\t" in done.stdout, "the answer was not kept: " + done.stdout)
    folder = service.root / "xdg" / "gavel" / "completion"
    expect(all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir()),
           "others can read what was kept")
    shutil.rmtree(folder)
    done, _ = complete(service, "bash", "inbox", "--area", "")
    expect(done.stdout == ":none\t\n", done.stdout)
    service.start()
    print(f"    a Tab with kept values costs {first * 1000:.0f} ms")


def main():
    passed = 0
    with Service(sys.argv[1], sys.argv[2]) as service:
        repository = prepare(service)
        for shell in sys.argv[3:] or SHELLS:
            for test in (lines_become, lists_are_shown, without_a_server_nothing_is_said):
                test(service, shell, repository)
                passed += 1
                print("ok  ", shell, test.__name__, flush=True)
        for test in (a_slow_server_does_not_hold_up_the_shell, answers_are_kept_for_a_minute):
            test(service)
            passed += 1
            print("ok  ", test.__name__, flush=True)
        script = subprocess.run([service.bin / "gavel", "completion", "bash"], capture_output=True,
                                text=True, check=True).stdout
        checked = subprocess.run(["shellcheck", "--shell=bash", "-"], input=script, text=True,
                                 capture_output=True, check=False)
        expect(checked.returncode == 0, checked.stdout)
        passed += 1
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
