#include "clients/cli/words/next_command.h"

#include <gtest/gtest.h>

namespace gavel::cli {
namespace {

struct NextCommandTest : testing::Test {
  NextCommandTest() {
    spec.set_key("MEDIA-6");
    spec.set_path("specs/queue.md");
    spec.add_authors("ana");
    why.mutable_turn()->add_people("kim");
    for (const char* command : {"AnswerConcern", "ResolveConcern", "TakePosition"}) {
      why.add_allowed(command);
    }
  }
  void Raise(bool answered) {
    v1::Concern& concern = *spec.add_concerns();
    concern.set_id("c1");
    concern.set_title("see $(touch pwn) `id`");
    concern.set_owner("kim");
    concern.set_severity(v1::Concern::SEVERITY_BLOCKING);
    concern.set_status(v1::Concern::STATUS_OPEN);
    if (answered) concern.mutable_answer_time()->set_seconds(1);
  }

  v1::Spec spec;
  v1::ExplainSpecResponse why;
};

TEST_F(NextCommandTest, AnAuthorAnswersAndTheOwnerResolves) {
  Raise(/*answered=*/false);
  EXPECT_EQ(NextCommand(spec, why, "ana"), "gavel concern answer MEDIA-6 c1 -m \"…\"");
  spec.clear_concerns();
  Raise(/*answered=*/true);
  EXPECT_EQ(NextCommand(spec, why, "ana"), "");
  EXPECT_EQ(NextCommand(spec, why, "kim"), "gavel concern resolve MEDIA-6 c1 -m \"…\"");
}

TEST_F(NextCommandTest, APositionIsSuggestedToWhomTheTurnNames) {
  EXPECT_EQ(NextCommand(spec, why, "kim"),
            "gavel position MEDIA-6 approve|no-objection|needs-discussion|abstain");
  EXPECT_EQ(NextCommand(spec, why, "fay"), "");
}

TEST_F(NextCommandTest, OnlyWhatTheServerAllowsIsSuggested) {
  EXPECT_EQ(NextCommand(spec, why, "ana"), "");
  why.add_allowed("ResubmitSpec");
  EXPECT_EQ(NextCommand(spec, why, "ana"), "gavel submit specs/queue.md");
  spec.set_path("specs/a $(touch pwn).md");
  EXPECT_EQ(NextCommand(spec, why, "ana"), "gavel submit 'specs/a $(touch pwn).md'");
}

}  // namespace
}  // namespace gavel::cli
