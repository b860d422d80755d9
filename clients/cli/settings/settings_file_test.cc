#include "clients/cli/settings/settings_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/account/server_name.h"

namespace gavel::cli {
namespace {

using testing::HasSubstr;

struct Row {
  const char* name;
  const char* before;
  const char* after;  // Of `server` set to `b:2`; nullptr where a person has to do it.
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class WithSettingTest : public testing::TestWithParam<Row> {};

TEST_P(WithSettingTest, ChangesOneLine) {
  const auto after = WithSetting(GetParam().before, "client.yaml", "server", "b:2");
  if (GetParam().after == nullptr) {
    ASSERT_FALSE(after.ok()) << *after;
    EXPECT_THAT(std::string(after.status().message()), HasSubstr("client.yaml"));
    return;
  }
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(*after, GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(
    Files, WithSettingTest,
    testing::Values(Row{"Empty", "", "server: 'b:2'\n"},
                    Row{"OnlyComments", "# mine\n", "# mine\nserver: 'b:2'\n"},
                    Row{"Replaced", "as: ana\nserver: a:1\ntimeout: 5s\n",
                        "as: ana\nserver: 'b:2'\ntimeout: 5s\n"},
                    Row{"CommentsStay", "# top\nserver: a:1   # why\n\n# end\n",
                        "# top\nserver: 'b:2'   # why\n\n# end\n"},
                    Row{"AHashInQuotesIsNoComment", "server: 'a # b'  # why\n",
                        "server: 'b:2'  # why\n"},
                    Row{"NoLastLineFeed", "as: ana", "as: ana\nserver: 'b:2'\n"},
                    Row{"SeveralLines", "server: >\n  a:1\nas: ana\n", nullptr},
                    Row{"FlowMapping", "{server: a:1, as: ana}\n", nullptr},
                    Row{"NoMapping", "- a\n", nullptr}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(WithSettingTest, AnyTextReadsBackAsItIs) {
  for (const std::string value : {"it's", "a: b", "# no comment", "null", "'", "x\"y", " a "}) {
    EXPECT_TRUE(WithSetting("", "f", "as", value).ok()) << value;
  }
}

TEST(CheckSettingTest, KnowsWhatEachSettingMayBe) {
  const std::vector<std::pair<std::string, std::string>> good = {
      {"server", "127.0.0.1:4283"},
      {"server", "https://gavel.example"},
      {"timeout", "30s"},
      {"token_file", "/run/secrets/gavel"},
      {"as", "ana"}};
  for (const auto& [key, value] : good) EXPECT_TRUE(CheckSetting(key, value).ok()) << key << value;
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"server", "nonsense"},     {"server", "http://a:1"}, {"server", "a:1/path"},
      {"timeout", "soon"},        {"timeout", "-1s"},       {"token_file", "token"},
      {"token", "gvl_x"},         {"area", "media"},        {"as", ""},
      {"as", "a\nserver: evil:1"}};
  for (const auto& [key, value] : bad) {
    EXPECT_TRUE(absl::IsInvalidArgument(CheckSetting(key, value))) << key << " " << value;
  }
}

TEST(ServerNameTest, NamesOneOfThreeForms) {
  for (const char* server : {"localhost:1", "[::1]:4283", "https://gavel.example:443",
                             "https://[::1]:1", "unix:/run/gavel.sock"}) {
    EXPECT_TRUE(CheckServerName(server).ok()) << server;
  }
  for (const char* server : {"", ":1", "a", "a:", "a:x", "a:0", "a:65536", "a:99999", "unix:",
                             "https://", "https://a/b", "dns:///a:1,b:2", "a b:1", "ana@host:1"}) {
    EXPECT_FALSE(CheckServerName(server).ok()) << server;
  }
}

}  // namespace
}  // namespace gavel::cli
