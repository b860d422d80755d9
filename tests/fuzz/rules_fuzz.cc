// Any bytes as `rules.yaml`: compiled, or refused with a place; what compiles can be evaluated, and
// approves nothing that is unknown.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/base/error.h"
#include "rules/compile/policy_files.h"
#include "rules/evaluate.h"
#include "tests/fuzz/behaviour.h"
#include "tests/fuzz/shipped.h"

namespace gavel::rules {
namespace {

void CheckRuleFile(std::string bytes) {
  v1::PolicySource source = fuzz::ShippedSource();
  (*source.mutable_files())["rules.yaml"] = std::move(bytes);
  const auto policy = CompilePolicy(source, fuzz::Today());
  if (!policy.ok()) {
    fuzz::SawProblems(policy.status());
    fuzz::Require(!FieldViolationsOf(policy.status()).empty(), "a refusal names a place");
    return;
  }
  v1::Facts nothing;
  nothing.set_area("media");
  const v1::Verdict verdict =
      Evaluate(nothing, **policy, {.as_of = fuzz::Today(), .facts_unknown = true});
  for (const v1::RuleResult& rule : verdict.rules()) {
    for (const v1::LeafResult& leaf : rule.leaves()) fuzz::Saw(leaf.op() + leaf.field());
  }
  fuzz::Require(verdict.mode() != v1::REVIEW_MODE_AUTO, "nothing known approves nothing");
  fuzz::Require(verdict.mode() != v1::REVIEW_MODE_UNSPECIFIED, "every verdict has a mode");
}

}  // namespace
}  // namespace gavel::rules

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gavel::rules::CheckRuleFile(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
