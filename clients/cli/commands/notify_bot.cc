// notify test, log, replay: what a bot with these settings sends, has sent, and would send.
#include <charconv>
#include <set>

#include "absl/time/clock.h"
#include "clients/chat/affected.h"
#include "clients/chat/open_channel.h"
#include "clients/chat/post_messages.h"
#include "clients/chat/routes.h"
#include "clients/chat/sent_log.h"
#include "clients/chat/server_source.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/notify.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Flag StateFlag() {
  return {"--state", "DIR", "the bot's memory; $XDG_STATE_HOME/gavel-bot by default"};
}

std::string StateOf(const Session& session) {
  if (session.Has("state")) return session.Text("state");
  const std::string base = session.environment().Get("XDG_STATE_HOME");
  const std::string home = session.environment().Get("HOME");
  return (base.empty() ? home + "/.local/state" : base) + "/gavel-bot";
}

// A message that says of itself that it means nothing. Its key is of its own, so that the bot never
// takes it for one of its cards.
chat::Message TestMessage(absl::Time now) {
  chat::Message message;
  message.kind = chat::MessageKind::kAlert;
  message.group_key = fmt::format("test/{}", absl::ToUnixMicros(now));
  message.topic = message.group_key;
  message.time = now;
  message.title = "Test of gavel";
  message.word = "Test";
  message.sentence =
      "Somebody tries whether messages of gavel arrive here. There is nothing to do.";
  return message;
}

absl::StatusOr<const chat::Destination*> DestinationOf(const chat::Config& config,
                                                       const std::string& name) {
  if (const chat::Destination* found = config.FindDestination(name); found != nullptr) return found;
  std::vector<std::string> names;
  for (const chat::Destination& destination : config.destinations) {
    names.push_back(destination.name);
  }
  return absl::NotFoundError(
      fmt::format("no destination `{}`; there are {}", name, fmt::join(names, ", ")));
}

// How sending went, as an error where it did not.
absl::Status StatusOf(const chat::SendResult& result, const std::string& name) {
  const std::string text = fmt::format("{}: {}", name, result.reason);
  switch (result.kind) {
    case chat::SendResult::Kind::kDone:
      return absl::OkStatus();
    case chat::SendResult::Kind::kNotSent:
      return absl::UnavailableError(text);
    case chat::SendResult::Kind::kUnknown:
      return absl::UnavailableError(text + ", so it may or may not have arrived");
    case chat::SendResult::Kind::kGone:
    case chat::SendResult::Kind::kRefused:
      return absl::FailedPreconditionError(text);
  }
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunTest(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const chat::Config config, NotifyConfig(session));
  const std::string name = session.Text("DESTINATION");
  GAVEL_ASSIGN_OR_RETURN(const chat::Destination* const destination, DestinationOf(config, name));
  if (!destination->has_channel()) {
    return UsageError(fmt::format("`{}` has no channel; it only reaches people", name));
  }
  const chat::ChannelPlaces places{
      .credentials = session.environment().Get("CREDENTIALS_DIRECTORY"), .state = StateOf(session)};
  GAVEL_ASSIGN_OR_RETURN(const auto channel, chat::OpenChannel(*destination, places));
  const chat::SendResult result = channel->Post(TestMessage(absl::Now()), {});
  GAVEL_RETURN_IF_ERROR(StatusOf(result, name));
  session.output().Note(
      fmt::format("{} One test message is in {}", session.output().Styled(Tone::kGood, "✓"), name));
  return ExitCode::kDone;
}

std::string FateText(const chat::SentRow& row) {
  if (row.attempts > 0) return fmt::format("failed {} times: {}", row.attempts, row.problem);
  switch (row.fate) {
    case chat::MessageRow::Fate::kLive:
      return "sent";
    case chat::MessageRow::Fate::kReposted:
      return "sent again, the first was deleted";
    case chat::MessageRow::Fate::kMuted:
      return "deleted twice, so muted";
  }
  return "";
}

