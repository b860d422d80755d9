// Front matter, template, anchors: what the client does to a document's text.
#include <gtest/gtest.h>

#include "clients/cli/document/anchor.h"
#include "clients/cli/document/front_matter.h"
#include "clients/cli/document/template.h"
#include "rules/document.h"
#include "rules/fix/spec_template.h"

namespace gavel::cli {
namespace {

TEST(FrontMatterTest, FindsAKeyAndItsLine) {
  const FrontMatterField key = FindField("---\nspec: 1\nkey: \"MEDIA-42\"  # mine\n---\n", "key");
  EXPECT_EQ(key.value, "MEDIA-42");
  EXPECT_EQ(key.line, 3);
}

TEST(FrontMatterTest, LooksNowhereElse) {
  EXPECT_EQ(FindField("---\nspec: 1\n---\nkey: BODY-1\n", "key").line, 0);
  EXPECT_EQ(FindField("key: BODY-1\n", "key").line, 0);
  EXPECT_EQ(FindField("---\nlinks:\n  key: NESTED-1\n---\n", "key").line, 0);
  EXPECT_EQ(FindField("", "key").line, 0);
}

TEST(FrontMatterTest, TakesByteOrderMarkAndCarriageReturns) {
  EXPECT_EQ(FindField("\xEF\xBB\xBF---\r\nspec: 1\r\nkey: MEDIA-1\r\n---\r\n", "key").value,
            "MEDIA-1");
}

TEST(FrontMatterTest, AddsTheKeyBelowSpecWithTheFilesOwnLineEnds) {
  EXPECT_EQ(WithKey("---\nspec: 1\ntitle: T\n---\n", "MEDIA-1"),
            "---\nspec: 1\nkey: MEDIA-1\ntitle: T\n---\n");
  EXPECT_EQ(WithKey("---\r\nspec: 1\r\n---\r\n", "MEDIA-1"),
            "---\r\nspec: 1\r\nkey: MEDIA-1\r\n---\r\n");
  EXPECT_EQ(WithKey("no front matter", "MEDIA-1"), "no front matter");
}

TEST(TemplateTest, ReadsBackAsASpecWithItsTitleAndAuthor) {
  const std::string text =
      FillTemplate(rules::SpecTemplate(),
                   {.title = "A \"quoted\" title: yes", .area = "media", .author = "a@b.org"});
  const auto document = rules::ReadDocument(text, {.path = "new.md"});
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->facts.title(), "A \"quoted\" title: yes");
  EXPECT_EQ(document->facts.area(), "media");
  EXPECT_EQ(document->facts.category().status(), v1::FACT_STATUS_MISSING);
  EXPECT_EQ(document->facts.dependencies().status(), v1::FACT_STATUS_MISSING);
  EXPECT_NE(text.find("\n# A \"quoted\" title: yes\n"), std::string::npos);
}

TEST(TemplateTest, WhatIsNotKnownIsMissing) {
  const std::string text = FillTemplate("---\narea: {{area}}\n---\n{{author}}\n", {.title = "t"});
  EXPECT_EQ(text, "---\narea: TBD\n---\nTBD\n");
}

TEST(TemplateTest, AnAuthorWhoIsNobodyIsMissing) {
  EXPECT_EQ(FillTemplate("---\nauthors: [{{author}}]\n---\n", {.author = "root@localhost"}),
            "---\nauthors: [TBD]\n---\n");
}

TEST(TemplateTest, ATitleStaysATitleWhateverItHolds) {
  for (const char* title : {"Use {{area}} and {{title}}", "A <!-- comment that never ends",
                            "C:\\temp and \"quotes\"", "# not: a heading", "- {a: b}, [c"}) {
    const TemplateValues values = {.title = title, .area = "media", .author = "a@b.org"};
    const std::string text = FillTemplate(rules::SpecTemplate(), values);
    EXPECT_TRUE(CheckTemplate(text, values, "new.md").ok()) << title;
    const auto document = rules::ReadDocument(text, {.path = "new.md"});
    EXPECT_GT(document->facts.body_words(), 60) << title;
  }
}

struct WrongTemplate {
  const char* text;
  const char* complaint;
};

TEST(TemplateTest, OfARepositoryMustBeAbleToBecomeASpec) {
  const WrongTemplate wrong[] = {
      {"# {{title}}\n", "has no front matter with `spec: 1`"},
      {"---\nspec: 1\ntitle: {{title}}\n---\n", "summary is missing"},
      {"---\nspec: 1\ntitle: [\n---\n", "t.md cannot be read: line"},
      {"---\nspec: 1\ntitel: {{title}}\n---\n", "t.md:3: titel: No such key."},
  };
  const TemplateValues values = {
      .title = "A title that is fine", .area = "media", .author = "a@b.org"};
  for (const WrongTemplate& row : wrong) {
    const absl::Status status = CheckTemplate(FillTemplate(row.text, values), values, "t.md");
    EXPECT_NE(std::string(status.message()).find(row.complaint), std::string::npos) << status;
  }
  std::string fixed_title(rules::SpecTemplate());
  fixed_title.replace(fixed_title.find("{{title}}"), 9, "Always the same one");
  EXPECT_FALSE(CheckTemplate(FillTemplate(fixed_title, values), values, "t.md").ok());
}

TEST(TemplateTest, RefusesAnAreaThatIsNone) {
  const TemplateValues values = {.title = "A title that is fine", .area = "Media Team"};
  const std::string text = FillTemplate(rules::SpecTemplate(), values);
  EXPECT_FALSE(CheckTemplate(text, values, "new.md").ok());
}

TEST(TemplateTest, TitlesThatNobodyCanReadAreRefused) {
  for (const char* title : {"two lines\nof title", "a zero\u200Bwidth title", "right \u202Eto left",
                            "next\u0085line title", "not \xFFutf-8 text"}) {
    EXPECT_FALSE(SlugOf(title).ok()) << title;
  }
}

TEST(TemplateTest, SlugsAreFileNames) {
  EXPECT_EQ(SlugOf("Shared work queue!").value(), "shared-work-queue");
  EXPECT_EQ(SlugOf("  Größe & cost  ").value(), "grosse-cost");
  EXPECT_EQ(SlugOf("Очередь задач").value(), "ocered-zadac");
  EXPECT_FALSE(SlugOf("日本語のタイトル").value().empty());
  EXPECT_FALSE(SlugOf("short").ok());
  EXPECT_FALSE(SlugOf("question ????\n").ok());
  EXPECT_FALSE(SlugOf("????????????").ok());
  EXPECT_FALSE(SlugOf(std::string(121, 'x')).ok());
}

constexpr char kText[] = "# Title\n\n## Summary\nOne.\nTwo.\n## Cost estimate\nThree.\n";

TEST(AnchorTest, QuotesItsLinesAndTheHeadingAbove) {
  const v1::Anchor anchor = AnchorOfLines(kText, "4-5").value();
  EXPECT_EQ(anchor.first_line(), 4);
  EXPECT_EQ(anchor.last_line(), 5);
  EXPECT_EQ(anchor.quote(), "One.\nTwo.");
  EXPECT_EQ(anchor.heading(), "Summary");
}

TEST(AnchorTest, FindsASectionByTheStartOfItsHeading) {
  EXPECT_EQ(AnchorOfSection(kText, "cost").value().first_line(), 6);
  EXPECT_FALSE(AnchorOfSection(kText, "Risks").ok());
}

TEST(AnchorTest, RefusesLinesThatAreNotThere) {
  for (const char* lines : {"0", "5-4", "4-", "x", "9", "4-99"}) {
    EXPECT_FALSE(AnchorOfLines(kText, lines).ok()) << lines;
  }
}

}  // namespace
}  // namespace gavel::cli
