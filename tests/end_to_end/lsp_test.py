"""`gavel lsp` as an editor speaks to it: the real program, real files, a real gaveld.

usage: lsp_test.py BIN_DIR POLICY_DIR
"""

import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from gavel_service import Service, commit_all, expect
from lsp_client import LspClient, position, utf16

SPEC = """---
spec: 1
title: Shared work queue for resizing
summary: Moves image resizing off the upload request onto the shared work queue. Adds one queue.
area: media
category: service-change
system: uploads
authors: ["@ana"]
open_decisions: none
dependencies:
  - {use: kafka/shared, for: resize jobs}
data: {classification: internal, personal: false}
regions: [us-east]
cost: {monthly_usd: 40}
change: {reversible: true, blast_radius: low}
---
# Shared work queue for resizing

## Summary
Image resizing moves off the upload request onto the shared work queue, so that an upload answers in
under two hundred milliseconds for every user of the service, on every day of the year.

## Cost
The shared queue is in the price list of the platform for everybody at 40 USD a month, low and high;
nothing is paid once, and in a year it is the same, as traffic is not expected to grow.

## Alternatives considered
Resizing inside of the request is what hurts now. A queue of our own is one more thing to run, and
nothing that we need is missing in the shared one, so it would be work without any use.

## Risks, rollout and rollback
A flag turns the queue off within one minute, and resizing then happens in the request as before. It
is tried on one region first, for a week, while the alert of the upload latency is watched.
"""


class Desk:
    """A folder with a specs folder, and servers started in it without any setting of the user's."""

    def __init__(self, bin_dir, policy):
        self.gavel = pathlib.Path(bin_dir) / "gavel"
        self.policy = str(policy)
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="gavel-lsp-"))
        (self.root / "my specs").mkdir()
        self.path = self.root / "my specs" / "queue é.md"
        self.uri = "file://" + str(self.root) + "/my%20specs/queue%20%C3%A9.md"

    def environment(self):
        return {"PATH": os.environ["PATH"], "HOME": str(self.root / "home"), "TZ": "UTC"}

    def client(self, **more):
        options = {"rules": self.policy, **more.pop("options", {})}
        return LspClient(self.gavel, self.environment(), self.root, options=options, **more)


def codes(diagnostics):
    return [d["code"] for d in diagnostics]


def test_life(desk):
    with desk.client() as client:
        expect(client.answer["capabilities"]["positionEncoding"] == "utf-16", "encoding")
        expect(client.stop() == 0, "shutdown and exit: 0")
    with desk.client() as client:
        client.tell("exit", None)
        expect(client.process.wait(timeout=20) == 1, "exit without shutdown: 1")
    with desk.client() as client:
        client.process.stdin.close()
        expect(client.process.wait(timeout=20) == 1, "the end of input without shutdown: 1")
    with desk.client() as client:
        client.ask("shutdown", None)
        client.process.stdin.close()
        expect(client.process.wait(timeout=20) == 0, "the end of input after shutdown: 0")
    with desk.client() as client:
        client.send_bytes(b"GET / HTTP/1.1\r\n\r\n")
        expect(client.process.wait(timeout=20) == 1, "what is no LSP: 1")
        expect("header" in client.process.stderr.read().decode(), "why is on stderr")


def test_ends_with_its_editor(desk):
    editor = subprocess.Popen(["sleep", "600"])
    with desk.client(parent=editor.pid) as client:
        client.open(desk.uri, SPEC)
        client.diagnostics(desk.uri)
        editor.kill()
        editor.wait()
        # Its pipes are still open: only the process tells.
        expect(client.process.wait(timeout=20) == 1, "the editor's process is gone")


def test_started_by_hand(desk):
    command = f"{desk.gavel} lsp"
    done = subprocess.run(["script", "-qec", command, "/dev/null"], env=desk.environment(),
                          capture_output=True, text=True, timeout=60, check=False)
    expect(done.returncode == 2 and "editor" in done.stdout, f"a person is told: {done.stdout}")


def test_findings_as_check_has_them(desk):
    text = SPEC.replace("kafka/shared", "kafka/shraed").replace("area: media", "area: medai")
    desk.path.write_text(text)
    done = subprocess.run([desk.gavel, "check", "--rules", desk.policy, "--output", "line",
                           desk.path], env=desk.environment(), capture_output=True, text=True,
                          check=False)
    from_check = [line.rsplit("[", 1)[1].rstrip("]") for line in done.stdout.splitlines()
                  if line.endswith("]")]
    with desk.client() as client:
        client.open(desk.uri, text)
        shown = client.diagnostics(desk.uri)
    expect(from_check and codes(shown) == from_check, f"{codes(shown)} / {from_check}")
    for diagnostic in shown:
        expect(diagnostic["codeDescription"]["href"].endswith(diagnostic["code"]), "page")
        expect(diagnostic["source"] == "gavel" and diagnostic["message"], "message")


