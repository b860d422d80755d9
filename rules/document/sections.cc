#include "rules/document/sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/finding_codes.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kCostSection = "cost";
constexpr std::string_view kCurrencySigns[] = {"$", "€", "£", "¥"};

struct Candidate {
  const Heading* heading;
  bool exact;
};

// Length of the longest name of `section` that `heading` starts with; 0 for none.
size_t MatchLength(const v1::Section& section, const std::string& heading) {
  size_t longest = 0;
  for (const std::string& name : section.headings()) {
    if (StartsWithWords(heading, name)) longest = std::max(longest, name.size());
  }
  return longest;
}

// The headings of `section`: no other section has a longer name for them.
std::vector<Candidate> CandidatesOf(const v1::Section& section, const v1::Org& org,
                                    const Outline& outline) {
  std::vector<Candidate> candidates;
  for (const Heading& heading : outline.headings) {
    const std::string normalized = NormalizedHeading(heading.text);
    const size_t length = MatchLength(section, normalized);
    if (length == 0) continue;
    const bool contested =
        std::any_of(org.sections().begin(), org.sections().end(), [&](const v1::Section& other) {
          return other.id() != section.id() && MatchLength(other, normalized) >= length;
        });
    if (!contested) candidates.push_back({&heading, length == normalized.size()});
  }
  return candidates;
}

// What remains of a section for a reader: no headings, links or code.
std::string TextOf(const Heading& heading, const Outline& outline) {
  std::string text;
  for (size_t i = heading.first; i < heading.last; ++i) {
    const BodyLine& line = outline.lines[i];
    if (line.code || line.heading > 0 || line.underline) continue;
    text += WithoutLinksAndCode(line.text) + "\n";
  }
  return text;
}

bool NamesAmount(std::string_view text, const std::string& currency) {
  const bool digit = text.find_first_of("0123456789") != std::string_view::npos;
  const bool sign = std::any_of(std::begin(kCurrencySigns), std::end(kCurrencySigns),
                                [&](auto s) { return text.find(s) != std::string_view::npos; });
  return digit && (sign || AsciiLower(text).find(AsciiLower(currency)) != std::string::npos);
}

v1::Finding SectionFinding(std::string_view code, const std::string& id, std::string message,
                           int line) {
  return MakeFinding(code, id, message, line, line > 0 ? 1 : 0);
}

std::string Quoted(const std::vector<Candidate>& candidates) {
  std::vector<std::string> names;
  for (const Candidate& candidate : candidates) {
    names.push_back(
        fmt::format("\"{}\" (line {})", candidate.heading->text, candidate.heading->line));
  }
  return JoinAnd(names);
}

// Adds `section` to the report: as present, or with the reason why it is not.
void Judge(const v1::Section& section, const v1::Org& org, const Outline& outline,
           SectionReport& report) {
  const std::string& id = section.id();
  const std::string name = section.headings_size() > 0 ? section.headings(0) : id;
  std::vector<Candidate> candidates = CandidatesOf(section, org, outline);
  if (candidates.empty()) {
    report.findings.push_back(SectionFinding(
        "GV301", id, fmt::format("Section \"{}\" is missing. Add a heading with that name.", name),
        0));
    return;
  }
  const auto inexact = std::stable_partition(candidates.begin(), candidates.end(),
                                             [](const Candidate& c) { return c.exact; });
  if (inexact != candidates.begin()) candidates.erase(inexact, candidates.end());
  const int line = candidates.front().heading->line;
  if (!candidates.front().exact && candidates.size() > 1) {
    report.findings.push_back(
        SectionFinding("GV303", id,
                       fmt::format("{} could all be section \"{}\". Name one of them exactly so.",
                                   Quoted(candidates), name),
                       line));
    return;
  }
  FoundSection found{id, {}};
  bool has_amount = false;
  for (const Candidate& candidate : candidates) {
    const std::string text = TextOf(*candidate.heading, outline);
    if (CountWords(text) < kMinSectionWords) continue;
    found.headings.push_back(candidate.heading);
    has_amount = has_amount || NamesAmount(text, org.currency());
  }
  if (found.headings.empty()) {
    report.findings.push_back(SectionFinding(
        "GV302", id,
        fmt::format("Section \"{}\" has fewer than {} words besides headings, links, "
                    "code and comments, so it counts as missing. Fill it in.",
                    name, kMinSectionWords),
        line));
  } else if (id == kCostSection && !has_amount) {
    report.findings.push_back(SectionFinding(
        "GV304", id,
        fmt::format("Section \"{}\" names no amount with a currency, so it counts as "
                    "missing. Give a monthly low and high in {}.",
                    name, org.currency()),
        line));
  } else {
    report.present.push_back(std::move(found));
  }
}

}  // namespace

SectionReport FindSections(const v1::Org& org, const Outline& outline) {
  SectionReport report;
  for (const v1::Section& section : org.sections()) Judge(section, org, outline, report);
  return report;
}

}  // namespace gavel::rules
