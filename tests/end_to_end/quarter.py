"""What the people of quarter_test.py type, and what must come of it."""

import datetime
import difflib
import json
import os
import pathlib
import zoneinfo

from gavel_service import commit_all, expect

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden" / "quarter"
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
UTC = datetime.timezone.utc
# A machine that builds at the same time may be slow to answer; where no connection came about,
# nothing was sent.
PATIENCE = "60s"
TRIES = 5


class Quarter:
    """The people of the story, what they type, and what must come of it."""

    def __init__(self, service):
        self.service = service
        self.folder = service.repository("product", "https://git.example.org/acme/product.git")
        self.keys = {}
        self.checks = 0

    # What people type.

    def do(self, person, *words, code=0):
        """Runs a command that has to end with `code`; what it printed."""
        for _ in range(TRIES):
            done = self.service.gavel(person, *words, "--timeout", PATIENCE, cwd=self.folder)
            if "failed to connect" not in done.stderr:
                break
        said = done.stdout + done.stderr
        expect(done.returncode == code,
               f"gavel {' '.join(map(str, words))} as {person}: exit code {done.returncode} "
               f"where {code} was expected\n{said}")
        self.checks += 1
        return done.stdout if code == 0 else said

    def refused(self, person, *words, code, saying):
        said = self.do(person, *words, code=code)
        expect(saying in said, f"{' '.join(map(str, words))}: `{saying}` is missing in\n{said}")

    def clock(self, local):
        """To a wall time in Berlin, `2026-12-03 14:50`."""
        time = datetime.datetime.fromisoformat(local).replace(tzinfo=BERLIN).astimezone(UTC)
        self.do("gus", "dev", "clock", "--to", time.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def write(self, document, extra=""):
        path = self.folder / document.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(document.text(extra))
        commit_all(self.folder, document.title)

    def submit(self, document, *words):
        author = document.authors[0]
        answer = json.loads(self.do(author, "submit", document.path, "--yes", "--json", *words))
        self.keys[document.slug] = answer["key"]
        return answer["key"]

    def key(self, document):
        return self.keys[document.slug]

    def spec(self, document):
        return json.loads(self.do("gus", "status", self.key(document), "--json"))

    def approve(self, *documents):
        """Everybody who was asked says yes."""
        for document in documents:
            for assignment in self.spec(document)["assignments"]:
                self.do(assignment["person"], "position", self.key(document), "approve")

    def meeting(self, name):
        return json.loads(self.do("gus", "meeting", "show", name, "--json"))

    def attend(self, facilitator, name, *people):
        self.do(facilitator, "meeting", "attend", name, *people)

    def pass_minutes(self, minutes):
        self.do("gus", "dev", "clock", "--by", f"{minutes}m")

    def decide(self, facilitator, name, document, outcome, why, *words, minutes=12):
        """Opens an item, talks for so long, and records what came of it."""
        self.do(facilitator, "meeting", "item", name, self.key(document))
        self.pass_minutes(minutes)
        self.do(facilitator, "meeting", "outcome", name, self.key(document), outcome, "--why", why,
                *words)

    # What must come of it.

    def is_in(self, document, state):
        now = self.spec(document)["state"]
        expect(now == f"STATE_{state}", f"{document.title}: {now}, not {state}")
        self.checks += 1

    def meeting_is(self, name, state, *documents):
        """The meeting's state, and what is or was on its agenda, in order."""
        meeting = self.meeting(name)
        expect(meeting["state"] == f"STATE_{state}", f"{name}: {meeting['state']}, not {state}")
        agenda = [slot["spec"] for slot in meeting.get("slots", [])
                  if slot["state"] != "STATE_RELEASED"]
        wanted = [self.key(document) for document in documents]
        expect(agenda == wanted, f"{name}: {agenda} on the agenda, not {wanted}")
        self.checks += 1
        return meeting

    def reads(self, golden, text):
        """The text of a document, compared with what a person has read and found good."""
        path = GOLDEN / f"{golden}.md"
        if os.environ.get("GAVEL_UPDATE_GOLDEN") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        expect(path.exists(), f"{path} is missing: run with GAVEL_UPDATE_GOLDEN=1, and read it")
        wanted = path.read_text()
        difference = "".join(difflib.unified_diff(wanted.splitlines(True), text.splitlines(True),
                                                  str(path), "now"))
        expect(not difference, difference)
        self.checks += 1

    def agenda_reads(self, name):
        self.reads(f"{name}-agenda", self.do("gus", "meeting", "agenda", name))

    def minutes_read(self, name):
        self.reads(f"{name}-minutes", self.do("gus", "meeting", "minutes", name))
