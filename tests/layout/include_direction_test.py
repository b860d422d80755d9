#!/usr/bin/env python3
"""Fails when an include goes the wrong way: base <- domain <- rules <- store <- app <- rpc.

A file belongs to the most specific layer of LAYERS whose folder holds it, and may include only what
that row allows. Unit tests stand beside the code and may in addition include what TEST_EXTRAS says.
Run it by hand with `tests/layout/include_direction_test.py`; CTest runs it as `layout.include_direction`.
"""

import pathlib
import re
import sys
import tempfile
import unittest
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE_FOLDERS = ("engine", "rules", "clients", "tests")

# Generated headers: messages are everybody's values, a command is its request. Stubs bring gRPC.
MESSAGES = r"gavel/v1/[a-z_]+\.pb\.h"
STUBS = r"gavel/v1/[a-z_]+\.grpc\.pb\.h"

# Headers that only the folders named may include, whatever their layer allows otherwise.
RESERVED = {
    r"grpcpp/.*|grpc/.*|.*\.grpc\.pb\.h": ("engine/rpc/", "engine/gaveld", "clients/", "tests/"),
    r"sqlite3\.h": ("engine/store/sqlite/", "clients/chat/", "tests/"),
    r"yaml\.h": ("rules/", "clients/", "tests/"),
    r"curl/.*": ("clients/", "tests/"),
    r"libical/.*": ("engine/feed/", "rules/compile/holidays", "tests/"),
    r"cmark-gfm.*": ("engine/documents/", "tests/"),
    r"CLI/.*": ("clients/", "engine/gaveld"),
}

# Calls that would let the clock, the environment or a random number into code that must be pure.
PURE = ("engine/domain/", "rules/")
IMPURE_CALL = re.compile(r"absl::Now\(|std::getenv|secure_getenv|std::random_device|system_clock::now")


class Layer(NamedTuple):
    """What the files of one folder may include; each entry is an anchored regular expression."""

    folder: str
    allowed: tuple[str, ...]


BASE = (r"engine/base/.*",)
DOMAIN = BASE + (r"engine/domain/.*", MESSAGES)
RULES = DOMAIN + (r"rules/.*",)
STORE = DOMAIN + (r"engine/store/[a-z_]+\.h",)  # the interface and its row types, no back end
DOCUMENTS = DOMAIN + (r"engine/documents/.*",)  # what people receive, as text
FEED = DOMAIN + (r"engine/feed/.*",)
APP = STORE + (r"rules/.*", r"engine/(documents|feed)/[a-z_]+\.h", r"engine/app/.*")
# Plays the service over a history: the application on the memory store.
SIMULATION = APP + (r"engine/store/memory/.*", r"engine/simulation/.*")
RPC = DOMAIN + (r"engine/app/.*", r"engine/rpc/.*", STUBS)
CLIENT = RULES + (r"clients/.*", r"engine/simulation/[a-z_]+\.h", STUBS)
ANYTHING = (r".*",)

LAYERS = (
    Layer("engine/base/", BASE),
    Layer("engine/domain/", DOMAIN),
    Layer("rules/", RULES),
    Layer("engine/store/", STORE),
    Layer("engine/store/memory/", STORE + (r"engine/store/memory/.*",)),
    Layer("engine/store/sqlite/", STORE + (r"engine/store/sqlite/.*",)),
    Layer("engine/documents/", DOCUMENTS),
    Layer("engine/feed/", FEED),
    Layer("engine/app/", APP),
    Layer("engine/simulation/", SIMULATION),
    Layer("engine/rpc/", RPC),
    Layer("engine/gaveld", ANYTHING),
    Layer("clients/", CLIENT),
    Layer("tests/", ANYTHING),
)

# A unit test may use the shared fakes and matchers; from the store up also the memory store, which
# is the executable definition of the interface.
TEST_EXTRAS = {
    "": (r"tests/testing/.*",),
    "engine/store/": (r"engine/store/memory/.*",),
    "engine/app/": (r"engine/store/memory/.*",),
    "engine/rpc/": (r"engine/store/.*", r"rules/.*"),
}

OURS = re.compile(r"(engine|rules|clients|tests|gavel)/")
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]', re.MULTILINE)


def layer_of(path: str) -> Layer | None:
    """The most specific layer that holds `path`, None where no layer does."""
    rows = [row for row in LAYERS if path.startswith(row.folder)]
    return max(rows, key=lambda row: len(row.folder), default=None)


def allowed_in(path: str) -> tuple[str, ...]:
    """Everything of ours that `path` may include."""
    row = layer_of(path)
    extras = ()
    if re.search(r"_(test|testing)\.(cc|h)$|/testing/", path):
        extras = sum((more for folder, more in TEST_EXTRAS.items() if path.startswith(folder)), ())
    return row.allowed + extras


