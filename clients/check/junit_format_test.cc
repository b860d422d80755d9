#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "clients/check/check_testing.h"
#include "clients/check/formats.h"
#include "clients/check/xml_text.h"

namespace gavel::check {
namespace {

pugi::xml_document Parse(const Report& report) {
  pugi::xml_document document;
  const auto result = document.load_string(JunitFormat(report).c_str());
  EXPECT_TRUE(result) << result.description();
  return document;
}

TEST(JunitFormat, HasASuiteAFileAndACaseACode) {
  const pugi::xml_document document = Parse(
      {.files = {FileOf("a.md", "",
                        {FindingOf("GV204", 3, 4, "first"), FindingOf("GV204", 9, 1, "second"),
                         FindingOf("GV301", 0, 0, "missing")}),
                 FileOf("clean.md", "", {})}});
  const pugi::xml_node root = document.child("testsuites");
  EXPECT_EQ(root.attribute("tests").as_int(), 3);
  EXPECT_EQ(root.attribute("failures").as_int(), 1);
  const pugi::xml_node suite = root.first_child();
  EXPECT_STREQ(suite.attribute("name").value(), "a.md");
  EXPECT_EQ(suite.attribute("tests").as_int(), 2);
  const pugi::xml_node failed = suite.first_child();
  EXPECT_STREQ(failed.attribute("name").value(), "GV204");
  EXPECT_STREQ(failed.attribute("classname").value(), "a.md");
  EXPECT_STREQ(failed.child("failure").attribute("message").value(), "first");
  EXPECT_STREQ(failed.child("failure").text().get(),
               "3:4: error: first\n9:1: error: second\nhttps://gavel.dev/docs/findings/GV204");
  const pugi::xml_node passed = failed.next_sibling();
  EXPECT_FALSE(passed.child("failure"));
  EXPECT_STREQ(passed.child("system-out").text().get(),
               "warning: missing\nhttps://gavel.dev/docs/findings/GV301");
  EXPECT_STREQ(suite.next_sibling().first_child().attribute("name").value(), "ok");
}

TEST(JunitFormat, FailsWhatFailsTheRun) {
  const auto document = Parse({.files = {FileOf("a.md", "", {FindingOf("GV301", 0, 0)})},
                               .fail_on = v1::Finding::SEVERITY_WARNING});
  EXPECT_EQ(document.child("testsuites").attribute("failures").as_int(), 1);
}

TEST(JunitFormat, IsADocumentWithoutFiles) {
  EXPECT_EQ(Parse({}).child("testsuites").attribute("tests").as_int(-1), 0);
}

TEST(JunitFormat, OddNamesAndMessagesComeBack) {
  const auto document =
      Parse({.files = {FileOf(kOddPath, "", {FindingOf("GV204", 1, 1, "<a> & \"b\" ]]>\x01")})}});
  const pugi::xml_node suite = document.child("testsuites").first_child();
  EXPECT_STREQ(suite.attribute("name").value(), "specs/a b%:,\"<&'\n\xEF\xBF\xBD é.md");
  EXPECT_STREQ(suite.first_child().child("failure").attribute("message").value(),
               "<a> & \"b\" ]]>");
}

TEST(XmlText, KeepsWhatXmlAllows) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"a\tb\nc\rd", "a\tb\nc\rd"},
      {std::string_view("a\0b", 3), "ab"},
      {"\x1b[31mx", "[31mx"},
      {"\xEF\xBF\xBE|\xEF\xBF\xBF", "|"},
      {"\U0001F680 é", "\U0001F680 é"},
      {"\xC3", "\xEF\xBF\xBD"},
      {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(XmlText(text), expected) << text;
}

}  // namespace
}  // namespace gavel::check
