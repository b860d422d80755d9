#include "clients/cli/words/typed_words.h"

#include <gtest/gtest.h>

#include <set>

#include "clients/cli/commands/commands.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

TEST(TypedWordsTest, CommandsAreWhatIsTyped) {
  EXPECT_EQ(WithTypedCommands("OpenMeeting is not possible: m is PLANNED. Allowed now: SetGo."),
            "`gavel meeting open` is not possible: m is PLANNED. Allowed now: "
            "`gavel meeting go|no-go`.");
  EXPECT_EQ(WithTypedCommands("Allowed now: AddComment, AddRevision, DeferSpec, SubmitSpec."),
            "Allowed now: `gavel comment`, `gavel submit`, `gavel defer`.");
  EXPECT_EQ(WithTypedCommands("NotOpenItem, OpenItems: é"), "NotOpenItem, OpenItems: é");
  EXPECT_EQ(WithTypedCommands(""), "");
}

TEST(TypedWordsTest, FieldsAreFlags) {
  EXPECT_EQ(WithTypedFields("start_time: must name the new start, or `length_min` the length"),
            "--at: must name the new start, or `--length` the length");
  EXPECT_EQ(WithTypedFields("title: conditions.due is `x`"), "title: --due is `x`");
}

TEST(TypedWordsTest, AListOfCommandsNamesNothingThatCannotBeTyped) {
  EXPECT_EQ(TypedCommands({"AddComment", "SubmitSpec", "AddRevision", "SetNotBefore"}),
            (std::vector<std::string>{"`gavel comment`", "`gavel submit`"}));
}

// The command line that a name leads to, without backquotes, flags and alternatives.
std::string CommandOf(const std::string& api) {
  const std::string typed = WithTypedCommands(api);
  if (typed == api) return "";
  std::string name = typed.substr(7, typed.size() - 8);  // `gavel …`
  name = name.substr(0, std::min(name.find(" --"), name.find(" …")));
  return name.substr(0, name.find('|'));
}

TEST(TypedWordsTest, EveryCommandOfTheServerLeadsToOneOfOurs) {
  // What only a program asks for.
  const std::set<std::string> without = {"InviteReader", "SetNotBefore", "ReevaluateSpec"};
  std::set<std::string> ours;
  for (const Command& command : AllCommands()) ours.insert(command.name);
  int known = 0;
  for (const auto* file : {v1::AddCommentRequest::descriptor()->file(),
                           v1::OpenMeetingRequest::descriptor()->file()}) {
    const google::protobuf::ServiceDescriptor* service = file->service(0);
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string& name = service->method(i)->name();
      const bool reads = service->method(i)->input_type()->FindFieldByName("request_id") == nullptr;
      if (reads || without.contains(name)) continue;
      ++known;
      EXPECT_TRUE(ours.contains(CommandOf(name))) << name << ": `" << CommandOf(name) << "`";
    }
  }
  EXPECT_GT(known, 40);
}

}  // namespace
}  // namespace gavel::cli
