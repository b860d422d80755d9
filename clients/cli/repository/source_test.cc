// Against the real git.
#include "clients/cli/repository/source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "clients/cli/process.h"
#include "clients/cli/submission.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class SourceTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "gavel_source_" +
            testing::UnitTest::GetInstance()->current_test_info()->name() + "/uploads";
    fs::remove_all(root_);
    fs::create_directories(root_ + "/specs");
    Git({"init", "-q", "-b", "main"});
    Write("specs/queue.md", "one\n");
    Commit();
  }

  void Git(const std::vector<std::string>& arguments) {
    ProcessOptions options;
    options.arguments = {"git",
                         "-C",
                         root_,
                         "-c",
                         "user.name=ana",
                         "-c",
                         "user.email=ana@example.org",
                         "-c",
                         "commit.gpgsign=false"};
    options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
    const auto result = RunProcess(options);
    ASSERT_TRUE(result.ok()) << result.status();
    ASSERT_EQ(result->exit_code, 0) << result->err;
  }
  void Commit() {
    Git({"add", "-A"});
    Git({"commit", "-q", "-m", "change"});
  }
  void Write(const std::string& path, const std::string& text) {
    std::ofstream(root_ + "/" + path, std::ios::binary) << text;
  }
  absl::StatusOr<Source> Locate(const std::string& path, const SourceOptions& options = {}) {
    return LocateSource(root_ + "/" + path, config_, options);
  }

  std::string root_;
  Config config_;
};

TEST_F(SourceTest, TakesTheBytesOfTheCommit) {
  const auto source = Locate("specs/queue.md");
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_EQ(source->path, "specs/queue.md");
  EXPECT_EQ(source->content, "one\n");
  EXPECT_EQ(source->blob, "5626abf0f72e58d7a153368ba57db4c673c0e171");
  EXPECT_EQ(source->commit.size(), 40u);
  EXPECT_FALSE(source->unpublished);
}

TEST_F(SourceTest, WithoutARemoteTheFolderNamesTheRepository) {
  EXPECT_EQ(Locate("specs/queue.md")->repository, "local/uploads");
  config_.repository = "github.com/acme/uploads";
  EXPECT_EQ(Locate("specs/queue.md")->repository, "github.com/acme/uploads");
}

TEST_F(SourceTest, ThePushRemoteBeatsOriginBeatsTheOnlyRemote) {
  Git({"remote", "add", "fork", "git@github.com:ana/uploads.git"});
  EXPECT_EQ(Locate("specs/queue.md")->repository, "github.com/ana/uploads");
  Git({"remote", "add", "origin", "https://github.com/acme/uploads.git"});
  EXPECT_EQ(Locate("specs/queue.md")->repository, "github.com/acme/uploads");
  EXPECT_EQ(Locate("specs/queue.md")->repository_reason, "remote origin");
  Git({"config", "branch.main.pushRemote", "fork"});
  EXPECT_EQ(Locate("specs/queue.md")->repository, "github.com/ana/uploads");
}

TEST_F(SourceTest, SeveralRemotesWithoutAnOriginAreListed) {
  Git({"remote", "add", "a", "git@h:a/x.git"});
  Git({"remote", "add", "b", "git@h:b/x.git"});
  const auto source = Locate("specs/queue.md");
  EXPECT_TRUE(absl::IsInvalidArgument(source.status()));
  EXPECT_THAT(std::string(source.status().message()), HasSubstr("There are a, b"));
}

TEST_F(SourceTest, AChangedFileIsRefusedUnlessTheWorkingCopyIsMeant) {
  Write("specs/queue.md", "two\n");
  EXPECT_TRUE(absl::IsFailedPrecondition(Locate("specs/queue.md").status()));
  const auto source = Locate("specs/queue.md", {.allow_dirty = true});
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_EQ(source->content, "two\n");
  EXPECT_TRUE(source->unpublished);
  EXPECT_EQ(source->commit, "");
}

TEST_F(SourceTest, AnEarlierCommitCanBeNamed) {
  Write("specs/queue.md", "two\n");
  Commit();
  EXPECT_EQ(Locate("specs/queue.md", {.commit = "HEAD~1"})->content, "one\n");
  EXPECT_TRUE(absl::IsInvalidArgument(Locate("specs/queue.md", {.commit = "--output=x"}).status()));
}

TEST_F(SourceTest, WhatCanNeverBeSubmittedIsRefusedBeforeGitIsAsked) {
  fs::create_symlink("queue.md", root_ + "/specs/link.md");
  Write("specs/large.md", std::string(kMaxDocumentBytes + 1, 'x'));
  for (const char* path : {"specs/none.md", "specs/link.md", "specs", "specs/large.md"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Locate(path).status())) << path;
  }
}

TEST_F(SourceTest, AnUncommittedFileIsRefused) {
  Write("specs/new.md", "new\n");
  const auto source = Locate("specs/new.md");
  EXPECT_TRUE(absl::IsFailedPrecondition(source.status()));
  EXPECT_THAT(std::string(source.status().message()), HasSubstr("commit it"));
}

TEST_F(SourceTest, NamesWithSpacesAndPatternsAreOneFile) {
  Write("specs/[x] queue*.md", "odd\n");
  Commit();
  EXPECT_EQ(Locate("specs/[x] queue*.md")->content, "odd\n");
}

TEST_F(SourceTest, BytesAreKeptAsTheyAre) {
  Write("specs/queue.md", "\xEF\xBB\xBF a\r\nb\n\n");
  Commit();
  EXPECT_EQ(Locate("specs/queue.md")->content, "\xEF\xBB\xBF a\r\nb\n\n");
}

// A checkout is untrusted input: its configuration must not make git run a program.
TEST_F(SourceTest, ARepositoryCannotStartAProgram) {
  const std::string trap = root_ + "/trap.sh";
  std::ofstream(trap) << "#!/bin/sh\ntouch " << root_ << "/sprung\n";
  fs::permissions(trap, fs::perms::owner_all);
  Git({"config", "core.fsmonitor", trap});
  ASSERT_TRUE(Locate("specs/queue.md").ok());
  EXPECT_FALSE(fs::exists(root_ + "/sprung"));
}

TEST_F(SourceTest, AStepsRequestIdFollowsFromWhatItSays) {
  const auto source = Locate("specs/queue.md");
  ASSERT_TRUE(source.ok());
  v1::AddRevisionRequest request;
  request.set_content("one\n");
  const std::string id = StepRequestId("server", *source, "\"1-ab\"", request);
  EXPECT_EQ(id, StepRequestId("server", *source, "\"1-ab\"", request));
  // Going back to the same bytes at a later version is another command.
  EXPECT_NE(id, StepRequestId("server", *source, "\"3-cd\"", request));
  EXPECT_NE(id, StepRequestId("other", *source, "\"1-ab\"", request));
  request.set_message("why");
  EXPECT_NE(id, StepRequestId("server", *source, "\"1-ab\"", request));
}

TEST(ContentHashTest, IsSha256InHex) {
  EXPECT_EQ(ContentHash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace gavel::cli
