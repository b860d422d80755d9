// What an analysis looks at.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "rules/condition/program.h"
#include "rules/policy.h"

namespace gavel::rules {

// A policy on a day, and the conditions asked about: those of its rules, or others. What is pointed
// at must outlive the view.
struct PolicyView {
  const Policy* policy = nullptr;
  v1::Date as_of;
  std::vector<const Program*> programs;
  // How authors write a product of the catalog: id to alias. A product not listed goes by its id.
  std::map<std::string, std::string> written;
};

// Every rule that is not retired.
PolicyView ViewOf(const Policy& policy, const v1::Date& as_of);

}  // namespace gavel::rules
