#!/usr/bin/env python3
"""deploy/quickstart tells its whole story, and may be run again over its own state.

Usage: quickstart_test.py BIN_DIR
"""

import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What a person must have seen at the end, in this order.
STORY = (
    "MEDIA-1 revision 1 — AUTO_APPROVED",
    "✓ auto/standard-tiers",
    "15:11  error  GV204",
    "16:24  error  GV104",
    "24:22  error  GV104",
    "MEDIA-2 revision 2 — AUTO_APPROVED",
    "2026-11-26-media\tCANCELLED",
    "MEDIA-6 revision 1 — CHANGES_REQUESTED",
    "MEDIA-6 revision 2 — QUEUED",
    "# Spec review: Platform — Tue 1 Dec 2026",
    "# Spec review: Media + Platform — Thu 3 Dec 2026",
    "PLAT-1 revision 1 — APPROVED",
    "PLAT-2 revision 1 — APPROVED",
    "MEDIA-3 revision 1 — APPROVED",
    "MEDIA-4 revision 1 — APPROVED",
    "MEDIA-5 revision 1 — REJECTED",
    "# Spec review: Media — Thu 10 Dec 2026",
    "MEDIA-6 revision 2 — APPROVED",
    "2026-12-01-platform\tCLOSED\tPLAT-1,PLAT-2",
    "2026-12-03-media\tCLOSED\tMEDIA-3,MEDIA-4,MEDIA-5",
    "2026-12-10-media\tCLOSED\tMEDIA-6",
    "2026-12-17-media\tCANCELLED",
    "MEDIA-5\tREJECTED\tMEETING\tIN_FORCE",
    "MEDIA-1\tAPPROVED\tRULE\tIN_FORCE",
    "so far: Async review → Changes requested → Queued → Scheduled → Approved",
    "Authority  meeting 2026-12-10-media, recorded by kim",
    "Cancelled. Nothing needed the room.",
    "Done in",
    "stopping gaveld",
)


def run_quickstart(bin_dir: str, state: str) -> str:
    """Everything that one run prints; ends the test where it fails."""
    done = subprocess.run(
        [ROOT / "deploy/quickstart", "--exit", "--bin", bin_dir, "--state", state],
        capture_output=True,
        text=True,
        timeout=240,
    )
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def check_story(output: str) -> None:
    """Ends the test where a line of STORY is missing behind the one before it."""
    at = 0
    for line in STORY:
        found = output.find(line, at)
        if found < 0:
            sys.exit(f"not found behind character {at}: {line}\n{output}")
        at = found + len(line)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        state = str(pathlib.Path(folder, "quickstart"))
        for _ in range(2):
            check_story(run_quickstart(sys.argv[1], state))


if __name__ == "__main__":
    main()
