#include "engine/gaveld_flags.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

namespace gavel {
namespace {

FlagsResult Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "gaveld");
  return ParseGaveldFlags(static_cast<int>(arguments.size()), arguments.data());
}

TEST(GaveldFlags, DefaultsNeedOnlyAWayToSignIn) {
  setenv("XDG_STATE_HOME", "/state", 1);
  const auto parsed = Parse({"--dev"});
  ASSERT_TRUE(parsed.flags.has_value()) << parsed.text;
  EXPECT_EQ(parsed.flags->listen.ToString(), "127.0.0.1:4283");
  EXPECT_EQ(parsed.flags->state_dir, "/state/gavel");
  EXPECT_EQ(parsed.flags->audit_key_file, "/state/gavel/audit.key");
  EXPECT_EQ(parsed.flags->log_level, "info");
  EXPECT_FALSE(parsed.flags->policy_dir.empty());
  EXPECT_FALSE(parsed.flags->dev_now.has_value());

  setenv("XDG_STATE_HOME", "relative is ignored", 1);
  setenv("HOME", "/home/ana", 1);
  EXPECT_EQ(Parse({"--dev"}).flags->state_dir, "/home/ana/.local/state/gavel");
}

TEST(GaveldFlags, EveryFlagIsRead) {
  const auto parsed = Parse({"--listen", "unix:/run/g.sock", "--address-file", "a", "--state", "s",
                             "--policy", "p", "--tokens", "t", "--audit-key-file", "k", "--dev",
                             "--dev-now", "2026-12-01T09:00:00+01:00", "--release-timer-brake",
                             "--log-level", "debug", "--check-config"});
  ASSERT_TRUE(parsed.flags.has_value()) << parsed.text;
  const GaveldFlags& flags = *parsed.flags;
  EXPECT_EQ(flags.listen.unix_path, "/run/g.sock");
  EXPECT_EQ(flags.address_file, "a");
  EXPECT_EQ(flags.state_dir, "s");
  EXPECT_EQ(flags.policy_dir, "p");
  EXPECT_EQ(flags.tokens_file, "t");
  EXPECT_EQ(flags.audit_key_file, "k");
  EXPECT_TRUE(flags.dev);
  EXPECT_EQ(flags.dev_now, absl::FromUnixSeconds(1'796'112'000));
  EXPECT_TRUE(flags.release_timer_brake);
  EXPECT_EQ(flags.log_level, "debug");
  EXPECT_TRUE(flags.check_config);
}

TEST(GaveldFlags, HelpAndVersionAreNoMistakes) {
  EXPECT_EQ(Parse({"--help"}).exit_code, 0);
  EXPECT_NE(Parse({"--help"}).text.find("--address-file"), std::string::npos);
  EXPECT_EQ(Parse({"--version"}).exit_code, 0);
  EXPECT_TRUE(Parse({"--version"}).text.starts_with("gaveld "));
}

struct Row {
  std::vector<const char*> arguments;
  const char* mentions;
};

TEST(GaveldFlags, MistakesExitWithTwoAndNameTheFlag) {
  const std::vector<Row> rows = {
      {{}, "--tokens"},
      {{"--dev", "--listen", "0.0.0.0:4283"}, "TLS"},
      {{"--tokens", "t", "--listen", "gavel.example:4283"}, "TLS"},
      {{"--dev", "--listen", "4283"}, "--listen"},
      {{"--tokens", "t", "--dev-now", "2026-12-01T09:00:00Z"}, "--dev-now"},
      {{"--dev", "--dev-now", "tomorrow"}, "--dev-now"},
      {{"--dev", "--log-level", "loud"}, "--log-level"},
      {{"--dev", "--unknown"}, "--unknown"},
      {{"--dev", "extra"}, "extra"},
  };
  for (const auto& row : rows) {
    const auto parsed = Parse(row.arguments);
    EXPECT_FALSE(parsed.flags.has_value());
    EXPECT_EQ(parsed.exit_code, 2);
    EXPECT_NE(parsed.text.find(row.mentions), std::string::npos) << parsed.text;
  }
}

}  // namespace
}  // namespace gavel