absl::StatusOr<ExitCode> RunLog(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto rows, chat::ReadSentLog(StateOf(session)));
  Rows cells;
  std::vector<JsonExtras> objects;
  for (const chat::SentRow& row : rows) {
    if (session.Has("destination") && row.destination != session.Text("destination")) continue;
    objects.push_back({{"seq", fmt::format("{}", row.seq)},
                       {"destination", row.destination},
                       {"message", row.group_key},
                       {"id", row.placement.id},
                       {"outcome", FateText(row)}});
    cells.push_back({row.seq > 0 ? fmt::format("{}", row.seq) : "—", row.destination, row.group_key,
                     row.placement.id, FateText(row)});
  }
  session.output().JsonArray(objects);
  session.output().Table({"SEQ", "DESTINATION", "MESSAGE", "ID THERE", "WHAT BECAME OF IT"}, cells);
  if (cells.empty()) session.output().Note("Nothing was sent yet.");
  return ExitCode::kDone;
}

absl::StatusOr<int64_t> SeqOf(const Session& session) {
  const std::string text = session.Text("from");
  int64_t seq = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seq);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || seq < 0) {
    return UsageError(fmt::format("--from `{}` is not a number from 0", text));
  }
  return seq;
}

// One row for each message and place it would go to.
void AddRows(const chat::Config& config, const std::vector<chat::Message>& messages, int64_t seq,
             Rows& rows) {
  for (const chat::Message& message : messages) {
    for (const auto& [name, hit] : chat::RoutesOf(config, message)) {
      rows.push_back({fmt::format("{}", seq), name, message.group_key, chat::TextOf(message)});
    }
  }
}

// What `event` touches, each spec once for the whole replay: its card shows the newest state.
std::vector<chat::Post> PostsOf(const v1::Event& event, std::set<std::string>& seen) {
  chat::Affected affected;
  chat::AddAffected(event, affected);
  std::vector<chat::Post> posts;
  for (const std::string& key : affected.specs) {
    if (seen.insert(key).second) posts.push_back(chat::CardPost(key));
  }
  posts.insert(posts.end(), affected.posts.begin(), affected.posts.end());
  return posts;
}

absl::StatusOr<ExitCode> RunReplay(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const chat::Config config, NotifyConfig(session));
  GAVEL_ASSIGN_OR_RETURN(const int64_t from, SeqOf(session));
  GAVEL_ASSIGN_OR_RETURN(client::Connection* const connection, session.connection());
  chat::ServerSource source(*connection);
  GAVEL_ASSIGN_OR_RETURN(const chat::LogHead head, source.Head());
  if (from >= head.seq) return ExitCode::kDone;
  std::vector<v1::Event> events;
  const chat::Position start{.log_id = head.log_id, .cursor = "", .through_seq = from};
  GAVEL_RETURN_IF_ERROR(source.Watch(start, [&](const v1::WatchEventsResponse& response) {
    events.insert(events.end(), response.events().begin(), response.events().end());
    return response.through_seq() < head.seq;
  }));
  std::set<std::string> seen;
  Rows rows;
  for (const v1::Event& event : events) {
    for (const chat::Post& post : PostsOf(event, seen)) {
      const auto messages =
          MessagesOf(source, post, 0, {.since = absl::InfinitePast(), .base_url = config.base_url});
      if (absl::IsNotFound(messages.status())) continue;  // Not for this caller's eyes.
      GAVEL_RETURN_IF_ERROR(messages.status());
      AddRows(config, *messages, event.seq(), rows);
    }
  }
  std::vector<JsonExtras> objects;
  for (const auto& row : rows) {
    objects.push_back(
        {{"seq", row[0]}, {"destination", row[1]}, {"message", row[2]}, {"text", row[3]}});
  }
  session.output().JsonArray(objects);
  session.output().Table({"SEQ", "DESTINATION", "MESSAGE", "TEXT"}, rows);
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> NotifyBotCommands() {
  return {{"notify test",
           Group::kTools,
           "Send one message, marked as a test, to a destination.",
           {{"DESTINATION", "its name in the settings"}},
           {NotifyConfigFlag(), StateFlag()},
           "gavel notify test media-chat",
           RunTest},
          {"notify log",
           Group::kTools,
           "List what a bot has sent and what it could not; the bot may be running.",
           {},
           {{"--destination", "DESTINATION", "only to this one"}, StateFlag()},
           "gavel notify log --destination media-chat",
           RunLog},
          {"notify replay",
           Group::kTools,
           "Say what would be sent about the log from a number on. Sends nothing.",
           {},
           {{"--from", "SEQ", "behind this number; 0 is the whole log", FlagKind::kText, true},
            NotifyConfigFlag()},
           "gavel notify replay --from 4200",
           RunReplay}};
}

}  // namespace gavel::cli
