// What a key is for, what a tier costs, who a person is.
#include <algorithm>

#include "clients/lsp/features.h"
#include "clients/lsp/header.h"
#include "clients/lsp/policy_text.h"
#include "clients/lsp/schema_path.h"
#include "clients/lsp/yaml_place.h"
#include "fmt/format.h"

namespace gavel::lsp {
namespace {

std::string_view Unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                      (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string TierHover(const View& view, std::string_view written) {
  const rules::Policy& policy = *view.inputs.policy;
  const size_t slash = std::min(written.find('/'), written.size());
  const std::string_view tier_name = written.substr(std::min(slash + 1, written.size()));
  const v1::Product* const product = policy.catalog_index().FindProduct(written.substr(0, slash));
  if (product == nullptr) {
    return fmt::format("`{}` is not in the catalog: people will look at it.", written);
  }
  const auto tier = policy.catalog_index().FindTier(product->id(), tier_name);
  if (tier.has_value()) return TierText(policy, *product, *tier->tier, view.inputs.today);
  std::string text =
      fmt::format("**{}** — {}. Its tiers:", product->id(), product->product_class());
  for (const v1::Tier& each : product->tiers()) {
    text += fmt::format("\n- `{}/{}` {}", product->id(), each.id(),
                        StatusWord(each, view.inputs.today));
  }
  return text;
}

std::string PersonHover(const rules::Policy& policy, std::string_view written) {
  const v1::Person* const person = written.starts_with('@') ? policy.FindPerson(written.substr(1))
                                                            : policy.FindPersonByEmail(written);
  if (person == nullptr) return fmt::format("`{}` is nobody of the organisation.", written);
  return PersonText(policy, *person);
}

std::string NameHover(const View& view, Names names, std::string_view written) {
  const rules::Policy* const policy = view.inputs.policy;
  if (policy == nullptr || written.empty()) return {};
  if (names == Names::kTiers) return TierHover(view, written);
  if (names == Names::kPeople) return PersonHover(*policy, written);
  if (names == Names::kAreas) {
    const v1::Area* const area = policy->FindArea(written);
    return area == nullptr ? std::string() : AreaText(*policy, *area);
  }
  return {};
}

Json HoverJson(const View& view, const std::string& text, rules::TextRange range) {
  if (text.empty()) return nullptr;
  return {{"contents", Markup(text, view.client.hover_markdown)}, {"range", view.Range(range)}};
}

}  // namespace

Json HoverAt(const View& view, size_t offset) {
  const auto header = HeaderOf(view.document.text());
  if (!header.has_value() || !header->Contains(offset)) return nullptr;
  const YamlPlace place = PlaceAt(header->yaml, offset - header->begin);
  if (place.kind == YamlPlace::Kind::kNone || place.written.begin == place.written.end) {
    return nullptr;
  }
  const std::string_view written =
      Unquoted(header->yaml.substr(place.written.begin, place.written.end - place.written.begin));
  const rules::TextRange range = {place.written.begin + header->begin,
                                  place.written.end + header->begin};
  std::vector<std::string> path = place.path;
  const bool is_key = place.kind == YamlPlace::Kind::kKey;
  if (is_key) path.emplace_back(written);
  const rules::KeySpec* const key = FindKey(path);
  if (key == nullptr) return nullptr;
  if (is_key) return HoverJson(view, KeyText(*key), range);
  const std::string text = NameHover(view, NamesOf(path, *key), written);
  return HoverJson(view, text.empty() ? KeyText(*key) : text, range);
}

}  // namespace gavel::lsp
