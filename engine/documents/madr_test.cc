#include "engine/documents/madr.h"

#include <gtest/gtest.h>

#include "engine/documents/documents_testing.h"
#include "engine/documents/madr_people.h"
#include "tests/testing/golden.h"

namespace gavel::documents {
namespace {

using documents_test::FromText;
using documents_test::HeldPapers;

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

DecisionPapers MeetingDecision() {
  const MeetingPapers held = HeldPapers();
  const v1::Spec& spec = held.specs.at("MEDIA-47");
  return {.organisation = held.organisation,
          .spec = spec,
          .decision = spec.decisions(0),
          .meeting = held.meeting};
}

TEST(MadrTest, DecisionOfAMeeting) {
  ExpectGolden("decision_meeting.md", MadrMarkdown(MeetingDecision()));
}

TEST(MadrTest, DecisionOfARuleNamesItsEnvelope) {
  DecisionPapers papers = MeetingDecision();
  papers.meeting.reset();
  papers.spec.clear_open_decisions();
  papers.decision.set_authority(v1::Decision::AUTHORITY_RULE);
  papers.decision.set_outcome(v1::DECISION_OUTCOME_APPROVED);
  papers.decision.set_rule("auto/standard-tiers");
  papers.decision.set_rationale("Only standard tiers.");
  papers.decision.clear_meeting();
  papers.decision.clear_conditions();
  papers.decision.clear_dissent();
  *papers.decision.mutable_envelope() = FromText<v1::Envelope>(R"pb(
    allowed: 'kafka/shared'
    allowed: 's3/standard'
    cost_ceiling_cents: 66100
    classification: 'internal'
    regions: 'us-east'
    expires { year: 2027 month: 12 day: 10 }
  )pb");
  ExpectGolden("decision_rule.md", MadrMarkdown(papers));
}

TEST(MadrTest, FileNameIsTheSameOnEveryExport) {
  EXPECT_EQ(MadrFileName(MeetingDecision()), "2026-12-10-MEDIA-47-d1.md");
}

TEST(MadrTest, NobodyIsOnTwoLists) {
  const DecisionPeople people = PeopleOf(MeetingDecision());
  EXPECT_EQ(people.makers, (std::vector<std::string>{"chen", "dee", "kim", "lee"}));
  EXPECT_EQ(people.consulted, (std::vector<std::string>{"fay"}));
  EXPECT_EQ(people.informed, (std::vector<std::string>{"ana"}));
}

struct Row {
  const char* name;
  const char* decision;
  const char* status;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

constexpr Row kRows[] = {
    {"accepted", "force: FORCE_IN_FORCE outcome: DECISION_OUTCOME_APPROVED", "accepted"},
    {"rejected", "force: FORCE_IN_FORCE outcome: DECISION_OUTCOME_REJECTED", "rejected"},
    {"stayed", "force: FORCE_STAYED", "stayed, not in force until it is decided again"},
    {"taken_back", "force: FORCE_VOID", "taken back"},
    {"replaced", "force: FORCE_REPLACED", "superseded by MEDIA-47 d2"},
};

class MadrStatusTest : public ::testing::TestWithParam<Row> {};

TEST_P(MadrStatusTest, SaysWhereTheDecisionStands) {
  DecisionPapers papers = MeetingDecision();
  papers.decision.MergeFrom(FromText<v1::Decision>(GetParam().decision));
  *papers.spec.add_decisions() = FromText<v1::Decision>("id: 'd2' replaces: 'd1'");
  EXPECT_TRUE(Has(MadrMarkdown(papers), "status: \"" + std::string(GetParam().status) + "\"\n"))
      << MadrMarkdown(papers);
}

INSTANTIATE_TEST_SUITE_P(All, MadrStatusTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(MadrTest, NothingInItHidesOrReordersTheRest) {
  DecisionPapers papers = MeetingDecision();
  const std::string unsafe =
      "a\n# b\xE2\x80\xAE"
      "c\xE2\x80\xA8"
      "d\xC2\x9B"
      "e\x1B[8mf";
  papers.spec.set_title(unsafe);
  papers.spec.set_path(unsafe);
  papers.spec.set_repository(unsafe);
  papers.decision.set_rationale(unsafe);
  const std::string record = MadrMarkdown(papers);
  for (const char* part : {"\xE2\x80\xAE", "\xE2\x80\xA8", "\xC2\x9B", "\x1B", "\n# b"}) {
    EXPECT_FALSE(Has(record, part)) << part;
  }
  EXPECT_TRUE(Has(record, "# MEDIA-47 a # bc d e [8mf\n")) << record;
}

TEST(MadrTest, NamesCannotLeaveTheFrontMatter) {
  DecisionPapers papers = MeetingDecision();
  papers.decision.set_decided_by("x\"]\n---\n# Decided\\");
  EXPECT_TRUE(Has(MadrMarkdown(papers), R"("x\"] --- # Decided\\")")) << MadrMarkdown(papers);
}

}  // namespace
}  // namespace gavel::documents
