#include "clients/cli/revision_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gavel::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string Document(const std::string& header, const std::string& body) {
  return "---\n" + header + "---\n" + body;
}

std::vector<std::string> Fields(const std::string& before, const std::string& after) {
  std::vector<std::string> fields;
  for (const FieldChange& change : FrontMatterChanges(Document(before, ""), Document(after, ""))) {
    fields.push_back(change.field + ": " + change.before + " -> " + change.after);
  }
  return fields;
}

// `12+new`, `12-old`, `12 same`, with the place in front of each hunk.
std::vector<std::string> Prose(const std::string& before, const std::string& after,
                               TextDiff kind = TextDiff::kLines) {
  const auto parts = ProseChanges(before, after, kind);
  EXPECT_TRUE(parts.ok()) << parts.status();
  std::vector<std::string> lines;
  for (const DiffPart& part : *parts) {
    const std::string marks = "@ -+";
    lines.push_back(marks.at(static_cast<size_t>(part.kind)) + part.text);
  }
  return lines;
}

TEST(FrontMatterChangesTest, NamesEachFieldThatDiffers) {
  EXPECT_THAT(
      Fields("spec: 1\ncost: {monthly_usd: 40}\narea: media\n",
             "spec: 1\ncost: {monthly_usd: 90, reason: more}\n"),
      ElementsAre("cost.monthly_usd: 40 -> 90", "cost.reason:  -> more", "area: media -> "));
  EXPECT_THAT(Fields("spec: 1\n", "spec: 1\n"), IsEmpty());
}

TEST(FrontMatterChangesTest, ADependencyIsCalledByItsUse) {
  EXPECT_THAT(
      Fields("dependencies: [{use: s3/standard, for: a}]\n",
             "dependencies: [{use: kafka/shared, for: b}, {use: s3/standard, for: c}]\n"),
      ElementsAre("dependencies.kafka/shared.use:  -> kafka/shared",
                  "dependencies.kafka/shared.for:  -> b", "dependencies.s3/standard.for: a -> c"));
}

TEST(FrontMatterChangesTest, AListOfWordsIsOneField) {
  EXPECT_THAT(Fields("regions: [us-east]\n", "regions: [us-east, eu-west]\n"),
              ElementsAre("regions: us-east -> us-east, eu-west"));
}

TEST(FrontMatterChangesTest, WhatCannotBeReadHasNoFields) {
  EXPECT_THAT(Fields("spec: [1\n", "spec: 1\n"), IsEmpty());
  EXPECT_THAT(FrontMatterChanges("no front matter", Document("spec: 1\n", "")), IsEmpty());
}

TEST(ProseChangesTest, LinesAreCountedInTheFileAndFrontMatterIsLeftOut) {
  EXPECT_THAT(Prose(Document("spec: 1\n", "one\ntwo\n"), Document("spec: 2\n", "one\n2\n")),
              ElementsAre("@lines 4-5", " one", "-two", "+2"));
  EXPECT_THAT(Prose(Document("spec: 1\n", "same\n"), Document("spec: 2\n", "same\n")), IsEmpty());
}

TEST(ProseChangesTest, AFrontMatterThatCannotBeReadIsText) {
  EXPECT_THAT(Prose(Document("spec: [1\n", ""), Document("spec: [2\n", "")),
              ElementsAre("@lines 1-3", " ---", "-spec: [1", "+spec: [2", " ---"));
}

TEST(ProseChangesTest, WordsAreComparedWithinTheirLine) {
  EXPECT_THAT(Prose("a red car\n", "a blue car\n", TextDiff::kWords),
              ElementsAre("@line 1", " a ", "-red", "+blue", "  car", " "));
}

TEST(ProseChangesTest, TextsThatLookLikeADiffAreTexts) {
  EXPECT_THAT(Prose("--- x\n", "+++ y\n"), ElementsAre("@line 1", "---- x", "++++ y"));
  EXPECT_THAT(Prose("@@ -1 +1 @@\n", "x\n"), ElementsAre("@line 1", "-@@ -1 +1 @@", "+x"));
}

TEST(ProseChangesTest, BytesThatAreNoTextAreComparedAllTheSame) {
  EXPECT_THAT(Prose(std::string("a\0b\n", 4), "c\r\n"),
              ElementsAre("@line 1", std::string("-a\0b", 4), "+c"));
}

}  // namespace
}  // namespace gavel::cli
