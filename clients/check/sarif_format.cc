// SARIF 2.1.0 (OASIS), as far as code scanning reads it:
//
//   run: tool.driver.rules[]   one per code that was found
//        artifacts[]           every file that was looked at, clean ones too
//        results[]             one per finding: rule, message, region, fingerprint, fixes
//
// Columns are code points throughout, which `columnKind` says; SARIF's default is UTF-16.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "clients/check/fingerprint.h"
#include "clients/check/formats.h"
#include "fmt/format.h"
#include "rules/explain.h"
#include "rules/finding_codes.h"
#include "rules/fix/fix.h"
#include "rules/text/text_lines.h"

namespace gavel::check {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kSchema[] =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr char kRoot[] = "%SRCROOT%";  // What code scanning calls the top of the repository.
constexpr char kFingerprint[] = "gavelFinding/v1";

using RuleNumbers = std::map<std::string, int>;  // By code, so sorted.

std::string_view LevelOf(v1::Finding::Severity severity) {
  return severity == v1::Finding::SEVERITY_INFO ? "note" : LevelWord(severity);
}

// Every byte that RFC 3986 does not leave alone in a path: a `:` in the first part of a relative
// path would make a scheme of it.
std::string UriOf(std::string_view path) {
  constexpr std::string_view kUnreserved = "-._~/";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool alphanumeric =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (alphanumeric || kUnreserved.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

Json LocationOf(const CheckedFile& file) {
  const std::string& path = file.repository_path.empty() ? file.path : file.repository_path;
  Json location = {{"uri", UriOf(path)}};
  if (!path.starts_with('/')) location["uriBaseId"] = kRoot;
  return location;
}

Json RegionOf(const rules::TextLines& lines, rules::TextRange range) {
  const rules::TextPlace begin = lines.PlaceOf(range.begin);
  const rules::TextPlace end = lines.PlaceOf(range.end);
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

Json FixesOf(const CheckedFile& file, const rules::TextLines& lines, const v1::Finding& finding,
             const rules::Policy* policy) {
  Json fixes = Json::array();
  for (const rules::Fix& fix : rules::FixesFor(file.content, finding, policy)) {
    Json replacements = Json::array();
    for (const rules::TextEdit& edit : fix.edits) {
      replacements.push_back(
          {{"deletedRegion", RegionOf(lines, {edit.offset, edit.offset + edit.length})},
           {"insertedContent", {{"text", edit.text}}}});
    }
    if (replacements.empty()) continue;
    const Json change = {{"artifactLocation", LocationOf(file)}, {"replacements", replacements}};
    fixes.push_back(
        {{"description", {{"text", fix.title}}}, {"artifactChanges", Json::array({change})}});
  }
  return fixes;
}

Json RegionOfFinding(const CheckedFile& file, const rules::TextLines& lines,
                     const v1::Finding& finding) {
  // Code scanning shows nothing without a line: what has no place is shown at the top.
  if (finding.line() <= 0) return {{"startLine", 1}};
  return RegionOf(lines, rules::RangeOf(file.content, finding));
}

Json RuleOf(const std::string& code) {
  const rules::FindingCode* const entry = rules::FindFindingCode(code);
  const std::string meaning = entry != nullptr ? std::string(entry->meaning) : code;
  const auto severity = entry != nullptr ? entry->severity : v1::Finding::SEVERITY_ERROR;
  const std::string url = rules::FindingUrl(code);
  return {{"id", code},
          {"shortDescription", {{"text", meaning}}},
          {"fullDescription", {{"text", meaning}}},
          {"help", {{"text", fmt::format("{} See {}", meaning, url)}}},
          {"helpUri", url},
          {"defaultConfiguration", {{"level", LevelOf(severity)}}}};
}

void AddResults(const CheckedFile& file, const rules::Policy* policy, const RuleNumbers& rules,
                Json& results) {
  const rules::TextLines lines(file.content);
  const std::vector<std::string> fingerprints = Fingerprints(file);
  for (size_t i = 0; i < file.checked.findings.size(); ++i) {
    const v1::Finding& finding = file.checked.findings[i];
    const Json place = {{"artifactLocation", LocationOf(file)},
                        {"region", RegionOfFinding(file, lines, finding)}};
    Json result = {{"ruleId", finding.code()},
                   {"ruleIndex", rules.at(finding.code())},
                   {"level", LevelOf(finding.severity())},
                   {"message", {{"text", finding.message()}}},
                   {"locations", Json::array({{{"physicalLocation", place}}})},
                   {"partialFingerprints", {{kFingerprint, fingerprints[i]}}}};
    Json fixes = FixesOf(file, lines, finding, policy);
    if (!fixes.empty()) result["fixes"] = std::move(fixes);
    results.push_back(std::move(result));
  }
}

RuleNumbers NumberRules(const Report& report) {
  RuleNumbers rules;
  for (const CheckedFile& file : report.files) {
    for (const v1::Finding& finding : file.checked.findings) rules[finding.code()] = 0;
  }
  int next = 0;
  for (auto& [code, number] : rules) number = next++;
  return rules;
}

}  // namespace

std::string SarifFormat(const Report& report) {
  const RuleNumbers numbers = NumberRules(report);
  Json rules = Json::array();
  for (const auto& [code, number] : numbers) rules.push_back(RuleOf(code));
  Json artifacts = Json::array();
  Json results = Json::array();
  for (const CheckedFile& file : report.files) {
    artifacts.push_back(
        {{"location", LocationOf(file)}, {"roles", Json::array({"analysisTarget"})}});
    AddResults(file, report.policy, numbers, results);
  }
  const Json driver = {{"name", "gavel"},
                       {"version", report.version},
                       {"informationUri", "https://gavel.dev/docs"},
                       {"rules", rules}};
  const Json root = {{"description", {{"text", "The top folder of the repository."}}}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"automationDetails", {{"id", "gavel-check/"}}},
                    {"invocations", Json::array({{{"executionSuccessful", true}}})},
                    {"originalUriBaseIds", {{kRoot, root}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"artifacts", artifacts},
                    {"results", results}};
  const Json log = {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  return log.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gavel::check
