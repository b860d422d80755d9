#include "clients/cli/account/token_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "clients/cli/account/token_source.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class TokenFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "gavel_tokens_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
    // No session bus: nothing of the machine's keyring takes part.
    environment_.variables = {{"XDG_STATE_HOME", root_}};
  }

  std::string root_;
  Environment environment_;
};

TEST_F(TokenFilesTest, ATokenIsForOneServer) {
  ASSERT_TRUE(WriteTokenFile(environment_, "a:1", "gvl_a").ok());
  ASSERT_TRUE(WriteTokenFile(environment_, "https://a:1", "gvl_b").ok());
  EXPECT_EQ(*ReadTokenFile(environment_, "a:1"), "gvl_a");
  EXPECT_EQ(*ReadTokenFile(environment_, "https://a:1"), "gvl_b");
  EXPECT_TRUE(absl::IsNotFound(ReadTokenFile(environment_, "a:11").status()));
  EXPECT_EQ(ListTokenFiles(environment_).size(), 2u);
  EXPECT_TRUE(*EraseTokenFile(environment_, "a:1"));
  EXPECT_FALSE(*EraseTokenFile(environment_, "a:1"));
  ASSERT_EQ(ListTokenFiles(environment_).size(), 1u);
  EXPECT_EQ(ListTokenFiles(environment_)[0].server, "https://a:1");
}

TEST_F(TokenFilesTest, OnlyItsOwnerCanReadIt) {
  ASSERT_TRUE(WriteTokenFile(environment_, "a:1", "gvl_a").ok());
  const std::string path = TokenFilePath(environment_, "a:1");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(fs::path(path).parent_path()).permissions(), fs::perms::owner_all);
  EXPECT_EQ(OpenSecretWarning(path), "");
  fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
  EXPECT_THAT(OpenSecretWarning(path), HasSubstr("chmod 600 " + path));
}

TEST_F(TokenFilesTest, NoServerNameLeavesTheFolder) {
  for (const char* server : {"../../x", "..", ".", "/etc/x", "unix:/run/g", "a%3A1", "a b"}) {
    ASSERT_TRUE(WriteTokenFile(environment_, server, "gvl_a").ok()) << server;
    EXPECT_EQ(fs::path(TokenFilePath(environment_, server)).parent_path(), root_ + "/gavel/tokens");
    EXPECT_EQ(ListTokenFiles(environment_)[0].server, server);
    ASSERT_TRUE(*EraseTokenFile(environment_, server));
  }
}

TEST_F(TokenFilesTest, WithoutAStateFolderNothingIsStored) {
  environment_.variables.clear();
  EXPECT_TRUE(absl::IsInvalidArgument(WriteTokenFile(environment_, "a:1", "gvl_a")));
  EXPECT_FALSE(ReadTokenFile(environment_, "a:1").ok());
  EXPECT_FALSE(*EraseTokenFile(environment_, "a:1"));
  EXPECT_TRUE(ListTokenFiles(environment_).empty());
}

TEST_F(TokenFilesTest, AStoredTokenSaysWhereItLies) {
  ASSERT_TRUE(WriteTokenFile(environment_, "a:1", "gvl_a").ok());
  const TokenInUse token = FindStoredToken("a:1", environment_, false);
  EXPECT_EQ(token.value, "gvl_a");
  EXPECT_EQ(token.from, TokenFilePath(environment_, "a:1"));
  EXPECT_THAT(token.warning, HasSubstr("unencrypted"));
  EXPECT_EQ(FindStoredToken("b:1", environment_, false).value, "");
}

TEST_F(TokenFilesTest, WhoSaysAsIsNotSomebodyElseByAStoredToken) {
  ASSERT_TRUE(WriteTokenFile(environment_, "a:1", "gvl_a").ok());
  Config config;
  config.server = {"a:1", "--server"};
  EXPECT_EQ(FindToken(config, environment_, false).value, "gvl_a");
  config.principal = {"bo", "--as"};
  EXPECT_EQ(FindToken(config, environment_, false).value, "");
  config.principal = {"bo", "client.yaml"};
  EXPECT_EQ(FindToken(config, environment_, false).value, "gvl_a");
  config.token = {"gvl_b", "GAVEL_TOKEN"};
  EXPECT_EQ(FindToken(config, environment_, false).value, "gvl_b");
}

}  // namespace
}  // namespace gavel::cli
