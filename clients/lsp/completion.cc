// Keys, values and names of the front matter, and the headings that the organisation asks for.
#include <algorithm>
#include <cctype>
#include <utility>

#include "clients/lsp/features.h"
#include "clients/lsp/header.h"
#include "clients/lsp/policy_text.h"
#include "clients/lsp/schema_path.h"
#include "clients/lsp/snippet.h"
#include "clients/lsp/yaml_place.h"
#include "fmt/format.h"
#include "rules/document/outline.h"
#include "rules/document/sections.h"

namespace gavel::lsp {
namespace {

// CompletionItemKind.
enum class ItemKind {
  kModule = 9,
  kProperty = 10,
  kValue = 12,
  kReference = 18,
  kFolder = 19,
  kEnumMember = 20,
  kConstant = 21
};

struct Choice {
  std::string label;
  ItemKind kind = ItemKind::kValue;
  std::string detail = {};
  std::string documentation = {};  // Markdown.
  std::string sort = {};           // Empty: by label.
  std::string aliases = {};        // Also found by these.
  bool deprecated = false;
  std::string snippet = {};  // Inserted instead of the label.
};

using Choices = std::vector<Choice>;

Choices KeyChoices(const View& view, const YamlPlace& place) {
  Choices choices;
  const auto shape = ShapeAt(place.path);
  if (!shape.has_value()) return choices;
  int order = 0;
  for (const rules::KeySpec& key : rules::KeysOf(*shape)) {
    ++order;
    const auto taken = std::find(place.keys.begin(), place.keys.end(), key.key);
    if (taken != place.keys.end()) continue;
    Choice choice{.label = std::string(key.key), .kind = ItemKind::kProperty};
    choice.detail = key.required ? "required" : "";
    choice.documentation = KeyText(key);
    // What has to be there first, each in the order in which people write it.
    choice.sort = fmt::format("{}{:02}", key.required ? 0 : 1, order);
    if (place.has_colon) {
      choice.snippet = choice.label;
    } else if (view.client.snippets) {
      choice.snippet = SnippetOf(key, place.in_flow);
    } else {
      choice.snippet = choice.label + ": ";
    }
    choices.push_back(std::move(choice));
  }
  return choices;
}

Choices TierChoices(const View& view) {
  const rules::Policy& policy = *view.inputs.policy;
  Choices choices;
  for (const v1::Product& product : policy.catalog().products()) {
    for (const v1::Tier& tier : product.tiers()) {
      const std::string_view status = StatusWord(tier, view.inputs.today);
      Choice choice{.label = product.id() + "/" + tier.id(), .kind = ItemKind::kModule};
      choice.detail = fmt::format("{}, {}", status, product.product_class());
      choice.documentation = TierText(policy, product, tier, view.inputs.today);
      choice.deprecated = status == "deprecated";
      const int rank = status == "standard" ? 0 : choice.deprecated ? 2 : 1;
      choice.sort = fmt::format("{}{}", rank, choice.label);
      for (const std::string& alias : product.aliases()) {
        choice.aliases += fmt::format(" {}/{}", alias, tier.id());
      }
      choices.push_back(std::move(choice));
    }
  }
  return choices;
}

Choices PersonChoices(const rules::Policy& policy) {
  Choices choices;
  for (const v1::Person& person : policy.org().people()) {
    if (person.has_left()) continue;
    choices.push_back({.label = "@" + person.id(),
                       .kind = ItemKind::kReference,
                       .detail = person.name(),
                       .documentation = PersonText(policy, person),
                       .aliases = " " + person.name()});
  }
  return choices;
}

Choices AreaChoices(const rules::Policy& policy, bool deciding) {
  Choices choices;
  for (const v1::Area& area : policy.org().areas()) {
    if (deciding && area.series().empty()) continue;  // Consulted only.
    choices.push_back({.label = area.id(),
                       .kind = ItemKind::kFolder,
                       .detail = area.name(),
                       .documentation = AreaText(policy, area)});
  }
  return choices;
}

Choices NameChoices(const View& view, Names names, const std::string& key) {
  const rules::Policy* const policy = view.inputs.policy;
  Choices choices;
  if (policy == nullptr) return choices;
  switch (names) {
    case Names::kNone:
      break;
    case Names::kTiers:
      return TierChoices(view);
    case Names::kPeople:
      return PersonChoices(*policy);
    case Names::kAreas:
      return AreaChoices(*policy, key == "area");
    case Names::kProducts:
      for (const auto& product : policy->catalog().products()) {
        choices.push_back({.label = product.id(), .detail = product.product_class()});
      }
      break;
    case Names::kCategories:
      for (const auto& category : policy->org().categories())
        choices.push_back({.label = category});
      break;
    case Names::kSystems:
      for (const auto& system : policy->org().systems()) {
        choices.push_back({.label = system.id(), .detail = "area " + system.area()});
      }
      break;
    case Names::kRegions:
      for (const auto& region : policy->catalog().regions()) {
        choices.push_back({.label = region.id(), .detail = region.group()});
      }
      break;
  }
  return choices;
}

Choices ValueChoices(const View& view, const YamlPlace& place) {
  const rules::KeySpec* const key = FindKey(place.path);
  if (key == nullptr) return {};
  Choices choices = NameChoices(view, NamesOf(place.path, *key), std::string(key->key));
  // A new item of a list of mappings: `- ` has been typed, `use: ` comes next.
  const bool item = key->kind == rules::Kind::kShape && key->container == rules::Container::kList;
  if (item && !place.in_flow) {
    YamlPlace inside = place;
    inside.keys.clear();
    for (Choice& choice : KeyChoices(view, inside)) choices.push_back(std::move(choice));
  }
  for (const std::string_view word : WordsOf(*key)) {
    choices.push_back({.label = std::string(word),
                       .kind = ItemKind::kEnumMember,
                       .sort = fmt::format("3{:02}", choices.size())});
  }
  return choices;
}

// `@ana` is no YAML without quotes. What is typed already decides which form is looked for.
std::string Written(const Choice& choice) {
  return choice.label.starts_with('@') ? fmt::format("\"{}\"", choice.label) : choice.label;
}

Json Item(const View& view, const Choice& choice, rules::TextRange range) {
  const std::string_view text = view.document.text();
  const bool quoted = range.begin < range.end && text[range.begin] == '"';
  std::string inserted = choice.snippet.empty() ? Written(choice) : choice.snippet;
  if (quoted && !inserted.starts_with('"')) inserted = fmt::format("\"{}\"", inserted);
  const bool after_colon = range.begin > 0 && text[range.begin - 1] == ':';
  if (after_colon) inserted = " " + inserted;
  Json item = {{"label", choice.label},
               {"kind", static_cast<int>(choice.kind)},
               {"filterText", (quoted ? "\"" : "") + choice.label + choice.aliases},
               {"sortText", choice.sort.empty() ? choice.label : choice.sort},
               {"textEdit", {{"range", view.Range(range)}, {"newText", inserted}}}};
  if (!choice.detail.empty()) item["detail"] = choice.detail;
  if (!choice.documentation.empty()) {
    item["documentation"] = Markup(choice.documentation, view.client.completion_markdown);
  }
  if (choice.deprecated) item["tags"] = {1};
  if (!choice.snippet.empty() && view.client.snippets) item["insertTextFormat"] = 2;
  return item;
}

// The sections that the organisation asks for and the body does not have yet, where a heading is
// being written.
Json HeadingItems(const View& view, size_t offset) {
  Json items = Json::array();
  const std::string_view text = view.document.text();
  const TextIndex& index = view.document.index();
  const int64_t line = index.LineOf(offset);
  const rules::TextRange range = {index.LineBegin(line), index.LineEnd(text, line)};
  const std::string_view written = text.substr(range.begin, range.end - range.begin);
  if (view.inputs.policy == nullptr || !written.starts_with('#')) return items;
  const size_t hashes = std::min(written.find_first_not_of('#'), written.size());
  const rules::Outline outline = rules::ReadOutline(text, 1);
  for (const v1::Section& section : view.inputs.policy->org().sections()) {
    if (section.headings().empty()) continue;
    const auto is_it = [&section](const rules::Heading& heading) {
      const std::string normal = rules::NormalizedHeading(heading.text);
      return std::any_of(
          section.headings().begin(), section.headings().end(),
          [&normal](const std::string& name) { return rules::StartsWithWords(normal, name); });
    };
    const bool there = std::any_of(outline.headings.begin(), outline.headings.end(), is_it);
    if (there) continue;
    std::string heading = section.headings(0);
    heading[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(heading[0])));
    const std::string whole =
        fmt::format("{} {}", hashes > 1 ? written.substr(0, hashes) : "##", heading);
    items.push_back({{"label", heading},
                     {"kind", static_cast<int>(ItemKind::kReference)},
                     {"detail", "section of every spec"},
                     {"filterText", whole},
                     {"textEdit", {{"range", view.Range(range)}, {"newText", whole}}}});
  }
  return items;
}

}  // namespace

Json Completions(const View& view, size_t offset) {
  const auto header = HeaderOf(view.document.text());
  if (!header.has_value() || offset < header->begin) return Json::array();
  if (!header->Contains(offset)) return HeadingItems(view, offset);
  const YamlPlace place = PlaceAt(header->yaml, offset - header->begin);
  if (place.kind == YamlPlace::Kind::kNone) return Json::array();
  const bool key = place.kind == YamlPlace::Kind::kKey;
  const rules::TextRange range = {place.written.begin + header->begin,
                                  place.written.end + header->begin};
  Json items = Json::array();
  for (const Choice& choice : key ? KeyChoices(view, place) : ValueChoices(view, place)) {
    items.push_back(Item(view, choice, range));
  }
  return items;
}

}  // namespace gavel::lsp
