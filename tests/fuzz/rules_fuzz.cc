// Any bytes as `rules.yaml`: compiled, or refused with a place; what compiles can be evaluated, and
// approves nothing that is unknown.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/base/error.h"
#include "rules/compile/policy_files.h"
#include "rules/evaluate.h"
#include "tests/fuzz/behaviour.h"

namespace gavel::rules {
namespace {

v1::Date Today() {
  v1::Date date;
  date.set_year(2026);
  date.set_month(11);
  date.set_day(23);
  return date;
}

const v1::PolicySource& Shipped() {
  static const auto* const kSource = [] {
    auto source = LoadPolicySource(std::string(GAVEL_SOURCE_DIR) + "/deploy/policy");
    if (!source.ok()) std::abort();
    return new v1::PolicySource(*std::move(source));
  }();
  return *kSource;
}

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

void CheckRuleFile(std::string bytes) {
  v1::PolicySource source = Shipped();
  (*source.mutable_files())["rules.yaml"] = std::move(bytes);
  const auto policy = CompilePolicy(source, Today());
  if (!policy.ok()) {
    fuzz::SawProblems(policy.status());
    Require(!FieldViolationsOf(policy.status()).empty(), "a refusal names a place");
    return;
  }
  v1::Facts nothing;
  nothing.set_area("media");
  const v1::Verdict verdict =
      Evaluate(nothing, **policy, {.as_of = Today(), .facts_unknown = true});
  for (const v1::RuleResult& rule : verdict.rules()) {
    for (const v1::LeafResult& leaf : rule.leaves()) fuzz::Saw(leaf.op() + leaf.field());
  }
  Require(verdict.mode() != v1::REVIEW_MODE_AUTO, "nothing known approves nothing");
  Require(verdict.mode() != v1::REVIEW_MODE_UNSPECIFIED, "every verdict has a mode");
}

}  // namespace
}  // namespace gavel::rules

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gavel::rules::CheckRuleFile(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
