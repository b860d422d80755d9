// The services' own forms: what goes over the wire, and what each answer means.
#include <gtest/gtest.h>

#include <fstream>
#include <utility>

#include "clients/chat/chat_testing.h"
#include "clients/chat/http.h"
#include "clients/chat/irc_line.h"
#include "clients/chat/local_channel.h"
#include "clients/chat/slack_channel.h"
#include "clients/chat/webhook_channel.h"
#include "nlohmann/json.hpp"

namespace gavel::chat {
namespace {

using Kind = SendResult::Kind;

// Answers what it is told to, and keeps what it was asked.
class FakeHttp final : public Http {
 public:
  explicit FakeHttp(std::vector<HttpRequest>* requests, absl::StatusOr<HttpAnswer> answer)
      : requests_(requests), answer_(std::move(answer)) {}
  absl::StatusOr<HttpAnswer> Post(const HttpRequest& request) override {
    requests_->push_back(request);
    return answer_;
  }

 private:
  std::vector<HttpRequest>* requests_;
  absl::StatusOr<HttpAnswer> answer_;
};

Message Card() {
  Message message;
  message.group_key = "card/MEDIA-51";
  message.title = "MEDIA-51 Keys";
  message.word = "Queued";
  message.fields = {{"State", "Queued"}};
  message.time = December(8, 9, 12);
  message.seq = 7;
  return message;
}

SlackChannel Slack(std::vector<HttpRequest>* requests, absl::StatusOr<HttpAnswer> answer) {
  return SlackChannel(
      {.api = "https://slack.example/api", .channel = "C1", .token = Secret("xoxb-1")},
      std::make_unique<FakeHttp>(requests, std::move(answer)));
}

TEST(SlackChannelTest, PostsWithMetadataAndRemembersWhere) {
  std::vector<HttpRequest> requests;
  SlackChannel slack =
      Slack(&requests, HttpAnswer{200, {}, R"({"ok":true,"channel":"C1","ts":"1.2"})"});
  const SendResult result =
      slack.Post(Card(), {.thread = Placement{"C1", "0.9"}, .broadcast = true});
  EXPECT_EQ(result.kind, Kind::kDone);
  EXPECT_EQ(result.placement.id, "1.2");
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].url, "https://slack.example/api/chat.postMessage");
  EXPECT_EQ(requests[0].headers[0], "Authorization: Bearer xoxb-1");
  const auto body = nlohmann::json::parse(requests[0].body);
  EXPECT_EQ(body["channel"], "C1");
  EXPECT_EQ(body["thread_ts"], "0.9");
  EXPECT_EQ(body["reply_broadcast"], true);
  EXPECT_EQ(body["text"], "MEDIA-51 Keys: Queued");
  EXPECT_EQ(body["metadata"]["event_type"], "gavel_card");
  EXPECT_EQ(body["metadata"]["event_payload"]["key"], "MEDIA-51");
  EXPECT_EQ(body["metadata"]["event_payload"]["seq"], "7");
}

struct AnswerRow {
  const char* name;
  absl::StatusOr<HttpAnswer> answer;
  Kind kind;
};

TEST(SlackChannelTest, EveryAnswerSaysWhetherToTryAgain) {
  const auto error = [](const char* word) {
    return HttpAnswer{200, {}, std::string(R"({"ok":false,"error":")") + word + "\"}"};
  };
  for (const AnswerRow& row : {
           AnswerRow{"rate limited", HttpAnswer{429, absl::Seconds(7), ""}, Kind::kNotSent},
           AnswerRow{"rate limited in the body", error("ratelimited"), Kind::kNotSent},
           AnswerRow{"server error", HttpAnswer{503, {}, ""}, Kind::kUnknown},
           AnswerRow{"request timeout", HttpAnswer{408, {}, ""}, Kind::kUnknown},
           AnswerRow{"Slack's own trouble", error("internal_error"), Kind::kUnknown},
           AnswerRow{"no JSON", HttpAnswer{200, {}, "<html>"}, Kind::kUnknown},
           AnswerRow{"no connection", absl::FailedPreconditionError("x"), Kind::kNotSent},
           AnswerRow{"lost answer", absl::UnknownError("x"), Kind::kUnknown},
           AnswerRow{"deleted", error("message_not_found"), Kind::kGone},
           AnswerRow{"no such channel", error("channel_not_found"), Kind::kRefused},
           AnswerRow{"bad token", error("invalid_auth"), Kind::kRefused},
           AnswerRow{"not found", HttpAnswer{404, {}, ""}, Kind::kRefused},
           AnswerRow{"redirect", HttpAnswer{302, {}, ""}, Kind::kRefused},
       }) {
    std::vector<HttpRequest> requests;
    SlackChannel slack = Slack(&requests, row.answer);
    const SendResult result = slack.Post(Card(), {});
    EXPECT_EQ(result.kind, row.kind) << row.name;
    EXPECT_EQ(result.reason.find("xoxb"), std::string::npos) << row.name;
  }
}

