#include "clients/chat/config.h"

#include <gtest/gtest.h>

#include <string>

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
