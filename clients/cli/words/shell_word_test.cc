#include "clients/cli/words/shell_word.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

namespace gavel::cli {
namespace {

struct Row {
  const char* name;
  std::string text;
  std::string word;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class ShellWordTest : public testing::TestWithParam<Row> {};

TEST_P(ShellWordTest, IsOneWord) { EXPECT_EQ(ShellWord(GetParam().text), GetParam().word); }

// What bash makes of it.
TEST_P(ShellWordTest, IsReadByAShellAsItWas) {
  const std::string line =
      "exec bash -c " + ShellWord("printf %s " + ShellWord(GetParam().text) + " | od -An -v -tx1");
  std::string seen;
  FILE* const shell = popen(line.c_str(), "r");
  ASSERT_NE(shell, nullptr);
  std::array<char, 256> part{};
  while (fgets(part.data(), part.size(), shell) != nullptr) seen += part.data();
  EXPECT_EQ(pclose(shell), 0);
  std::erase_if(seen, [](char c) { return c == ' ' || c == '\n'; });
  std::string wanted;
  for (const char c : GetParam().text) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x", static_cast<unsigned char>(c));
    wanted += digits.data();
  }
  EXPECT_EQ(seen, wanted);
}

INSTANTIATE_TEST_SUITE_P(
    Words, ShellWordTest,
    testing::Values(Row{"Plain", "specs/2026-queue.md", "specs/2026-queue.md"},
                    Row{"Empty", "", "''"}, Row{"Blank", "key rotation", "'key rotation'"},
                    Row{"Substitution", "see $(touch pwn) `id`", "'see $(touch pwn) `id`'"},
                    Row{"Quotes", "it's \"q\" \\x !!", "'it'\\''s \"q\" \\x !!'"},
                    Row{"Separator", "d;id&&x|y>z.md", "'d;id&&x|y>z.md'"},
                    Row{"Patterns", "*?[a]{b,c}", "'*?[a]{b,c}'"}, Row{"Tilde", "~/x", "'~/x'"},
                    Row{"Assignment", "=ls", "'=ls'"}, Row{"Letters", "größer", "'größer'"},
                    Row{"LineBreak", "a\n1'\\b", "$'a\\0121\\047\\134b'"},
                    Row{"Bidi", "a\u202E", "$'a\\342\\200\\256'"},
                    Row{"NoUtf8", "a\xFF", "$'a\\377'"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ShellPathTest, APathIsNoFlag) {
  EXPECT_EQ(ShellPath("--server=x"), "'./--server=x'");
  EXPECT_EQ(ShellPath("a-b.md"), "a-b.md");
}

}  // namespace
}  // namespace gavel::cli
