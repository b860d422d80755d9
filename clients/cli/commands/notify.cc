// notify check, routes test, render: what a notify.yaml does, before a bot runs with it.
#include <algorithm>
#include <set>

#include "clients/chat/load_config.h"
#include "clients/chat/post_messages.h"
#include "clients/chat/render_for.h"
#include "clients/chat/routes.h"
#include "clients/chat/server_source.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/notify.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/enum_text.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

constexpr char kDefaultFile[] = "notify.yaml";

// One line for each problem, `FILE:LINE:COL: …`: what editors and CI can read.
absl::StatusOr<ExitCode> RunCheck(Session& session) {
  const std::string file = session.Text("FILE", kDefaultFile);
  const auto config = chat::LoadConfig(file);
  if (absl::IsNotFound(config.status())) return UsageError("no such file: " + file);
  Output& output = session.output();
  if (!config.ok()) {
    if (output.json()) output.Raw(ErrorJson(config.status(), file) + "\n");
    for (const FieldViolation& problem : FieldViolationsOf(config.status())) {
      output.Line(
          fmt::format("{}: error: {} [{}]", problem.field, problem.description, problem.reason));
    }
    return ExitCode::kNo;
  }
  const size_t destinations = config->destinations.size();
  const size_t routes = config->routes.size();
  output.Note(fmt::format("{}: {} destination{}, {} route{}, nothing wrong", file, destinations,
                          destinations == 1 ? "" : "s", routes, routes == 1 ? "" : "s"));
  return ExitCode::kDone;
}

// `state=SCHEDULED` into the message that routes are asked about.
absl::Status Apply(const std::string& pair, chat::Message& message) {
  const size_t equals = pair.find('=');
  const std::string key = pair.substr(0, equals);
  const std::string value = equals == std::string::npos ? "" : pair.substr(equals + 1);
  if (key == "area" && !value.empty()) {
    message.area = value;
  } else if (key == "state") {
    GAVEL_ASSIGN_OR_RETURN(message.state, ParseEnum<v1::Spec::State>("state", value));
  } else if (key == "event" && value == "auto_approved") {
    message.state = v1::Spec::STATE_AUTO_APPROVED;
  } else if (const auto kind = chat::ParseKind(value); key == "event" && kind.has_value()) {
    message.kind = *kind;
  } else {
    return UsageError(fmt::format(
        "`{}` is none of area=AREA, state=STATE and event=EVENT, where EVENT is card, concern, "
        "decision, auto_approved, packet, meeting_cancelled, meeting_moved, minutes, alert, "
        "breaker or extra_session",
        pair));
  }
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunRoutesTest(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const chat::Config config, NotifyConfig(session));
  chat::Message message;
  for (const std::string& pair : session.arguments().List("MATCH")) {
    GAVEL_RETURN_IF_ERROR(Apply(pair, message));
  }
  std::vector<std::vector<std::string>> rows;
  std::vector<JsonExtras> objects;
  std::set<std::string> names;
  for (const auto& [name, hit] : chat::RoutesOf(config, message)) {
    names.insert(name);
    objects.push_back({{"destination", name},
                       {"broadcast", hit.broadcast},
                       {"hasWindow", hit.window != nullptr}});
    rows.push_back({name, hit.broadcast ? "broadcast" : "thread only",
                    hit.window == nullptr ? "at any time" : "in its hours"});
  }
  session.output().JsonArray(objects);
  session.output().Table({"DESTINATION", "DECISIONS", "WHEN"}, rows);
  if (rows.empty()) session.output().Note("No route takes it.");
  const std::vector<std::string> expected = session.arguments().List("expect");
  if (expected.empty() || std::set(expected.begin(), expected.end()) == names) {
    return ExitCode::kDone;
  }
  const std::string got = fmt::format("{}", fmt::join(names, ", "));
  session.output().Warn(fmt::format("gavel: expected {}, but it goes to {}",
                                    fmt::join(expected, ", "), got.empty() ? "nobody" : got));
  return ExitCode::kNo;
}

