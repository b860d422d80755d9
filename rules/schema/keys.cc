#include "rules/schema/keys.h"

#include <array>

namespace gavel::rules {

const std::vector<KeySpec>& KeysOf(Shape shape) {
  static const auto* const kTables = [] {
    auto* tables = new std::array<std::vector<KeySpec>, kShapeCount>();
    for (int i = 0; i < kShapeCount; ++i) {
      for (const auto& keys :
           {FrontMatterKeys(static_cast<Shape>(i)), CatalogKeys(static_cast<Shape>(i)),
            RuleKeys(static_cast<Shape>(i)), OrgKeys(static_cast<Shape>(i))}) {
        (*tables)[static_cast<size_t>(i)].insert((*tables)[static_cast<size_t>(i)].end(),
                                                 keys.begin(), keys.end());
      }
    }
    return tables;
  }();
  return (*kTables)[static_cast<size_t>(shape)];
}

const std::vector<std::string>& KeyNames(Shape shape) {
  static const auto* const kNames = [] {
    auto* names = new std::array<std::vector<std::string>, kShapeCount>();
    for (int i = 0; i < kShapeCount; ++i) {
      for (const KeySpec& key : KeysOf(static_cast<Shape>(i)))
        (*names)[static_cast<size_t>(i)].emplace_back(key.key);
    }
    return names;
  }();
  return (*kNames)[static_cast<size_t>(shape)];
}

}  // namespace gavel::rules
