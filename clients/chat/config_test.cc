#include "clients/chat/config.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/time/civil_time.h"
#include "clients/chat/routes.h"
#include "clients/chat/secret.h"
#include "engine/base/error.h"

namespace gavel::chat {
namespace {

constexpr char kDestinations[] = R"(destinations:
  review: {kind: slack, token: credential/slack, channel: C024BE91L}
  hook: {kind: slack-webhook, url: credential/hook, per_minute: 20}
  irc: {kind: irc, server: "127.0.0.1:6667", nick: gavel, channel: "#specs", tls: false}
  here: {kind: local, path: chat, start: log}
)";

TEST(ConfigTest, ReadsEveryKind) {
  const auto config =
      ParseConfig(std::string("base_url: https://gavel.example/\n") + kDestinations +
                      "routes:\n  - {to: [review, hook, irc, here]}\n",
                  "notify.yaml");
  ASSERT_TRUE(config.ok()) << config.status().message();
  EXPECT_EQ(config->base_url, "https://gavel.example");
  ASSERT_EQ(config->destinations.size(), 4u);
  EXPECT_EQ(config->destinations[0].api, "https://slack.com/api");
  EXPECT_EQ(config->destinations[0].start, Destination::Start::kNow);
  EXPECT_EQ(config->destinations[1].per_minute, 20);
  EXPECT_FALSE(config->destinations[2].tls);
  EXPECT_EQ(config->destinations[3].start, Destination::Start::kLog);
}

constexpr char kWeekly[] = R"(BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:1
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20261208
SUMMARY:A holiday
END:VEVENT
END:VCALENDAR
)";

absl::StatusOr<std::string> ReadHolidayFile(const std::string& path) {
  if (path != "de-be.ics") return absl::NotFoundError("cannot read " + path);
  return kWeekly;
}

TEST(ConfigTest, ReadsMailHoursPeopleAndCoalescing) {
  const auto config = ParseConfig(R"(destinations:
  mail: {kind: email, server: "smtp.example.org:587", from: gavel@example.org,
         to: specs@example.org, user: gavel, password: credential/smtp}
  post: {kind: email, server: "127.0.0.1:25", from: gavel@example.org, security: none}
  irc:  {kind: irc, server: "irc.example.org:6697", nick: gavel}
time_windows:
  office: {zone: Europe/Berlin, days: mon-fri, hours: "09:00-18:00", holidays: de-be.ics}
routes:
  - {to: mail, window: office}
people:
  default: {by: [post, irc], direct: [my_turn, due], quiet: {outside: office}}
  dee: {irc: dee_o, direct: none}
  eli: {by: post, quiet: none}
coalesce: {wait: 60s, at_most_every: 5m}
)",
                                  "notify.yaml", ReadHolidayFile);
  ASSERT_TRUE(config.ok()) << config.status().message();
  const Destination& mail = config->destinations[0];
  EXPECT_EQ(mail.channel, "specs@example.org");
  EXPECT_EQ(mail.list_id, "specs.example.org");
  EXPECT_EQ(mail.security, MailSecurity::kStartTls);
  EXPECT_FALSE(config->destinations[1].has_channel());
  EXPECT_EQ(config->destinations[1].security, MailSecurity::kNone);
  ASSERT_NE(config->routes[0].window, nullptr);
  absl::TimeZone berlin;
  absl::LoadTimeZone("Europe/Berlin", &berlin);
  const auto at = [&](int day, int hour) {
    return absl::FromCivil(absl::CivilHour(2026, 12, day, hour), berlin);
  };
  EXPECT_EQ(config->routes[0].window->NextOpen(at(7, 20)), at(9, 9));  // Over the holiday.
  const PersonPreferences& dee = config->people.Of("dee");
  EXPECT_EQ(dee.by, (std::vector<std::string>{"post", "irc"}));
  EXPECT_EQ(dee.irc, "dee_o");
  EXPECT_FALSE(dee.my_turn || dee.due || dee.digest);
  EXPECT_NE(dee.window, nullptr);
  EXPECT_EQ(config->people.Of("eli").window, nullptr);
  EXPECT_TRUE(config->people.Of("kim").my_turn);
  EXPECT_FALSE(config->people.Of("kim").digest);
  EXPECT_EQ(config->coalesce.wait, absl::Seconds(60));
  EXPECT_EQ(config->coalesce.at_most_every, absl::Minutes(5));
}

