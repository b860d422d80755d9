#include "rules/document/value_reader.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "engine/base/unicode.h"
#include "rules/date.h"
#include "rules/finding_codes.h"
#include "rules/schema/keys.h"
#include "rules/text/money.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

struct FormRule {
  RE2 pattern;
  const char* example;
};

// Patterns of the published JSON schema, clause for clause. In the order of the enum.
const FormRule& RuleOf(Form form) {
  // The count is spelled out for clang, which cannot infer it here.
  static const FormRule* const kRules = new FormRule[7]{
      {"[a-z0-9][a-z0-9-]{0,62}", "a short name such as `service-change`"},
      {"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)?",
       "`product/tier` in lower case, such as `postgres/standard-m`"},
      {"[A-Z][A-Z0-9]{1,9}-[1-9][0-9]*", "a spec key such as `MEDIA-42`"},
      {"@[A-Za-z0-9][A-Za-z0-9._-]{0,62}|[^@\\s]+@[^@\\s]+\\.[^@\\s]+",
       "`\"@id\"` or an e-mail address"},
      {"[0-9]+(\\.[0-9]+)? (B|KiB|MiB|GiB|TiB|PiB|vCPU|GPU|instances|rps|shards|seats)",
       "a number and a unit, such as `4 instances` or `2 TiB`"},
      {"[0-9]+(\\.[0-9]+)?% per (month|quarter|year)", "a rate such as `5% per month`"},
      {"[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+", "an absolute link such as `https://example.org/x`"},
  };
  return kRules[static_cast<size_t>(form)];
}

bool Matches(std::string_view text, const RE2& pattern) {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

// What templates write where a value belongs.
bool IsTemplateWord(std::string_view text) {
  static const std::set<std::string, std::less<>> kWords = {
      "tbd", "tba", "tbc", "todo", "?", "??", "???", "...", "…", "n/a", "yyyy-mm-dd", "fill in"};
  text = Trim(text);
  if (kWords.count(AsciiLower(text)) > 0) return true;
  const bool bracketed = (text.starts_with('<') && text.ends_with('>')) ||
                         (text.starts_with('{') && text.ends_with('}'));
  if (text.size() > 2 && bracketed) return true;
  static const RE2* const kAlternatives = new RE2("[^\\s|]+(\\|[^\\s|]+)+");
  return Matches(text, *kAlternatives);
}

size_t CodePoints(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size() && NextCodePoint(text, at); ++count) {
  }
  return count;
}

std::string Shown(std::string_view text) {
  constexpr size_t kMax = 60;
  if (text.size() <= kMax) return fmt::format("`{}`", text);
  size_t end = 0;
  while (end < kMax && NextCodePoint(text, end)) {
  }
  return fmt::format("`{}…`", text.substr(0, end));
}

std::string_view KindWord(const YamlNode& node) {
  return node.IsSequence() ? "a list" : node.IsMapping() ? "a mapping" : "text";
}

}  // namespace

std::string_view PatternOf(Form form) { return RuleOf(form).pattern.pattern(); }

Place Child(const Place& parent, const YamlNode& node, std::string_view key) {
  return {node, parent.path.empty() ? std::string(key) : fmt::format("{}.{}", parent.path, key)};
}

Place ItemSaying(const Place& list, std::string_view word) {
  const auto& items = list.node.items;
  const auto item = std::find_if(items.begin(), items.end(), [&](const YamlNode& node) {
    return node.IsScalar() && node.value == word;
  });
  if (item == items.end()) return list;
  return {*item, fmt::format("{}[{}]", list.path, item - items.begin())};
}

v1::FactSource Declared(const YamlNode& node) {
  v1::FactSource source;
  source.set_kind("declared");
  source.set_origin("front-matter");
  source.set_line(node.line);
  return source;
}

void ValueReader::Report(std::string_view code, const Place& place, std::string_view text) {
  findings_.push_back(MakeFinding(code, "front_matter." + place.path,
                                  fmt::format("{}: {}", place.path, text), place.node.line,
                                  place.node.column));
}

void ValueReader::ReportMissing(std::string_view path, std::string_view text) {
  findings_.push_back(MakeFinding("GV101", fmt::format("front_matter.{}", path),
                                  fmt::format("{} is missing. {}", path, text)));
}

bool ValueReader::IsLeftOut(const Place& place) {
  const YamlNode& node = place.node;
  const bool hollow = node.IsMapping() && !node.entries.empty() &&
                      std::all_of(node.entries.begin(), node.entries.end(),
                                  [](const YamlEntry& entry) { return entry.value.IsEmpty(); });
  if (node.IsEmpty() || hollow) {
    Report("GV108", place, "Nothing is written here, so it counts as missing. Fill it in.");
    return true;
  }
  if (!node.IsScalar() || !IsTemplateWord(node.value)) return false;
  Report("GV108", place,
         fmt::format("{} is the template's text, so it counts as missing. Fill it in.",
                     Shown(node.value)));
  return true;
}

