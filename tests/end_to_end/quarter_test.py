#!/usr/bin/env python3
"""Thirteen weeks of meetings of two areas, through the real programs and a clock that people move.

What may happen to a meeting happens here once: a burst of submissions, a week with nothing to
review, holidays on a meeting day, a presenter who is away and one who does not come, an item that
is not finished, one that is not reached, an outcome taken back, a decision contested, a rejection
appealed by reopening, urgency, conditions met, promises kept. Agendas and minutes of the weeks
worth reading are in tests/golden/quarter; GAVEL_UPDATE_GOLDEN=1 writes them anew.

Usage: quarter_test.py BIN_DIR POLICY_DIR
"""

import pathlib
import sys
import tempfile

from gavel_service import Service, expect
from quarter import Quarter
from quarter_specs import (BASE_IMAGE, BULK, BURST, CAPTIONS, DELETED, FACES, FAILOVER, LOGS,
                           PREVIEWS, RECEIPTS, RETRIES, policy_with_holidays)


def week_1_nothing_to_review(quarter):
    """Nobody has written anything by the first cut-off: cancelled two days ahead, and why."""
    quarter.clock("2026-11-24 10:05")
    quarter.meeting_is("2026-11-26-media", "CANCELLED")
    quarter.agenda_reads("2026-11-26-media")
    # The first Tuesday was too close to be planned with notice, so there is no meeting at all.
    quarter.refused("gus", "meeting", "show", "2026-11-24-platform", code=6, saying="2026-11-24")

    for document in BURST:
        quarter.write(document)
    for document in BURST:
        quarter.submit(document)
        quarter.is_in(document, "ASYNC_REVIEW")
    quarter.clock("2026-11-25 09:30")
    quarter.approve(LOGS, BASE_IMAGE, RECEIPTS, BULK)
    quarter.clock("2026-11-25 15:00")
    quarter.approve(RETRIES, DELETED, CAPTIONS, FACES)
    for document in BURST:
        quarter.is_in(document, "QUEUED")


def week_2_a_delegate_presents(quarter):
    """Platform: its presenter is away and sends somebody; one item goes back to its author."""
    name = "2026-12-01-platform"
    quarter.do("chen", "away", "2026-11-30..2026-12-02", "--delegate", "kim")
    quarter.clock("2026-11-27 10:05")
    quarter.meeting_is(name, "FROZEN", LOGS, BASE_IMAGE)
    quarter.agenda_reads(name)
    quarter.do("bo", "meeting", "confirm", name, quarter.key(BASE_IMAGE))
    quarter.refused("bo", "meeting", "confirm", name, quarter.key(LOGS), code=4, saying="@kim")
    quarter.do("dee", "meeting", "read", name)
    quarter.do("lee", "meeting", "read", name, quarter.key(LOGS))
    quarter.clock("2026-11-30 16:00")
    for document in (LOGS, BASE_IMAGE):
        quarter.do("fay", "meeting", "go", name, quarter.key(document))

    quarter.clock("2026-12-01 10:14")
    quarter.refused("fay", "meeting", "open", name, code=5, saying="15 minutes before its start")
    quarter.clock("2026-12-01 10:30")
    quarter.do("fay", "meeting", "open", "next", "--area", "platform")
    quarter.attend("fay", name, "fay", "bo", "gus", "dee")
    quarter.refused("fay", "meeting", "item", name, quarter.key(LOGS), code=5,
                    saying="neither @chen, who presents it, nor a delegate is there")
    quarter.attend("fay", name, "fay", "kim:presenter", "bo", "gus", "dee")
    quarter.do("fay", "meeting", "item", name, quarter.key(LOGS))
    quarter.do("gus", "meeting", "notes", name, quarter.key(LOGS), "-m",
               "Dee: ninety days is what the auditors ask for, and not a day more.")
    quarter.pass_minutes(14)
    quarter.refused("fay", "meeting", "outcome", name, quarter.key(LOGS), "approve", code=2,
                    saying="--why")
    quarter.do("fay", "meeting", "outcome", name, quarter.key(LOGS), "approve", "--why",
               "Three outages in a year were older than our logs.", "--condition",
               "Logs with personal data stay out, and a test proves it", "--owner", "chen",
               "--due", "2026-12-18", "--dissent", "bo: a year would cost the same")
    quarter.decide("fay", name, BASE_IMAGE, "revise",
                   "Say who mends the image at night before we ask every team to use it.")
    quarter.do("fay", "meeting", "action", name, "add",
               "Ask the auditors for their limit in writing", "--owner", "dee", "--due",
               "2026-12-15", "--spec", quarter.key(LOGS))
    quarter.do("fay", "meeting", "close", name)
    quarter.is_in(LOGS, "APPROVED")
    quarter.is_in(BASE_IMAGE, "CHANGES_REQUESTED")
    quarter.do("bo", "meeting", "pulse", name, "--useful", 4, "--heard", 5, "--on-topic", 4)
    quarter.refused("bo", "meeting", "pulse", name, "--useful", 4, "--heard", 5, "--on-topic", 4,
                    code=5, saying="you have answered")
    quarter.refused("lee", "meeting", "pulse", name, "--useful", 1, "--heard", 1, "--on-topic", 1,
                    code=5, saying="attendance list")


