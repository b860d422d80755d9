#include "rules/backtest/test_cases.h"

#include <gtest/gtest.h>

#include "rules/compile/policy_files.h"
#include "rules/document.h"

namespace gavel::rules {

v1::ReviewCase Reviewed(const Past& past, const Policy& policy) {
  auto document = ReadDocument(past.text, {.policy = &policy,
                                           .default_area = "media",
                                           .default_author = "bo",
                                           .path = ""});
  EXPECT_TRUE(document.ok()) << document.status();
  v1::ReviewCase review;
  if (!document.ok()) return review;
  document->facts.mutable_coverage()->set_value("partial");
  past.change(document->facts);
  v1::EvaluationRecord record;
  *record.mutable_facts() = document->facts;
  record.set_facts_unknown(past.facts_unknown);
  for (const v1::Finding& finding : document->findings) *record.add_findings() = finding;
  *review.mutable_facts() = PackRecord(record);
  review.set_spec(past.spec);
  review.set_submitted_day(past.day);
  review.set_ending(past.ending);
  for (const v1::ReviewCase::Harm harm : past.harms) review.add_harms(harm);
  review.set_waited_days(past.waited_days);
  review.set_remarks(past.remarks);
  return review;
}

v1::ReviewCase Reviewed(const Past& past) { return Reviewed(past, *WorkedPolicy()); }

std::shared_ptr<const Policy> WorkedWith(std::string_view from, std::string_view to) {
  v1::PolicySource source = WorkedSource();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  rules = Edited(rules, from, to);
  auto policy = CompilePolicy(source, Day(2026, 11, 22));
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *policy : nullptr;
}

}  // namespace gavel::rules
