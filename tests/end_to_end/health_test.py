"""Whether the review works, asked of a real server by the real `gavel`.

Usage: health_test.py BIN_DIR POLICY_DIR

Three specs come in, one is decided by a rule, and then nothing needs the room for six weeks: the
figures, their trend and the alert are read as a script, as JSON and on a terminal.
"""

import json
import os
import pty
import subprocess
import sys

from gavel_service import SPEC, Service, commit_all, expect

passed = 0


def check(holds, message):
    """One thing that must hold; counted."""
    global passed
    expect(holds, message)
    passed += 1


def submit(service, folder, number, tier):
    name = f"s{number}.md"
    words = " ".join(f"word{number}x{i}" for i in range(60))
    (folder / name).write_text(SPEC.format(title=f"Change number {number}", tier=tier, words=words))
    commit_all(folder)
    done = service.gavel("ana", "submit", name, "--yes", "--json=key", cwd=folder)
    expect(done.returncode == 0, f"submit: {done.stdout}\n{done.stderr}")
    return json.loads(done.stdout)["key"]


def advance(service, to):
    done = service.gavel("gus", "dev", "clock", "--to", to, "--timeout", "120s")
    expect(done.returncode == 0, done.stderr)


def health(service, *words):
    """`gavel health WORDS`, which never fails for what it finds; what it printed."""
    done = service.gavel("dee", "health", *words)
    check(done.returncode == 0, f"gavel health {words}: {done.returncode}\n{done.stderr}")
    return done.stdout


def on_terminal(service, columns):
    """What a person sees on a terminal of that width."""
    master, slave = pty.openpty()
    subprocess.run(["stty", "cols", str(columns)], stdin=slave, check=True)
    environment = {**service.environment("dee"), "PAGER": "cat", "TERM": "dumb"}
    program = subprocess.Popen([service.bin / "gavel", "health", "--area", "media"],
                               env=environment, stdin=slave, stdout=slave, stderr=slave,
                               close_fds=True)
    os.close(slave)
    text = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # How Linux says that the other end is closed.
            break
        if not chunk:
            break
        text += chunk
    check(program.wait() == 0, "gavel health on a terminal")
    os.close(master)
    return text.decode().replace("\r\n", "\n")


def signal(report, wanted):
    groups = report["questions"] + report["patterns"]
    return next(s for group in groups for s in group["signals"] if s["id"] == wanted)


def main():
    with Service(sys.argv[1], sys.argv[2]) as service:
        folder = service.repository("uploads", "https://github.com/acme/uploads.git")
        auto = submit(service, folder, 1, "postgres/standard-m")
        submit(service, folder, 2, "s3/glacier")
        check(service.spec(auto)["state"] == "AUTO_APPROVED" or
              service.spec(auto)["state"] == "STATE_AUTO_APPROVED", service.spec(auto)["state"])
        advance(service, "2026-11-24T08:00:00Z")

        report = json.loads(health(service, "--area", "media", "--json"))
        check([q["id"] for q in report["questions"]] ==
              ["coming-in", "too-many", "right", "on-topic", "enjoyed"], "the five questions")
        check([p["id"] for p in report["patterns"]] ==
              ["domineering", "bottlenecked", "status-oriented", "inert"], "the anti-patterns")
        check(signal(report, "submissions")["sample"] == 2, "two submissions")
        check(auto in signal(report, "submissions")["specs"], "with their keys")
        check(not report.get("alerts"), "nothing is wrong yet")
        rows = [line.split("\t") for line in health(service, "--area", "platform").splitlines()]
        check(all(len(row) == 10 for row in rows), "a script gets ten columns")
        check(["coming-in", "submissions", "0"] in [row[:3] for row in rows], "none in platform")

        # Nothing gets to the room: the spec for people is withdrawn.
        done = service.gavel("ana", "withdraw", "MEDIA-2", "-m", "Not needed any more.")
        check(done.returncode == 0, done.stderr)
        advance(service, "2027-01-04T08:00:00Z")
        report = json.loads(health(service, "--area", "media", "--from", "2026-12-14", "--json"))
        check([a["kind"] for a in report["alerts"]] == ["cancelled-running"], report.get("alerts"))
        check(signal(report, "cancelled-running")["alarming"], "five cancellations in a row")
        check(signal(report, "submissions").get("value", 0) == 0, "nothing came in")
        check(report["questions"][0]["answer"].startswith("No"), report["questions"][0]["answer"])

        for columns in (120, 60):
            text = on_terminal(service, columns)
            check("Five questions" in text and "cancelled" in text and "ALARMING" in text, text)
            longest = max(len(line) for line in text.splitlines())
            check(longest <= columns, f"{longest} of {columns} columns\n{text}")
        for person in ("ana", "chen", "dee", "fay", "kim"):
            check(f"@{person}" not in text, f"{person} is named")

        done = service.gavel("dee", "health", "--area", "nowhere")
        check(done.returncode != 0 and "nowhere" in done.stderr, done.stderr)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
