"""A write whose answer is lost is run again, and has happened once.

Usage: recovery_test.py BIN_DIR POLICY_DIR

For every kind of write: the server acts, its answer is swallowed by a proxy, and then either the
command line is killed with SIGKILL, or it gives up, or the connection is cut under it. The same
command again (or the retry by itself) leaves one revision, comment, position, concern. The same
words said again after an answer are a second one.
"""

import json
import pathlib
import subprocess
import sys

from cutting_proxy import CuttingProxy
from gavel_service import SPEC, Service, commit_all, expect

PATIENCE_S = 60


class Bench:
    """A service behind the proxy, and one spec to write about."""

    def __init__(self, service, proxy):
        self.service, self.proxy = service, proxy
        self.folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        self.counter = 0

    def environment(self, person):
        return {**self.service.environment(person), "GAVEL_SERVER": self.proxy.address}

    def start(self, person, words):
        return subprocess.Popen([self.service.bin / "gavel", *words], cwd=self.folder,
                                env=self.environment(person), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, person, *words, code=0):
        process = self.start(person, words)
        out, err = process.communicate(timeout=PATIENCE_S)
        expect(process.returncode == code, f"{words}: exit {process.returncode}: {out}{err}")
        return out, err

    def write_spec(self, words):
        self.counter += 1
        path = f"s{self.counter}.md"
        self.rewrite(path, words)
        return path

    def rewrite(self, path, words):
        (self.folder / path).write_text(
            SPEC.format(title=f"Spec {path}", tier="postgres/standard-m", words=words))
        commit_all(self.folder, words)

    def submitted(self):
        """A spec under review: its path and key."""
        path = self.write_spec("First words.")
        out, _ = self.run("ana", "submit", path, "--yes", "--wants", "async", "--json=key")
        return path, json.loads(out)["key"]

    def events(self, key, kind):
        """How many events of `kind` the log has about the spec."""
        done = subprocess.run(
            [self.service.bin / "gavel", "api", "gavel.v1.WatchService/WatchEvents", "-d",
             json.dumps({"filter": {"specs": [key], "types": [kind]}}), "--timeout", "1s", "--jq",
             ".events[].seq"],
            env=self.service.environment("gus"), capture_output=True, text=True, check=False,
            timeout=PATIENCE_S)
        return len(done.stdout.split())

    def pending_files(self):
        folder = self.service.root / "xdg/gavel/pending"
        return sorted(folder.iterdir()) if folder.exists() else []


def kill_after_the_server_acted(bench, person, method, words):
    bench.proxy.swallow(method)
    process = bench.start(person, words)
    expect(bench.proxy.answered.wait(PATIENCE_S), f"{words}: the server never answered")
    process.kill()
    process.communicate()


def give_up_after_the_server_acted(bench, person, method, words):
    bench.proxy.swallow(method)
    bench.run(person, *words, "--timeout", "1s", code=3)


# name, person, method, words (with the spec's key), the event that it causes
WRITES = [
    ("comment", "chen", "gavel.v1.SpecService/AddComment",
     ["comment", "KEY", "-m", "Is this per day?"], "CommentAdded"),
    ("concern", "chen", "gavel.v1.SpecService/RaiseConcern",
     ["concern", "raise", "KEY", "key rotation", "-m", "Who rotates the key?"], "ConcernRaised"),
    ("position", "chen", "gavel.v1.SpecService/TakePosition",
     ["position", "KEY", "approve", "-m", "Fine."], "PositionTaken"),
    ("withdraw", "ana", "gavel.v1.SpecService/WithdrawSpec",
     ["withdraw", "KEY", "-m", "no longer needed"], "Withdrawn"),
]


def test_every_write_happens_once(bench):
    for lose in (kill_after_the_server_acted, give_up_after_the_server_acted):
        for name, person, method, words, event in WRITES:
            _, key = bench.submitted()
            words = [key if word == "KEY" else word for word in words]
            lose(bench, person, method, words)
            expect(bench.events(key, event) == 1, f"{name}: the server has not acted")
            expect(len(bench.pending_files()) == 1, f"{name}: no pending file")
            _, err = bench.run(person, *words)
            expect("an earlier run got no answer" in err, f"{name}: resuming is not said: {err}")
            expect(bench.events(key, event) == 1, f"{name} happened {bench.events(key, event)}×")
            expect(not bench.pending_files(), f"{name}: the pending file stays")


def test_an_answer_that_nobody_saw_is_asked_for_again(bench):
    _, key = bench.submitted()
    words = ["comment", key, "-m", "on a full disk"]
    for _ in range(2):
        with open("/dev/full", "w") as full:
            done = subprocess.run([bench.service.bin / "gavel", *words], cwd=bench.folder,
                                  env=bench.environment("chen"), stdout=full, stderr=subprocess.PIPE,
                                  text=True, timeout=PATIENCE_S, check=False)
        expect(done.returncode == 3, f"exit {done.returncode}: {done.stderr}")
    bench.run("chen", *words)
    expect(bench.events(key, "CommentAdded") == 1, "said again by every run")
    expect(not bench.pending_files(), "the pending file stays")


