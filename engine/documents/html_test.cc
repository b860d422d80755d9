#include "engine/documents/html.h"

#include <gtest/gtest.h>

#include "engine/documents/markdown.h"

namespace gavel::documents {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(HtmlTest, PageHasTitleLanguageAndViewport) {
  const std::string page = HtmlPage("# A `b` & *c* <d>\n\ntext\n");
  EXPECT_TRUE(Has(page, "<title>A b &amp; c </title>")) << page;
  EXPECT_TRUE(Has(page, "<html lang=\"en\">"));
  EXPECT_TRUE(Has(page, "name=\"viewport\""));
  EXPECT_TRUE(Has(page, "content=\"light dark\""));
}

TEST(HtmlTest, TextWithoutAHeadingHasATitleAllTheSame) {
  EXPECT_TRUE(Has(HtmlPage("text"), "<title>Spec review</title>"));
  EXPECT_TRUE(Has(HtmlPage(""), "<title>Spec review</title>"));
}

TEST(HtmlTest, ElementsCarryTheirStyle) {
  const std::string page = HtmlPage("# t\n\n- a\n\n| x | y |\n|---|--:|\n| 1 | ~~2~~ |\n");
  for (const char* part :
       {"<h1 style=", "<li style=", "<table style=", "<th style=",
        "<td style=\"border:1px solid #888;padding:0.25em 0.5em\" align=\"right\"",
        "<del>2</del>"}) {
    EXPECT_TRUE(Has(page, part)) << part << "\n" << page;
  }
}

struct Hostile {
  const char* name;
  const char* markdown;
};
void PrintTo(const Hostile& row, std::ostream* out) { *out << row.name; }

constexpr Hostile kHostile[] = {
    {"script", "<script>alert(1)</script>"},
    {"inline_html", "a <img src=x onerror=alert(1)> b"},
    {"comment", "<!-- x --><iframe src=http://evil>"},
    {"javascript_link", "[a](javascript:alert(1))"},
    {"javascript_in_capitals", "[a](JaVaScRiPt:alert(1))"},
    {"data_link", "[a](data:text/html;base64,PHNjcmlwdD4=)"},
    {"image", "![a](http://evil/pixel.png)"},
    {"image_in_a_link", "[![a](http://evil/pixel.png)](javascript:alert(1))"},
    {"image_in_a_table", "| a |\n|---|\n| ![x](http://evil/pixel.png) |"},
    {"quote_in_a_link", "[a](http://x/\"onmouseover=alert(1))"},
    {"style_element", "<style>body{display:none}</style>"},
};

class HtmlHostileTest : public ::testing::TestWithParam<Hostile> {};

TEST_P(HtmlHostileTest, RunsNothingAndFetchesNothing) {
  const std::string page = HtmlPage(GetParam().markdown);
  const std::string body = page.substr(page.find("<main"));
  for (const char* part : {"<script", "<img", "<iframe", "<style", "javascript:", "JaVaScRiPt:",
                           "href=\"data:", "\"onmouseover", " onerror=", "src="}) {
    EXPECT_FALSE(Has(body, part)) << part << "\n" << body;
  }
}

INSTANTIATE_TEST_SUITE_P(All, HtmlHostileTest, ::testing::ValuesIn(kHostile),
                         [](const auto& row) { return std::string(row.param.name); });

// A title is a text of a person: what it says is seen, and nothing of it works.
TEST_P(HtmlHostileTest, TextOfAPersonIsShownAsWritten) {
  const std::string page = HtmlPage("# " + Inline(GetParam().markdown) + "\n");
  const std::string body = page.substr(page.find("<main"));
  EXPECT_FALSE(Has(body, "<!-- raw HTML omitted -->")) << body;
  for (const char* part : {"<script", "<img", "<iframe", "<style", "<a "}) {
    EXPECT_FALSE(Has(body, part)) << part << "\n" << body;
  }
}

TEST(HtmlTest, OrdinaryLinksStay) {
  EXPECT_TRUE(Has(HtmlPage("[a](https://gavel.example/MEDIA-1)"),
                  "<a href=\"https://gavel.example/MEDIA-1\">a</a>"));
}

}  // namespace
}  // namespace gavel::documents
