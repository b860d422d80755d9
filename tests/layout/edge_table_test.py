#!/usr/bin/env python3
"""Every row of the edge table of the rules (60 rows) has a test, here by name."""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
ROWS = 60

# Rows whose test stands with the feature it is about, under that feature's name.
ELSEWHERE = {
    39: "PolicyPublishTest, AMistakeKeepsTheOldPolicy",
    40: "PolicyPublishTest, OfTwoWhoPublishAtOnceOneWins",
    41: "PolicyReferencesTest, AnAreaThatOpenSpecsConsultStays",
    47: "ObjectionTest, AnApprovalStandsWhenTheCatalogDemotesItsTier",
    55: "GatesTest, TooFewReviewersAssignTheSponsorAndLowerTheQuorum",
    57: "VerdictReplayTest, AVerdictIsTheSameLongAfterItsPolicy",
    58: "CaseJudge, ADocumentWithoutOurFrontMatterCannotBeTold",
}


def main() -> int:
    sources = [path.read_text(encoding="utf-8")
               for folder in ("rules", "engine", "tests")
               for path in sorted((TOP / folder).rglob("*_test.cc")) + sorted(
                   (TOP / folder).rglob("edge_rows.cc"))]
    text = "\n".join(sources)
    named = {int(row) for row in re.findall(r"\b(?:EdgeTable)?Row(\d\d)", text)}
    missing = []
    for row in range(1, ROWS + 1):
        if row in named:
            continue
        test = ELSEWHERE.get(row)
        if test is None or not re.search(r"TEST(?:_[PF])?\(\s*" + re.sub(r", ", r",\\s*", test),
                                         text):
            missing.append(f"row {row}: {test or 'no test names it'}")
    for line in missing:
        print(line, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
