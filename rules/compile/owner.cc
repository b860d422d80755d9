#include "rules/compile/owner.h"

#include "engine/base/contains.h"

namespace gavel::rules {

bool IsGroup(const v1::Org& org, std::string_view id) { return Contains(IdsOf(org.groups()), id); }

void CheckOwner(const v1::Org& org, const YamlNode& at, const std::string& owner,
                std::string_view code, FileReader& file) {
  if (owner.starts_with("group:")) {
    const std::string id = owner.substr(6);
    if (!IsGroup(org, id)) file.Unknown(at, "group", id, IdsOf(org.groups()), code);
  } else if (owner.starts_with("team:")) {
    std::vector<std::string> teams;
    for (const v1::Person& person : org.people()) teams.push_back(person.team());
    const std::string id = owner.substr(5);
    if (!Contains(teams, id)) file.Unknown(at, "team of anybody", id, teams, code);
  } else if (!Contains(IdsOf(org.people()), owner)) {
    file.Unknown(at, "person (or `team:ID`, `group:ID`)", owner, IdsOf(org.people()), code);
  }
}

}  // namespace gavel::rules