def test_without_a_state_folder_it_is_said(bench):
    _, key = bench.submitted()
    done = subprocess.run([bench.service.bin / "gavel", "comment", key, "-m", "no folder"],
                          env=bench.environment("chen") | {"XDG_STATE_HOME": "/dev/null"},
                          capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    expect(done.returncode == 0 and "state folder" in done.stderr, done.stderr)


def test_the_same_words_twice_are_said_twice(bench):
    _, key = bench.submitted()
    for _ in range(2):
        bench.run("chen", "comment", key, "-m", "+1")
    expect(bench.events(key, "CommentAdded") == 2, "the second comment is lost")


def test_runs_at_the_same_time_are_two(bench):
    _, key = bench.submitted()
    runs = [bench.start("chen", ["comment", key, "-m", "ping"]) for _ in range(6)]
    for process in runs:
        process.communicate(timeout=PATIENCE_S)
        expect(process.returncode == 0, "a run at the same time failed")
    expect(bench.events(key, "CommentAdded") == 6, "runs at the same time became one")


def test_a_cut_connection_is_mended_by_the_run_itself(bench):
    _, key = bench.submitted()
    bench.proxy.swallow("gavel.v1.SpecService/AddComment", cut=True)
    bench.run("chen", "comment", key, "-m", "through the storm")
    expect(bench.events(key, "CommentAdded") == 1, "the retry made a second comment")
    expect(not bench.pending_files(), "the pending file stays")


def test_a_submission_is_one_spec_and_one_revision(bench):
    for method in ("CreateSpec", "SubmitSpec"):
        path = bench.write_spec("First words.")
        words = ["submit", path, "--yes", "--wants", "async", "--json=key"]
        kill_after_the_server_acted(bench, "ana", f"gavel.v1.SpecService/{method}", words)
        key = json.loads(bench.run("ana", *words)[0])["key"]
        spec = bench.service.spec(key)
        expect(len(spec["revisions"]) == 1, f"{method}: {len(spec['revisions'])} revisions")
        expect(spec["state"] == "STATE_ASYNC_REVIEW", f"{method}: {spec['state']}")
        expect(bench.events(key, "SpecSubmitted") == 1, f"{method}: submitted twice")


def test_a_new_revision_is_one(bench):
    path, key = bench.submitted()
    bench.rewrite(path, "Second words.")
    words = ["submit", path, "--yes"]
    kill_after_the_server_acted(bench, "ana", "gavel.v1.SpecService/AddRevision", words)
    bench.run("ana", *words)
    expect(len(bench.service.spec(key)["revisions"]) == 2, "not exactly one new revision")
    # Back to the first words is news, not a repetition.
    bench.rewrite(path, "First words.")
    bench.run("ana", *words)
    expect(len(bench.service.spec(key)["revisions"]) == 3, "going back was taken for a repetition")


def test_the_doctor_lists_what_was_left_behind(bench):
    _, key = bench.submitted()
    words = ["comment", key, "-m", "left behind"]
    kill_after_the_server_acted(bench, "chen", "gavel.v1.SpecService/AddComment", words)
    out, _ = bench.run("chen", "doctor", "--jq", '.[] | select(.part == "pending") | .text')
    expect("AddComment" in out and key in out, f"the doctor says nothing: {out}")
    bench.run("chen", *words)
    out, _ = bench.run("chen", "doctor", "--jq", '.[] | select(.part == "pending") | .text')
    expect(out == "", f"the doctor still lists: {out}")


def test_a_refused_resumption_gives_way_to_what_is_meant_now(bench):
    _, key = bench.submitted()
    words = ["comment", key, "-m", "once more"]
    bench.proxy.swallow("gavel.v1.SpecService/AddComment")
    bench.run("chen", *words, "--timeout", "1s", code=3)
    # As if the file held the id of another request: the server refuses to take it for this one.
    used = bench.pending_files()[0]
    record = json.loads(used.read_text())
    other = ["comment", key, "-m", "something else"]
    kill_after_the_server_acted(bench, "chen", "gavel.v1.SpecService/AddComment", other)
    mixed = next(path for path in bench.pending_files() if path != used)
    mixed.write_text(json.dumps({**record}))
    bench.run("chen", *other)
    expect(bench.events(key, "CommentAdded") == 3, "the refused one was not said anew")
    bench.run("chen", *words)
    expect(bench.events(key, "CommentAdded") == 3, "the other one was not resumed")
    expect(not bench.pending_files(), "a pending file stays")


def main():
    with Service(sys.argv[1], pathlib.Path(sys.argv[2]).resolve()) as service, \
            CuttingProxy(service.address) as proxy:
        bench = Bench(service, proxy)
        tests = [test_every_write_happens_once,
                 test_an_answer_that_nobody_saw_is_asked_for_again,
                 test_without_a_state_folder_it_is_said, test_the_same_words_twice_are_said_twice,
                 test_runs_at_the_same_time_are_two,
                 test_a_cut_connection_is_mended_by_the_run_itself,
                 test_a_submission_is_one_spec_and_one_revision, test_a_new_revision_is_one,
                 test_the_doctor_lists_what_was_left_behind,
                 test_a_refused_resumption_gives_way_to_what_is_meant_now]
        for test in tests:
            test(bench)
            print(f"ok {test.__name__}", flush=True)
    print(f"{len(tests)} passed, 0 failed")


main()
