#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "clients/common/backoff.h"
#include "clients/common/connection.h"
#include "clients/common/method.h"
#include "clients/common/request_id.h"
#include "gavel/v1/rules_service.pb.h"
#include "gavel/v1/server_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::client {
namespace {

TEST(MethodTest, EveryRequestNamesItsRpc) {
  EXPECT_EQ(MethodPathOf(v1::GetSpecRequest()), "/gavel.v1.SpecService/GetSpec");
  EXPECT_EQ(MethodPathOf(v1::AdvanceClockRequest()), "/gavel.v1.ServerService/AdvanceClock");
}

TEST(MethodTest, OnlyReadsAndIdentifiedWritesAreRepeated) {
  EXPECT_TRUE(IsSafeToRepeat(v1::ListSpecsRequest()));
  EXPECT_TRUE(IsSafeToRepeat(v1::BacktestRuleSetRequest()));
  EXPECT_TRUE(IsSafeToRepeat(v1::ReplayVerdictRequest()));
  EXPECT_FALSE(IsSafeToRepeat(v1::PublishRuleSetRequest()));
  v1::SubmitSpecRequest submit;
  EXPECT_FALSE(IsSafeToRepeat(submit));
  EnsureRequestId(submit);
  EXPECT_TRUE(IsSafeToRepeat(submit));
  // Moving the clock twice is not the same as moving it once.
  EXPECT_FALSE(IsSafeToRepeat(v1::AdvanceClockRequest()));
}

TEST(MethodTest, ARehearsalAndAReadNeedNoRequestId) {
  v1::SubmitSpecRequest submit;
  EXPECT_TRUE(WantsRequestId(submit));
  submit.set_validate_only(true);
  EXPECT_FALSE(WantsRequestId(submit));
  EXPECT_FALSE(WantsRequestId(v1::GetSpecRequest()));
}

TEST(MethodTest, EnsureRequestIdKeepsTheOneThatIsThere) {
  v1::SubmitSpecRequest submit;
  submit.set_request_id("mine");
  EnsureRequestId(submit);
  EXPECT_EQ(submit.request_id(), "mine");
}

TEST(RequestIdTest, DerivedIdsDependOnEveryPartAndItsBoundary) {
  const std::string id = DeriveRequestId({"server", "repository", "path"});
  EXPECT_EQ(id, DeriveRequestId({"server", "repository", "path"}));
  EXPECT_NE(id, DeriveRequestId({"server", "repository", "paths"}));
  EXPECT_NE(id, DeriveRequestId({"serverr", "epository", "path"}));
  EXPECT_EQ(id.size(), 36u);
  EXPECT_EQ(id[14], '8');
}

TEST(RequestIdTest, FreshIdsAreRandomUuids) {
  const std::string id = NewRequestId();
  EXPECT_EQ(id[14], '4');
  EXPECT_NE(id, NewRequestId());
}

TEST(BackoffTest, DoublesUpToItsCapAndStartsAgain) {
  Backoff backoff(absl::Seconds(1), absl::Seconds(2));
  EXPECT_LE(backoff.Next(), absl::Seconds(1));
  EXPECT_GE(backoff.Next(), absl::Seconds(1));
  EXPECT_LE(backoff.Next(), absl::Seconds(2));
  backoff.Reset();
  EXPECT_LE(backoff.Next(), absl::Seconds(1));
}

TEST(ConnectionTest, ATokenNeverTravelsInClearTextToAnotherMachine) {
  EXPECT_FALSE(Connection::Open({.server = "gavel.example:4283", .token = "gvl_x"}).ok());
  EXPECT_TRUE(Connection::Open({.server = "127.0.0.1:4283", .token = "gvl_x"}).ok());
  EXPECT_TRUE(Connection::Open({.server = "https://gavel.example:443", .token = "gvl_x"}).ok());
}

TEST(ConnectionTest, OnlyTlsAndThisMachineArePrivate) {
  for (const char* server : {"127.0.0.1:4283", "127.8.9.10:1", "localhost:4283", "[::1]:4283",
                             "unix:/run/gavel.sock", "https://gavel.example"}) {
    EXPECT_TRUE(IsPrivate(server)) << server;
  }
  for (const char* server :
       {"127.gavel.example:4283", "localhost.gavel.example:4283", "[::1].gavel.example:1",
        "10.0.0.1:4283", "gavel.example:443", "http://127.0.0.1:4283", "[::2]:1", ""}) {
    EXPECT_FALSE(IsPrivate(server)) << server;
  }
}

TEST(ConnectionTest, ATokenIsAWordThatAHeaderCanCarry) {
  EXPECT_TRUE(IsToken("gvl_0aZ-_.~"));
  for (const char* token : {"", "gvl_a b", "gvl_a\nx: y", "gvl_\xC3\xA9", "gvl_\x7F"}) {
    EXPECT_FALSE(IsToken(token)) << token;
  }
  EXPECT_FALSE(Connection::Open({.server = "127.0.0.1:4283", .token = "gvl_a\nx"}).ok());
}

TEST(ConnectionTest, AMethodLearntAtRunTimeIsTriedAgainOnlyWhereThatIsSafe) {
  for (const bool safe : {false, true}) {
    int retries = 0;
    auto connection = Connection::Open(
        {.server = "127.0.0.1:1", .on_retry = [&](const absl::Status&) { ++retries; }});
    ASSERT_TRUE(connection.ok());
    v1::GetServerInfoResponse response;
    const absl::Status status = (*connection)
                                    ->Call({.path = "/example.Service/Method",
                                            .safe_to_repeat = safe,
                                            .timeout = absl::Milliseconds(400)},
                                           v1::GetServerInfoRequest(), &response);
    EXPECT_TRUE(absl::IsUnavailable(status)) << status;
    EXPECT_EQ(retries, safe ? 1 : 0);
  }
}

TEST(ConnectionTest, AnUnreachableServerIsUnavailableAfterItsRetries) {
  int retries = 0;
  auto connection = Connection::Open({.server = "127.0.0.1:1",
                                      .timeout = absl::Milliseconds(400),
                                      .on_retry = [&](const absl::Status&) { ++retries; }});
  ASSERT_TRUE(connection.ok());
  const auto answer = (*connection)->Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest());
  EXPECT_TRUE(absl::IsUnavailable(answer.status())) << answer.status();
  EXPECT_EQ(retries, 1);
}

