#include "clients/cli/settings/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "clients/cli/files.h"
#include "clients/cli/settings/flat_yaml.h"

namespace gavel::cli {
namespace {

using testing::HasSubstr;

class ConfigTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "gavel_config_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_ + "/repo/.git");
    environment_.variables = {{"HOME", root_ + "/home"}};
  }

  void WriteRepository(const std::string& text) {
    ASSERT_TRUE(WriteFileAtomically(root_ + "/repo/.gavel.yaml", text).ok());
  }
  void WriteUser(const std::string& text) {
    ASSERT_TRUE(WriteFileAtomically(root_ + "/home/.config/gavel/client.yaml", text).ok());
  }
  absl::StatusOr<Config> Load() { return LoadConfig(arguments_, environment_, root_ + "/repo"); }

  std::string root_;
  Environment environment_;
  Arguments arguments_;
};

TEST_F(ConfigTest, FlagsBeatEnvironmentBeatsRepositoryBeatsUser) {
  WriteUser("server: user:1\n");
  EXPECT_EQ(Load()->server.value, "user:1");
  WriteRepository("server: repo:1\n");
  EXPECT_EQ(Load()->server.value, "repo:1");
  environment_.variables["GAVEL_SERVER"] = "env:1";
  EXPECT_EQ(Load()->server.value, "env:1");
  arguments_.Set("server", {"flag:1"});
  EXPECT_EQ(Load()->server.value, "flag:1");
  EXPECT_EQ(Load()->server.from, "--server");
}

TEST_F(ConfigTest, AServerThatOnlyTheRepositoryNamesIsMarked) {
  WriteRepository("server: repo:1\n");
  EXPECT_TRUE(Load()->server_from_repository);
  WriteUser("server: repo:1\n");
  EXPECT_FALSE(Load()->server_from_repository);
}

TEST_F(ConfigTest, ARepositoryCannotHaveAnotherFileRead) {
  ASSERT_TRUE(WriteFileAtomically(root_ + "/elsewhere", "secret: 1\n").ok());
  std::filesystem::create_symlink("../elsewhere", root_ + "/repo/.gavel.yaml");
  const absl::Status status = Load().status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("leads out of the repository"));
  EXPECT_THAT(std::string(status.message()), testing::Not(HasSubstr("secret")));
}

TEST_F(ConfigTest, ALinkWithinTheRepositoryIsFollowed) {
  ASSERT_TRUE(WriteFileAtomically(root_ + "/repo/shared.yaml", "server: repo:1\n").ok());
  std::filesystem::create_symlink("shared.yaml", root_ + "/repo/.gavel.yaml");
  EXPECT_EQ(Load()->server.value, "repo:1");
}

TEST(EnvironmentTest, RelativeFoldersArePassedOver) {
  Environment environment{.variables = {{"HOME", "home"}, {"XDG_STATE_HOME", "/state"}}};
  EXPECT_EQ(environment.ConfigDir(), "");
  EXPECT_EQ(environment.StateDir(), "/state/gavel");
  environment.variables = {{"HOME", "/home"}, {"XDG_STATE_HOME", "state"}};
  EXPECT_EQ(environment.StateDir(), "/home/.local/state/gavel");
}

TEST_F(ConfigTest, AnAllowedServerIsRemembered) {
  EXPECT_FALSE(IsServerAllowed(environment_, "repo:1"));
  ASSERT_TRUE(AllowServer(environment_, "repo:1").ok());
  ASSERT_TRUE(AllowServer(environment_, "repo:2").ok());
  EXPECT_TRUE(IsServerAllowed(environment_, "repo:1"));
  EXPECT_FALSE(IsServerAllowed(environment_, "repo:11"));
}

TEST_F(ConfigTest, ARepositoryCannotSetATokenOrAnIdentity) {
  for (const char* key : {"token", "token_file", "as"}) {
    WriteRepository(std::string("area: media\n") + key + ": x\n");
    const auto config = Load();
    ASSERT_FALSE(config.ok()) << key;
    EXPECT_THAT(std::string(config.status().message()), HasSubstr(":2: `" + std::string(key)));
  }
}

TEST_F(ConfigTest, AFileOutsideARepositoryIsNotRead) {
  std::filesystem::remove_all(root_ + "/repo/.git");
  WriteRepository("server: other:1\n");
  EXPECT_EQ(Load()->server.from, "default");
}