TEST(SlackChannelTest, FindsOnlyItsOwnMessageOfTheSameKind) {
  std::vector<HttpRequest> requests;
  const char* history = R"({"ok":true,"messages":[
    {"ts":"9","text":"hello"},
    {"ts":"8","metadata":{"event_type":"gavel_packet","event_payload":{"key":"MEDIA-51"}}},
    {"ts":"7","metadata":{"event_type":"gavel_card","event_payload":{"key":"MEDIA-5"}}},
    {"ts":"6","metadata":{"event_type":"gavel_card",
                          "event_payload":{"key":"MEDIA-51","seq":"3"}}}]})";
  SlackChannel slack = Slack(&requests, HttpAnswer{200, {}, history});
  const FindResult found = slack.Find(Card(), {}, {December(8, 9, 0), December(8, 9, 20)});
  ASSERT_TRUE(found.placement.has_value());
  EXPECT_EQ(found.placement->id, "6");
  EXPECT_NE(requests[0].body.find("include_all_metadata=true"), std::string::npos);
  EXPECT_NE(requests[0].headers[1].find("x-www-form-urlencoded"), std::string::npos);
}

TEST(WebhookChannelTest, TakesAnyGoodStatusAndNeverNamesItsAddress) {
  std::vector<HttpRequest> requests;
  WebhookChannel good(Secret("https://hooks.example/T/B/x"),
                      std::make_unique<FakeHttp>(&requests, HttpAnswer{200, {}, "ok"}));
  EXPECT_EQ(good.Post(Card(), {}).kind, Kind::kDone);
  EXPECT_EQ(nlohmann::json::parse(requests[0].body).size(), 1u);
  WebhookChannel gone(Secret("https://hooks.example/T/B/x"),
                      std::make_unique<FakeHttp>(&requests, HttpAnswer{410, {}, "no_service"}));
  const SendResult result = gone.Post(Card(), {});
  EXPECT_EQ(result.kind, Kind::kRefused);
  EXPECT_EQ(result.reason, "HTTP 410");
}

TEST(CheckUrlTest, AllowsHttpsAndThisMachineOnly) {
  for (const char* url : {"https://slack.com/api", "http://127.0.0.1:8080/x", "http://[::1]:1/",
                          "http://localhost/x"}) {
    EXPECT_TRUE(CheckUrl(url).ok()) << url;
  }
  for (const char* url : {"http://slack.com/api", "http://127.0.0.1@evil.example/",
                          "http://127.0.0.1:80@evil.example/", "http://localhost.evil.example/",
                          "ftp://127.0.0.1/", "file:///etc/passwd", "slack.com", ""}) {
    EXPECT_FALSE(CheckUrl(url).ok()) << url;
  }
}

using LocalChannelTest = ChatTest;

TEST_F(LocalChannelTest, EditsShowInPlaceAndTheFileOnlyGrows) {
  LocalChannel channel(folder_ + "/chat");
  const SendResult posted = channel.Post(Card(), {});
  ASSERT_EQ(posted.kind, Kind::kDone);
  Message edited = Card();
  edited.word = "Scheduled";
  ASSERT_EQ(channel.Edit(edited, posted.placement).kind, Kind::kDone);
  ASSERT_EQ(channel.Post(Card(), {.thread = posted.placement, .broadcast = true}).placement.id,
            "m2");
  const auto messages = ReadLocalChannel(folder_ + "/chat");
  ASSERT_TRUE(messages.ok()) << messages.status();
  ASSERT_EQ(messages->size(), 2u);
  EXPECT_EQ((*messages)[0].history, (std::vector<std::string>{"Queued", "Scheduled"}));
  EXPECT_EQ((*messages)[1].thread, "m1");
}

TEST_F(LocalChannelTest, ALineCutShortByACrashIsWrittenOver) {
  LocalChannel channel(folder_ + "/chat");
  channel.Post(Card(), {});
  std::ofstream(folder_ + "/chat/channel.jsonl", std::ios::app) << "{\"op\":\"po";
  EXPECT_EQ(ReadLocalChannel(folder_ + "/chat")->size(), 1u);
  EXPECT_EQ(channel.Post(Card(), {}).placement.id, "m2");
  EXPECT_EQ(ReadLocalChannel(folder_ + "/chat")->size(), 2u);
}

TEST(IrcLineTest, SplitsPrefixCommandAndParameters) {
  const IrcLine line = ParseIrcLine(":irc.example 433 * gavel :Nickname already in use");
  EXPECT_EQ(line.prefix, "irc.example");
  EXPECT_EQ(line.command, "433");
  EXPECT_EQ(line.params, (std::vector<std::string>{"*", "gavel", "Nickname already in use"}));
  EXPECT_TRUE(line.is_error());
  EXPECT_EQ(ParseIrcLine("PING :x y").text(), "x y");
  EXPECT_EQ(ParseIrcLine("PING x").text(), "x");
  EXPECT_EQ(ParseIrcLine("").command, "");
  EXPECT_FALSE(ParseIrcLine(":a 001 gavel :Welcome").is_error());
}

}  // namespace
}  // namespace gavel::chat
