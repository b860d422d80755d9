// Past reviews for tests, made from documents.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "gavel/v1/backtest.pb.h"
#include "gavel/v1/facts.pb.h"
#include "rules/packed/pack.h"
#include "rules/policy.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {

inline int32_t Today() { return DayOf(Day(2026, 11, 22)); }

// How a document was submitted, and what came of it.
struct Past {
  std::string spec = "MEDIA-1";
  std::string text = BoringSpec();
  bool facts_unknown = false;
  int32_t day = Today();
  v1::ReviewCase::Ending ending = v1::ReviewCase::ENDING_APPROVED;
  std::vector<v1::ReviewCase::Harm> harms = {};
  int waited_days = 5;
  int remarks = 2;
  std::function<void(v1::Facts&)> change = [](v1::Facts&) {};  // Applied to what was read.
};

// Some infrastructure detector ran. Fails the test where `text` cannot be read.
v1::ReviewCase Reviewed(const Past& past, const Policy& policy);
v1::ReviewCase Reviewed(const Past& past);  // Of the worked organisation.

// The worked organisation with `from` replaced in its rules.
std::shared_ptr<const Policy> WorkedWith(std::string_view from, std::string_view to);

}  // namespace gavel::rules
