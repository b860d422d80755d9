#include "clients/lsp/schema_path.h"

#include "rules/condition/field.h"

namespace gavel::lsp {

using rules::Kind;
using rules::Shape;

const rules::KeySpec* FindKey(const std::vector<std::string>& path) {
  Shape shape = Shape::kFrontMatter;
  const rules::KeySpec* found = nullptr;
  for (const std::string& name : path) {
    found = nullptr;
    for (const rules::KeySpec& key : rules::KeysOf(shape)) {
      if (key.key == name) found = &key;
    }
    if (found == nullptr) return nullptr;
    shape = found->kind == Kind::kMoneyRange ? Shape::kRange : found->shape;
  }
  return found;
}

std::optional<Shape> ShapeAt(const std::vector<std::string>& path) {
  if (path.empty()) return Shape::kFrontMatter;
  const rules::KeySpec* const key = FindKey(path);
  if (key == nullptr) return std::nullopt;
  if (key->kind == Kind::kMoneyRange) return Shape::kRange;
  if (key->kind == Kind::kShape) return key->shape;
  return std::nullopt;
}

std::vector<std::string_view> WordsOf(const rules::KeySpec& key) {
  std::vector<std::string_view> words(key.words.begin(), key.words.end());
  const rules::FieldInfo* const field = key.of.empty() ? nullptr : rules::FindField(key.of);
  if (field != nullptr) words.insert(words.end(), field->values.begin(), field->values.end());
  if (key.kind == Kind::kBool) words.insert(words.end(), {"true", "false"});
  if (key.none) words.push_back("none");
  if (key.unknown) words.push_back("unknown");
  return words;
}

Names NamesOf(const std::vector<std::string>& path, const rules::KeySpec& key) {
  if (key.kind == Kind::kProductTier) return Names::kTiers;
  if (key.kind == Kind::kPersonName) return Names::kPeople;
  if (path.size() != 1) return Names::kNone;
  if (key.key == "area" || key.key == "consulted") return Names::kAreas;
  if (key.key == "category") return Names::kCategories;
  if (key.key == "system") return Names::kSystems;
  if (key.key == "regions") return Names::kRegions;
  if (key.key == "not_used") return Names::kProducts;
  return Names::kNone;
}

}  // namespace gavel::lsp
