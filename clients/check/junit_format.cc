// JUnit's XML has no standard; this is what Jenkins' schema allows and GitLab shows:
//
//   <testsuites>
//     <testsuite name="specs/a.md">
//       <testcase name="GV204" classname="specs/a.md"><failure …>14:9 error …</failure></testcase>
//
// A case holds all findings of its code, since Jenkins keeps only one failure of a case.
#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "clients/check/formats.h"
#include "clients/check/xml_text.h"
#include "fmt/format.h"
#include "rules/finding_codes.h"

namespace gavel::check {
namespace {

using Findings = std::vector<const v1::Finding*>;

struct Count {
  int tests = 0;
  int failures = 0;
};

std::map<std::string, Findings> ByCode(const CheckedFile& file) {
  std::map<std::string, Findings> by_code;
  for (const v1::Finding& finding : file.checked.findings) {
    by_code[finding.code()].push_back(&finding);
  }
  return by_code;
}

std::string TextOf(const Findings& findings) {
  std::string text;
  for (const v1::Finding* finding : findings) {
    const std::string place =
        finding->line() > 0 ? fmt::format("{}:{}: ", finding->line(), finding->column()) : "";
    text += fmt::format("{}{}: {}\n", place, LevelWord(finding->severity()), finding->message());
  }
  return XmlText(text + rules::FindingUrl(findings.front()->code()));
}

void SetText(pugi::xml_node node, const char* name, const std::string& text) {
  node.append_attribute(name).set_value(XmlText(text).c_str());
}

pugi::xml_node AddCase(pugi::xml_node suite, const CheckedFile& file, const std::string& name) {
  pugi::xml_node test = suite.append_child("testcase");
  SetText(test, "name", name);
  SetText(test, "classname", file.path);
  return test;
}

bool HasFailure(const Findings& findings, v1::Finding::Severity fail_on) {
  return std::any_of(findings.begin(), findings.end(), [fail_on](const v1::Finding* finding) {
    return finding->severity() >= fail_on;
  });
}

void SetCount(pugi::xml_node node, Count count) {
  node.append_attribute("tests").set_value(count.tests);
  node.append_attribute("failures").set_value(count.failures);
  node.append_attribute("errors").set_value(0);
}

Count AddSuite(pugi::xml_node root, const CheckedFile& file, v1::Finding::Severity fail_on) {
  pugi::xml_node suite = root.append_child("testsuite");
  SetText(suite, "name", file.path);
  Count count;
  for (const auto& [code, findings] : ByCode(file)) {
    pugi::xml_node test = AddCase(suite, file, code);
    ++count.tests;
    if (HasFailure(findings, fail_on)) {
      ++count.failures;
      pugi::xml_node failure = test.append_child("failure");
      SetText(failure, "type", std::string(LevelWord(findings.front()->severity())));
      SetText(failure, "message", findings.front()->message());
      failure.text().set(TextOf(findings).c_str());
    } else {
      test.append_child("system-out").text().set(TextOf(findings).c_str());
    }
  }
  if (count.tests == 0) {
    AddCase(suite, file, "ok");
    ++count.tests;
  }
  SetCount(suite, count);
  return count;
}

}  // namespace

std::string JunitFormat(const Report& report) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version").set_value("1.0");
  declaration.append_attribute("encoding").set_value("UTF-8");
  pugi::xml_node root = document.append_child("testsuites");
  root.append_attribute("name").set_value("gavel check");
  Count all;
  for (const CheckedFile& file : report.files) {
    const Count count = AddSuite(root, file, report.fail_on);
    all.tests += count.tests;
    all.failures += count.failures;
  }
  SetCount(root, all);
  std::ostringstream text;
  document.save(text, "  ");
  return std::move(text).str();
}

}  // namespace gavel::check