TEST(ConfigTest, WhatIsWrongWithPeopleMailAndHoursIsNamed) {
  struct Row {
    const char* text;
    const char* problem;
  };
  const std::string begin =
      "destinations:\n"
      "  hook: {kind: slack-webhook, url: credential/hook}\n"
      "  post: {kind: email, server: \"127.0.0.1:25\", from: gavel@example.org}\n";
  for (const Row& row : {
           Row{"routes:\n  - {to: post}\n", "`post` has no `to`, so it only reaches people"},
           Row{"routes: []\npeople:\n  dee: {by: post}\n", "`default` is missing"},
           Row{"routes: []\npeople:\n  default: {by: hook}\n", "cannot reach one person"},
           Row{"routes: []\npeople:\n  default: {by: pots}\n", "Did you mean `post`?"},
           Row{"routes: []\npeople:\n  default: {by: post, direct: [digests]}\n", "`digests`"},
           Row{"routes: []\npeople:\n  default: {by: post, quiet: {outside: office}}\n",
               "`office` is no time window"},
           Row{"routes: []\npeople:\n  default: {by: post, irc: \"#all\"}\n", "A nick is wanted"},
           Row{"routes: []\ncoalesce: {wait: 2h}\n", "A time up to one hour"},
           Row{"routes: []\ntime_windows:\n  o: {zone: Europe/Berln, days: mon-fri, hours: "
               "\"09:00-18:00\"}\n",
               "Europe/Berln"},
           Row{"routes: []\ntime_windows:\n  o: {zone: UTC, days: fri-mon, hours: "
               "\"09:00-18:00\"}\n",
               "Days are written like"},
           Row{"routes: []\ntime_windows:\n  o: {zone: UTC, days: mon-fri, hours: nine-five}\n",
               "Hours are written like"},
           Row{"routes: []\ntime_windows:\n  o: {zone: UTC, days: mon-fri, hours: "
               "\"09:00-18:00\", holidays: x.ics}\n",
               "`x.ics`: cannot read x.ics"},
       }) {
    const auto config = ParseConfig(begin + row.text, "notify.yaml", ReadHolidayFile);
    ASSERT_FALSE(config.ok()) << row.text;
    const std::string message(config.status().message());
    EXPECT_NE(message.find(row.problem), std::string::npos) << message;
  }
}

TEST(ConfigTest, AMailAddressCannotEndItsHeader) {
  for (const char* address : {"specs", "a b@example.org", "a@example.org>", "<a@example.org>",
                              "a@exa\\r\\nmple.org", "a@b@c", "@example.org", "a@"}) {
    const auto config =
        ParseConfig(std::string("destinations:\n  m: {kind: email, server: \"h:25\", from: \"") +
                        address + "\"}\nroutes: []\n",
                    "notify.yaml");
    EXPECT_FALSE(config.ok()) << address;
  }
}

TEST(ConfigTest, EveryMistakeIsNamedWithItsLine) {
  struct Row {
    const char* text;
    const char* problem;
  };
  const std::string routes = "routes:\n  - {to: [here]}\n";
  for (const Row& row : {
           Row{"destinations:\n  here: {kind: lokal, path: chat}\n",
               "notify.yaml:2:16: error: `lokal` is not one of"},
           Row{"destinations:\n  here: {kind: local}\n",
               "notify.yaml:2:9: error: `path` is missing"},
           Row{"destinations:\n  here: {kind: local, path: chat, chanel: x}\n",
               "notify.yaml:2:35: error: `chanel` is no key here"},
           Row{"destinations:\n  here: {kind: slack, channel: C1, token: xoxb-123}\n",
               "notify.yaml:2:43: error: A secret may not stand in this file"},
           Row{"destinations:\n  here: {kind: local, path: a}\n  here: {kind: local, path: b}\n",
               "notify.yaml:3:3: error"},
           Row{"destinations:\n  here: {kind: local, path: a, per_minute: 0}\n",
               "notify.yaml:2:44: error: A whole number from 1 to 6000"},
           Row{"destinatons: {}\n", "notify.yaml:1:1: error: `destinatons` is no key here"},
       }) {
    const auto config = ParseConfig(row.text + routes, "notify.yaml");
    ASSERT_FALSE(config.ok()) << row.text;
    EXPECT_EQ(ErrorReasonOf(config.status()), "POLICY_INVALID");
    const std::string message(config.status().message());
    EXPECT_NE(message.find(row.problem), std::string::npos) << message;
  }
}