def covered(text, diagnostic):
    """The text of a range, cut out by units of UTF-16."""
    lines = text.replace("\r\n", "\n").split("\n")
    start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
    expect(start["line"] == end["line"], "one line")
    units = lines[start["line"]].encode("utf-16-le")
    return units[2 * start["character"]:2 * end["character"]].decode("utf-16-le")


def test_columns_behind_emoji_and_crlf(desk):
    item = '{for: "😀é€ 👩‍👩‍👧 jobs", use: kafka/shraed}'
    for line_end in ("\n", "\r\n"):
        text = SPEC.replace("{use: kafka/shared, for: resize jobs}", item).replace("\n", line_end)
        with desk.client() as client:
            client.open(desk.uri, text)
            shown = [d for d in client.diagnostics(desk.uri) if "shraed" in d["message"]]
            expect(len(shown) == 1, f"one finding: {shown}")
            expect(covered(text, shown[0]) == "kafka/shraed", covered(text, shown[0]))
            hover = client.ask("textDocument/hover", client.at(desk.uri, text, "use: kafka/sh"))
            expect(covered(text, hover) == "kafka/shraed", f"hover: {hover}")
            # The edit of the quick fix, made as an editor makes it.
            actions = client.ask("textDocument/codeAction", {
                "textDocument": {"uri": desk.uri}, "range": shown[0]["range"],
                "context": {"diagnostics": shown}})
            edits = [a["edit"]["changes"][desk.uri] for a in actions if a["kind"] == "quickfix"]
            expect(edits, "a quick fix")
            mended = apply_edit(text, edits[0][0])
            expect("use: kafka/shared}" in mended, "mended")
    utf8 = {"general": {"positionEncodings": ["utf-8", "utf-16"]}}
    with desk.client(capabilities=utf8) as client:
        expect(client.answer["capabilities"]["positionEncoding"] == "utf-8", "utf-8 was offered")
        text = SPEC.replace("{use: kafka/shared, for: resize jobs}", item)
        client.open(desk.uri, text)
        shown = [d for d in client.diagnostics(desk.uri) if "shraed" in d["message"]]
        line = text.split("\n")[shown[0]["range"]["start"]["line"]].encode()
        place = shown[0]["range"]
        expect(line[place["start"]["character"]:place["end"]["character"]] == b"kafka/shraed",
               "bytes")


def offset_of(text, place):
    """The inverse of `position`."""
    lines = text.replace("\r\n", "\n\0").replace("\r", "\n").split("\n")
    at = sum(len(line) + 1 for line in lines[:place["line"]])
    line = lines[place["line"]] if place["line"] < len(lines) else ""
    units = 0
    for character in line.lstrip("\0"):
        if units >= place["character"]:
            break
        units += utf16(character)
        at += 1
    return at + (1 if line.startswith("\0") else 0)


def apply_edit(text, edit):
    start = offset_of(text, edit["range"]["start"])
    end = offset_of(text, edit["range"]["end"])
    return text[:start] + edit["newText"] + text[end:]


def test_edits_at_random(desk):
    """After any walk of edits the server has the driver's text: it says of it what a fresh server
    says of the whole."""
    rng = random.Random(5)
    words = ["x", "", "\n", "\r\n", "😀", "é", "area: media\n", "- {use: k8s/gpu}\n", "---\n", "\t",
             "\"", "{", "# Cost\n", "\ud83d", "日本", "key: MEDIA-1\n"]
    pulls = {"capabilities": {"textDocument": {"diagnostic": {}}}}
    spec_uri = f"file://{desk.root}/specs/walked.md"
    with desk.client(**pulls) as client, desk.client(**pulls) as fresh:
        text, version, resets = SPEC, 1, 0
        client.open(spec_uri, text)
        for step in range(60):
            changes = []
            for _ in range(rng.randint(1, 12)):
                changes.append(random_change(rng, text, words))
                text = apply_edit(text, changes[-1] | {"newText": changes[-1]["text"]})
                text = text.replace("\ud83d", "\ufffd")
            if not text.startswith("---\nspec: 1\n"):  # Else soon nothing but a broken header is left.
                text, changes, resets = SPEC, [{"text": SPEC}], resets + 1
            version += 1
            client.tell("textDocument/didChange", {
                "textDocument": {"uri": spec_uri, "version": version}, "contentChanges": changes})
            fresh_uri = f"file://{desk.root}/specs/fresh{step}.md"
            fresh.open(fresh_uri, text, version)
            mine, theirs = all_about(client, spec_uri), all_about(fresh, fresh_uri)
            expect(mine == theirs, f"step {step}:\n{mine}\n{theirs}\n{text!r}")
        expect(resets < 30, f"{resets} of 60 steps began anew")