// What there is to say about a spec or a meeting now.
absl::StatusOr<std::vector<chat::Message>> MessagesAbout(chat::Source& source,
                                                         const std::string& what,
                                                         const std::string& base_url) {
  const chat::RenderOptions options{.since = absl::InfinitePast(), .base_url = base_url};
  if (IsSpecKey(what)) return MessagesOf(source, chat::CardPost(what), 0, options);
  std::vector<chat::Message> all;
  for (const chat::MessageKind kind :
       {chat::MessageKind::kPacket, chat::MessageKind::kCancelled, chat::MessageKind::kMinutes}) {
    GAVEL_ASSIGN_OR_RETURN(auto some,
                           MessagesOf(source, chat::MeetingPost(kind, what), 0, options));
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

absl::StatusOr<ExitCode> RunRender(Session& session) {
  const std::string service = session.Text("for");
  chat::Config config;
  if (session.Has("config")) {
    GAVEL_ASSIGN_OR_RETURN(config, NotifyConfig(session));
  }
  std::string what = session.Text("KEY");
  if (IsSpecKey(what)) {
    GAVEL_ASSIGN_OR_RETURN(what, SpecKey(session, what));
  }
  GAVEL_ASSIGN_OR_RETURN(client::Connection* const connection, session.connection());
  chat::ServerSource source(*connection);
  GAVEL_ASSIGN_OR_RETURN(const auto messages, MessagesAbout(source, what, config.base_url));
  bool first = true;
  for (const chat::Message& message : messages) {
    const auto text = chat::RenderFor(service, message);
    if (!text.has_value()) {
      return UsageError(
          fmt::format("`{}` is not one of slack, slack-webhook, irc, email, local", service));
    }
    session.output().Raw((first ? "" : "\n") + *text + "\n");
    first = false;
  }
  if (messages.empty()) session.output().Note(what + ": nothing to say to a channel yet");
  return ExitCode::kDone;
}

}  // namespace

absl::StatusOr<chat::Config> NotifyConfig(Session& session) {
  const std::string file = session.Text("config", kDefaultFile);
  auto config = chat::LoadConfig(file);
  if (config.ok()) return config;
  if (absl::IsNotFound(config.status())) return UsageError("no such file: " + file);
  return UsageError(std::string(config.status().message()));
}

Flag NotifyConfigFlag() {
  return {"--config", "FILE", "the bot's settings; notify.yaml by default"};
}

std::vector<Command> NotifyCommands() {
  std::vector<Command> all = {
      {"notify check",
       Group::kTools,
       "Check a notify.yaml; exit 1 with one line for each problem.",
       {{"FILE", "the file; notify.yaml by default", Arity::kOptional}},
       {},
       "gavel notify check deploy/notify.yaml",
       RunCheck},
      {"notify routes test",
       Group::kTools,
       "Say which destinations a message goes to.",
       {{"MATCH", "area=media, state=SCHEDULED, event=decision", Arity::kAny, "TEXT"}},
       {NotifyConfigFlag(),
        {"--expect", "DESTINATION", "exit 1 where it goes anywhere else", FlagKind::kList}},
       "gavel notify routes test area=media state=SCHEDULED --expect media-chat",
       RunRoutesTest},
      {"notify render",
       Group::kTools,
       "Show what a service would get about a spec or a meeting. Sends nothing.",
       {{"KEY", "a spec like MEDIA-42, or a meeting like 2026-12-10-media", Arity::kOne,
         "KEY|MEETING"}},
       {{"--for", "slack|slack-webhook|irc|email|local", "the service", FlagKind::kText, true},
        NotifyConfigFlag()},
       "gavel notify render MEDIA-42 --for slack",
       RunRender}};
  for (Command& command : NotifyBotCommands()) all.push_back(std::move(command));
  return all;
}

}  // namespace gavel::cli