TEST(ConfigTest, ALiteralSecretIsNeverRepeated) {
  const auto config = ParseConfig(
      "destinations:\n  a: {kind: slack, channel: C1, token: xoxb-123}\nroutes:\n  - {to: a}\n",
      "f");
  EXPECT_EQ(std::string(config.status().message()).find("xoxb"), std::string::npos);
}

TEST(ConfigTest, ARouteNamesOnlyWhatExists) {
  const auto config =
      ParseConfig(std::string(kDestinations) +
                      "routes:\n  - {match: {event: decisions, state: QUEUD}, to: [revieu]}\n",
                  "notify.yaml");
  const std::string message(config.status().message());
  EXPECT_NE(message.find("7:21: error: `decisions` is not one of"), std::string::npos) << message;
  EXPECT_NE(message.find("`QUEUD` is no state"), std::string::npos) << message;
  EXPECT_NE(message.find("`revieu` is no destination. Did you mean `review`?"), std::string::npos)
      << message;
}

// Which destinations a message reaches, and whether it is shown to the channel.
struct RouteRow {
  const char* name;
  MessageKind kind;
  const char* area;
  v1::Spec::State state;
  const char* hits;
};

TEST(RoutesTest, TheFirstMatchWinsUnlessItContinues) {
  const auto config = ParseConfig(std::string(kDestinations) + R"(routes:
  - {match: {area: media}, to: [hook], continue: true}
  - {match: {event: decision}, to: [review, irc], broadcast: false}
  - {match: {event: [packet, meeting_cancelled, auto_approved]}, to: [irc]}
  - {match: {state: [QUEUED, SCHEDULED]}, to: [review]}
  - {to: [here]}
)",
                                  "notify.yaml");
  ASSERT_TRUE(config.ok()) << config.status().message();
  for (const RouteRow& row : {
           RouteRow{"decision of media", MessageKind::kDecision, "media", v1::Spec::STATE_APPROVED,
                    "hook+ irc review "},
           RouteRow{"decision elsewhere", MessageKind::kDecision, "plat", v1::Spec::STATE_APPROVED,
                    "irc review "},
           RouteRow{"packet", MessageKind::kPacket, "plat", v1::Spec::STATE_UNSPECIFIED, "irc+ "},
           RouteRow{"auto-approved card", MessageKind::kCard, "plat", v1::Spec::STATE_AUTO_APPROVED,
                    "irc+ "},
           RouteRow{"queued card", MessageKind::kCard, "plat", v1::Spec::STATE_QUEUED, "review+ "},
           RouteRow{"any other card", MessageKind::kCard, "plat", v1::Spec::STATE_ASYNC_REVIEW,
                    "here+ "},
       }) {
    Message message;
    message.kind = row.kind;
    message.area = row.area;
    message.state = row.state;
    std::string hits;
    for (const auto& [name, hit] : RoutesOf(*config, message)) {
      hits += name + (hit.broadcast ? "+ " : " ");
    }
    EXPECT_EQ(hits, row.hits) << row.name;
  }
}

TEST(SecretTest, ComesFromAFileAndNeverFromTheText) {
  EXPECT_TRUE(absl::IsInvalidArgument(ReadCredential("xoxb-1", "/x").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(ReadCredential("credential/../passwd", "/etc").status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(ReadCredential("credential/slack", "").status()));
  EXPECT_TRUE(absl::IsNotFound(ReadCredential("credential/none", "/proc/self").status()));
}

}  // namespace
}  // namespace gavel::chat
