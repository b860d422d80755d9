#include "engine/app/spec/request_checks.h"

#include <vector>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/base/unicode.h"
#include "engine/domain/roles.h"
#include "fmt/format.h"
#include "rules/text/words.h"

namespace gavel::app {
namespace {

std::vector<std::string> PeoplePresent(const Organisation& organisation, absl::Time now) {
  std::vector<std::string> people;
  for (const v1::Person& person : organisation.org().people()) {
    if (organisation.IsPresent(person.id(), now)) people.push_back(person.id());
  }
  return people;
}

}  // namespace

absl::Status CheckPlaceName(std::string_view field, const std::string& name) {
  const auto found = FindCharacter(name, IsUnsafeToShow);
  if (!found) return absl::OkStatus();
  return FieldError(field, fmt::format("holds {}; rename it", InvisibleText(found->code_point)));
}

absl::Status CheckReviewers(const Organisation& organisation, const v1::Spec& spec,
                            const google::protobuf::RepeatedPtrField<std::string>& reviewers,
                            absl::Time now) {
  for (int i = 0; i < reviewers.size(); ++i) {
    const std::string& person = reviewers[i];
    const std::string field = fmt::format("reviewers[{}]", i);
    if (!organisation.IsPresent(person, now)) {
      return FieldError(field,
                        fmt::format("`@{}` is nobody in the organisation.{}", person,
                                    rules::DidYouMean(person, PeoplePresent(organisation, now))));
    }
    if (IsAuthor(spec, person)) {
      return FieldError(field,
                        fmt::format("`@{}` is an author; nobody reviews their own spec.", person));
    }
  }
  return absl::OkStatus();
}

}  // namespace gavel::app
