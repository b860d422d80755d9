"""The calendar feed in the hands of others: read by python3-icalendar and npm ical.js, and imported
into a real radicale server, where a cancelled and a moved meeting must arrive.

Usage: feed_test.py BIN_DIR POLICY_DIR
"""

import base64
import json
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from gavel_service import Service, commit_all, expect

READERS = pathlib.Path(__file__).resolve().parent / "readers"

DOCUMENT = """---
spec: 1
title: Pictures in cold storage; "cheap", größer & 🙂
summary: Moves pictures that nobody looked at for a year to the cold tier of the object store.
area: media
authors: ["@ana"]
open_decisions:
  - question: After how many days does a picture move to the cold tier?
dependencies: [{use: s3/glacier, for: old pictures, why: no standard tier is cheap enough here}]
data: {classification: internal, personal: false}
regions: [us-east]
cost: {monthly_usd: 100}
change: {reversible: true, blast_radius: low}
---
# Pictures in cold storage
"""


def clock(service, to):
    done = service.gavel("gus", "dev", "clock", "--to", to)
    expect(done.returncode == 0, done.stderr)


def queue_spec(service):
    """A spec that the room has to talk about."""
    folder = service.repository("uploads", "https://github.com/acme/uploads.git")
    (folder / "cold.md").write_text(DOCUMENT)
    commit_all(folder)
    done = service.gavel("ana", "submit", "cold.md", "--json", cwd=folder)
    expect(done.returncode == 0, done.stderr)
    key = json.loads(done.stdout)["key"]
    for reviewer in [each["person"] for each in service.spec(key)["assignments"]]:
        done = service.gavel(reviewer, "position", key, "needs-discussion", "-m", "Let us talk.")
        expect(done.returncode == 0, done.stderr)
    expect(service.spec(key)["state"] == "STATE_QUEUED", service.spec(key)["state"])
    return key


def feed(service, person, *words):
    """The feed as a file, written by the command itself."""
    path = service.root / "feed.ics"
    path.unlink(missing_ok=True)
    done = service.gavel(person, "meeting", "ics", *words, "-o", path)
    expect(done.returncode == 0, done.stderr)
    return path


def run_reader(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60,
                          check=False)
    expect(done.returncode == 0, f"{command}: {done.stderr}")
    return {entry["uid"]: entry for entry in json.loads(done.stdout)}


def read(path):
    """What both readers understand, which has to be the same."""
    by_python = run_reader("/usr/bin/python3", READERS / "read_ics.py", path)
    by_ical_js = run_reader("node", READERS / "read_ics.mjs", path)
    expect(by_python == by_ical_js, f"readers disagree:\n{by_python}\n{by_ical_js}")
    return by_python


def meetings(service, area):
    done = service.gavel("gus", "meeting", "list", "--area", area, "--json")
    expect(done.returncode == 0, done.stderr)
    return json.loads(done.stdout)


def check_times(service, area):
    """Every meeting of the server is in the feed, at the server's own instants: the feed's times are
    local, those of the API are not. The span crosses the end of daylight saving on 2027-03-28."""
    entries = read(feed(service, "bo", "--area", area))
    listed = meetings(service, area)
    expect(len(listed) >= 7, f"{len(listed)} meetings of {area}")
    for meeting in listed:
        entry = entries[f"{meeting['id']}@acme.gavel"]
        for ours, theirs in (("startTime", "start"), ("endTime", "end")):
            expect(meeting[ours].rstrip("Z") == entry[theirs][:19], f"{meeting} {entry}")


