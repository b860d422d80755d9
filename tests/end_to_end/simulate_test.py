"""`gavel meeting simulate` as people and scripts run it: offline, from a file or stdin, with the
keys and exit codes that were promised.

Usage: simulate_test.py BIN_DIR POLICY_DIR
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

KEYS = ("specs", "median_wait_days", "p90_wait_days", "longest_queue", "meetings", "cancelled",
        "utilisation")


def expect(holds, message):
    if not holds:
        raise AssertionError(message)


def history(path, specs):
    """Every spec is submitted and ready in one second, on a Friday."""
    with path.open("w", encoding="utf-8") as file:
        for event, at in (("submitted", "2024-03-01T00:00:00Z"),
                          ("review_ended", "2024-03-01T10:00:00Z"),
                          ("decided", "2024-03-02T10:00:00Z")):
            for number in range(specs):
                line = {"at": at, "event": event, "spec": f"S-{number}", "title": f"Spec {number}"}
                if event == "decided":
                    line["decision"] = "accepted"
                file.write(json.dumps(line) + "\n")


class Offline:
    """Runs gavel with no setting, no server and, where the kernel lets us, no network at all."""

    def __init__(self, gavel, folder):
        self.gavel = gavel
        self.folder = folder
        no_net = ["unshare", "--map-root-user", "--net"]
        can = shutil.which("unshare") and subprocess.run([*no_net, "true"], check=False,
                                                         capture_output=True).returncode == 0
        self.prefix = no_net if can else []

    def run(self, *words, text_in=None):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TZ": "UTC",
                       "XDG_CONFIG_HOME": str(self.folder / "config"),
                       "XDG_STATE_HOME": str(self.folder / "state"),
                       "XDG_CACHE_HOME": str(self.folder / "cache")}
        return subprocess.run([*self.prefix, self.gavel, "meeting", "simulate", *map(str, words)],
                              cwd=self.folder, env=environment, input=text_in, text=True,
                              capture_output=True, timeout=300, check=False)

    def json(self, *words):
        done = self.run(*words, "--json")
        expect(done.returncode == 0, done.stderr)
        return json.loads(done.stdout)


def check_figures(offline, file):
    found = offline.json("--history", file)
    for key in KEYS:
        expect(key in found, f"no `{key}` in {found}")
    expect(found["specs"] == 27 and found["decided"] == 27, f"lost some: {found}")
    expect(found["meetings"] == 9 and found["longest_queue"] == 27, f"{found}")
    expect(abs(found["utilisation"] - 0.9) < 1e-9, f"45 of 50 minutes: {found}")
    # Three each on the Thursdays 7 March to 2 May: the fourteenth waits from 1 March to 4 April.
    expect(abs(found["median_wait_days"] - 34) < 0.3, f"{found}")
    expect(offline.json("--history", file) == found, "a second run differs")
    expect(list(json.loads(offline.run("--history", file, "--json=cancelled,specs").stdout))
           == ["cancelled", "specs"], "fields as asked for")


def check_what_if(offline, file):
    found = offline.json("--history", file, "--what-if", "capacity=2,timebox-min=45")
    expect(found["meetings"] == 9, f"{found}")
    expect(found["what_if"]["meetings"] == 27, "45 minutes leave room for one spec")
    shown = offline.run("--history", file, "--what-if", "capacity=1").stdout
    expect("longest queue\t27\t27\t0" in shown, shown)
    expect("\x1b" not in shown, "no colours where nobody sees them")


def check_meetings(offline, file):
    shown = offline.run("--history", file, "--meetings").stdout
    expect("2024-03-07\theld\tS-0 approved (15 min, waited 6." in shown, shown)
    agendas = offline.json("--history", file, "--meetings")["agendas"]
    expect([len(agenda["items"]) for agenda in agendas] == [3] * 9, f"{agendas}")


def check_input(offline, file):
    piped = offline.run("--history", "-", "--json", text_in=file.read_text("utf-8"))
    expect(json.loads(piped.stdout)["specs"] == 27, piped.stderr)
    for words, text, says in (
            (("--history", "-"), '{"at": "2024-03-01T00:00:00Z", "event": "decided"}',
             "stdin:1: `spec` is missing"),
            (("--history", "-"), "", "holds no event"),
            (("--history", "gone.jsonl"), None, "gone.jsonl"),
            (("--history", file, "--capacity", "4"), None, "--capacity is `4`"),
            (("--history", file, "--what-if", "speed=9"), None, "--what-if names `speed`"),
            (("--history", file, "--from", "2030-01-01"), None, "hold no spec"),
            ((), None, "--history")):
        done = offline.run(*words, text_in=text)
        expect(done.returncode == 2, f"{words}: exit {done.returncode}")
        expect(says in done.stderr and not done.stdout, f"{words}: {done.stdout}{done.stderr}")


def main():
    gavel = pathlib.Path(sys.argv[1], "gavel")
    with tempfile.TemporaryDirectory(prefix="gavel-test-") as root:
        folder = pathlib.Path(root)
        file = folder / "burst.jsonl"
        history(file, 27)
        offline = Offline(gavel, folder)
        for check in (check_figures, check_what_if, check_meetings, check_input):
            check(offline, file)
        left = [path for path in folder.rglob("*") if path.is_file() and path != file]
        expect(not left, f"files were written: {left}")
        print("network=" + ("none (own namespace)" if offline.prefix else "present, not used"))
    print("4 passed, 0 failed")


main()
