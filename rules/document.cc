#include "rules/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include "engine/base/error.h"
#include "rules/detect/detectors.h"
#include "rules/detect/merge.h"
#include "rules/document/cost_table.h"
#include "rules/document/frame.h"
#include "rules/document/front_matter.h"
#include "rules/document/mentions.h"
#include "rules/document/outline.h"
#include "rules/document/sections.h"
#include "rules/document/visible_text.h"
#include "rules/finding_codes.h"
#include "rules/policy.h"
#include "rules/text/words.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::rules {
namespace {

bool Refuses(const v1::Finding& finding) {
  const FindingCode* const code = FindFindingCode(finding.code());
  return code != nullptr && code->consequence == Consequence::kRefused;
}

std::string WithLine(const v1::Finding& finding) {
  if (finding.line() == 0) return finding.message();
  return fmt::format("line {}: {}", finding.line(), finding.message());
}

absl::Status SpecInvalid(const std::vector<v1::Finding>& findings, const std::string& path) {
  std::vector<FieldViolation> violations;
  for (const v1::Finding& finding : findings) {
    if (Refuses(finding))
      violations.push_back({finding.field(), WithLine(finding), finding.code()});
  }
  const std::string name = path.empty() ? "The document" : path;
  return MakeInvalid("SPEC_INVALID",
                     fmt::format("{} cannot be read: {}", name, violations.front().description),
                     violations, {{"path", path}});
}

void Append(std::vector<v1::Finding> more, std::vector<v1::Finding>& findings) {
  for (v1::Finding& finding : more) findings.push_back(std::move(finding));
}

v1::FactSource Derived(std::string_view origin) {
  v1::FactSource source;
  source.set_kind("derived");
  source.set_origin(std::string(origin));
  return source;
}

// Reads the front matter and returns it; an empty node where it cannot be read.
YamlNode ReadHeader(const Frame& frame, const DocumentOptions& options, Document& document) {
  YamlResult yaml = ParseStrictYaml(frame.header, {}, frame.header_line);
  for (const YamlProblem& problem : yaml.problems) {
    document.findings.push_back(
        MakeFinding(problem.code, "front_matter", problem.message, problem.line, problem.column));
  }
  if (!yaml.ok()) return {};
  if (!yaml.root.IsMapping()) {
    document.findings.push_back(MakeFinding(
        "GV019", "front_matter", "The front matter is no mapping. Write `key: value` lines.",
        frame.header_line, 1));
    return {};
  }
  ValueReader reader;
  ReadFrontMatter(yaml.root, options, reader, document.facts);
  Append(std::move(reader.findings()), document.findings);
  return std::move(yaml.root);
}

// `cost.in_a_year_usd`: no rule reads it, but the sums of the cost section are held to it.
std::optional<CentsRange> StatedInAYear(const YamlNode& root) {
  const YamlNode* const cost = root.Find("cost");
  const YamlNode* const stated = cost != nullptr ? cost->Find("in_a_year_usd") : nullptr;
  if (stated == nullptr) return std::nullopt;
  ValueReader already_reported;
  const auto range = already_reported.Range({*stated, ""}, "");
  return range.known() ? std::optional(range.value) : std::nullopt;
}

void ReadForeign(const Frame& frame, const Outline& outline, const DocumentOptions& options,
                 Document& document) {
  v1::Facts& facts = document.facts;
  facts.set_foreign(true);
  facts.set_title(ForeignTitle(frame.header, outline));
  facts.set_area(options.default_area);
  if (!options.default_author.empty()) facts.add_authors(options.default_author);
  SetHeaderMissing(facts);
  const std::string_view what =
      frame.fenced ? "The front matter has no top-level `spec:` key" : "There is no front matter";
  document.findings.push_back(MakeFinding(
      "GV115", "front_matter",
      fmt::format(
          "{}, so nothing is known about this spec. Start the file with `---`, `spec: 1`, your "
          "facts and `---`; `gavel new` writes one.",
          what),
      1, 1));
}

// Sections of the body, and remarks on the cost section.
void ReadSections(const Policy& policy, const Outline& outline,
                  const std::optional<CentsRange>& in_a_year, Document& document) {
  SectionReport report = FindSections(policy.org(), outline);
  v1::StringListFact& sections = *document.facts.mutable_sections();
  sections.set_status(v1::FACT_STATUS_KNOWN);
  *sections.mutable_source() = Derived("body");
  Append(std::move(report.findings), document.findings);
  for (const FoundSection& section : report.present) {
    sections.add_values(section.id);
    if (section.id == "cost") {
      Append(CheckCostTable(section, outline, document.facts, policy.catalog_index(), in_a_year),
             document.findings);
    }
  }
}

// Products that the text names and the front matter neither declares nor excludes.
void ReadMentions(const v1::Catalog& catalog, const Outline& outline, Document& document) {
  v1::Facts& facts = document.facts;
  std::set<std::string> settled(facts.not_used().begin(), facts.not_used().end());
  for (const v1::Dependency& dependency : facts.dependencies().dependencies()) {
    settled.insert(dependency.product());
  }
  v1::StringListFact& mentions = *facts.mutable_mentions_undeclared();
  mentions.set_status(v1::FACT_STATUS_KNOWN);
  *mentions.mutable_source() = Derived("body");
  const Mentions found = FindMentions(catalog, outline);
  for (const Disguise& disguise : found.disguises) {
    document.findings.push_back(MakeFinding(
        "GV230", "body",
        fmt::format("\"{}\" has characters that look like others, or that nobody can see. Retype "
                    "it.",
                    disguise.word),
        disguise.line, 1));
  }
  for (const Mention& mention : found.products) {
    if (settled.count(mention.product) > 0) continue;
    mentions.add_values(mention.product);
    if (mentions.source().line() == 0) mentions.mutable_source()->set_line(mention.line);
    if (facts.foreign()) continue;  // One finding says it all: nothing is declared.
    document.findings.push_back(MentionFinding(mention));
  }
}

// True, and said, where the body has parts that only eyes can read.
bool NoteUnreadParts(const Outline& outline, Document& document) {
  const int line = FirstUnreadLine(outline);
  if (line == 0) return false;
  document.findings.push_back(MakeFinding(
      "GV232", "body",
      "Images, raw HTML and encoded blocks are not read, so detection is partial at most.", line,
      1));
  return true;
}

// What a document without a policy says of detection: nothing but the text was looked at.
void SetNoDetection(v1::Facts& facts) {
  facts.mutable_coverage()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_coverage()->set_value("declared_only");
  *facts.mutable_coverage()->mutable_source() = Derived("detectors");
  facts.mutable_undeclared()->set_status(v1::FACT_STATUS_KNOWN);
  *facts.mutable_undeclared()->mutable_source() = Derived("detectors");
}

void NoteForm(const Frame& frame, Document& document) {
  document.facts.set_byte_order_mark(frame.byte_order_mark);
  document.facts.set_crlf(frame.crlf);
  if (frame.byte_order_mark) {
    document.findings.push_back(MakeFinding(
        "GV020", "content", "The file starts with a byte order mark; it is kept.", 1, 1));
  }
  if (frame.crlf) {
    document.findings.push_back(
        MakeFinding("GV021", "content", "Lines end in CR LF; they are kept.", 1, 1));
  }
}

void SortFindings(std::vector<v1::Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.line() == 0, a.line(), a.column()) <
           std::tuple(b.line() == 0, b.line(), b.column());
  });
}

}  // namespace

