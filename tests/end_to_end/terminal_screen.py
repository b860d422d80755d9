"""A terminal that a test types into and reads: tmux, with a server of its own."""

import os
import shlex
import subprocess
import time


class Screen:
    """One program in one terminal of `columns` by `rows`."""

    def __init__(self, folder, command, environment, columns=80, rows=24, cwd=None):
        self.socket = str(folder / f"tmux-{os.getpid()}-{time.monotonic_ns()}")
        words = ["env", "-i", *[f"{name}={value}" for name, value in environment.items()],
                 *map(str, command)]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
                  "-c", str(cwd or folder), shlex.join(words), ";", "set", "-g", "status", "off",
                  ";", "set", "-g", "remain-on-exit", "on")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.tmux("kill-server")

    def tmux(self, *words):
        done = subprocess.run(["tmux", "-S", self.socket, *words], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "TMUX": ""}, timeout=20,
                              check=False)
        return done.stdout

    def type(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def text(self, colors=False):
        """The screen as it is now; with `colors` also its escapes."""
        return self.tmux("capture-pane", "-p", *(["-e"] if colors else []))

    def wait_for(self, wanted, seconds=30.0):
        """The screen once `wanted` (a text, or what is called with the screen) is there."""
        holds = wanted if callable(wanted) else lambda text: wanted in text
        deadline = time.monotonic() + seconds
        while True:
            text = self.text()
            if holds(text):
                return text
            if time.monotonic() > deadline:
                raise AssertionError(f"not on the screen: {wanted!r}\n{text}")
            time.sleep(0.03)