TEST(ConnectionTest, AServerThatIsGoneIsNotWaitedForAsLongAsOneThatWorks) {
  auto connection = Connection::Open({.server = "127.0.0.1:1",
                                      .timeout = absl::Minutes(10),
                                      .retry_for = absl::Milliseconds(400)});
  ASSERT_TRUE(connection.ok());
  const absl::Time start = absl::Now();
  const auto answer = (*connection)->Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest());
  EXPECT_TRUE(absl::IsUnavailable(answer.status())) << answer.status();
  EXPECT_LT(absl::Now() - start, absl::Minutes(1));
}

TEST(ConnectionTest, AStreamIsOpenedAgainWhereThatMayHelp) {
  for (const auto code : {absl::StatusCode::kUnavailable, absl::StatusCode::kInternal,
                          absl::StatusCode::kAborted, absl::StatusCode::kResourceExhausted}) {
    EXPECT_TRUE(IsStreamRetryable(absl::Status(code, ""))) << code;
  }
  for (const auto code : {absl::StatusCode::kOk, absl::StatusCode::kUnauthenticated,
                          absl::StatusCode::kOutOfRange, absl::StatusCode::kInvalidArgument,
                          absl::StatusCode::kDeadlineExceeded}) {
    EXPECT_FALSE(IsStreamRetryable(absl::Status(code, ""))) << code;
  }
}

TEST(ConnectionTest, AStreamIsTriedAgainLikeACall) {
  int retries = 0;
  int messages = 0;
  auto connection = Connection::Open({.server = "127.0.0.1:1",
                                      .timeout = absl::Milliseconds(400),
                                      .on_retry = [&](const absl::Status&) { ++retries; }});
  ASSERT_TRUE(connection.ok());
  const absl::Status status = (*connection)
                                  ->Stream<v1::BacktestRuleSetResponse>(
                                      v1::BacktestRuleSetRequest(),
                                      [&](const v1::BacktestRuleSetResponse&) { ++messages; });
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_EQ(retries, 1);
  EXPECT_EQ(messages, 0);
}

}  // namespace
}  // namespace gavel::client
