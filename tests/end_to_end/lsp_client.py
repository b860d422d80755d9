"""A client of `gavel lsp` for tests: raw JSON-RPC over the pipes of the real program."""

import json
import os
import queue
import subprocess
import threading
import time

CAPABILITIES = {
    "workspace": {"codeLens": {"refreshSupport": True}},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True,
                                          "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    },
}


def utf16(text):
    """Units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def position(text, offset):
    """Where an offset of a Python string stands, as LSP counts."""
    before = text[:offset]
    line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
    breaks = before.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    return {"line": breaks, "character": utf16(before[line_start:])}


class LspClient:
    """One server. `command` precedes the program: `unshare -n`."""

    def __init__(self, gavel, environment, folder, options=None, command=(), capabilities=None,
                 start=True, parent=None):
        self.process = subprocess.Popen([*command, str(gavel), "lsp", "--stdio"], cwd=folder,
                                        env=environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.messages = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.next_id = 1
        self.heard = []
        if start:
            self.answer = self.ask("initialize", {
                "processId": os.getpid() if parent is None else parent,
                "rootUri": "file://" + str(folder).replace(" ", "%20"),
                "capabilities": CAPABILITIES if capabilities is None else capabilities,
                "initializationOptions": options or {}})
            self.tell("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _read(self):
        stream = self.process.stdout
        while True:
            length = None
            while True:
                line = stream.readline()
                if not line:
                    self.messages.put(None)
                    return
                if not line.strip():
                    break
                name, value = line.decode().split(":")
                length = int(value) if name == "Content-Length" else length
            self.messages.put(json.loads(stream.read(length)))

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params, timeout=60):
        """The result; raises for an error."""
        answer = self.answer_of(method, params, timeout)
        if "error" in answer:
            raise AssertionError(f"{method}: {answer['error']}")
        return answer["result"]

    def answer_of(self, method, params, timeout=60):
        number = self.next_id
        self.next_id += 1
        self.send({"id": number, "method": method, "params": params})
        return self._wait(lambda m: m.get("id") == number and "method" not in m, timeout)

    def hear(self, method, accepts=lambda params: True, timeout=60):
        """The parameters of the next such notification, however long it has waited."""
        return self._wait(lambda m: m.get("method") == method and accepts(m.get("params")),
                          timeout).get("params")

    def _wait(self, accepts, timeout):
        deadline = time.monotonic() + timeout
        for at, message in enumerate(self.heard):
            if accepts(message):
                return self.heard.pop(at)
        while True:
            left = deadline - time.monotonic()
            message = self.messages.get(timeout=max(left, 0.001))
            if message is None:
                raise AssertionError("the server is gone: " + self.process.stderr.read().decode())
            if accepts(message):
                return message
            self.heard.append(message)

    def open(self, uri, text, version=1):
        self.tell("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": "markdown", "version": version, "text": text}})

    def diagnostics(self, uri, version=None):
        """The next findings of that file, of that version if given."""
        return self.hear("textDocument/publishDiagnostics",
                         lambda p: p["uri"] == uri and version in (None, p["version"]))["diagnostics"]

    def at(self, uri, text, mark, offset=None):
        """TextDocumentPositionParams behind the first `mark`."""
        place = text.index(mark) + (len(mark) if offset is None else offset)
        return {"textDocument": {"uri": uri}, "position": position(text, place)}

    def stop(self):
        """A proper end; the exit code."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(timeout=20)
