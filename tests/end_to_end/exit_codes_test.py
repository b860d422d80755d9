"""Every exit code of the command line, once as text and once with --json: they never differ.

Usage: exit_codes_test.py BIN_DIR POLICY_DIR

The codes are those of docs/cli.md. Under --json an error is one JSON object on stderr and nothing
on stdout; an answer is JSON on stdout.
"""

import json
import pathlib
import signal
import socket
import subprocess
import sys
import time

from gavel_service import SPEC, Service, commit_all, expect

HERE = pathlib.Path(__file__).resolve().parent


class Answer:
    """What one run said, whatever it is about."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr


def hanging_server():
    """Takes connections and never says a word."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    return listener, f"127.0.0.1:{listener.getsockname()[1]}"


def dead_address():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


class BuggyServer:
    """A server whose every answer is INTERNAL."""

    def __enter__(self):
        self.process = subprocess.Popen(["/usr/bin/python3", HERE / "answers_error.py",
                                         "INTERNAL"],
                                        stdout=subprocess.PIPE, text=True)
        return "127.0.0.1:" + self.process.stdout.readline().strip()

    def __exit__(self, *unused):
        self.process.kill()
        self.process.communicate()


def error_of(answer, name):
    """The error object, the last line of stderr; warnings may stand above it."""
    expect(answer.out == "", f"{name}: an error printed to stdout: {answer.out}")
    error = json.loads(answer.err.splitlines()[-1])["error"]
    expect(error["message"], f"{name}: an error without a message")
    return error


def both(service, code, name, person, *words, cwd=None, says=""):
    """Runs `words` as text, then with --json, and demands `code` of both. Both answers."""
    text = Answer(service.gavel(person, *words, cwd=cwd))
    expect(text.code == code, f"{name}: exit {text.code}, not {code}: {text.out}{text.err}")
    expect(says in text.out + text.err, f"{name}: `{says}` is not said: {text.out}{text.err}")
    as_json = Answer(service.gavel(person, *words, "--json", cwd=cwd))
    expect(as_json.code == code,
           f"{name} --json: exit {as_json.code}, not {code}: {as_json.out}{as_json.err}")
    return text, as_json


def write_spec(folder, name, **changes):
    text = SPEC.format(title=changes.get("title", f"The {name} spec"),
                       tier=changes.get("tier", "postgres/standard-m"), words="Words.")
    (folder / f"{name}.md").write_text(changes.get("text", text))


def test_done(service, folder, key):
    text, as_json = both(service, 0, "done", "ana", "status", key)
    expect(key in text.out, "status does not name the spec")
    expect(json.loads(as_json.out)["key"] == key, "status --json is not the spec")
    both(service, 0, "nothing found is no failure", "bo", "status")


def test_no(service, folder, key):
    write_spec(folder, "wrong", tier="postgres/no-such-tier")
    _, as_json = both(service, 1, "findings", "ana", "check", "wrong.md", "--rules",
                      service.policy, cwd=folder, says="GV2")
    expect("GV2" in as_json.out, "check --json does not name the finding")
    both(service, 1, "withdrawn under --exit-status", "ana", "status", key, "--exit-status")


def test_usage(service, folder, key):
    rows = [
        ("an unknown flag", ["status", "--no-such-flag"], "--no-such-flag"),
        ("an unknown command", ["statsu"], "status"),
        ("a missing argument", ["concern", "raise"], "SPEC"),
        ("a bad number", ["position", key, "approve", "--revision", "x"], "--revision"),
        ("a bad expression", ["status", key, "--jq", ".["], "--jq"),
        ("a bad timeout", ["status", key, "--timeout", "soon"], "soon"),
        ("a bad server", ["status", key, "--server", "gavel.example"], "HOST:PORT"),
    ]
    for name, words, says in rows:
        _, as_json = both(service, 2, name, "ana", *words, says=says)
        error_of(as_json, name)
    before = service.spec(key)["etag"]
    for words in (["reopen", key, "-m", "why", "--json=keey"],
                  ["reopen", key, "-m", "why", "--jq", "nosuch"]):
        done = service.gavel("ana", *words)
        expect(done.returncode == 2, f"{words}: exit {done.returncode}: {done.stderr}")
    expect("Did you mean `key`" in service.gavel("ana", "status", key, "--json=keey").stderr,
           "a misspelt field is not explained")
    expect(service.spec(key)["etag"] == before, "a command with a wrong --json or --jq did something")