def random_change(rng, text, words):
    """An edit, mostly below the first lines."""
    first = rng.choice([0, 12, 12, 12, 12, 12, 12, 12, 12, 12])
    start = rng.randint(min(first, len(text)), len(text))
    end = min(len(text), start + rng.choice([0, 0, 0, 1, 3, 20]))
    # No position stands between CR and LF.
    start -= 1 if text[start - 1:start + 1] == "\r\n" else 0
    end += 1 if text[end - 1:end + 1] == "\r\n" else 0
    return {"range": {"start": position(text, start), "end": position(text, end)},
            "text": rng.choice(words)}


def all_about(client, uri):
    """All that shows the text: the findings with their places, folds, outline and links."""
    params = {"textDocument": {"uri": uri}}
    shown = [client.ask("textDocument/" + what, params)
             for what in ("diagnostic", "foldingRange", "documentSymbol", "documentLink", "codeLens")]
    return str(shown).replace(uri, "URI")


def test_completion_and_hover(desk):
    text = SPEC.replace("use: kafka/shared", "use: ").replace('["@ana"]', '["@ana", @]')
    with desk.client() as client:
        client.open(desk.uri, text)
        tiers = client.ask("textDocument/completion", client.at(desk.uri, text, "use: "))["items"]
        tiers.sort(key=lambda item: item["sortText"])
        expect("standard" in tiers[0]["detail"] and "deprecated" in tiers[-1]["detail"], "order")
        people = client.ask("textDocument/completion", client.at(desk.uri, text, ", @"))["items"]
        chen = next(item for item in people if item["label"] == "@chen")
        expect(apply_edit(text, chen["textEdit"]).count('["@ana", "@chen"]') == 1, "quoted")
        blank = text.replace("system: uploads\n", "\n")
        client.open(desk.uri, blank, 2)
        keys = client.ask("textDocument/completion",
                          client.at(desk.uri, blank, "service-change\n"))["items"]
        labels = [item["label"] for item in keys]
        expect("system" in labels and "reviewers" in labels and "area" not in labels, labels)
        hover = client.ask("textDocument/hover", client.at(desk.uri, text, "syst"))
        expect(hover is None, "the line is not there any more")
        hover = client.ask("textDocument/hover", client.at(desk.uri, blank, "us-ea", 1))
        expect("Regions" in hover["contents"]["value"], hover)


def test_the_rest(desk):
    (desk.path.parent / "notes.md").write_text("# Notes\n")
    text = SPEC + "\nSee [notes](notes.md) and https://example.org/x. MEDIA-3.\n\n```\ncode\n```\n"
    with desk.client() as client:
        client.open(desk.uri, text)
        params = {"textDocument": {"uri": desk.uri}}
        links = client.ask("textDocument/documentLink", params)
        expect([link["target"].split("/")[-1] for link in links] == ["notes.md", "x"], links)
        folds = client.ask("textDocument/foldingRange", params)
        expect(folds[0] == {"startLine": 0, "endLine": 15}, folds)
        symbols = client.ask("textDocument/documentSymbol", params)
        expect(symbols[1]["children"][0]["name"] == "Summary", symbols)
        lens = client.ask("textDocument/codeLens", params)[0]["command"]
        expect(lens["title"].startswith("Would be: "), lens)
        verdict = client.hear("gavel/verdict")
        expect(verdict["uri"] == desk.uri and verdict["mode"], verdict)
        told = client.ask("workspace/executeCommand",
                          {"command": lens["command"], "arguments": lens["arguments"]})
        expect(verdict["summary"] in told["text"], told)
        expect(verdict["summary"] in client.hear("window/showMessage")["message"], "shown")
        refused = client.answer_of("workspace/executeCommand",
                                   {"command": "gavel.submit", "arguments": [{"uri": desk.uri}]})
        expect("gavel.online" in refused["error"]["message"], refused)


