#include "clients/cli/output/wrap.h"

#include <gtest/gtest.h>

namespace gavel::cli {
namespace {

using Lines = std::vector<std::string>;

struct Row {
  const char* name;
  const char* text;
  size_t width;
  size_t indent;
  Lines lines;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class WrapHangingRows : public testing::TestWithParam<Row> {};

TEST_P(WrapHangingRows, BreaksAtSpacesAndHangs) {
  EXPECT_EQ(WrapHanging(GetParam().text, GetParam().width, GetParam().indent), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, WrapHangingRows,
    testing::Values(
        Row{"empty", "", 10, 2, {""}}, Row{"fits", "one two", 7, 2, {"one two"}},
        Row{"broken", "one two three", 7, 2, {"one two", "  three"}},
        Row{"own_indentation", "    ab cd ef", 9, 6, {"    ab cd", "      ef"}},
        Row{"runs_of_spaces_stay", "a  b  c", 6, 0, {"a  b", "c"}},
        Row{"long_word", "a incomprehensible b", 6, 1, {"a", " incomprehensible", " b"}},
        Row{"letters_not_bytes", "éé éé éé", 5, 0, {"éé éé", "éé"}},
        Row{"colours_take_no_room",
            "\033[31mab\033[0m cd ef",
            5,
            0,
            {"\033[31mab\033[0m cd", "ef"}},
        Row{"indent_wider_than_the_terminal", "a b c", 3, 9, {"a b", "         c"}}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace gavel::cli
