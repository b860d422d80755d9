"""A real gaveld and a real gavel for the end-to-end tests that are Python programs.

Everything lives in one temporary folder; nothing of the user's settings takes part. A test is a
program: it raises to fail, and prints `N passed, 0 failed` at its end.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

DAY_ONE = "2026-11-23T08:00:00Z"  # A Monday; the media area meets on Thursdays at 15:00.

# A spec of the media area that uses one tier; to be filled in with `title`, `tier` and `words`.
SPEC = """---
spec: 1
title: {title}
summary: {title}, described in two sentences so that readers know. It is one of several.
area: media
authors: ["@ana"]
open_decisions: none
dependencies: [{{use: {tier}, for: uploads}}]
data: {{classification: internal, personal: false}}
regions: [us-east]
cost: {{monthly_usd: 40}}
change: {{reversible: true, blast_radius: low}}
---
# {title}

## Summary
{title}. {words}
"""


class Service:
    """gaveld on a port of its own, with the shipped policy and a clock that stands still."""

    def __init__(self, bin_dir, policy_dir):
        self.bin = pathlib.Path(bin_dir)
        self.policy = policy_dir
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="gavel-test-"))
        self.address = ""
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *unused):
        self.kill()
        shutil.rmtree(self.root, ignore_errors=True)

    def flags(self):
        """More of gaveld's flags, for a test that overrides it."""
        return []

    def mode(self):
        """A development server, unless a test overrides it."""
        return ["--dev", "--dev-now", DAY_ONE]

    def start(self):
        address_file = self.root / "address"
        address_file.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [self.bin / "gaveld", *self.mode(), "--policy", self.policy,
             "--listen", self.address or "127.0.0.1:0", "--state", self.root / "state",
             "--address-file", address_file, *self.flags()],
            stdout=subprocess.DEVNULL, stderr=open(self.root / "gaveld.log", "ab"))
        deadline = time.monotonic() + 60
        while not address_file.exists() or not address_file.read_text().strip():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("gaveld did not start:\n" + self.log())
            time.sleep(0.01)
        # The same address after a restart: clients that retry find the server again.
        self.address = address_file.read_text().strip()

    def kill(self):
        """SIGKILL: what a power cut leaves of a process."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def stop(self):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)

    def log(self):
        path = self.root / "gaveld.log"
        return path.read_text() if path.exists() else ""

    def environment(self, person):
        """No setting of the user's, no repository above, no pager, no colours."""
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.root), "TZ": "UTC", "NO_COLOR": "1",
            "XDG_CONFIG_HOME": str(self.root / "config"), "XDG_STATE_HOME": str(self.root / "xdg"),
            "XDG_CACHE_HOME": str(self.root / "cache"), "GIT_CONFIG_NOSYSTEM": "1",
            "GAVEL_SERVER": self.address, "GAVEL_AS": person,
        }

    def gavel(self, person, *words, cwd=None, text=True):
        """Runs `gavel WORDS` as a person; the finished process."""
        return subprocess.run([self.bin / "gavel", *map(str, words)], cwd=cwd or self.root,
                              env=self.environment(person), capture_output=True, text=text,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)

    def spec(self, key, person="gus"):
        """The spec as the API shows it."""
        done = self.gavel(person, "status", key, "--json")
        expect(done.returncode == 0, f"status {key}: {done.stderr}")
        return json.loads(done.stdout)

    def repository(self, name, remote=None):
        """An empty git repository with an identity of its own."""
        folder = self.root / "repos" / name
        folder.mkdir(parents=True)
        git(folder, "init", "-q", "-b", "main")
        if remote:
            git(folder, "remote", "add", "origin", remote)
        return folder


def git(folder, *words):
    subprocess.run(["git", "-c", "user.name=test", "-c", "user.email=test@example.org",
                    "-c", "commit.gpgsign=false", *map(str, words)],
                   cwd=folder, check=True, capture_output=True)


def commit_all(folder, message="all"):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def expect(holds, message):
    if not holds:
        raise AssertionError(message)
