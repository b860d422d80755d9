// Any bytes as a document: read, or refused with a place; what is read gets a verdict, and a value
// that is wrong or missing is never approved.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/base/error.h"
#include "rules/compile/policy_files.h"
#include "rules/document.h"
#include "rules/evaluate.h"
#include "tests/fuzz/behaviour.h"
#include "tests/fuzz/shipped.h"

namespace gavel::rules {
namespace {

const Policy& Shipped() {
  static const auto* const kPolicy = [] {
    auto policy = CompilePolicy(fuzz::ShippedSource(), fuzz::Today());
    if (!policy.ok()) std::abort();
    return new std::shared_ptr<const Policy>(*std::move(policy));
  }();
  return **kPolicy;
}

void CheckDocument(std::string_view bytes) {
  fuzz::Require(DocumentBody(bytes).size() <= bytes.size(), "a body is part of its document");
  const auto document =
      ReadDocument(bytes, {.policy = &Shipped(), .default_area = "media", .default_author = "ana"});
  if (!document.ok()) {
    fuzz::SawProblems(document.status());
    fuzz::Require(!FieldViolationsOf(document.status()).empty(), "a refusal names a place");
    return;
  }
  const v1::Verdict verdict = Evaluate(document->facts, Shipped(),
                                       {.as_of = fuzz::Today(), .findings = document->findings});
  for (const v1::Finding& finding : verdict.findings()) fuzz::Saw(finding.message());
  for (const v1::RuleResult& rule : verdict.rules()) {
    if (rule.applied()) fuzz::Saw(rule.id());
  }
  const bool approved = verdict.mode() == v1::REVIEW_MODE_AUTO;
  fuzz::Require(!approved || !document->facts.foreign(), "a foreign document is not approved");
  fuzz::Require(!approved || document->facts.dependencies().status() == v1::FACT_STATUS_KNOWN,
                "unknown dependencies are not approved");
  fuzz::Require(!approved || !verdict.author_gate(),
                "what goes back to its author is not approved");
}

}  // namespace
}  // namespace gavel::rules

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gavel::rules::CheckDocument({reinterpret_cast<const char*>(data), size});
  return 0;
}
