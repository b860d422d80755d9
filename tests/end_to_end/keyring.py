"""A real gnome-keyring on a session bus of its own."""

import os
import subprocess
import time

PATIENCE_S = 20


class Keyring:
    """Unlocked, empty, gone with the `with` block. `environment` leads programs to it."""

    def __init__(self, root):
        self.root = root
        for name in ("data", "runtime"):
            (root / name).mkdir(mode=0o700)
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={root}/bus",
                            "XDG_DATA_HOME": str(root / "data"),
                            "XDG_RUNTIME_DIR": str(root / "runtime")}
        self.processes = []

    def __enter__(self):
        self.start("dbus-daemon", "--session", "--nofork",
                   f"--address={self.environment['DBUS_SESSION_BUS_ADDRESS']}")
        self._wait_for(self.root / "bus")
        daemon = self.start("gnome-keyring-daemon", "--foreground", "--unlock",
                            "--components=secrets")
        daemon.stdin.write(b"password\n")
        daemon.stdin.close()
        self._wait_for(self.root / "data/keyrings/login.keyring")
        return self

    def __exit__(self, *unused):
        for process in reversed(self.processes):
            process.kill()
            process.wait()

    def start(self, *words):
        self.processes.append(subprocess.Popen(
            words, env={**os.environ, "HOME": str(self.root), **self.environment},
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return self.processes[-1]

    def bytes_on_disk(self):
        return b"".join(path.read_bytes() for path in (self.root / "data").rglob("*")
                        if path.is_file())

    @staticmethod
    def _wait_for(path):
        deadline = time.monotonic() + PATIENCE_S
        while not path.exists():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{path} did not appear")
            time.sleep(0.02)
