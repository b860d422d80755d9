// The schema of the front matter by path, as YamlPlace names places.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/policy.h"
#include "rules/schema/keys.h"

namespace gavel::lsp {

// The key `path` ends with; nullptr where the schema has none.
const rules::KeySpec* FindKey(const std::vector<std::string>& path);

// The mapping that stands at `path`; nothing where none may.
std::optional<rules::Shape> ShapeAt(const std::vector<std::string>& path);

// The fixed words a value may be: of an enum, `true` and `false`, `unknown`, `none`.
std::vector<std::string_view> WordsOf(const rules::KeySpec& key);

// What names a value takes from the policy.
enum class Names { kNone, kTiers, kProducts, kPeople, kAreas, kCategories, kSystems, kRegions };
Names NamesOf(const std::vector<std::string>& path, const rules::KeySpec& key);

}  // namespace gavel::lsp