class Radicale:
    """A CalDAV server on a port of its own, with one calendar."""

    def __init__(self, root):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = open(root / "radicale.log", "wb")
        config = root / "radicale.conf"
        config.write_text(f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = none\n"
                          f"[storage]\nfilesystem_folder = {root / 'radicale'}\n"
                          "[rights]\ntype = authenticated\n")
        self.process = subprocess.Popen(["/usr/bin/radicale", "--config", str(config)],
                                        stdout=self.log, stderr=self.log)

    def __enter__(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                self.request("GET", "/.web/")
                return self
            except OSError:
                expect(time.monotonic() < deadline, "radicale did not start")
                time.sleep(0.05)

    def __exit__(self, *unused):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def request(self, method, path, body=None, content_type="text/calendar"):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body,
                                         method=method)
        request.add_header("Authorization", "Basic " + base64.b64encode(b"bo:any").decode())
        if body is not None:
            request.add_header("Content-Type", f"{content_type}; charset=utf-8")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def import_feed(self, path):
        """Replaces the whole calendar, as programs do that subscribe to a feed."""
        status, body = self.request("PUT", "/bo/reviews/", path.read_bytes())
        expect(status in (200, 201, 204), f"radicale refused the feed: {status} {body!r}")

    def calendar(self, root):
        """What the server gives to its clients, read again."""
        status, body = self.request("GET", "/bo/reviews/")
        expect(status == 200, f"{status} {body!r}")
        path = root / "from-radicale.ics"
        path.write_bytes(body)
        return read(path)


def check_cancel_and_move(service, radicale):
    first, later = "2026-12-03-media@acme.gavel", "2026-12-17-media@acme.gavel"
    radicale.import_feed(feed(service, "bo", "--area", "media"))
    before = radicale.calendar(service.root)
    expect(before[first]["status"] == "TENTATIVE", f"{before[first]}")

    done = service.gavel("kim", "meeting", "cancel", "2026-12-03-media", "--why",
                         "Everybody is at the conference.")
    expect(done.returncode == 0, done.stderr)
    done = service.gavel("kim", "meeting", "reschedule", "2026-12-17-media", "--at",
                         "2026-12-18T09:00:00Z", "--why", "The room is taken on Thursday.")
    expect(done.returncode == 0, done.stderr)
    radicale.import_feed(feed(service, "bo", "--area", "media"))
    after = radicale.calendar(service.root)

    expect(after[first]["status"] == "CANCELLED", f"{after[first]}")
    expect("Everybody is at the conference" in after[first]["description"], f"{after[first]}")
    expect(after[later]["start"] == "2026-12-18T09:00:00.000Z", f"{after[later]}")
    for moved in (first, later):
        expect(after[moved]["sequence"] == before[moved]["sequence"] + 1, f"{after[moved]}")
    same = [uid for uid in before if uid not in (first, later)]
    expect(all(after[uid] == before[uid] for uid in same), "other meetings changed")


def check_agenda(service, key):
    """The packet arrives as the description, with every character of the title."""
    clock(service, "2026-12-08T09:30:00Z")
    entry = read(feed(service, "bo", "--area", "media"))["2026-12-10-media@acme.gavel"]
    expect(f'{key} r1 Pictures in cold storage; "cheap", größer & 🙂' in entry["description"],
           entry["description"])


def check_mine(service):
    """A facilitator's own feed has deadlines; somebody without a part in anything has an empty one
    that programs can still read."""
    entries = read(feed(service, "kim"))
    expect("2026-12-17-media-cut-off@acme.gavel" in entries, f"{sorted(entries)}")
    expect("2026-12-17-media-packet@acme.gavel" in entries, f"{sorted(entries)}")
    expect(not read(feed(service, "ci")), "a bot has no meetings")


def check_file(service):
    """A feed without news is not written again."""
    path = feed(service, "bo", "--area", "media")
    written = path.stat().st_mtime_ns
    done = service.gavel("bo", "meeting", "ics", "--area", "media", "-o", path)
    expect(done.returncode == 0 and path.stat().st_mtime_ns == written, done.stderr)
    done = service.gavel("bo", "meeting", "ics", "--area", "nowhere")
    expect(done.returncode != 0 and "nowhere" in done.stderr, done.stderr)


def main():
    with Service(*sys.argv[1:3]) as service, Radicale(service.root) as radicale:
        key = queue_spec(service)
        check_times(service, "media")
        check_times(service, "platform")
        check_cancel_and_move(service, radicale)
        check_agenda(service, key)
        check_mine(service)
        check_file(service)
        # Over the change of the clocks: the meetings of spring, seen from February.
        clock(service, "2027-02-22T08:00:00Z")
        check_times(service, "media")
    print("7 passed, 0 failed")


if __name__ == "__main__":
    main()
