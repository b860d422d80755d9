#include "clients/cli/pending_request.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

class PendingRequestTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "gavel_pending_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
    environment_.variables = {{"XDG_STATE_HOME", root_}};
  }

  static v1::AddCommentRequest Comment(const std::string& text) {
    v1::AddCommentRequest request;
    request.set_spec("MEDIA-1");
    request.set_text(text);
    return request;
  }

  // One run that says `text`; the id it asks with.
  std::string Ask(const std::string& text, bool answered, const std::string& who = "ana",
                  const std::string& server = "a:1") {
    v1::AddCommentRequest request = Comment(text);
    PendingRequest pending = PendingRequest::Begin(environment_, server, who, request);
    if (answered) pending.Forget();
    return request.request_id();
  }

  fs::path Only() const { return fs::directory_iterator(root_ + "/gavel/pending")->path(); }
  size_t Files() const {
    const fs::directory_iterator files(root_ + "/gavel/pending");
    return static_cast<size_t>(std::distance(begin(files), end(files)));
  }

  std::string root_;
  Environment environment_;
};

TEST_F(PendingRequestTest, ARunWithoutAnAnswerIsResumedByTheSameWords) {
  const std::string id = Ask("hello", /*answered=*/false);
  EXPECT_EQ(id.size(), 36u);
  EXPECT_EQ(Ask("hello", false), id);
  EXPECT_EQ(Ask("hello", true), id);
  EXPECT_EQ(Files(), 0u);
}

TEST_F(PendingRequestTest, TheSameWordsAfterAnAnswerAreSaidTwice) {
  EXPECT_NE(Ask("hello", true), Ask("hello", true));
}

TEST_F(PendingRequestTest, OtherWordsAnotherPersonAndAnotherServerAreOtherRequests) {
  const std::string id = Ask("hello", false);
  EXPECT_NE(Ask("hello!", true), id);
  EXPECT_NE(Ask("hello", true, "bo"), id);
  EXPECT_NE(Ask("hello", true, "ana", "b:1"), id);
}

TEST_F(PendingRequestTest, TwoRunsAtTheSameTimeMeanTwoRequests) {
  v1::AddCommentRequest first = Comment("ping");
  const PendingRequest running = PendingRequest::Begin(environment_, "a:1", "ana", first);
  EXPECT_NE(Ask("ping", true), first.request_id());
  EXPECT_EQ(Files(), 1u);
}

TEST_F(PendingRequestTest, AResumedRequestBringsItsEtag) {
  v1::WithdrawSpecRequest request;
  request.set_spec("MEDIA-1");
  request.set_etag("1");
  PendingRequest::Begin(environment_, "a:1", "ana", request);
  v1::WithdrawSpecRequest again;
  again.set_spec("MEDIA-1");
  again.set_etag("2");
  PendingRequest::Begin(environment_, "a:1", "ana", again);
  EXPECT_EQ(again.request_id(), request.request_id());
  EXPECT_EQ(again.etag(), "1");
}

TEST_F(PendingRequestTest, AFileThatWasBeingWrittenStandsForNothingSent) {
  const std::string id = Ask("hello", false);
  fs::resize_file(Only(), 20);
  const std::string fresh = Ask("hello", false);
  EXPECT_NE(fresh, id);
  EXPECT_EQ(Ask("hello", false), fresh);
}

TEST_F(PendingRequestTest, WhatTheServerHasForgottenIsForgottenHere) {
  const std::string id = Ask("hello", false);
  fs::last_write_time(Only(), fs::file_time_type::clock::now() - std::chrono::hours(7 * 24 + 1));
  EXPECT_NE(Ask("hello", true), id);
}

TEST_F(PendingRequestTest, TheNumberOfFilesIsBounded) {
  for (int i = 0; i < 300; ++i) Ask(std::to_string(i), false);
  EXPECT_LE(Files(), 257u);
}

TEST_F(PendingRequestTest, StaleOnesAreListedAndRunningOnesAreNot) {
  Ask("left behind", false);
  v1::AddCommentRequest running = Comment("under way");
  const PendingRequest pending = PendingRequest::Begin(environment_, "a:1", "ana", running);
  const std::vector<StaleRequest> stale = StaleRequests(environment_);
  ASSERT_EQ(stale.size(), 1u);
  EXPECT_EQ(stale[0].method, "AddComment");
  EXPECT_EQ(stale[0].target, "MEDIA-1");
  EXPECT_EQ(stale[0].server, "a:1");
}

TEST_F(PendingRequestTest, NobodyElseCanReadTheFileAndTheTextIsNotInIt) {
  Ask("a secret plan", false);
  EXPECT_EQ(fs::status(Only()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  std::ifstream file(Only());
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(bytes.find("secret"), std::string::npos) << bytes;
  EXPECT_NE(bytes.find("MEDIA-1"), std::string::npos) << bytes;
}

TEST_F(PendingRequestTest, WithoutAStateFolderAnIdIsFreshAndNothingIsKept) {
  for (const std::map<std::string, std::string>& variables :
       {std::map<std::string, std::string>{{"XDG_STATE_HOME", "/proc/nowhere"}}, {}}) {
    environment_.variables = variables;
    EXPECT_NE(Ask("hello", false), Ask("hello", false));
    EXPECT_TRUE(StaleRequests(environment_).empty());
  }
  EXPECT_FALSE(fs::exists("/pending"));
}

}  // namespace
}  // namespace gavel::cli
