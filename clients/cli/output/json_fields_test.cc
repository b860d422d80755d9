#include "clients/cli/output/json_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/commands/commands.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {
namespace {

using testing::HasSubstr;

TEST(CheckFieldsTest, FieldsOfTheMessageAndOfTheCommandAreKnown) {
  EXPECT_TRUE(CheckFields("status", {"key", "open_decisions", "openDecisions", "verdict.mode",
                                     "revision", "explanation"})
                  .ok());
  EXPECT_TRUE(CheckFields("submit", {"key", "author_gate"}).ok());  // Of a spec, of a verdict.
}

TEST(CheckFieldsTest, AMisspeltFieldIsRefusedNamingTheKnownOnes) {
  for (const char* field :
       {"keey", "verdict.mod", "revisions.number", "create_time.seconds", "", "key.x", "Key"}) {
    EXPECT_FALSE(CheckFields("status", {field}).ok()) << field;
  }
  const absl::Status wrong = CheckFields("status", {"key", "keey"});
  EXPECT_TRUE(absl::IsInvalidArgument(wrong));
  EXPECT_THAT(std::string(wrong.message()), HasSubstr("Did you mean `key`?"));
  EXPECT_THAT(std::string(wrong.message()), HasSubstr("state, "));
}

TEST(CheckFieldsTest, ACommandThatIsNotKnownIsCheckedByWhatItPrints) {
  EXPECT_FALSE(HasKnownFields("rules check"));
  EXPECT_TRUE(CheckFields("rules check", {"anything"}).ok());
  EXPECT_FALSE(CheckFieldsOf(*v1::Spec::descriptor(), {}, {"anything"}).ok());
  EXPECT_TRUE(CheckFieldsOf(*v1::Spec::descriptor(), {{"anything", 1}}, {"anything"}).ok());
  EXPECT_FALSE(CheckFieldsOf({{"server", "a"}}, {"sever"}).ok());
}

// A command that is renamed loses its row otherwise, and nobody would see it.
TEST(CheckFieldsTest, WritesAreKnown) {
  for (auto* commands :
       {LifecycleCommands, RequestCommands, ConcernCommands, PositionCommands, MeetingPlanCommands,
        MeetingRunCommands, MeetingOutcomeCommands, MeetingAttendeeCommands}) {
    for (const Command& command : commands()) {
      EXPECT_TRUE(HasKnownFields(command.name)) << command.name;
    }
  }
}

}  // namespace
}  // namespace gavel::cli