TEST_F(ConfigTest, ATokenFileBeatsATokenVariable) {
  ASSERT_TRUE(WriteFileAtomically(root_ + "/token", "gvl_file\n").ok());
  environment_.variables["GAVEL_TOKEN"] = "gvl_variable";
  EXPECT_EQ(Load()->token.value, "gvl_variable");
  environment_.variables["GAVEL_TOKEN_FILE"] = root_ + "/token";
  EXPECT_EQ(Load()->token.value, "gvl_file");
  EXPECT_EQ(Load()->token.from, "GAVEL_TOKEN_FILE");
}

TEST_F(ConfigTest, NoTokenGoesToAServerThatOnlyTheRepositoryNames) {
  WriteRepository("server: evil:1\n");
  ASSERT_TRUE(WriteFileAtomically(root_ + "/token", "gvl_file\n").ok());
  WriteUser("server: good:1\ntoken_file: " + root_ + "/token\n");
  EXPECT_EQ(Load()->token.value, "");
  for (const auto& [variable, value] : std::map<std::string, std::string>{
           {"GAVEL_TOKEN", "gvl_x"}, {"GAVEL_TOKEN_FILE", root_ + "/token"}}) {
    environment_.variables[variable] = value;
    EXPECT_EQ(Load()->token.value, "") << variable;
    EXPECT_THAT(Load()->withheld, HasSubstr(variable));
  }
  // Whoever names the server as well means it.
  environment_.variables["GAVEL_SERVER"] = "evil:1";
  EXPECT_EQ(Load()->token.value, "gvl_file");
  EXPECT_EQ(Load()->withheld, "");
}

TEST_F(ConfigTest, ATokenFileIsForTheServerOfItsFile) {
  ASSERT_TRUE(WriteFileAtomically(root_ + "/token", "gvl_file\n").ok());
  WriteUser("server: good:1\ntoken_file: " + root_ + "/token\n");
  EXPECT_EQ(Load()->token.value, "gvl_file");
  arguments_.Set("server", {"other:1"});
  EXPECT_EQ(Load()->token.value, "");
  WriteUser("token_file: " + root_ + "/token\n");
  EXPECT_EQ(Load()->token.value, "gvl_file");
}

TEST_F(ConfigTest, SpecsNamesAFolderHoweverItIsWritten) {
  const std::map<std::string, std::string> rows = {
      {"docs", "docs"},      {"docs/", "docs"},         {"[docs]", "docs"},
      {"specs/**", "specs"}, {"[a/b/*.md]", "a/b"},     {"[specs/x.md]", "specs"},
      {"'*.md'", "."},       {"docs/rfc-*.md", "docs"}, {"docs/rfcs", "docs/rfcs"}};
  for (const auto& [written, folder] : rows) {
    WriteRepository("specs: " + written + "\n");
    const auto config = Load();
    ASSERT_TRUE(config.ok()) << written << ": " << config.status();
    EXPECT_EQ(config->spec_dir, folder) << written;
  }
}

TEST_F(ConfigTest, EverySettingIsListedWithItsSource) {
  WriteRepository("area: media\nspecs: [specs/**, docs/*.md]\n");
  environment_.variables["GAVEL_SERVER"] = "env:1";
  std::map<std::string, Setting> listed;
  const auto config = Load();
  ASSERT_TRUE(config.ok()) << config.status();
  for (const auto& [key, setting] : config->settings) listed[key] = setting;
  EXPECT_EQ(listed["server"].value, "env:1");
  EXPECT_EQ(listed["server"].from, "GAVEL_SERVER");
  EXPECT_EQ(listed["area"].from, ".gavel.yaml");
  EXPECT_EQ(listed["specs"].value, "specs/**, docs/*.md");
  EXPECT_EQ(listed["timeout"].value, "10s");
  EXPECT_EQ(listed["timeout"].from, "default");
  EXPECT_TRUE(listed.contains("template"));
}

TEST(FlatYamlTest, ReadsOneMappingAndNothingElse) {
  const auto values = ParseFlatYaml("# mine\nserver: a:1\narea: 'media'\n", "f.yaml");
  ASSERT_TRUE(values.ok()) << values.status();
  EXPECT_EQ(values->at("server").text, "a:1");
  EXPECT_EQ(values->at("area").line, 3);
  EXPECT_TRUE(ParseFlatYaml("", "f.yaml")->empty());
  for (const char* text :
       {"- a\n", "a: [[1]]\n", "a: {b: c}\n", "a: 1\na: 2\n", "a: 'x\n", "a\n"}) {
    EXPECT_FALSE(ParseFlatYaml(text, "f.yaml").ok()) << text;
  }
}

}  // namespace
}  // namespace gavel::cli