def test_unreachable(service, folder, key):
    listener, hanging = hanging_server()
    with listener:
        for name, server in (("a dead server", dead_address()), ("a hanging server", hanging)):
            start = time.monotonic()
            _, as_json = both(service, 3, name, "ana", "status", key, "--server", server,
                              "--timeout", "1s", says="safe to run this again")
            error = error_of(as_json, name)
            expect(error["code"] in ("UNAVAILABLE", "DEADLINE_EXCEEDED"), f"{name}: {error}")
            both(service, 3, f"{name}, asked who we are", "", "status", "--server", server,
                 "--timeout", "1s")
            expect(time.monotonic() - start < 30, f"{name}: --timeout 1s took far longer")


def test_not_allowed(service, folder, key):
    _, as_json = both(service, 4, "nobody", "", "comment", key, "-m", "hello",
                      says="gavel auth login")
    expect(error_of(as_json, "nobody")["code"] == "UNAUTHENTICATED", "nobody: wrong code")
    _, as_json = both(service, 4, "not a role of ana's", "ana", "decision", "reject", key,
                      "--why", "no")
    expect(error_of(as_json, "role")["code"] == "PERMISSION_DENIED", "role: wrong code")


def test_refused(service, folder, key):
    _, as_json = both(service, 5, "twice withdrawn", "ana", "withdraw", key)
    error = error_of(as_json, "twice withdrawn")
    expect(error["metadata"].get("allowed"), f"what is allowed is not said: {error}")
    with (folder / "open.md").open("a") as file:
        file.write("\nNot committed.\n")
    both(service, 5, "a dirty file", "ana", "submit", "open.md", "--yes", cwd=folder,
         says="--allow-dirty")


def test_not_found(service, folder, key):
    _, as_json = both(service, 6, "no such spec", "ana", "status", "MEDIA-999")
    expect(error_of(as_json, "no such spec")["reason"] == "SPEC_NOT_FOUND", "wrong reason")
    both(service, 6, "no such code", "ana", "explain", "GV999")


def test_unreadable(service, folder, key):
    write_spec(folder, "unreadable", text="---\nspec: 1\nspec: 2\n---\n# Twice\n")
    commit_all(folder)
    _, as_json = both(service, 7, "unreadable", "ana", "submit", "unreadable.md", "--yes",
                      cwd=folder, says="nothing was stored")
    expect(error_of(as_json, "unreadable")["violations"], "no finding is named")


def test_pending(service, folder, key):
    open_key = json.loads(service.gavel("ana", "submit", "pending.md", "--yes", "--wants", "sync",
                                        "--json", cwd=folder).stdout)["key"]
    _, as_json = both(service, 8, "pending", "ana", "status", open_key, "--exit-status")
    expect(json.loads(as_json.out)["key"] == open_key, "pending: the spec is not printed")
    both(service, 8, "still pending after --wait", "ana", "submit", "pending.md", "--yes", "--wait",
         "--timeout", "1s", cwd=folder)


def test_bug(service, folder, key):
    with BuggyServer() as server:
        _, as_json = both(service, 70, "a bug", "ana", "status", key, "--server", server,
                          says="Please report")
        error = error_of(as_json, "a bug")
        expect(error["code"] == "INTERNAL", f"a bug: {error}")


def interrupted(service, words):
    process = subprocess.Popen([service.bin / "gavel", *words], env=service.environment("ana"),
                               cwd=service.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()  # It is under way.
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    return process.returncode


def test_interrupted(service, folder, key):
    for words in (["watch", "--from", "0"], ["status", key, "--watch"]):
        for more in ([], ["--json"]):
            code = interrupted(service, words + more)
            expect(code == 130, f"{words} {more}: exit {code} after Ctrl-C")


def main():
    with Service(sys.argv[1], pathlib.Path(sys.argv[2]).resolve()) as service:
        folder = service.repository("codes", "https://github.com/acme/codes.git")
        for name in ("withdrawn", "open", "pending"):
            write_spec(folder, name)
        commit_all(folder)
        submitted = service.gavel("ana", "submit", "withdrawn.md", "--draft", "--yes", "--json",
                                  cwd=folder)
        expect(submitted.returncode == 0, submitted.stderr)
        key = json.loads(submitted.stdout)["key"]
        expect(service.gavel("ana", "withdraw", key).returncode == 0, "withdraw")
        tests = [test_done, test_no, test_usage, test_unreachable, test_not_allowed, test_refused,
                 test_not_found, test_unreadable, test_pending, test_bug, test_interrupted]
        for test in tests:
            test(service, folder, key)
            print(f"ok {test.__name__}", flush=True)
    print(f"{len(tests)} passed, 0 failed")


main()
