"""A real Neovim without a terminal, driven over its own socket by its own command line."""

import json
import os
import pathlib
import subprocess
import time

PLUGIN = pathlib.Path(__file__).resolve().parents[3] / "clients/nvim"

# Messages are kept where a test can read them; nothing of the user's settings takes part.
INIT = """
set nocompatible noswapfile shortmess+=I
let mapleader = ' '
let maplocalleader = ','
set rtp^={plugin}
filetype plugin on
syntax on
lua << EOF
  messages, notify = {{}}, vim.notify
  vim.notify = function(text, level) table.insert(messages, text) end
EOF
"""


class Editor:
    """One Neovim of one person."""

    def __init__(self, service, person, folder, extra=""):
        self.service = service
        self.folder = folder
        self.socket = service.root / f"nvim-{person}-{time.monotonic_ns()}.sock"
        self.init = service.root / f"init-{self.socket.stem}.vim"
        self.init.write_text(INIT.format(plugin=PLUGIN) + extra)
        self.environment = {**service.environment(person), "NVIM_LOG_FILE": "/dev/null",
                            "XDG_DATA_HOME": str(service.root / "data"), "TERM": "xterm-256color",
                            "PATH": f"{service.bin}:{os.environ['PATH']}"}
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen(
            ["nvim", "--headless", "-u", self.init, "-i", "NONE", "--listen", self.socket],
            cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.socket.exists, "the editor's socket")
        return self

    def __exit__(self, *unused):
        # SIGTERM: it ends the `gavel` processes that it runs, each of which is a session of its own.
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _remote(self, *words):
        done = subprocess.run(["nvim", "--server", self.socket, *words], env=self.environment,
                              capture_output=True, text=True, timeout=30, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def lua(self, code):
        """What the Lua function body `code` returns, through JSON."""
        quoted = code.replace("'", "''").replace("\n", " ")
        text = self._remote("--remote-expr",
                            f"json_encode(luaeval('(function() {quoted} end)()'))")
        try:
            return json.loads(text)
        except ValueError:
            raise AssertionError(f"{code}\n{text}") from None

    def command(self, text):
        """Runs an Ex command; raises where it fails."""
        self.lua(f"vim.cmd([==[{text}]==])")

    def keys(self, text):
        """Types keys, in the notation of maps; answers before they have their effect."""
        self._remote("--remote-send", text)

    def lines(self):
        return self.lua("return vim.api.nvim_buf_get_lines(0, 0, -1, false)")

    def name(self):
        return self.lua("return vim.fn.bufname()")

    def messages(self):
        return self.lua("return #messages > 0 and messages or {''}")

    def wait(self, code, message):
        """Waits until the Lua function body returns something true, and returns that."""
        found = wait_for(lambda: self.lua(code), lambda: f"{message}; said: {self.messages()}")
        return found

    def virtual_lines(self):
        """`[line, text of its virtual lines]` of each thread on the screen, from the top."""
        return self.lua("""
            local marks = vim.api.nvim_buf_get_extmarks(
              0, require('gavel.marks').namespace, 0, -1, {details = true})
            local found = {}
            for _, mark in ipairs(marks) do
              local text = {}
              for _, line in ipairs(mark[4].virt_lines) do
                for _, chunk in ipairs(line) do table.insert(text, chunk[1]) end
                table.insert(text, '\\n')
              end
              table.insert(found, {mark[2] + 1, table.concat(text)})
            end
            return #found > 0 and found or nil""") or []


def wait_for(condition, message, seconds=20):
    """Asks `condition` until it is true; what it returned."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {message() if callable(message) else message}")
        time.sleep(0.02)
