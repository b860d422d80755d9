"""The tables of docs/simulation.md: usage simulate_table.py GAVEL HISTORY…

Beside the simulation stands the plain queue: one meeting a week on Thursdays at 15:00 UTC takes the
first N of those whose review had ended by then, nothing else.
"""

import datetime
import json
import math
import pathlib
import re
import subprocess
import sys

SETTINGS = (("at most 1", 1, ["--capacity", "1"]),
            ("at most 2", 2, ["--capacity", "2"]),
            ("at most 3", 3, ["--capacity", "3"]),
            ("15 minutes each", 3, ["--timebox-min", "15"]),
            ("25 minutes each", 2, ["--timebox-min", "25"]),
            ("45 minutes each", 1, ["--timebox-min", "45"]))
NAMES = {"swift-evolution": "Swift", "peps": "PEPs", "eips": "EIPs", "keps": "KEPs"}
HEADER = """| | demands | wait: median, p90 (days) | longest queue | held | cancelled | used | \
first come: median, p90, longest | seconds | MiB |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


def simulate(gavel, history, flags):
    """(figures, seconds, MiB) of one run."""
    done = subprocess.run([gavel, "meeting", "simulate", "--history", history, "--json", "--verbose",
                           *flags], capture_output=True, text=True, check=True)
    seconds, memory = re.search(r"([\d.]+) s, (\d+) MiB", done.stderr).groups()
    return json.loads(done.stdout), seconds, memory


def nearest_rank(values, share):
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1]


def first_come(history, capacity):
    """(median wait, p90 wait, longest queue) of the plain queue."""
    events = [json.loads(line) for line in pathlib.Path(history).read_text("utf-8").splitlines()]
    reviews = any(event["event"] == "review_ended" for event in events)
    wanted = "review_ended" if reviews else "decided"
    ready = [datetime.datetime.fromisoformat(event["at"].replace("Z", "+00:00"))
             for event in events if event["event"] == wanted]
    meeting = ready[0].replace(hour=15, minute=0, second=0)
    meeting += datetime.timedelta(days=(3 - meeting.weekday()) % 7)
    queue, waits, longest = [], [], 0
    while ready or queue:
        while ready and ready[0] <= meeting:
            queue.append(ready.pop(0))
        longest = max(longest, len(queue))
        waits += [(meeting - since).total_seconds() / 86400 for since in queue[:capacity]]
        queue = queue[capacity:]
        meeting += datetime.timedelta(days=7)
    return nearest_rank(waits, 0.5), nearest_rank(waits, 0.9), longest


def row(gavel, history, name, capacity, flags):
    found, seconds, memory = simulate(gavel, history, flags)
    if found["demands"] != found["decided"] + found["refused_demands"] + found["waiting"]:
        sys.exit(f"{history} {name}: a demand got lost: {found}")
    median, p90, longest = first_come(history, capacity)
    return (f"| {name} | {found['demands']} | {found['median_wait_days']:.1f}, "
            f"{found['p90_wait_days']:.1f} | {found['longest_queue']} | {found['meetings']} "
            f"| {100 * found['cancelled_share']:.0f} % | {100 * found['utilisation']:.0f} % "
            f"| {median:.0f}, {p90:.0f}, {longest} | {seconds} | {memory} |"), found


def main():
    gavel, *histories = sys.argv[1:]
    for history in histories:
        name = pathlib.Path(history).stem
        print(f"\n### {NAMES.get(name, name)}\n\n{HEADER}")
        for setting, capacity, flags in SETTINGS:
            line, found = row(gavel, history, setting, capacity, flags)
            print(line, flush=True)
        print(f"\n{found['specs']} specs; {found['without_room']} decisions asked for no meeting; "
              f"{found['refused']} events were refused:\n")
        for refusal in found["refusals"]:
            print(f"- {refusal['count']} × {refusal['what']}: {refusal['example']}")


main()