def week_2_an_item_is_not_finished(quarter):
    """Media: the second of three items takes the rest of the hour."""
    name = "2026-12-03-media"
    quarter.meeting_is(name, "FROZEN", RECEIPTS, BULK, RETRIES)
    quarter.agenda_reads(name)
    quarter.do("fay", "meeting", "read", "2026-12-03")
    quarter.clock("2026-12-03 15:00")
    quarter.do("kim", "meeting", "open", name)
    quarter.attend("kim", name, "kim", "lee", "ana", "bo", "gus", "chen", "fay")
    quarter.refused("kim", "meeting", "role", name, "notetaker", "bo", code=4, saying="bo presents")
    quarter.do("kim", "meeting", "item", name, quarter.key(RECEIPTS))
    quarter.refused("ana", "meeting", "notes", name, quarter.key(RECEIPTS), "-m", "All agreed.",
                    code=4, saying="somebody else writes its notes")
    quarter.do("lee", "meeting", "notes", name, quarter.key(RECEIPTS), "-m",
               "Ana: ten years is what courts ask for. Fay: keys have to live as long.")
    quarter.do("fay", "meeting", "off-topic", name, quarter.key(RECEIPTS))
    quarter.clock("2026-12-03 15:14")
    quarter.do("kim", "meeting", "outcome", name, quarter.key(RECEIPTS), "approve", "--why",
               "A customer who can prove what they sent does not have to ask us.")
    quarter.do("kim", "meeting", "action", name, "add", "Write down how long signing keys live",
               "--owner", "ana", "--due", "2026-12-09")
    quarter.do("kim", "meeting", "item", name, quarter.key(BULK))
    quarter.refused("kim", "meeting", "item", name, quarter.key(RETRIES), code=5,
                    saying=f"{quarter.key(BULK)} is open; record its outcome first")
    quarter.clock("2026-12-03 15:58:30")
    shown = quarter.do("kim", "meeting", "show", name)
    expect("44 of 15 min used, 29 over" in shown, shown)
    quarter.do("kim", "meeting", "close", name)
    quarter.is_in(RECEIPTS, "APPROVED")
    quarter.is_in(BULK, "QUEUED")
    quarter.is_in(RETRIES, "QUEUED")
    quarter.clock("2026-12-04 16:05")
    quarter.minutes_read("2026-12-01-platform")
    quarter.minutes_read(name)