def test_typing_pause(desk):
    with desk.client() as client:
        client.open(desk.uri, SPEC)
        client.diagnostics(desk.uri)
        for version in range(2, 30):
            client.tell("textDocument/didChange", {
                "textDocument": {"uri": desk.uri, "version": version},
                "contentChanges": [{"range": {"start": {"line": 20, "character": 0},
                                              "end": {"line": 20, "character": 0}}, "text": "y"}]})
        typed = time.monotonic()
        client.diagnostics(desk.uri, 29)
        waited = time.monotonic() - typed
        expect(waited > 0.25, f"findings came while typing, after {waited:.3f} s")
        others = [m for m in client.heard if m.get("method") == "textDocument/publishDiagnostics"]
        expect(not others, "one set of findings for all the edits")


def test_pull(desk):
    with desk.client(capabilities={"textDocument": {"diagnostic": {}}}) as client:
        client.open(desk.uri, SPEC.replace("area: media", "area: medai"))
        report = client.ask("textDocument/diagnostic", {"textDocument": {"uri": desk.uri}})
        expect(codes(report["items"]) == ["GV201"], report)
        expect(not [m for m in client.heard if "publish" in m.get("method", "")], "not pushed")


def test_policy_on_disk(desk):
    policy = desk.root / "policy"
    text = SPEC.replace("kafka/shared", "kafka/shraed")
    with desk.client(options={"rules": str(policy)}) as client:
        told = client.hear("window/showMessage")["message"]
        expect(str(policy) in told, told)
        client.open(desk.uri, text)
        client.hear("gavel/verdict", lambda p: p["mode"] is None)
        subprocess.run(["cp", "-r", desk.policy, policy], check=True)
        client.hear("gavel/verdict", lambda p: p["mode"] not in (None, "auto"))
        catalog = policy / "catalog.yaml"
        catalog.write_text(catalog.read_text().replace("      shared:", "      shraed:"))
        client.hear("gavel/verdict", lambda p: p["mode"] == "auto")
        catalog.write_text("broken: [")
        expect("does not compile" in client.hear("window/showMessage")["message"], "broken")
        expect(client.stop() == 0, "still alive")


def test_offline_without_a_network(desk):
    """In a namespace of its own there is no network at all, and nothing is missing."""
    with desk.client(command=["unshare", "-rn"]) as client:
        client.open(desk.uri, SPEC.replace("area: media", "area: medai"))
        expect(codes(client.diagnostics(desk.uri)) == ["GV201"], "findings")
        expect(client.stop() == 0, "exit code")


def test_offline_opens_no_socket(desk):
    with desk.client(options={"server": "127.0.0.1:1"}) as client:
        client.open(desk.uri, SPEC)
        client.diagnostics(desk.uri)
        sockets = [os.readlink(f"/proc/{client.process.pid}/fd/{fd}")
                   for fd in os.listdir(f"/proc/{client.process.pid}/fd")]
        expect(not [s for s in sockets if s.startswith("socket:")], sockets)


def test_untrusted_workspace(desk):
    """Nothing of a hostile checkout is read, and no git is run in it."""
    hostile = desk.root / "hostile"
    hostile.mkdir()
    subprocess.run(["git", "init", "-q", hostile], check=True)
    trap = desk.root / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {desk.root}/sprung\n")
    trap.chmod(0o755)
    with open(hostile / ".git" / "config", "a", encoding="utf-8") as config:
        config.write(f"[core]\n\tfsmonitor = {trap}\n")
    (hostile / ".gavel.yaml").write_text("server: evil.example.org:1\narea: platform\n")
    fake = desk.root / "fake"
    fake.mkdir()
    (fake / "git").write_text(f"#!/bin/sh\ntouch {desk.root}/git-was-run\n")
    (fake / "git").chmod(0o755)
    environment = {**desk.environment(), "PATH": f"{fake}:{os.environ['PATH']}"}
    text = SPEC.replace("area: media\n", "").replace(
        "kafka/shared,", "k8s/gpu, why: a model that fits no other machine,")
    uri = f"file://{hostile}/specs/a.md"
    seen = {}
    for restricted in (True, False):
        trace = desk.root / f"trace-{restricted}"
        options = {"rules": desk.policy, "restricted": restricted, "online": True,
                   "server": "127.0.0.1:1"}
        with LspClient(desk.gavel, environment, hostile, options=options,
                       command=["strace", "-f", "-qq", "-e", "trace=openat,open,execve", "-o",
                                trace]) as client:
            client.open(uri, text)
            seen[restricted] = client.hear("gavel/verdict")["summary"]
            refused = client.answer_of("workspace/executeCommand", {
                "command": "gavel.submit", "arguments": [{"uri": uri}]})
            expect("error" in refused, refused)
            expect(("trust" in refused["error"]["message"]) == restricted, refused)
            client.stop()
        reads = ".gavel.yaml" in trace.read_text()
        expect(reads != restricted, f"restricted={restricted}: .gavel.yaml read: {reads}")
        if restricted:
            expect(not (desk.root / "git-was-run").exists(), "git was run")
    expect(seen[True] != seen[False], f"the area of .gavel.yaml counts only where trusted: {seen}")
    expect(not (desk.root / "sprung").exists(), "the trap of the checkout was sprung")