def wrong_includes(path: str, text: str) -> list[str]:
    """One sentence per include of `text` (the file at `path`) that goes the wrong way."""
    if layer_of(path) is None:
        return [f"{path}: belongs to no layer; add its folder to LAYERS"]
    complaints = []
    for match in INCLUDE.finditer(text):
        header, line = match.group(1), text.count("\n", 0, match.start(1)) + 1
        if OURS.match(header) and not any(re.fullmatch(rule, header) for rule in allowed_in(path)):
            complaints.append(f"{path}:{line}: {layer_of(path).folder} must not include {header}")
        for rule, folders in RESERVED.items():
            if re.fullmatch(rule, header) and not path.startswith(folders):
                complaints.append(f"{path}:{line}: {header} belongs to {', '.join(folders)}")
    if path.startswith(PURE) and not path.endswith("_test.cc"):
        complaints += [
            f"{path}:{text.count(chr(10), 0, call.start()) + 1}: pure code must not call {call.group()}"
            for call in IMPURE_CALL.finditer(text)
        ]
    return complaints


def check_tree(root: pathlib.Path) -> tuple[int, list[str]]:
    """How many files below `root` were read, and every complaint about them."""
    files = [
        file
        for folder in SOURCE_FOLDERS
        for file in sorted((root / folder).rglob("*"))
        if file.suffix in (".h", ".cc") and "node_modules" not in file.parts
    ]
    complaints = []
    for file in files:
        complaints += wrong_includes(file.relative_to(root).as_posix(), file.read_text("utf-8"))
    return len(files), complaints


class IncludeDirectionTest(unittest.TestCase):
    """The tree itself, and proof that the checker sees what it is there for."""

    def test_no_include_of_the_tree_goes_the_wrong_way(self):
        count, complaints = check_tree(ROOT)
        self.assertGreater(count, 50, "the source folders were not found")
        self.assertEqual(complaints, [], "\n" + "\n".join(complaints))

    def test_a_wrong_include_is_caught_with_file_and_line(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "engine/domain/apply.cc")
            file.parent.mkdir(parents=True)
            file.write_text('#include <string>\n#include "engine/store/store.h"\n')
            self.assertEqual(
                check_tree(pathlib.Path(folder)),
                (1, ["engine/domain/apply.cc:2: engine/domain/ must not include engine/store/store.h"]),
            )

    def test_each_wrong_direction_is_caught(self):
        for path, header in (
            ("engine/base/error.h", "engine/domain/names.h"),
            ("engine/domain/apply.h", "rules/facts.h"),
            ("engine/domain/apply.h", "gavel/v1/spec_service.grpc.pb.h"),
            ("rules/evaluate.cc", "engine/store/view.h"),
            ("engine/store/store.h", "engine/store/sqlite/database.h"),
            ("engine/store/sqlite/writer.cc", "engine/store/memory/memory_store.h"),
            ("engine/store/store.h", "sqlite3.h"),
            ("engine/app/command/committer.cc", "engine/store/sqlite/database.h"),
            ("engine/app/command/committer.cc", "engine/store/memory/memory_store.h"),
            ("engine/app/command/committer.cc", "engine/rpc/serve.h"),
            ("engine/app/command/committer.cc", "grpcpp/grpcpp.h"),
            ("engine/rpc/serve.h", "engine/store/store.h"),
            ("clients/cli/main.cc", "engine/app/spec/spec_api.h"),
        ):
            with self.subTest(path=path, header=header):
                self.assertNotEqual(wrong_includes(path, f'#include "{header}"\n'), [])

    def test_the_right_directions_are_allowed(self):
        for path, header in (
            ("engine/domain/apply.h", "gavel/v1/spec.pb.h"),
            ("engine/app/command/committer_test.cc", "engine/store/memory/memory_store.h"),
            ("engine/app/spec/spec_api.h", "gavel/v1/spec_service.pb.h"),
            ("engine/rpc/serve.h", "engine/app/command/caller.h"),
            ("engine/gaveld.cc", "engine/store/sqlite/sqlite_store.h"),
            ("clients/cli/main.cc", "rules/evaluate.h"),
        ):
            with self.subTest(path=path, header=header):
                self.assertEqual(wrong_includes(path, f'#include "{header}"\n'), [])

    def test_a_clock_in_pure_code_is_caught(self):
        text = "absl::Time now() {\n  return absl::Now();\n}\n"
        self.assertEqual(
            wrong_includes("engine/domain/apply.cc", text),
            ["engine/domain/apply.cc:2: pure code must not call absl::Now("],
        )
        self.assertEqual(wrong_includes("engine/app/command/committer.cc", text), [])


if __name__ == "__main__":
    sys.exit(unittest.main())