def week_3_nobody_comes(quarter):
    """Media: the item carried over is decided after a slip of the hand; a presenter does not come
    and the stand-by moves up in the room."""
    name = "2026-12-10-media"
    quarter.clock("2026-12-08 10:05")
    quarter.meeting_is(name, "FROZEN", DELETED, BULK, RETRIES)
    quarter.agenda_reads(name)
    quarter.do("ana", "meeting", "action", "2026-12-03-media", "done", "a1")
    quarter.clock("2026-12-10 15:00")
    quarter.do("kim", "meeting", "open", name)
    quarter.attend("kim", name, "kim", "lee", "ana", "bo", "chen")

    quarter.decide("kim", name, BULK, "reject", "A slip of the hand.", minutes=9)
    quarter.is_in(BULK, "REJECTED")
    quarter.do("kim", "meeting", "undo", name, quarter.key(BULK), "--why",
               "The room had agreed; I took the wrong word.")
    quarter.is_in(BULK, "SCHEDULED")
    quarter.decide("kim", name, BULK, "approve",
                   "The allowance keeps the cost where the owner sees it.", minutes=1)

    quarter.refused("kim", "meeting", "item", name, quarter.key(RETRIES), code=5,
                    saying="release --no-show")
    quarter.do("kim", "meeting", "release", name, quarter.key(RETRIES), "--no-show", "--why",
               "Gus did not come and had not said so.")
    quarter.is_in(RETRIES, "QUEUED")
    quarter.is_in(CAPTIONS, "SCHEDULED")
    quarter.decide("kim", name, DELETED, "approve", "Support can help without a restore from tape.")
    quarter.decide("kim", name, CAPTIONS, "continue", "Which languages come second is not settled.")
    quarter.clock("2026-12-10 15:52")
    quarter.do("kim", "meeting", "close", name)
    quarter.is_in(CAPTIONS, "QUEUED")

    quarter.refused("kim", "request", "contest", quarter.key(DELETED), "-m", "I was there.", code=5,
                    saying="absent")
    quarter.clock("2026-12-11 09:30")
    absent = [each["person"] for each in quarter.spec(DELETED)["assignments"]
              if each["person"] not in ("kim", "lee", "ana", "bo", "chen")]
    expect(absent == ["fay"], f"{absent} were asked about {DELETED.title} and absent")
    quarter.do("fay", "request", "contest", quarter.key(DELETED), "-m",
               "Two customers asked yesterday that a deletion is final at once.")
    quarter.is_in(DELETED, "QUEUED")


def week_4_rejected(quarter):
    """Media: what was continued is decided; another spec is rejected, with a dissent."""
    name = "2026-12-17-media"
    quarter.clock("2026-12-15 10:05")
    quarter.minutes_read("2026-12-10-media")
    quarter.meeting_is(name, "FROZEN", CAPTIONS, FACES)
    quarter.agenda_reads(name)
    quarter.clock("2026-12-17 15:00")
    quarter.do("kim", "meeting", "open", name)
    quarter.attend("kim", name, "kim", "lee", "eli", "chen", "fay", "gus")
    quarter.do("kim", "meeting", "item", name, quarter.key(CAPTIONS))
    again = ["meeting", "outcome", name, quarter.key(CAPTIONS)]
    quarter.refused("kim", *again, "continue", "--why", "Still open.", code=5,
                    saying="a second time needs a session of its own")
    quarter.pass_minutes(13)
    quarter.do("kim", *again, "approve", "--why", "Two languages now, a third when asked for.")
    quarter.decide("kim", name, FACES, "reject", "We do not want anybody's face on our servers.",
                   "--dissent", "eli: off by default harms nobody", minutes=31)
    quarter.do("kim", "meeting", "close", name)
    quarter.is_in(FACES, "REJECTED")


