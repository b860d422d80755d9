#include "clients/cli/words/conditions.h"

#include "clients/cli/show/spec.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {

absl::StatusOr<std::vector<v1::Condition>> ParseConditions(const Arguments& arguments) {
  const std::vector<std::string> texts = arguments.List("condition");
  const std::vector<std::string> owners = arguments.List("owner");
  const std::vector<std::string> dues = arguments.List("due");
  if (owners.size() != texts.size() || dues.size() != texts.size()) {
    return UsageError(fmt::format(
        "{} --condition, {} --owner, {} --due: each condition needs an owner and a due date",
        texts.size(), owners.size(), dues.size()));
  }
  std::vector<v1::Condition> conditions;
  for (size_t i = 0; i < texts.size(); ++i) {
    v1::Condition condition;
    condition.set_text(texts[i]);
    condition.set_owner(PersonId(owners[i]));
    GAVEL_ASSIGN_OR_RETURN(*condition.mutable_due(), ParseDate(dues[i]));
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

absl::StatusOr<std::vector<v1::Dissent>> ParseDissent(const Arguments& arguments) {
  std::vector<v1::Dissent> dissent;
  for (const std::string& text : arguments.List("dissent")) {
    const size_t colon = text.find(':');
    if (colon == std::string::npos || colon == 0) {
      return UsageError(fmt::format("--dissent `{}`: write NAME: TEXT", text));
    }
    v1::Dissent entry;
    entry.set_person(PersonId(text.substr(0, colon)));
    const size_t from = text.find_first_not_of(' ', colon + 1);
    entry.set_text(from == std::string::npos ? "" : text.substr(from));
    dissent.push_back(std::move(entry));
  }
  return dissent;
}

}  // namespace gavel::cli
