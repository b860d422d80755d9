// Fixes of the front matter that need its schema alone: keys, forms, spellings.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "engine/base/unicode.h"
#include "rules/condition/field.h"
#include "rules/date.h"
#include "rules/document/value_reader.h"
#include "rules/fix/makers.h"
#include "rules/fix/spec_template.h"
#include "rules/fix/yaml_edits.h"
#include "rules/text/amounts.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

std::string_view LastKey(std::string_view field) { return field.substr(field.rfind('.') + 1); }

// The words that a key allows; empty where it allows any.
std::vector<std::string> WordsOf(const KeySpec& key) {
  std::vector<std::string> words(key.words.begin(), key.words.end());
  if (key.kind == Kind::kBool) words = {"true", "false"};
  if (const FieldInfo* info = key.of.empty() ? nullptr : FindField(key.of)) {
    words.assign(info->values.begin(), info->values.end());
  }
  if (key.none) words.emplace_back("none");
  if (key.unknown) words.emplace_back("unknown");
  return words;
}

// The entry of `mapping` behind which `key` belongs: the last one that the schema lists before it.
size_t EntryBefore(const YamlNode& mapping, Shape shape, std::string_view key) {
  const std::vector<std::string>& order = KeyNames(shape);
  const auto rank = [&](std::string_view name) {
    return std::find(order.begin(), order.end(), name) - order.begin();
  };
  size_t before = 0;
  for (size_t i = 0; i < mapping.entries.size(); ++i) {
    if (rank(mapping.entries[i].key.value) < rank(key)) before = i;
  }
  return before;
}

// What `text` may have been meant as: lower case, one word.
std::string Slugged(std::string_view text) {
  std::string slug;
  for (const char c : AsciiLower(Trim(text))) {
    slug += c == ' ' || c == '_' ? '-' : c;
  }
  return slug;
}

std::optional<Form> FormOf(Kind kind) {
  switch (kind) {
    case Kind::kSlug:
      return Form::kSlug;
    case Kind::kProductTier:
      return Form::kDependency;
    case Kind::kSpecKey:
      return Form::kKey;
    case Kind::kPersonName:
      return Form::kPerson;
    case Kind::kQuantity:
      return Form::kQuantity;
    case Kind::kGrowth:
      return Form::kGrowth;
    case Kind::kUri:
      return Form::kUri;
    default:
      return std::nullopt;
  }
}

bool Matches(const std::string& text, Form form) {
  const std::string_view pattern = PatternOf(form);
  return RE2::FullMatch(text, RE2(re2::StringPiece(pattern.data(), pattern.size())));
}

// `4instances` with a space, `4 Instances` in the unit's own case: both by the known units.
std::string Spaced(const std::string& text) {
  std::string number, unit;
  if (!RE2::FullMatch(text, " *([0-9]+(?:\\.[0-9]+)?) *([A-Za-z]+) *", &number, &unit)) return text;
  for (const char* known : {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "vCPU", "GPU", "instances",
                            "rps", "shards", "seats"}) {
    if (AsciiLower(known) == AsciiLower(unit)) return fmt::format("{} {}", number, known);
  }
  return text;
}

// The ways to spell `text` so that it could have the form.
std::vector<std::string> Respelled(const std::string& text, Form form) {
  switch (form) {
    case Form::kSlug:
    case Form::kDependency:
      return {Slugged(text)};
    case Form::kPerson:
      return {"@" + text, "@" + Slugged(text)};
    case Form::kQuantity:
      return {Spaced(text)};
    case Form::kUri:
      return {"https://" + text};
    default:
      return {std::string(Trim(text))};
  }
}

}  // namespace

