// `notify.yaml`: where messages go. Strict: an unknown key, a wrong value or a literal secret is an
// error with its line, so that a typing slip never silences a channel.
//
//   base_url: https://gavel.example            # optional; without it, messages carry no links
//   destinations:
//     spec-review: {kind: slack, token: credential/slack, channel: C024BE91L}
//     hook:        {kind: slack-webhook, url: credential/hook}
//     irc:         {kind: irc, server: irc.example.org:6697, nick: gavel, channel: "#specs"}
//     quickstart:  {kind: local, path: chat}   # a folder, relative to the state folder
//   routes:                                    # first match wins unless continue: true
//     - {match: {area: media, event: decision}, to: [spec-review, irc], continue: true}
//     - {to: [quickstart]}
//
// Every destination also takes `start: log` (see Destination::Start) and `per_minute: N`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::chat {

enum class DestinationKind { kSlack, kSlackWebhook, kIrc, kLocal };

struct Destination {
  // Where a destination begins that the bot has never served.
  enum class Start {
    kNow,  // Open specs get their cards; what was decided before is not announced.
    kLog,  // From the first event on.
  };

  std::string name;
  DestinationKind kind = DestinationKind::kLocal;
  Start start = Start::kNow;
  int per_minute = 0;  // Most messages a minute, 1 to 6000; 0: no limit.

  std::string api;       // slack: `https://slack.com/api`.
  std::string token;     // slack: `credential/NAME`.
  std::string url;       // slack-webhook: `credential/NAME`; the address is the secret.
  std::string channel;   // slack: id; irc: name with its `#`.
  std::string server;    // irc: HOST:PORT.
  std::string nick;      // irc.
  std::string password;  // irc: `credential/NAME`; empty for none.
  bool tls = true;       // irc.
  std::string path;      // local: folder, as written.
};

struct Route {
  // Empty sets match everything.
  std::set<std::string> areas;
  std::set<std::string>
      events;  // card, auto_approved, concern, decision, packet, meeting_cancelled
  std::set<v1::Spec::State> states;
  std::vector<std::string> to;  // Destination names.
  bool broadcast = true;        // Shows a decision to the channel, not only to its thread.
  bool go_on = false;           // `continue: true`.
};

struct Config {
  std::string base_url;                   // Without a `/` at its end; empty for none.
  std::vector<Destination> destinations;  // In file order.
  std::vector<Route> routes;
};

// Reads the text of a `notify.yaml`.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID`, one line of the message and one violation per problem:
// `field` is `FILE:LINE:COL`.
absl::StatusOr<Config> ParseConfig(std::string_view text, const std::string& file);

}  // namespace gavel::chat
