"""gaveld killed with SIGKILL in the middle of a submission run; the same commands run again.

Usage: kill_test.py BIN_DIR POLICY_DIR

Checks: whatever was acknowledged is there after the restart, running every command again loses no
spec and makes no second one, and the event log has no gap.
"""

import concurrent.futures
import json
import sys
import threading

from gavel_service import Service, commit_all, expect

SPECS = 60
ROUNDS = 3

DOCUMENT = """---
spec: 1
title: Number {number} of round {round}
summary: A small change, submitted while the server is being killed and started again.
area: media
authors: ["@ana"]
open_decisions: none
dependencies: [{{use: postgres/standard-m, for: rows}}]
data: {{classification: internal, personal: false}}
cost: {{monthly_usd: 100}}
change: {{reversible: true, blast_radius: low}}
---
# Number {number} of round {round}

## Summary
A small change.
"""


def submit(service, folder, number):
    """(exit code, key or empty) of one submission."""
    done = service.gavel("ana", "submit", f"s{number}.md", "--yes", "--timeout", "1s",
                         "--json=key,state,revision", cwd=folder)
    key = json.loads(done.stdout)["key"] if done.returncode == 0 else ""
    return done.returncode, key, done.stderr


def run_round(service, number_of_round):
    folder = service.repository(f"round{number_of_round}",
                                f"https://github.com/acme/round{number_of_round}.git")
    for number in range(SPECS):
        (folder / f"s{number}.md").write_text(
            DOCUMENT.format(number=number, round=number_of_round))
    commit_all(folder)

    killer = threading.Timer(0.6 + 0.3 * number_of_round, service.kill)
    killer.start()
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        first = list(pool.map(lambda n: submit(service, folder, n), range(SPECS)))
    killer.join()
    acknowledged = {n: key for n, (code, key, _) in enumerate(first) if code == 0}
    for code, _, stderr in first:
        expect(code in (0, 3), f"exit {code} while the server died: {stderr}")

    service.start()
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        second = list(pool.map(lambda n: submit(service, folder, n), range(SPECS)))
    keys = []
    for number, (code, key, stderr) in enumerate(second):
        expect(code == 0, f"s{number}.md after the restart: exit {code}: {stderr}")
        expect(acknowledged.get(number, key) == key, f"s{number}.md changed its key to {key}")
        keys.append(key)
    expect(len(set(keys)) == SPECS, "two files got one key")
    for key in keys:
        spec = service.spec(key)
        expect(len(spec["revisions"]) == 1, f"{key} has {len(spec['revisions'])} revisions")
    return len(acknowledged), len(keys)


def main():
    with Service(sys.argv[1], sys.argv[2]) as service:
        total = 0
        for number_of_round in range(ROUNDS):
            acknowledged, present = run_round(service, number_of_round)
            total += present
            print(f"round={number_of_round} submitted={SPECS} acknowledged_before_kill={acknowledged} "
                  f"present={present} lost=0 duplicates=0")
        listed = service.gavel("ana", "status").stdout.splitlines()
        expect(len(listed) == total, f"{len(listed)} specs listed, {total} submitted")
    print("1 passed, 0 failed")


main()
