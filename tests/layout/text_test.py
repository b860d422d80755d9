#!/usr/bin/env python3
"""Fails on what no file of the tree may hold: unfinished work, broken scripts, oversized files.

CTest runs it as `layout.text`.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {".git", "build", "node_modules", "__pycache__", "dist"}
TEXT_SUFFIXES = {".h", ".cc", ".proto", ".py", ".sh", ".md", ".yaml", ".json", ".sql", ".cmake", ".txt",
                 ".ts", ".mjs", ".lua", ".vim", ""}

# Spelled in two halves, so that this file passes its own test.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
CODE_SUFFIXES = {".h", ".cc", ".ts", ".lua"}
CODE_LINES_MAX = 450  # A longer file holds two ideas; split it by idea.
CODE_COLUMNS_MAX = 100


def tree_files(root: pathlib.Path) -> list[pathlib.Path]:
    """Every text file below `root` that is ours, sorted."""
    found = []
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if name not in SKIPPED_FOLDERS]
        found += [pathlib.Path(folder, name) for name in names]
    return sorted(path for path in found if path.suffix in TEXT_SUFFIXES and path.is_file())


def is_shell_script(path: pathlib.Path) -> bool:
    """True for what bash runs or sources: `*.sh`, and files that say so in their first line."""
    with path.open("rb") as file:
        first = file.readline()
    return path.suffix == ".sh" or re.match(rb"#!.*\b(ba)?sh\b", first) is not None


def unfinished_lines(path: pathlib.Path) -> list[str]:
    """`file:line` of every mark of unfinished work."""
    lines = path.read_text("utf-8").splitlines()
    return [f"{path}:{number}" for number, line in enumerate(lines, 1) if UNFINISHED.search(line)]


def syntax_errors(script: pathlib.Path) -> str:
    """What `bash -n` says of a script; empty when it parses."""
    return subprocess.run(["bash", "-n", script], capture_output=True, text=True).stderr


class TextTest(unittest.TestCase):
    """Each rule over the whole tree, and each rule shown to catch what it is there for."""

    def setUp(self):
        self.files = tree_files(ROOT)
        self.assertGreater(len(self.files), 100, "the tree was not found")

    def scratch(self, name: str, text: str) -> pathlib.Path:
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        path = folder / name
        path.write_text(text)
        return path

    def test_nothing_is_marked_unfinished(self):
        self.assertEqual([line for path in self.files for line in unfinished_lines(path)], [])

    def test_an_unfinished_mark_is_caught(self):
        path = self.scratch("a.cc", "int a;\n// TO" + "DO: later\n")
        self.assertEqual(unfinished_lines(path), [f"{path}:2"])

    def test_every_shell_script_parses(self):
        scripts = [path for path in self.files if is_shell_script(path)]
        self.assertIn(ROOT / "deploy/quickstart", scripts)
        self.assertEqual([syntax_errors(path) for path in scripts if syntax_errors(path)], [])

    def test_a_broken_script_is_caught(self):
        path = self.scratch("a.sh", "if true; then\n")
        self.assertTrue(is_shell_script(path))
        self.assertNotEqual(syntax_errors(path), "")

    def test_code_files_stay_short_and_narrow(self):
        complaints = []
        for path in self.files:
            if path.suffix not in CODE_SUFFIXES:
                continue
            lines = path.read_text("utf-8").splitlines()
            if len(lines) > CODE_LINES_MAX:
                complaints.append(f"{path}: {len(lines)} lines, at most {CODE_LINES_MAX}")
            complaints += [
                f"{path}:{number}: {len(line)} columns, at most {CODE_COLUMNS_MAX}"
                for number, line in enumerate(lines, 1)
                if len(line) > CODE_COLUMNS_MAX
            ]
        self.assertEqual(complaints, [], "\n" + "\n".join(complaints))

    def test_every_file_that_the_documentation_names_exists(self):
        for page in ("README.md", "ARCHITECTURE.md"):
            text = (ROOT / page).read_text("utf-8")
            named = re.findall(r"`((?:engine|rules|clients|tests|deploy|proto)/[\w./*-]+)`", text)
            self.assertGreater(len(named), 5, page)
            self.assertEqual([name for name in named if not list(ROOT.glob(name))], [], page)

    def test_no_npm_lock_names_a_host_to_fetch_from(self):
        locks = [path for path in self.files if path.name == "package-lock.json"]
        self.assertIn(ROOT / "proto/package-lock.json", locks)
        self.assertEqual([path for path in locks if '"resolved"' in path.read_text("utf-8")], [])


if __name__ == "__main__":
    sys.exit(unittest.main())
