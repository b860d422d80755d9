// Framing, JSON and JSON-RPC.
#include <gtest/gtest.h>

#include "clients/lsp/framing.h"
#include "clients/lsp/rpc.h"

namespace gavel::lsp {
namespace {

TEST(FrameReaderTest, TakesMessagesByteByByte) {
  FrameReader reader;
  std::vector<std::string> messages;
  for (const char c : Framed("{\"a\":1}") + Framed("") + Framed("\xF0\x9F\x98\x80")) {
    reader.Feed({&c, 1});
    auto message = reader.Next();
    ASSERT_TRUE(message.ok()) << message.status();
    if (message->has_value()) messages.push_back(**message);
  }
  EXPECT_EQ(messages, (std::vector<std::string>{"{\"a\":1}", "", "\xF0\x9F\x98\x80"}));
  EXPECT_TRUE(reader.IsIdle());
}

TEST(FrameReaderTest, TakesOtherFieldsOfTheProtocol) {
  FrameReader reader;
  reader.Feed(
      "content-length : 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n{}");
  EXPECT_EQ(reader.Next().value(), "{}");
}

class BadHeaderTest : public testing::TestWithParam<std::string> {};

TEST_P(BadHeaderTest, EndsTheStream) {
  FrameReader reader;
  reader.Feed(GetParam());
  EXPECT_EQ(reader.Next().status().code(), absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(
    Headers, BadHeaderTest,
    testing::Values("Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n",
                    "Content-Length: 1 2\r\n\r\n", "Content-Length:\r\n\r\n", "\r\n\r\n",
                    "GET / HTTP/1.1\r\n\r\n", "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
                    "Content-Length: 99999999999999999999999\r\n\r\n",
                    "Content-Length: 16777217\r\n\r\n", "X-Other: 1\r\nContent-Length: 1\r\n\r\n",
                    "Content-Length: 1\r\nContent-Type: text/x; charset=latin-1\r\n\r\n",
                    std::string(kMaxHeaderBytes, 'a')));

TEST(JsonTest, ALoneSurrogateKeepsItsColumn) {
  EXPECT_EQ(ParseJson(R"({"t":"a\ud83db"})")->at("t"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(ParseJson(R"({"t":"\ude00\\ud83d"})")->at("t"), "\xEF\xBF\xBD\\ud83d");
  EXPECT_EQ(ParseJson(R"({"t":"\ud83d\ude00"})")->at("t"), "\xF0\x9F\x98\x80");
}

TEST(JsonTest, WhatIsNoJsonIsNothing) {
  for (const char* text : {"", "{", "\xFF", "{\"a\":\"\xFF\"}", "nul", "{}{}"}) {
    EXPECT_FALSE(ParseJson(text).has_value()) << text;
  }
}

TEST(JsonTest, WhatIsNestedWithoutEndIsNothing) {
  EXPECT_FALSE(ParseJson(std::string(1'000'000, '[')).has_value());
  EXPECT_FALSE(ParseJson(std::string(1'000'000, '[') + std::string(1'000'000, ']')).has_value());
  EXPECT_TRUE(ParseJson("[\"\\\"" + std::string(1'000, '[') + "\"]").has_value());
}

TEST(JsonTest, MissingThingsAreNull) {
  const Json json = {{"a", {{"b", 3}}}};
  EXPECT_EQ(IntAt(json, "a/b"), 3);
  EXPECT_TRUE(At(json, "a/b/c").is_null());
  EXPECT_TRUE(At(json, "x/y").is_null());
  EXPECT_FALSE(TextAt(json, "a/b").has_value());
  EXPECT_TRUE(At(json, "").is_object());
}

TEST(RpcTest, TellsRequestsNotificationsAndAnswersApart) {
  using Kind = RpcMessage::Kind;
  EXPECT_EQ(ParseMessage(R"({"jsonrpc":"2.0","id":1,"method":"m"})")->kind, Kind::kRequest);
  EXPECT_EQ(ParseMessage(R"({"jsonrpc":"2.0","method":"m"})")->kind, Kind::kNotification);
  EXPECT_EQ(ParseMessage(R"({"jsonrpc":"2.0","id":1,"result":null})")->kind, Kind::kResponse);
  EXPECT_EQ(ParseMessage(R"({"jsonrpc":"2.0","id":null,"error":{}})")->kind, Kind::kResponse);
}

TEST(RpcTest, WhatIsNoMessageIsRefused) {
  for (const char* text :
       {"[]", "3", "{}", R"({"jsonrpc":"1.0","method":"m"})",
        R"({"jsonrpc":"2.0","id":{},"method":"m"})", R"({"jsonrpc":"2.0","id":null,"method":"m"})",
        R"({"jsonrpc":"2.0","id":1.5,"method":"m"})", R"({"jsonrpc":"2.0","method":3})"}) {
    EXPECT_EQ(ParseMessage(text).status().code(), absl::StatusCode::kFailedPrecondition) << text;
  }
  EXPECT_EQ(ParseMessage("{").status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace gavel::lsp
