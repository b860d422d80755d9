// status, inbox: where specs stand and whose turn it is.
#include <filesystem>

#include "clients/cli/commands/commands.h"
#include "clients/cli/document/front_matter.h"
#include "clients/cli/files.h"
#include "clients/cli/follow.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/due_words.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

constexpr char kOpenFilter[] = "(stage = ASYNC_REVIEW OR stage = SYNC_REVIEW)";

absl::StatusOr<std::vector<v1::Spec>> ListAll(Session& session, const std::string& filter) {
  std::vector<v1::Spec> specs;
  v1::ListSpecsRequest request;
  request.set_filter(filter);
  do {
    GAVEL_ASSIGN_OR_RETURN(const auto page, session.Call<v1::ListSpecsResponse>(request));
    specs.insert(specs.end(), page.specs().begin(), page.specs().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return specs;
}

// The key of the one spec file of the working directory that has one; empty where there are none or
// several.
std::string OnlySpecFile() {
  std::string only;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(".", error)) {
    if (entry.path().extension() != ".md" || !entry.is_regular_file(error)) continue;
    const auto text = ReadFile(entry.path().string());
    if (!text.ok() || FindField(*text, "key").value.empty()) continue;
    if (!only.empty()) return "";
    only = FindField(*text, "key").value;
  }
  return only;
}

absl::StatusOr<ExitCode> RunMyList(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string me, AskWhoAmI(session));
  if (me.empty()) {
    // The server says better than we why it does not know us, of a token that is revoked say.
    GAVEL_RETURN_IF_ERROR(ListAll(session, kOpenFilter).status());
    return absl::UnauthenticatedError("whose specs? You are not signed in");
  }
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> specs, ListAll(session, "author = " + me));
  ShowSpecs(session.output(), specs);
  if (specs.empty() && session.output().terminal()) {
    session.output().Note("You have no specs. Start one: gavel new \"TITLE\"");
  }
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunStatus(Session& session) {
  std::string key;
  if (session.Has("SPEC")) {
    GAVEL_ASSIGN_OR_RETURN(key, SpecKey(session));
  } else {
    key = OnlySpecFile();
    if (key.empty()) return RunMyList(session);
  }
  GAVEL_ASSIGN_OR_RETURN(v1::Spec spec, GetSpec(session, key));
  GAVEL_RETURN_IF_ERROR(ShowStatus(session, spec).status());
  if (session.Has("watch")) {
    GAVEL_RETURN_IF_ERROR(FollowSpec(session, spec, [&session](const v1::Spec& changed) {
      session.output().Line("");
      return ShowStatus(session, changed).ok();
    }));
  }
  return session.Has("exit-status") ? AnswerOf(spec.state()) : ExitCode::kDone;
}

// Since when the item has been theirs.
google::protobuf::Timestamp SinceOf(const v1::InboxItem& item) {
  for (const v1::Attention& entry : item.spec().attention()) {
    if (entry.reason() == item.turn().action()) return entry.since_time();
  }
  return {};
}

// For whom somebody stands in comes first: it is not their own turn.
std::string TaskText(const v1::InboxItem& item, const std::string& person) {
  const std::string& asked = item.turn().people(0);
  return asked == person ? item.turn().action()
                         : fmt::format("for {}: {}", Person(asked), item.turn().action());
}

void ShowInbox(Session& session, const v1::ListInboxResponse& inbox, const std::string& person) {
  Output& output = session.output();
  DueWords due(session);
  std::vector<const google::protobuf::Message*> messages;
  std::vector<std::vector<std::string>> rows;
  for (const v1::InboxItem& item : inbox.items()) {
    messages.push_back(&item);
    const bool terminal = output.terminal();
    rows.push_back({item.spec().key(), item.spec().title(), TaskText(item, person),
                    terminal ? TimeText(item.turn().due_time(), absl::LocalTimeZone())
                             : Rfc3339(item.turn().due_time()),
                    output.json() ? "" : due.Of(item.spec().area(), item.turn().due_time()),
                    terminal ? DateText(Today(ToTime(SinceOf(item)))) : Rfc3339(SinceOf(item))});
  }
  output.JsonArray(messages);
  output.Table({"KEY", "TITLE", "YOUR TURN TO", "BY", "LEFT", "SINCE"}, rows);
  if (rows.empty() && output.terminal()) output.Note("Nothing waits for you.");
}

absl::StatusOr<ExitCode> RunInbox(Session& session) {
  if (session.Has("all")) {
    std::string filter = kOpenFilter;
    if (session.Has("area")) filter += " AND area = " + session.Text("area");
    GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> specs, ListAll(session, filter));
    ShowSpecs(session.output(), specs);
    return ExitCode::kDone;
  }
  v1::ListInboxRequest request;
  request.set_area(session.Text("area"));
  GAVEL_ASSIGN_OR_RETURN(const auto inbox, session.Call<v1::ListInboxResponse>(request));
  ShowInbox(session, inbox, WhoAmI(session));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> StatusCommands() {
  return {{"status",
           Group::kAuthor,
           "Show where a spec stands and whose turn it is; without SPEC, my specs.",
           {{"SPEC", "a key like MEDIA-42, or a spec file", Arity::kOptional}},
           {{"--watch", "", "show it again whenever it changes", FlagKind::kSwitch},
            {"--exit-status", "", "exit 0 approved, 1 rejected or returned, 8 pending",
             FlagKind::kSwitch}},
           "gavel status MEDIA-42 --exit-status",
           RunStatus},
          {"inbox",
           Group::kReview,
           "List what waits for me, soonest due first; also what I stand in for.",
           {},
           {{"--all", "", "every open spec instead", FlagKind::kSwitch},
            {"--area", "AREA", "only this area"}},
           "gavel inbox",
           RunInbox}};
}

}  // namespace gavel::cli
