"""A program whose lines a test reads while it runs."""

import os
import queue
import signal
import subprocess
import threading

PATIENCE_S = 60


class LineReader:
    """Starts a program; ends it with the `with` block."""

    def __init__(self, command, env, cwd=None):
        self.process = subprocess.Popen(command, env=env, cwd=cwd, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
                                        start_new_session=True)
        self.errors = []
        self.lines = queue.Queue()
        for stream, put in ((self.process.stdout, self.lines.put),
                            (self.process.stderr, self.errors.append)):
            threading.Thread(target=self._pump, args=(stream, put), daemon=True).start()

    @staticmethod
    def _pump(stream, put):
        for line in stream:
            put(line.rstrip("\n"))

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.kill()

    def take(self, count):
        """The next `count` lines."""
        return [self._next() for _ in range(count)]

    def until(self, matches):
        """The next line that `matches`."""
        while True:
            line = self._next()
            if matches(line):
                return line

    def _next(self):
        try:
            return self.lines.get(timeout=PATIENCE_S)
        except queue.Empty:
            raise AssertionError(f"no line within {PATIENCE_S} s; said: {self.errors}") from None

    def kill(self):
        """SIGKILL, for everything that it started, too."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