def week_5_and_6_holidays(quarter):
    """Christmas: two media Thursdays are holidays, and platform's notice grows, never shrinks."""
    quarter.clock("2026-12-18 09:30")
    quarter.do("chen", "decision", "condition", quarter.key(LOGS), "k1", "met", "-m",
               "The test runs every night.")
    quarter.do("dee", "meeting", "action", "2026-12-01-platform", "done", "a1")
    quarter.write(BASE_IMAGE, "\n## Operations\n\nThe person on call mends the image at night.\n")
    quarter.do("bo", "submit", BASE_IMAGE.path, "--yes", "-m", "Who mends it at night")
    quarter.approve(BASE_IMAGE)
    quarter.is_in(BASE_IMAGE, "QUEUED")

    quarter.meeting_is("2026-12-15-platform", "CANCELLED")
    listed = quarter.do("gus", "meeting", "list", "--area", "media", "--to", "2027-01-31")
    for holiday in ("2026-12-24", "2026-12-31"):
        expect(holiday not in listed, listed)
    after = quarter.meeting("2026-12-29-platform")
    expect(after["cutOffTime"] == "2026-12-22T11:00:00Z", after["cutOffTime"])
    expect(after["freezeTime"] == "2026-12-23T09:00:00Z", after["freezeTime"])

    quarter.clock("2026-12-23 10:05")
    quarter.meeting_is("2026-12-22-platform", "CANCELLED")
    name = "2026-12-29-platform"
    quarter.meeting_is(name, "FROZEN", BASE_IMAGE)
    quarter.agenda_reads(name)
    quarter.clock("2026-12-28 16:00")
    quarter.do("fay", "meeting", "no-go", name, quarter.key(BASE_IMAGE), "--why",
               "Half of those who need it are away.")
    quarter.is_in(BASE_IMAGE, "QUEUED")
    quarter.meeting_is(name, "CANCELLED")
    quarter.reads(f"{name}-called-off", quarter.do("gus", "meeting", "agenda", name))


def week_7_the_sponsor_overrules(quarter):
    """Media: an open block, and the sponsor who takes it on herself."""
    name = "2027-01-07-media"
    quarter.write(PREVIEWS)
    quarter.submit(PREVIEWS)
    key = quarter.key(PREVIEWS)
    quarter.do("kim", "concern", "raise", key, "memory", "--blocking", "-m",
               "A raw picture of 100 megapixels needs more memory than a worker has.",
               "--done-when", "the spec says what happens above 60 megapixels")
    quarter.do("ana", "concern", "answer", key, "memory", "--dispute", "-m",
               "Such pictures are one in a million; the worker fails and the page says so.")
    quarter.clock("2026-12-30 16:00")
    quarter.approve(PREVIEWS)
    quarter.clock("2027-01-05 10:30")
    platform = "2027-01-05-platform"
    quarter.do("fay", "meeting", "open", platform)
    quarter.attend("fay", platform, "fay", "bo", "gus", "lee")
    quarter.decide("fay", platform, BASE_IMAGE, "approve", "The person on call mends it.")
    quarter.do("fay", "meeting", "close", platform)
    quarter.meeting_is(name, "FROZEN", RETRIES, DELETED, PREVIEWS)
    quarter.agenda_reads(name)
    quarter.clock("2027-01-07 15:00")
    quarter.do("kim", "meeting", "open", name)
    quarter.attend("kim", name, "kim", "lee", "ana", "chen", "gus")
    quarter.decide("kim", name, DELETED, "approve",
                   "Thirty days by default, and an owner who asks gets it at once.", "--condition",
                   "The delete button offers both", "--owner", "ana", "--due", "2027-01-15")
    quarter.decide("kim", name, RETRIES, "approve", "Ten an hour is what a good phone never needs.")
    quarter.do("kim", "meeting", "item", name, key)
    quarter.pass_minutes(18)
    outcome = ["meeting", "outcome", name, key, "approve", "--why",
               "One picture in a million may fail; the rest should not wait for it."]
    quarter.refused("kim", *outcome, code=5, saying='the blocking concern "memory" is open')
    quarter.refused("kim", *outcome, "--overrule", code=5, saying="the sponsor overrules it")
    quarter.do("chen", *outcome, "--overrule")
    quarter.is_in(PREVIEWS, "APPROVED")
    quarter.do("kim", "meeting", "close", name)
    quarter.clock("2027-01-08 16:05")
    quarter.minutes_read(name)


