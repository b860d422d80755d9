#!/usr/bin/env python3
"""The manual pages: scdoc takes each, groff has nothing to complain about, man shows it.

    man_pages_test.py BIN_DIR POLICY_DIR
"""

import pathlib
import subprocess
import sys
import tempfile

from gavel_service import expect


def run(*words, **options):
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False,
                          **options)


def main():
    gavel = pathlib.Path(sys.argv[1]) / "gavel"
    names = run(gavel, "__man").stdout.split()
    expect("gavel" in names and "gavel-submit" in names and len(names) > 20, str(names))
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            source = run(gavel, "__man", name)
            page = run("scdoc", input=source.stdout)
            expect(page.returncode == 0 and not page.stderr, f"{name}: scdoc: {page.stderr}")
            file = pathlib.Path(folder, f"{name}.1")
            file.write_text(page.stdout)
            for width in (60, 80, 140):
                linted = run("groff", "-man", "-ww", "-Kutf8", "-Tutf8", f"-rLL={width}n", "-z", file)
                expect(not linted.stderr, f"{name} at {width} columns: groff: {linted.stderr}")
            shown = run("man", "--warnings=w", "-P", "cat", "-l", file,
                        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80"})
            expect(shown.returncode == 0 and not shown.stderr, f"{name}: man: {shown.stderr}")
            for section in ("NAME", "SYNOPSIS", "EXIT STATUS", "SEE ALSO"):
                expect(f"\n{section}\n" in shown.stdout, f"{name} has no {section}")
    print(f"{len(names)} passed, 0 failed")


if __name__ == "__main__":
    main()
