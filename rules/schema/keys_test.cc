#include "rules/schema/keys.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/domain/planning/series_numbers.h"
#include "rules/compile/policy_files.h"
#include "rules/condition/field.h"
#include "rules/document.h"
#include "rules/rule_test/answer.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

TEST(Keys, EveryMappingHasSomeAndEachKeyOnce) {
  for (int i = 1; i < kShapeCount; ++i) {
    std::set<std::string_view> names;
    for (const KeySpec& key : KeysOf(static_cast<Shape>(i)))
      EXPECT_TRUE(names.insert(key.key).second) << key.key;
    EXPECT_FALSE(names.empty()) << i;
  }
}

TEST(Keys, EveryFieldThatAnAuthorCanSupplyIsAKeyOfTheFrontMatter) {
  for (const FieldInfo& field : AllFields()) {
    Shape shape = Shape::kFrontMatter;
    for (std::string_view rest = field.key; !rest.empty();) {
      const std::string_view part = rest.substr(0, rest.find('.'));
      rest.remove_prefix(std::min(rest.size(), part.size() + 1));
      const auto& keys = KeysOf(shape);
      const auto key = std::find_if(keys.begin(), keys.end(),
                                    [&](const KeySpec& one) { return one.key == part; });
      ASSERT_NE(key, keys.end()) << field.key;
      shape = key->shape;
    }
  }
}

TEST(Keys, EveryListThatATestCanExpectIsAKey) {
  for (const std::string& list : AnswerLists())
    EXPECT_THAT(KeyNames(Shape::kExpect), testing::Contains(list));
}

// What the reader says of a front matter that holds only `key: value`.
std::vector<std::string> CodesAt(const std::string& key, const std::string& value) {
  const auto document =
      ReadDocument("---\nspec: 1\n" + key + ": " + value + "\n---\n# A title\n\nWords.\n", {});
  std::vector<std::string> codes;
  if (!document.ok()) return {"refused"};
  for (const v1::Finding& finding : document->findings) {
    if (finding.field().starts_with("front_matter." + key)) codes.push_back(finding.code());
  }
  return codes;
}

TEST(Keys, LengthsOfTextsAreThoseOfTheReader) {
  int checked = 0;
  for (const KeySpec& key : KeysOf(Shape::kFrontMatter)) {
    if (key.kind != Kind::kText || key.container != Container::kOne) continue;
    ++checked;
    const auto codes = [&](int length) {
      return CodesAt(std::string(key.key), std::string(static_cast<size_t>(length), 'w'));
    };
    EXPECT_THAT(codes(key.min), testing::IsEmpty()) << key.key;
    EXPECT_THAT(codes(key.max), testing::IsEmpty()) << key.key;
    EXPECT_THAT(codes(key.min - 1), testing::Contains("GV106")) << key.key;
    EXPECT_THAT(codes(key.max + 1), testing::Contains("GV106")) << key.key;
  }
  EXPECT_EQ(checked, 2);
}

TEST(Keys, LengthsOfListsAreThoseOfTheReader) {
  const auto item = [](Kind kind, int i) {
    const std::string number = std::to_string(i + 1);
    switch (kind) {
      case Kind::kSpecKey:
        return "MEDIA-" + number;
      case Kind::kPersonName:
        return "\"@a" + number + "\"";
      case Kind::kUri:
        return "https://example.org/" + number;
      default:
        return "w" + number;
    }
  };
  int checked = 0;
  for (const KeySpec& key : KeysOf(Shape::kFrontMatter)) {
    if (key.kind == Kind::kShape || key.container != Container::kList) continue;
    ++checked;
    const auto codes = [&](int length) {
      std::string list = "[";
      for (int i = 0; i < length; ++i) list += (i > 0 ? ", " : "") + item(key.kind, i);
      return CodesAt(std::string(key.key), list + "]");
    };
    EXPECT_THAT(codes(key.max), testing::IsEmpty()) << key.key;
    EXPECT_THAT(codes(key.max + 1), testing::Contains("GV107")) << key.key;
    if (key.min > 0) {
      EXPECT_THAT(codes(key.min - 1), testing::Contains("GV107")) << key.key;
    }
  }
  EXPECT_EQ(checked, 9);
}

// The worked policy with every number of a series written out.
v1::PolicySource NumberedSource() {
  v1::PolicySource source = WorkedSource();
  std::string& org = source.mutable_files()->at("org.yaml");
  std::string numbers = "quick_items: 0";
  for (const SeriesNumberKey& number : SeriesNumberKeys())
    numbers += fmt::format(", {}: {}", number.key, number.least);
  org = Edited(org, "quick_items: 0", numbers);
  return source;
}

// What the reader says of that policy once the first number at `key` of `file` is `value`.
std::string ComplaintAt(const std::string& file, const KeySpec& key, int value) {
  v1::PolicySource source = NumberedSource();
  std::string& text = source.mutable_files()->at(file);
  const std::string place = std::string(key.key) + ": ";
  size_t at = text.find(place);  // Not the end of a longer key.
  while (at != std::string::npos && text[at - 1] != ' ' && text[at - 1] != '{')
    at = text.find(place, at + 1);
  if (at == std::string::npos) return {};
  at += place.size() + (text[at + place.size()] == '[' ? 1 : 0);
  text.replace(at, text.find_first_not_of("0123456789", at) - at, std::to_string(value));
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  return policy.ok() ? "accepted" : policy.status().ToString();
}

TEST(Keys, LimitsOfNumbersAreThoseOfTheReader) {
  int checked = 0;
  for (int i = 0; i < kShapeCount; ++i) {
    for (const KeySpec& key : KeysOf(static_cast<Shape>(i))) {
      if (key.kind != Kind::kInt) continue;
      const std::string limits = fmt::format("from {} to {} ", key.min, key.max);
      const bool refused =
          ComplaintAt("org.yaml", key, key.max + 1).find(limits) != std::string::npos ||
          ComplaintAt("rules.yaml", key, key.max + 1).find(limits) != std::string::npos;
      EXPECT_TRUE(refused) << key.key << " " << limits;
      ++checked;
    }
  }
  EXPECT_GT(checked, 15);
}

}  // namespace
}  // namespace gavel::rules