Fixes InsertKey(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const std::string_view field = finding.field();
  const std::string_view key = LastKey(field);
  const size_t point = field.rfind('.');
  const bool top = ParentShapeOf(field) == Shape::kFrontMatter;
  const auto found = top ? std::nullopt : document.Find(field.substr(0, point));
  const YamlNode* const mapping = top ? &document.root() : found ? found->node : nullptr;
  if (mapping == nullptr || mapping->entries.empty() || !SchemaOf(field)) return fixes;
  const TemplateEntry entry =
      top ? TemplateKey(key) : TemplateEntry{fmt::format("{}: TBD", key), {}};
  const size_t before = EntryBefore(*mapping, ParentShapeOf(field), key);
  AddFix(fmt::format("Add `{}` to fill in", key), FixKind::kSuggested,
         InsertEntry(document, *mapping, before, entry.text, entry.comment), fixes);
  return fixes;
}

Fixes RenameKey(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto key = document.FindKey(finding.line(), finding.column());
  if (!key) return fixes;
  const Shape shape = ParentShapeOf(finding.field());
  std::vector<std::string> names = KeyNames(shape);
  std::erase_if(names, [&](const std::string& name) { return key->parent->Find(name) != nullptr; });
  if (const auto nearest = NearestName(key->node->value, names)) {
    AddFix(fmt::format("Change to `{}`", *nearest), FixKind::kSuggested,
           ReplaceScalar(document, *key->node, *nearest), fixes);
  }
  const std::string own = "x-" + Slugged(key->node->value);
  if (shape == Shape::kFrontMatter && Matches(own, Form::kSlug)) {
    AddFix(fmt::format("Make it a key of your own, `{}`", own), FixKind::kSuggested,
           ReplaceScalar(document, *key->node, own), fixes);
  }
  AddFix(fmt::format("Remove `{}`", key->node->value), FixKind::kSuggested,
         RemoveEntry(document, *key), fixes);
  return fixes;
}

Fixes WrapInList(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  const auto schema = SchemaOf(finding.field());
  const bool one = found && schema && found->node->IsScalar() &&
                   schema->key->container == Container::kList && schema->key->kind != Kind::kShape;
  const auto text = one ? document.TextOf(*found->node) : std::nullopt;
  if (!text) return fixes;
  AddFix("Make it a list of one", FixKind::kSuggested,
         ReplaceValue(document, *found->node, fmt::format("[{}]", *text)), fixes);
  return fixes;
}

Fixes OfferWords(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  const auto schema = SchemaOf(finding.field());
  if (found && schema && found->node->IsScalar()) {
    const std::string written = AsciiLower(Trim(found->node->value));
    for (const std::string& word : Ranked(written, WordsOf(*schema->key))) {
      // Never in quotes: there `true` would be text.
      AddFix("Change to " + word, FixKind::kSuggested, ReplaceValue(document, *found->node, word),
             fixes);
    }
  }
  return fixes;
}

Fixes RespellWord(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  const auto schema = SchemaOf(finding.field());
  const auto form = schema ? FormOf(schema->key->kind) : std::nullopt;
  if (!found || !form || !found->node->IsScalar()) return fixes;
  for (const std::string& text : Respelled(found->node->value, *form)) {
    if (!Matches(text, *form)) continue;
    AddFix("Change to " + text, FixKind::kSuggested, ReplaceScalar(document, *found->node, text),
           fixes);
    break;
  }
  return fixes;
}

Fixes RemoveRepeated(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (!found || found->parent == nullptr || !found->parent->IsSequence()) return fixes;
  AddFix("Remove the repetition", FixKind::kSuggested, RemoveItem(document, *found), fixes);
  return fixes;
}

Fixes RespellAmount(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (!found || !found->node->IsScalar()) return fixes;
  const auto quantity = ParseQuantity(found->node->value);
  const auto low = quantity ? CentsOf(quantity->low) : std::nullopt;
  const auto high = quantity ? CentsOf(quantity->high) : std::nullopt;
  if (!low || !high) return fixes;
  const auto schema = SchemaOf(finding.field());
  const bool range = *low != *high && schema && schema->key->kind == Kind::kMoneyRange;
  if (*low != *high && !range) return fixes;
  const std::string text =
      range ? fmt::format("{{low: {}, high: {}}}", PlainAmount(*low), PlainAmount(*high))
            : PlainAmount(*low);
  AddFix("Change to " + text, FixKind::kSuggested, ReplaceValue(document, *found->node, text),
         fixes);
  return fixes;
}

