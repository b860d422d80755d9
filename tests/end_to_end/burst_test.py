"""A burst of 27 submissions in one second of the server's clock, by 27 processes at the same time,
loses nothing: 27 specs are queued, and the following meetings take three of them each.

Usage: burst_test.py BIN_DIR POLICY_DIR
"""

import concurrent.futures
import json
import sys

from gavel_service import Service, commit_all, expect

SPECS = 27  # The largest mass edit in the histories that were looked at.
A_MEETING = 3

DOCUMENT = """---
spec: 1
title: Pictures of shelf {number} in cold storage
summary: Moves the pictures of one shelf that nobody looks at to the cold tier of the object store.
area: media
authors: ["@ana"]
open_decisions: none
dependencies: [{{use: s3/glacier, for: old pictures, why: no standard tier is cheap enough here}}]
data: {{classification: internal, personal: false}}
regions: [us-east]
cost: {{monthly_usd: 100}}
change: {{reversible: true, blast_radius: low}}
---
# Shelf {number}

Everything on shelf {number} moves.
"""


def run(service, person, *words, cwd=None):
    done = service.gavel(person, *words, cwd=cwd)
    expect(done.returncode == 0, f"{person}: {' '.join(map(str, words))}: {done.stderr}")
    return done.stdout


def all_at_once(job, items):
    with concurrent.futures.ThreadPoolExecutor(max_workers=SPECS) as pool:
        return list(pool.map(job, items))


def submit_all(service):
    folder = service.repository("shelves", "https://github.com/acme/shelves.git")
    for number in range(SPECS):
        (folder / f"s{number}.md").write_text(DOCUMENT.format(number=number))
    commit_all(folder)

    def submit(number):
        answer = json.loads(run(service, "ana", "submit", f"s{number}.md", "--yes", "--timeout",
                                "60s", "--json=key", cwd=folder))
        run(service, "ana", "request", "meeting", answer["key"], "-m", "All shelves at once.")
        return answer["key"]

    return all_at_once(submit, range(SPECS))


def meetings(service, to):
    listed = run(service, "kim", "meeting", "list", "--area", "media", "--to", to, "--json")
    return [meeting for meeting in json.loads(listed)
            if meeting["state"] in ("STATE_PLANNED", "STATE_FROZEN")]


def hold(service, meeting):
    """The agenda of a meeting, each item dealt with."""
    run(service, "gus", "dev", "clock", "--to", meeting["startTime"])
    shown = json.loads(run(service, "kim", "meeting", "show", meeting["id"], "--json"))
    expect(shown["state"] == "STATE_FROZEN", f"{meeting['id']} is {shown['state']}")
    items = [slot["spec"] for slot in shown["slots"]]
    run(service, "kim", "meeting", "open", meeting["id"])
    for key in items:
        run(service, "kim", "meeting", "item", meeting["id"], key)
        run(service, "kim", "meeting", "outcome", meeting["id"], key, "reject", "--why",
            "Old pictures stay where they are.")
    run(service, "kim", "meeting", "close", meeting["id"])
    return items


def main():
    with Service(sys.argv[1], sys.argv[2]) as service:
        keys = submit_all(service)
        expect(len(set(keys)) == SPECS, f"{len(set(keys))} keys for {SPECS} documents")
        expect(set(keys) == {f"MEDIA-{n}" for n in range(1, SPECS + 1)}, f"keys have gaps: {keys}")
        queued = all_at_once(service.spec, keys)
        for spec in queued:
            expect(spec["state"] == "STATE_QUEUED", f"{spec['key']} is {spec['state']}")
        seconds = {spec["createTime"][:19] for spec in queued}
        expect(len(seconds) == 1, f"created in {len(seconds)} seconds of the server's clock")

        heard = []
        while len(heard) < SPECS:
            items = hold(service, min(meetings(service, "2027-03-31"),
                                      key=lambda meeting: meeting["startTime"]))
            expect(len(items) == A_MEETING, f"{len(items)} specs in one meeting: {items}")
            heard += items
        expect(sorted(heard) == sorted(keys), f"heard {sorted(heard)}")
        for spec in all_at_once(service.spec, keys):
            expect(spec["state"] == "STATE_REJECTED", f"{spec['key']} is {spec['state']}")
        print(f"submitted={SPECS} queued={SPECS} meetings={SPECS // A_MEETING} lost=0")
    print("1 passed, 0 failed")


main()
