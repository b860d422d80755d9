// Owners of rules, catalogs and systems: `team:ID`, `group:ID` or a person.
#pragma once

#include <string>
#include <string_view>

#include "gavel/v1/org.pb.h"
#include "rules/compile/file_reader.h"

namespace gavel::rules {

// Reports, with `code` and the nearest name, an owner that is nobody in `org`.
void CheckOwner(const v1::Org& org, const YamlNode& at, const std::string& owner,
                std::string_view code, FileReader& file);

// True for a group id of `org`.
bool IsGroup(const v1::Org& org, std::string_view id);

// The ids of a list of messages.
template <typename Entries>
std::vector<std::string> IdsOf(const Entries& entries) {
  std::vector<std::string> ids;
  for (const auto& entry : entries) ids.push_back(entry.id());
  return ids;
}

}  // namespace gavel::rules
