"""The specs of quarter_test.py: short documents that people could have written, and the files of
their policy. Nothing here is random, so every run reads the same."""

import pathlib
import shutil
import textwrap

# Days nobody works in Berlin that the shipped calendar does not have: two of them are meeting
# Thursdays.
MORE_HOLIDAYS = {"20261224": "Heiligabend", "20261231": "Silvester"}


def policy_with_holidays(shipped, folder):
    """A copy of the shipped policy whose calendar has the days above."""
    shutil.copytree(shipped, folder)
    calendar = pathlib.Path(folder) / "holidays" / "de-be.ics"
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{day}-de-be@gavel.dev\r\nDTSTAMP:20261101T000000Z\r\n"
        f"DTSTART;VALUE=DATE:{day}\r\nSUMMARY:{name}\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
        for day, name in MORE_HOLIDAYS.items())
    text = calendar.read_bytes().decode().replace("\r\n", "\n").replace("\n", "\r\n")
    calendar.write_bytes(text.replace("END:VCALENDAR", events + "END:VCALENDAR").encode())
    return folder


class Document:
    """One spec file. `decisions` are (question, options, recommendation)."""

    def __init__(self, slug, area, authors, title, summary, decisions, uses, **more):
        self.slug, self.area, self.authors = slug, area, authors
        self.title, self.summary = title, summary
        self.decisions, self.uses = decisions, uses
        self.consulted = more.get("consulted", [])
        self.presenter = more.get("presenter")
        self.why = more.get("why", "The standard tier does not have what this needs.")

    @property
    def path(self):
        return f"specs/{self.slug}.md"

    def text(self, extra=""):
        lines = [
            "---", "spec: 1", f"title: {self.title}", "summary: >-",
            textwrap.indent(textwrap.fill(self.summary, 90), "  "), f"area: {self.area}",
        ]
        if self.consulted:
            lines.append(f"consulted: [{', '.join(self.consulted)}]")
        lines += ["category: service-change",
                  "authors: [" + ", ".join(f'"@{name}"' for name in self.authors) + "]"]
        if self.presenter:
            lines.append(f'presenter: "@{self.presenter}"')
        lines.append("open_decisions:")
        for question, options, recommendation in self.decisions:
            lines += [f"  - question: {question}", f"    options: [{', '.join(options)}]",
                      f"    recommendation: {recommendation}"]
        lines += [
            "dependencies:", f"  - use: {self.uses}", f"    for: {self.slug}",
            "    quantity: 2 TiB", f"    why: {self.why}",
            "data: {classification: internal, personal: false}", "regions: [us-east]", "cost:",
            "  monthly_usd: {low: 100, high: 200}", "  in_a_year_usd: {low: 150, high: 300}",
            "  one_time_usd: {low: 0, high: 0}", "  confidence: medium",
            "  price_list: platform price list 2026-10",
            "change: {reversible: true, blast_radius: low}", "---", "", f"# {self.title}", "",
            "## Summary", "", textwrap.fill(self.summary, 90), "",
        ]
        lines += self.body()
        return "\n".join(lines) + "\n" + extra

    def body(self):
        lines = ["## Decisions we need", ""]
        for number, (question, options, recommendation) in enumerate(self.decisions, 1):
            lines += [textwrap.fill(f"{number}. **{question}** The choices are "
                                    f"{' or '.join(options)}. We recommend: {recommendation}.", 90),
                      ""]
        for heading, sentence in SECTIONS:
            lines += [f"## {heading}", "", textwrap.fill(sentence, 90), ""]
        return lines


SECTIONS = (
    ("Cost", "Between 100 and 200 dollars a month, from the price list of October; twice that if "
             "traffic doubles."),
    ("Alternatives considered", "Doing nothing keeps the support queue as long as it is. Buying it "
                                "costs four times as much and binds us for three years."),
    ("Risks, rollout and rollback", "One per cent of accounts for a week, then everybody. A flag "
                                    "switches it off within a minute."),
    ("Test plan", "A recorded hour of last December, replayed against the new path, has to give "
                  "the same answers."),
)

# In the order in which they are submitted.
RECEIPTS = Document(
    "signed-receipts", "media", ["ana", "bo"], "Signed receipts for uploads",
    "Every upload answers with a signed receipt, so that a customer can prove what they sent.",
    [("How long is a receipt valid?", ["ten years", "as long as the picture"], "ten years")],
    "s3/glacier")
BULK = Document(
    "bulk-download", "media", ["bo"], "Download a whole album at once",
    "One archive per album instead of one download per picture.",
    [("Who pays for the traffic?", ["the album's owner", "whoever downloads"],
      "the album's owner, within a monthly allowance")], "s3/glacier")
RETRIES = Document(
    "retry-budget", "media", ["gus"], "A retry budget for mobile uploads",
    "A phone with a bad connection may retry ten times an hour and no more, so that a broken "
    "release cannot take the service down.",
    [("What happens to the eleventh retry?", ["refused with a time to wait", "queued on the phone"],
      "refused with a time to wait")], "k8s/gpu")
DELETED = Document(
    "deleted-albums", "media", ["ana"], "Keep deleted albums for thirty days",
    "A deleted album can be had back for thirty days and is gone for good after that.",
    [("Who can bring an album back?", ["its owner", "its owner and support"],
      "its owner and support")], "s3/glacier")
FACES = Document(
    "face-search", "media", ["eli"], "Find people in albums",
    "People find every picture of a person by pointing at one face.",
    [("Where does the recognition run?", ["on the phone", "on our servers"], "on our servers"),
     ("Is it on by default?", ["on", "off"], "off")], "k8s/gpu", consulted=["security"])
CAPTIONS = Document(
    "captions", "media", ["chen"], "Captions for videos in two languages",
    "Every video gets captions in the language spoken and in English.",
    [("What if the language is not known?", ["no captions", "English only"], "no captions")],
    "k8s/gpu")
LOGS = Document(
    "log-retention", "platform", ["chen"], "Keep logs for ninety days",
    "Logs of every service are kept for ninety days instead of thirty, in archive storage.",
    [("Which logs are left out?", ["those with personal data", "none"],
      "those with personal data")], "s3/glacier")
BASE_IMAGE = Document(
    "base-image", "platform", ["bo"], "One base image for all services",
    "Every service starts from one image that the platform team mends within a day.",
    [("Who may keep an own image?", ["nobody", "whoever asks the gate owner"],
      "whoever asks the gate owner")], "k8s/gpu")
BURST = (RECEIPTS, BULK, RETRIES, DELETED, FACES, CAPTIONS, LOGS, BASE_IMAGE)

PREVIEWS = Document(
    "raw-previews", "media", ["ana"], "Previews for raw pictures",
    "Photographers see their raw pictures before the slow conversion has run.",
    [("Which cameras come first?", ["the ten most used", "all that open standards cover"],
      "the ten most used")], "k8s/gpu")
FAILOVER = Document(
    "region-failover", "platform", ["lee"], "Fail over to a second region by hand",
    "One command moves all traffic to the second region, and one brings it back.",
    [("Who may give the command?", ["the person on call", "the sponsor"], "the person on call")],
    "k8s/gpu")
