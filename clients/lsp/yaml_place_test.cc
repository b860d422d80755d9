#include "clients/lsp/yaml_place.h"

#include <gtest/gtest.h>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::lsp {
namespace {

// `text` has `|` where the cursor is. The place in one line: `value dependencies.use [ka]`.
std::string PlaceText(std::string text) {
  const size_t cursor = text.find('|');
  text.erase(cursor, 1);
  const YamlPlace place = PlaceAt(text, cursor);
  if (place.kind == YamlPlace::Kind::kNone) return "none";
  const bool key = place.kind == YamlPlace::Kind::kKey;
  std::string line =
      fmt::format("{} {} [{}]", key ? "key" : "value", fmt::join(place.path, "."),
                  text.substr(place.written.begin, place.written.end - place.written.begin));
  if (key) line += fmt::format(" has {}", fmt::join(place.keys, ","));
  return line;
}

struct Row {
  const char* name;
  const char* text;
  const char* want;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class YamlPlaceTest : public testing::TestWithParam<Row> {};

TEST_P(YamlPlaceTest, IsFound) { EXPECT_EQ(PlaceText(GetParam().text), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Places, YamlPlaceTest,
    testing::Values(
        Row{"empty", "|", "key  [] has "}, Row{"blank_line", "a: 1\n|\nb: 2\n", "key  [] has a,b"},
        Row{"key_being_typed", "a: 1\nti|\nb: 2", "key  [ti] has a,b"},
        Row{"key_with_colon", "a: 1\nti|: x\nb: 2", "key  [ti] has a,b"},
        Row{"value", "area: me|dia", "value area [media]"},
        Row{"empty_value", "area: |", "value area []"},
        Row{"right_behind_colon", "area:|", "value area []"},
        Row{"value_before_comment", "area: med| # x", "value area [med]"},
        Row{"comment", "area: media # |", "none"}, Row{"whole_line_comment", "# |x", "none"},
        Row{"quoted", "title: \"a: b|\"", "value title [\"a: b\"]"},
        Row{"nested_key", "review:\n  |\n  by: 2026-12-01", "key review [] has by"},
        Row{"nested_value", "review:\n  wants: as|", "value review.wants [as]"},
        Row{"back_at_the_root", "review:\n  wants: async\n|", "key  [] has review"},
        Row{"crlf", "review:\r\n  wants: as|\r\nx: 1\r\n", "value review.wants [as]"},
        Row{"list_item", "authors:\n  - an|", "value authors [an]"},
        Row{"new_list_item", "authors:\n  - |", "value authors []"},
        Row{"list_at_the_keys_margin", "authors:\n- a\n- b|\nx: 1", "value authors [b]"},
        Row{"key_after_such_a_list", "authors:\n- a\n|\nx: 1", "key  [] has authors,x"},
        Row{"item_key", "dependencies:\n  - use: a\n    |", "key dependencies [] has use"},
        Row{"item_first_key", "dependencies:\n  - us|: a\n    for: b",
            "key dependencies [us] has for"},
        Row{"item_value", "dependencies:\n  - use: ka|", "value dependencies.use [ka]"},
        Row{"flow_key", "data: {classification: internal, |}", "key data [] has classification"},
        Row{"flow_key_typed", "data: {per|}", "key data [per] has "},
        Row{"flow_value", "data: {classification: int|, personal: false}",
            "value data.classification [int]"},
        Row{"flow_open", "- {use: ka|\nx: 1", "value use [ka]"},
        Row{"flow_open_item", "dependencies:\n  - {use: ka|\ncost: 1",
            "value dependencies.use [ka]"},
        Row{"flow_over_lines", "cost: {\n  monthly_usd: {low: 1, |},\n}",
            "key cost.monthly_usd [] has low"},
        Row{"flow_list", "authors: [\"@ana\", @b|]", "value authors [@b]"},
        Row{"flow_list_empty", "authors: [|]", "value authors []"},
        Row{"flow_after_nested", "a: {b: {c: 1}|}", "none"},
        Row{"flow_key_after_nested", "cost: {monthly_usd: {low: 1, high: 2}, |}",
            "key cost [] has monthly_usd"},
        Row{"list_of_flow", "dependencies: [{use: kafka/|}]", "value dependencies.use [kafka/]"},
        Row{"block_text", "summary: >-\n  some te|xt\narea: media", "none"},
        Row{"after_block_text", "summary: >-\n  some text\nar|", "key  [ar] has summary"},
        Row{"second_line_of_plain_text", "title: one\n  tw|o", "none"},
        Row{"unclosed_quote", "title: \"abc|\narea: media", "value title [\"abc]"}),
    [](const auto& test) { return test.param.name; });

TEST(YamlPlaceTest, NothingIsTooOddToBeRead) {
  const std::string odd = "{[\"'}]:,- #\n  |>&*!%@`\t-\n- - -\n}\n:\n? x\n\r\n";
  for (size_t begin = 0; begin < odd.size(); ++begin) {
    for (size_t cursor = 0; cursor <= odd.size() - begin; ++cursor) {
      const YamlPlace place = PlaceAt(std::string_view(odd).substr(begin), cursor);
      EXPECT_LE(place.written.begin, place.written.end);
      EXPECT_LE(place.written.end, odd.size() - begin);
    }
  }
}

}  // namespace
}  // namespace gavel::lsp