absl::StatusOr<Document> ReadDocument(std::string_view bytes, const DocumentOptions& options) {
  const Frame frame = SplitFrame(bytes);
  if (const auto unreadable = CheckReadable(bytes, frame); !unreadable.empty()) {
    return SpecInvalid(unreadable, options.path);
  }
  Document document;
  const Outline outline = ReadOutline(frame.body, frame.body_line);
  YamlNode front_matter;
  if (frame.ours) {
    front_matter = ReadHeader(frame, options, document);
    if (std::any_of(document.findings.begin(), document.findings.end(), Refuses)) {
      return SpecInvalid(document.findings, options.path);
    }
    if (document.facts.title().empty()) document.facts.set_title(ForeignTitle({}, outline));
  } else {
    ReadForeign(frame, outline, options, document);
  }
  NoteForm(frame, document);
  document.facts.set_body_line(frame.body_line);
  document.facts.set_body_words(std::accumulate(
      outline.lines.begin(), outline.lines.end(), 0,
      [](int words, const BodyLine& line) { return words + CountWords(line.text); }));
  if (options.policy != nullptr) {
    ReadSections(*options.policy, outline, StatedInAYear(front_matter), document);
    ReadMentions(options.policy->catalog(), outline, document);
    // After the mentions: a product that a detector found is still not declared by its author.
    MergeDetection(Detect(options.evidence, *options.policy), *options.policy,
                   NoteUnreadParts(outline, document), document.facts, document.findings);
  } else {
    SetNoDetection(document.facts);
  }
  SortFindings(document.findings);
  return document;
}

}  // namespace gavel::rules
