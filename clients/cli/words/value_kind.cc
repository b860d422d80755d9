#include "clients/cli/words/value_kind.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace gavel::cli {
namespace {

constexpr std::string_view kListMark = ",…";

// The vocabulary. A word that stands in two rows means both.
constexpr std::array<std::pair<std::string_view, ValueKind>, 55> kVocabulary = {{
    {"1-5", ValueKind::kText},         {"AREA", ValueKind::kArea},
    {"CODE", ValueKind::kCode},        {"CONCERN", ValueKind::kConcern},
    {"CONDITION", ValueKind::kText},   {"CURSOR", ValueKind::kText},
    {"DATE", ValueKind::kText},        {"DAY", ValueKind::kText},
    {"DAYS", ValueKind::kText},        {"DESTINATION", ValueKind::kText},
    {"DIR", ValueKind::kFolder},       {"DURATION", ValueKind::kText},
    {"ETAG", ValueKind::kText},        {"EXPRESSION", ValueKind::kText},
    {"FACT=VALUE", ValueKind::kText},  {"FIELD", ValueKind::kText},
    {"FIELD=VALUE", ValueKind::kText}, {"FILE", ValueKind::kFile},
    {"FILTER", ValueKind::kText},      {"FOLDER", ValueKind::kFolder},
    {"HASH", ValueKind::kPolicy},      {"HOST:PORT", ValueKind::kText},
    {"ID", ValueKind::kText},          {"JSON", ValueKind::kText},
    {"KEY", ValueKind::kSpec},         {"MEETING", ValueKind::kMeeting},
    {"METHOD", ValueKind::kText},      {"MINUTES", ValueKind::kText},
    {"N", ValueKind::kText},           {"N[-M]", ValueKind::kText},
    {"NAME", ValueKind::kPerson},      {"NAME: TEXT", ValueKind::kText},
    {"NAME:ROLE", ValueKind::kText},   {"PATH", ValueKind::kSpecFile},
    {"PERSON", ValueKind::kPerson},    {"POLICY", ValueKind::kPolicy},
    {"POLICY", ValueKind::kFolder},    {"PROGRAM", ValueKind::kText},
    {"REPO", ValueKind::kText},        {"REV", ValueKind::kText},
    {"RULE", ValueKind::kRule},        {"SEQ", ValueKind::kText},
    {"SETTING", ValueKind::kText},     {"SETTINGS", ValueKind::kText},
    {"SPEC", ValueKind::kSpec},        {"SPEC", ValueKind::kSpecFile},
    {"STATE", ValueKind::kState},      {"TEXT", ValueKind::kText},
    {"TIME", ValueKind::kText},        {"TITLE", ValueKind::kText},
    {"URL", ValueKind::kText},         {"UUID", ValueKind::kText},
    {"VALUE", ValueKind::kText},       {"ZONE", ValueKind::kText},
    {"[KIND=]FILE", ValueKind::kFile},
}};

// The parts between `|`.
std::vector<std::string_view> PartsOf(std::string_view value) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t bar = value.find('|');
    parts.push_back(value.substr(0, bar));
    if (bar == std::string_view::npos) return parts;
    value.remove_prefix(bar + 1);
  }
}

std::string_view WithoutListMark(std::string_view value) {
  if (value.ends_with(kListMark)) value.remove_suffix(kListMark.size());
  return value;
}

std::vector<ValueKind> KindsOf(std::string_view part) {
  std::vector<ValueKind> kinds;
  for (const auto& [word, kind] : kVocabulary) {
    if (word == part) kinds.push_back(kind);
  }
  return kinds;
}

// `md`, unlike `AREA`.
bool IsLiteral(std::string_view part) {
  return std::any_of(part.begin(), part.end(),
                     [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; });
}

}  // namespace

ValueMeaning MeaningOf(std::string_view value) {
  ValueMeaning meaning;
  meaning.list = value.ends_with(kListMark);
  for (const std::string_view part : PartsOf(WithoutListMark(value))) {
    if (IsLiteral(part)) meaning.words.emplace_back(part);
    for (const ValueKind kind : KindsOf(part)) {
      if (kind != ValueKind::kText) meaning.kinds.push_back(kind);
    }
  }
  return meaning;
}

std::string ValueOf(const Positional& positional) {
  return positional.value.empty() ? positional.name : positional.value;
}

bool IsKnownValue(std::string_view value) {
  const std::vector<std::string_view> parts = PartsOf(WithoutListMark(value));
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return IsLiteral(part) || !KindsOf(part).empty();
  });
}

}  // namespace gavel::cli
