"""Files that cannot be a spec, submitted through the CLI: refused, nothing stored, no crash.

Usage: bad_input_test.py BIN_DIR POLICY_DIR

Every refusal has exit code 7 (the server cannot read it), or 2 or 5 (found bad before sending), and
a message that names the file. BOM and CRLF are accepted and come back byte for byte.
"""

import os
import sys

from gavel_service import Service, commit_all, expect

HEADER = """spec: 1
title: Readable but for one thing
summary: A front matter that would be read, were it not for the one thing under test.
area: media
authors: ["@ana"]
open_decisions: none
dependencies: [{use: postgres/standard-m, for: rows}]
data: {classification: internal, personal: false}
cost: {monthly_usd: 100}
change: {reversible: true, blast_radius: low}
"""
BODY = "# Readable but for one thing\n\nSome words.\n"


def document(header=HEADER, body=BODY):
    return f"---\n{header}---\n{body}".encode()


# name, bytes, exit codes that are right, what the message has to say
REFUSED = [
    ("not-utf8", document().replace(b"Some", b"S\xff\xfeme"), {7}, "UTF-8"),
    ("nul", document().replace(b"Some", b"So\0me"), {7}, "NUL"),
    ("empty", b"", {2, 5, 7}, "empty"),
    ("binary", bytes(range(256)) * 64, {7}, ""),
    ("duplicate-key", document(HEADER + "area: media\n"), {7}, "area"),
    ("anchor", document(HEADER.replace("area: media", "area: &a media")), {7}, "anchor"),
    ("alias", document(HEADER + "x-a: &a b\nx-b: *a\n"), {7}, ""),
    ("tag", document(HEADER + "x-t: !!str 5\n"), {7}, "tag"),
    ("merge-key", document(HEADER + "<<: {x-a: b}\n"), {7}, ""),
    ("two-documents", document(HEADER + "...\nx-second: document\n"), {7}, ""),
    ("tab-indent", document(HEADER + "x-deep:\n\tkey: value\n"), {7}, ""),
    ("unterminated-quote", document(HEADER + "x-q: 'open\n"), {7}, ""),
    ("depth-bomb", document(HEADER + "x-d: " + "[" * 20000 + "]" * 20000 + "\n"), {7}, ""),
    ("many-events", document(HEADER + "x-m: [" + "a, " * 5000 + "a]\n"), {7}, ""),
    ("front-matter-65k", document(HEADER + "x-l: " + "a" * (65 * 1024) + "\n"), {7}, "65536"),
    ("body-over-1mib", document(body="# Big\n" + "word " * 250000), {2, 5, 7}, ""),
    ("bidi-in-key", document(HEADER + "x-\u202ea: b\n"), {7}, ""),
]

# name, bytes, exit code
ACCEPTED = [
    ("bom", b"\xef\xbb\xbf" + document(), 0),
    ("crlf", document().replace(b"\n", b"\r\n"), 0),
    ("rule-in-table", document(body="# T\n\n| a |\n|---|\n| b |\n\n---\nmore\n"), 0),
]


def main():
    with Service(sys.argv[1], sys.argv[2]) as service:
        folder = service.repository("bad", "https://github.com/acme/bad.git")
        for name, content, *_ in REFUSED + ACCEPTED:
            (folder / f"{name}.md").write_bytes(content)
        os.symlink("bom.md", folder / "symlink.md")
        commit_all(folder)
        (folder / "untracked.md").write_bytes(document())

        def submit(path):
            done = service.gavel("ana", "submit", path, "--yes", "--area", "media", cwd=folder)
            expect(service.process.poll() is None, f"{path}: gaveld died\n" + service.log())
            return done.returncode, done.stdout + done.stderr

        for name, _, codes, words in REFUSED:
            code, said = submit(f"{name}.md")
            expect(code in codes, f"{name}: exit {code} where {codes} was expected\n{said}")
            expect(name in said, f"{name}: the message does not name the file\n{said}")
            expect(words.lower() in said.lower(), f"{name}: no word of `{words}`\n{said}")
        for path, codes in (("symlink.md", {2, 5}), ("untracked.md", {5}), ("missing.md", {2, 5}),
                            (".", {2, 5})):
            code, said = submit(path)
            expect(code in codes, f"{path}: exit {code}\n{said}")
        stored = service.gavel("ana", "status").stdout
        expect(stored == "", f"a refused file was stored:\n{stored}")

        for name, content, expected in ACCEPTED:
            code, said = submit(f"{name}.md")
            expect(code == expected, f"{name}: exit {code}\n{said}")
        keys = [line.split("\t")[0] for line in service.gavel("ana", "status").stdout.splitlines()]
        expect(len(keys) == len(ACCEPTED), f"stored {keys}")
        back = sorted(service.gavel("ana", "view", key, text=False).stdout for key in keys)
        expect(back == sorted(content for _, content, _ in ACCEPTED), "bytes came back changed")
        print(f"refused={len(REFUSED) + 4} accepted={len(ACCEPTED)} crashes=0 stored_by_refusal=0")
    print("1 passed, 0 failed")


main()