Fixes SwapEnds(const OpenDocument& document, const v1::Finding& finding) {
  const auto found = document.Find(finding.field());
  const YamlNode* const low = found ? found->node->Find("low") : nullptr;
  const YamlNode* const high = found ? found->node->Find("high") : nullptr;
  if (low == nullptr || high == nullptr) return {};
  auto low_edit = ReplaceValue(document, *low, high->value);
  auto high_edit = ReplaceValue(document, *high, low->value);
  if (!low_edit || !high_edit) return {};
  if (high_edit->offset < low_edit->offset) std::swap(low_edit, high_edit);
  return {
      {"Swap low and high", FixKind::kSuggested, {*std::move(low_edit), *std::move(high_edit)}}};
}

Fixes RespellDay(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (!found || !found->node->IsScalar()) return fixes;
  int year = 0, first = 0, second = 0;
  const std::string& text = found->node->value;
  std::vector<std::string> days;
  if (RE2::FullMatch(text, " *([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2}) *", &year, &first,
                     &second)) {
    days = {fmt::format("{:04}-{:02}-{:02}", year, first, second)};
  } else if (RE2::FullMatch(text, " *([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}) *", &first,
                            &second, &year)) {
    // Day first or month first: both are written somewhere, so both are offered.
    days = {fmt::format("{:04}-{:02}-{:02}", year, second, first),
            fmt::format("{:04}-{:02}-{:02}", year, first, second)};
    if (first == second) days.pop_back();
  }
  std::erase_if(days, [](const std::string& day) { return !ParseDate(day); });
  OfferNames(document, *found->node, days, fixes);
  return fixes;
}

Fixes WriteVersion(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (!found) return fixes;
  AddFix("Change to 1", FixKind::kSuggested, ReplaceValue(document, *found->node, "1"), fixes);
  return fixes;
}

Fixes NormalSpelling(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const auto found = document.Find(finding.field());
  if (!found || !found->node->IsScalar()) return fixes;
  const std::string normal = AsciiLower(Trim(found->node->value));
  AddFix("Change to " + normal, FixKind::kSafe, ReplaceScalar(document, *found->node, normal),
         fixes);
  return fixes;
}

Fixes RemoveInvisible(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  if (finding.line() == 0) return fixes;
  const TextLines& lines = document.lines();
  const size_t begin = lines.OffsetOf(finding.line(), finding.column());
  const std::string_view rest =
      document.bytes().substr(begin, lines.Line(finding.line()).end - begin);
  const auto found =
      FindCharacter(rest, [](uint32_t c) { return IsUnsafeInName(c) || IsForeignLineBreak(c); });
  if (!found) return fixes;
  size_t end = found->offset;
  if (!NextCodePoint(rest, end)) return fixes;
  AddFix(fmt::format("Remove {}", CodePointText(found->code_point)), FixKind::kSuggested,
         TextEdit{begin + found->offset, end - found->offset, ""}, fixes);
  return fixes;
}

Fixes AddFrontMatter(const OpenDocument& document, const v1::Finding&) {
  Fixes fixes;
  // A header of another kind is somebody's: only they can say what becomes of it.
  if (document.frame().fenced || document.frame().unclosed) return fixes;
  AddFix(
      "Add a front matter to fill in", FixKind::kSuggested,
      TextEdit{document.lines().Line(1).begin, 0, TemplateFrontMatter(document.lines().newline())},
      fixes);
  return fixes;
}

}  // namespace gavel::rules
