// `notify.yaml`: where messages go. Strict: an unknown key, a wrong value or a literal secret is an
// error with its line, so that a typing slip never silences a channel. docs/operations.md describes
// every key for those who write it:
//
//   base_url: https://gavel.example            # optional; without it, messages carry no links
//   destinations:
//     spec-review: {kind: slack, token: credential/slack, channel: C024BE91L}
//     hook:        {kind: slack-webhook, url: credential/hook}
//     irc:         {kind: irc, server: irc.example.org:6697, nick: gavel, channel: "#specs"}
//     mail:        {kind: email, server: smtp.example.org:587, from: gavel@example.org,
//                   to: specs@example.org, user: gavel, password: credential/smtp}
//     quickstart:  {kind: local, path: chat}   # a folder, relative to the state folder
//   time_windows:
//     office: {zone: Europe/Berlin, days: mon-fri, hours: 09:00-18:00, holidays: de-be.ics}
//   routes:                                    # first match wins unless continue: true
//     - {match: {area: media, event: decision}, to: [spec-review, irc], continue: true}
//     - {to: [quickstart], window: office}
//   people:                                    # who is told alone, how, of what
//     default: {by: [spec-review, mail], direct: [my_turn, due, digest], quiet: {outside: office}}
//     gus:     {direct: none}
//   coalesce: {wait: 60s, at_most_every: 5m}   # edits of one card
//
// Every destination also takes `start: log` (see Destination::Start) and `per_minute: N`. One
// without a channel (`to` for mail) only reaches people.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/chat/open_hours.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::chat {

// The place in the log of messages to people; no destination may be called so.
inline constexpr char kPeopleName[] = "people";

enum class DestinationKind { kSlack, kSlackWebhook, kIrc, kLocal, kEmail };

// How a connection to a mail server is protected.
enum class MailSecurity {
  kStartTls,  // Begins in clear text and must change to TLS before anything is said.
  kTls,       // TLS from the first byte.
  kNone,      // Only to this machine.
};

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
  std::string channel;   // slack: id; irc: name with its `#`; email: the list's address.
  std::string server;    // irc, email: HOST:PORT.
  std::string nick;      // irc.
  std::string password;  // irc, email: `credential/NAME`; empty for none.
  bool tls = true;       // irc.
  std::string path;      // local: folder, as written.
  std::string from;      // email: sender's address.
  std::string list_id;   // email: of the `List-Id` header.
  std::string user;      // email: empty for no sign-in.
  MailSecurity security = MailSecurity::kStartTls;  // email.

  // Whether routes may name it.
  bool has_channel() const { return !channel.empty() || !url.empty() || !path.empty(); }
  // Whether it can tell one person something.
  bool reaches_people() const { return kind != DestinationKind::kSlackWebhook; }
};

struct Route {
  // Empty sets match everything.
  std::set<std::string> areas;
  // card, auto_approved, concern, decision, packet, meeting_cancelled, meeting_moved, minutes,
  // alert, breaker, extra_session.
  std::set<std::string> events;
  std::set<v1::Spec::State> states;
  std::vector<std::string> to;  // Destination names.
  bool broadcast = true;        // Shows a decision to the channel, not only to its thread.
  bool go_on = false;           // `continue: true`.
  // Outside it everything waits but decisions and cancelled meetings. Nothing: at any time.
  std::shared_ptr<const OpenHours> window;
};

// What somebody wants to be told alone, and how.
struct PersonPreferences {
  std::vector<std::string> by;  // Destination names; the first that works.
  bool my_turn = true;          // Something became their turn.
  bool due = true;              // Something is due, late, or has lapsed.
  bool digest = true;           // What may wait.
  std::string irc;              // Their nick; empty: not told by IRC.
  // Never told outside it. Nothing: whenever the server says so.
  std::shared_ptr<const OpenHours> window;
};

struct People {
  bool told = false;  // Whether `people` is there at all.
  PersonPreferences others;
  std::map<std::string, PersonPreferences> named;  // By person id.

  const PersonPreferences& Of(const std::string& person) const {
    const auto found = named.find(person);
    return found == named.end() ? others : found->second;
  }
};

// How edits of one card are gathered. Zero: shown at once.
struct Coalesce {
  absl::Duration wait;           // After the first change.
  absl::Duration at_most_every;  // Between two edits.
};

struct Config {
  std::string base_url;                   // Without a `/` at its end; empty for none.
  std::vector<Destination> destinations;  // In file order.
  std::vector<Route> routes;
  People people;
  Coalesce coalesce;

  // Nothing where there is none of that name.
  const Destination* FindDestination(const std::string& name) const;
};

// Reads a file that `notify.yaml` names: its path as written there.
using ReadNamedFile = std::function<absl::StatusOr<std::string>(const std::string& path)>;

// Reads the text of a `notify.yaml`.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID`, one line of the message and one violation per problem:
// `field` is `FILE:LINE:COL`.
absl::StatusOr<Config> ParseConfig(std::string_view text, const std::string& file,
                                   const ReadNamedFile& read_file = {});

}  // namespace gavel::chat