def week_8_an_appeal(quarter):
    """Media: what was rejected comes back with what is new, urgently, and is approved."""
    name = "2027-01-14-media"
    quarter.refused("eli", "reopen", quarter.key(FACES), code=5, saying="what is new")
    quarter.do("eli", "reopen", quarter.key(FACES), "-m",
               "The phone can do it now: no face leaves it.")
    quarter.write(FACES, "\n## What is new\n\nRecognition runs on the phone; we store nothing.\n")
    quarter.do("eli", "submit", FACES.path, "--yes", "-m", "On the phone")
    quarter.approve(FACES)
    quarter.is_in(FACES, "QUEUED")
    quarter.refused("kim", "meeting", "urgent", name, quarter.key(FACES), "--why", "The launch.",
                    code=4, saying="sponsor")
    quarter.do("chen", "meeting", "urgent", name, quarter.key(FACES), "--why",
               "The spring release is cut on 18 January.")
    quarter.clock("2027-01-12 10:05")
    quarter.meeting_is(name, "FROZEN", FACES)
    quarter.agenda_reads(name)
    quarter.clock("2027-01-14 15:00")
    quarter.do("lee", "meeting", "open", name)
    quarter.attend("lee", name, "kim", "lee", "eli", "chen", "dee")
    quarter.decide("lee", name, FACES, "approve", "Nothing leaves the phone any more.")
    quarter.do("ana", "decision", "condition", quarter.key(DELETED), "k1", "met", "-m",
               "Both buttons are live.")
    # Nobody closes it: an hour after its end the service does.
    quarter.clock("2027-01-14 16:59")
    quarter.meeting_is(name, "LIVE", FACES)
    quarter.clock("2027-01-14 17:00")
    quarter.meeting_is(name, "CLOSED", FACES)
    quarter.clock("2027-01-15 16:05")
    quarter.minutes_read(name)


def week_9_to_13_quiet(quarter):
    """Platform finishes what it has; after that every meeting is cancelled ahead of time."""
    quarter.meeting_is("2027-01-05-platform", "CLOSED", BASE_IMAGE)
    name = "2027-01-26-platform"
    quarter.write(FAILOVER)
    quarter.submit(FAILOVER)
    quarter.approve(FAILOVER)
    quarter.clock("2027-01-22 10:05")
    quarter.meeting_is(name, "FROZEN", FAILOVER)
    # Nobody opens it: at its end the service calls it off, and the spec keeps its place.
    quarter.clock("2027-01-26 11:31")
    quarter.meeting_is(name, "CANCELLED")
    quarter.is_in(FAILOVER, "QUEUED")
    quarter.clock("2027-02-02 10:30")
    name = "2027-02-02-platform"
    quarter.meeting_is(name, "FROZEN", FAILOVER)
    quarter.do("gus", "meeting", "open", name)
    quarter.attend("gus", name, "gus", "lee", "fay", "dee")
    quarter.decide("gus", name, FAILOVER, "defer", "The second region is not there before spring.",
                   "--until", "2027-04-01", "--for", "the contract of the second region")
    quarter.is_in(FAILOVER, "DEFERRED")
    quarter.do("gus", "meeting", "close", name)
    quarter.clock("2027-02-19 18:00")
    quarter.reads("meetings", quarter.do("gus", "meeting", "list", "--from", "2026-11-23", "--to",
                                         "2027-02-20"))
    quarter.reads("decisions", quarter.do("gus", "decision", "list"))


WEEKS = (week_1_nothing_to_review, week_2_a_delegate_presents, week_2_an_item_is_not_finished,
         week_3_nobody_comes, week_4_rejected, week_5_and_6_holidays,
         week_7_the_sponsor_overrules, week_8_an_appeal, week_9_to_13_quiet)


def main():
    bin_dir, policy_dir = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="gavel-quarter-") as scratch:
        policy = policy_with_holidays(policy_dir, pathlib.Path(scratch) / "policy")
        with Service(bin_dir, policy) as service:
            quarter = Quarter(service)
            for week in WEEKS:
                week(quarter)
            print(f"{quarter.checks} passed, 0 failed")


if __name__ == "__main__":
    main()