def test_online(desk, bin_dir):
    """The lens of a submitted file moves with the spec, through a restart of the server, and
    `gavel.submit` does what the command line does."""
    with Service(bin_dir, desk.policy) as service:
        folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        (folder / "specs").mkdir()
        path = folder / "specs" / "queue.md"
        text = SPEC.replace("kafka/shared,", "k8s/gpu, why: a model that fits no other machine,")
        path.write_text(text)
        commit_all(folder)
        uri = f"file://{path}"
        with LspClient(service.bin / "gavel", service.environment("ana"), folder,
                       options={"online": True}) as client:
            client.open(uri, text)
            # The policy is the server's, fetched now.
            client.hear("gavel/verdict", lambda p: p["mode"] is not None)
            done = client.ask("workspace/executeCommand",
                              {"command": "gavel.submit", "arguments": [{"uri": uri}]})
            expect(done["ok"], done)
            expect(service.spec("MEDIA-1")["state"] == "STATE_ASYNC_REVIEW", "submitted")
            expect_lens(client, uri, "MEDIA-1 · Async review · 0 open")
            raised = service.gavel("chen", "concern", "raise", "MEDIA-1", "--blocking", "--done-when", "it fits",
                                   "-m", "Does it fit?")
            expect(raised.returncode == 0, raised.stderr)
            expect_lens(client, uri, "MEDIA-1 · Async review · 1 open (1 blocking)")
            service.kill()
            service.start()
            withdrawn = service.gavel("ana", "withdraw", "MEDIA-1", "-m", "not needed")
            expect(withdrawn.returncode == 0, withdrawn.stderr)
            expect_lens(client, uri, "MEDIA-1 · Withdrawn · ")
            links = client.ask("textDocument/documentLink", {"textDocument": {"uri": uri}})
            expect(links == [], links)
            client.tell("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": 2},
                "contentChanges": [{"range": {"start": {"line": 18, "character": 0},
                                              "end": {"line": 18, "character": 0}}, "text": "x"}]})
            expect_lens(client, uri, "Would be: ")
            dirty = client.answer_of("workspace/executeCommand",
                                     {"command": "gavel.submit", "arguments": [{"uri": uri}]})
            expect("Save it first" in dirty["error"]["message"], dirty)
            expect(client.stop() == 0, "exit code")


def expect_lens(client, uri, start):
    """Waits until the title line says so; the server tells when to look again."""
    deadline = time.monotonic() + 60
    while True:
        lens = client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})
        title = lens[0]["command"]["title"] if lens else ""
        if title.startswith(start):
            return
        expect(time.monotonic() < deadline, f"the lens says `{title}`, not `{start}`")
        client.hear("workspace/codeLens/refresh")


def test_unreachable_server(desk):
    """An editor never waits for a server that is not there."""
    with desk.client(options={"online": True, "server": "127.0.0.1:1"}) as client:
        client.open(desk.uri, SPEC)
        asked = time.monotonic()
        client.diagnostics(desk.uri)
        client.ask("textDocument/codeLens", {"textDocument": {"uri": desk.uri}})
        expect(client.stop() == 0, "exit code")
        expect(time.monotonic() - asked < 8, "the editor had to wait")


def main():
    bin_dir, policy_dir = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    tests = [test for name, test in globals().items() if name.startswith("test_")]
    chosen = sys.argv[3:]
    passed = 0
    for test in tests:
        if chosen and test.__name__ not in chosen:
            continue
        desk = Desk(bin_dir, policy_dir)
        try:
            if test is test_online:
                test(desk, bin_dir)
            else:
                test(desk)
        finally:
            subprocess.run(["rm", "-rf", desk.root], check=True)
        passed += 1
        print(f"ok {test.__name__}", flush=True)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