bool ValueReader::SaysUnknown(const YamlNode& node) {
  return node.IsScalar() && AsciiLower(Trim(node.value)) == "unknown";
}

bool ValueReader::IsPlainWord(const Place& place) {
  if (!place.node.IsScalar()) {
    Report("GV103", place, fmt::format("Text is wanted here, not {}.", KindWord(place.node)));
    return false;
  }
  return IsClean(place, place.node.value, IsUnsafeInName);
}

bool ValueReader::IsClean(const Place& place, std::string_view text, bool (*unsafe)(uint32_t)) {
  const auto found = FindCharacter(text, unsafe);
  if (!found) return true;
  Report("GV018", place,
         fmt::format("The value holds {}. Remove it.", InvisibleText(found->code_point)));
  return false;
}

Typed<std::string> ValueReader::Text(const Place& place, Lengths lengths) {
  if (IsLeftOut(place)) return {};
  if (!place.node.IsScalar()) {
    Report("GV103", place, fmt::format("Text is wanted here, not {}.", KindWord(place.node)));
    return {v1::FACT_STATUS_INVALID, {}};
  }
  const size_t length = CodePoints(place.node.value);
  if (length < lengths.min || length > lengths.max) {
    Report("GV106", place,
           fmt::format("{} characters; {} to {} are allowed.", length, lengths.min, lengths.max));
    return {v1::FACT_STATUS_INVALID, {}};
  }
  return {v1::FACT_STATUS_KNOWN, place.node.value};
}

Typed<std::string> ValueReader::Line(const Place& place, Lengths lengths) {
  Typed<std::string> line = Text(place, lengths);
  // A block scalar (`title: >`) ends in a line break that nobody meant.
  if (line.value.ends_with('\n')) line.value.pop_back();
  if (IsClean(place, line.value, IsUnsafeToShow)) return line;
  return {v1::FACT_STATUS_INVALID, {}};
}

Typed<std::string> ValueReader::Word(const Place& place, Form form) {
  if (IsLeftOut(place)) return {};
  if (!IsPlainWord(place)) return {v1::FACT_STATUS_INVALID, {}};
  if (Matches(place.node.value, RuleOf(form).pattern))
    return {v1::FACT_STATUS_KNOWN, place.node.value};
  Report("GV105", place,
         fmt::format("{} is not {}.", Shown(place.node.value), RuleOf(form).example));
  return {v1::FACT_STATUS_INVALID, {}};
}

Typed<std::string> ValueReader::Enum(const Place& place, const std::vector<std::string>& values,
                                     bool may_be_unknown) {
  if (IsLeftOut(place)) return {};
  if (!IsPlainWord(place)) return {v1::FACT_STATUS_INVALID, {}};
  if (may_be_unknown && SaysUnknown(place.node)) return {v1::FACT_STATUS_STATED_UNKNOWN, {}};
  const std::string normal = AsciiLower(Trim(place.node.value));
  if (std::find(values.begin(), values.end(), normal) == values.end()) {
    Report("GV104", place,
           fmt::format("{} is not one of {}.{}", Shown(place.node.value), JoinComma(values),
                       DidYouMean(normal, values)));
    return {v1::FACT_STATUS_INVALID, {}};
  }
  if (normal != place.node.value) Report("GV112", place, fmt::format("Read as `{}`.", normal));
  return {v1::FACT_STATUS_KNOWN, normal};
}

Typed<bool> ValueReader::Bool(const Place& place) {
  if (IsLeftOut(place)) return {};
  if (!IsPlainWord(place)) return {v1::FACT_STATUS_INVALID, {}};
  if (SaysUnknown(place.node)) return {v1::FACT_STATUS_STATED_UNKNOWN, {}};
  const std::string& value = place.node.value;
  if (place.node.plain && (value == "true" || value == "false")) {
    return {v1::FACT_STATUS_KNOWN, value == "true"};
  }
  Report("GV104", place,
         fmt::format("{} is not true, false or unknown (without quotes).", Shown(value)));
  return {v1::FACT_STATUS_INVALID, {}};
}

Typed<v1::Date> ValueReader::Day(const Place& place) {
  if (IsLeftOut(place)) return {};
  if (!IsPlainWord(place)) return {v1::FACT_STATUS_INVALID, {}};
  if (const auto date = ParseDate(place.node.value)) return {v1::FACT_STATUS_KNOWN, *date};
  Report("GV113", place,
         fmt::format("{} is not a day written YYYY-MM-DD.", Shown(place.node.value)));
  return {v1::FACT_STATUS_INVALID, {}};
}

Typed<int64_t> ValueReader::Cents(const Place& place, const std::string& currency) {
  if (IsLeftOut(place)) return {};
  if (!IsPlainWord(place)) return {v1::FACT_STATUS_INVALID, 0};
  const auto cents = place.node.plain ? ParseCents(place.node.value) : std::nullopt;
  if (cents) return {v1::FACT_STATUS_KNOWN, *cents};
  Report("GV109", place,
         fmt::format(
             "{} is not an amount. Write a plain number of {} with no or two decimals, without "
             "quotes, sign or unit: 400 or 400.50, at most 92233720368547758.07.",
             Shown(place.node.value), currency));
  return {v1::FACT_STATUS_INVALID, 0};
}

Typed<CentsRange> ValueReader::Range(const Place& place, const std::string& currency) {
  if (IsLeftOut(place)) return {};
  if (SaysUnknown(place.node)) return {v1::FACT_STATUS_STATED_UNKNOWN, {}};
  if (place.node.IsScalar()) {
    const auto amount = Cents(place, currency);
    return {amount.status, {amount.value, amount.value}};
  }
  if (!IsMapping(place, KeyNames(Shape::kRange))) return {v1::FACT_STATUS_INVALID, {}};
  CentsRange range;
  v1::FactStatus status = v1::FACT_STATUS_KNOWN;
  for (const auto& [key, end] : {std::pair{"low", &range.low}, std::pair{"high", &range.high}}) {
    const YamlNode* const node = place.node.Find(key);
    Typed<int64_t> cents;
    if (node != nullptr) {
      cents = Cents(Child(place, *node, key), currency);
    } else {
      ReportMissing(fmt::format("{}.{}", place.path, key), "A range has a low and a high.");
    }
    *end = cents.value;
    if (status != v1::FACT_STATUS_INVALID && !cents.known()) status = cents.status;
  }
  if (status == v1::FACT_STATUS_KNOWN && range.low > range.high) {
    Report("GV110", place,
           fmt::format("The low end {} exceeds the high end {}. Swap them.", AmountText(range.low),
                       AmountText(range.high)));
    status = v1::FACT_STATUS_INVALID;
  }
  return {status, range};
}

Typed<std::vector<std::string>> ValueReader::Words(const Place& place, Form form, size_t min,
                                                   size_t max) {
  if (IsLeftOut(place)) return {};
  const auto items = Items(place, min, max);
  if (!items) return {v1::FACT_STATUS_INVALID, {}};
  Typed<std::vector<std::string>> words{v1::FACT_STATUS_KNOWN, {}};
  for (const Place& item : *items) {
    const auto word = Word(item, form);
    if (!word.known()) {
      if (word.status == v1::FACT_STATUS_INVALID) words.status = v1::FACT_STATUS_INVALID;
      continue;
    }
    if (std::find(words.value.begin(), words.value.end(), word.value) != words.value.end()) {
      Report("GV107", item, fmt::format("{} is listed twice. Keep one.", Shown(word.value)));
      words.status = v1::FACT_STATUS_INVALID;
      continue;
    }
    words.value.push_back(word.value);
  }
  // A list that holds only the template's words says nothing.
  if (words.known() && words.value.empty() && !items->empty())
    words.status = v1::FACT_STATUS_MISSING;
  return words;
}

std::optional<std::vector<Place>> ValueReader::Items(const Place& place, size_t min, size_t max) {
  if (!place.node.IsSequence()) {
    Report("GV103", place,
           fmt::format("A list in brackets is wanted here, not {}.", KindWord(place.node)));
    return std::nullopt;
  }
  const size_t size = place.node.items.size();
  if (size < min || size > max) {
    Report("GV107", place, fmt::format("{} entries; {} to {} are allowed.", size, min, max));
    return std::nullopt;
  }
  std::vector<Place> items;
  for (size_t i = 0; i < size; ++i) {
    items.push_back({place.node.items[i], fmt::format("{}[{}]", place.path, i)});
  }
  return items;
}

bool ValueReader::IsMapping(const Place& place, const std::vector<std::string>& keys) {
  if (!place.node.IsMapping()) {
    Report("GV103", place,
           fmt::format("A mapping with {} is wanted here, not {}.", JoinComma(keys),
                       KindWord(place.node)));
    return false;
  }
  for (const YamlEntry& entry : place.node.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key.value) != keys.end()) continue;
    const Place unknown = Child(place, entry.key, entry.key.value);
    Report("GV102", unknown, fmt::format("No such key.{}", DidYouMean(entry.key.value, keys)));
  }
  return true;
}

}  // namespace gavel::rules
