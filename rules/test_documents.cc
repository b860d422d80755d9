#include "rules/test_documents.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "rules/document.h"
#include "rules/test_policies.h"

namespace gavel::rules {

std::string BoringSpec() {
  return R"md(---
spec: 1
title: Order ledger read replica
summary: >-
  Adds a read replica to the order ledger so that reports no longer slow down
  the checkout. One standard database, one standard deployment.
area: media
category: service-change
system: uploads
authors: ["@ana"]
open_decisions: none
dependencies:
  - {use: postgres/standard-m, for: ledger reads}
  - {use: k8s/standard}
data: {classification: internal, personal: false}
regions: [us-east]
cost:
  monthly_usd: {low: 400, high: 900}
change: {reversible: true, blast_radius: low}
---

# Order ledger read replica

## Summary

Reports read the same tables as the checkout, and on the last day of a month they slow it down for
an hour. A read replica takes the reports away, so that customers notice nothing of them any more.

## Cost

The replica costs 400 USD a month for the instance at the low end, and 900 USD at the high end when
the storage grows as it did last year. Traffic between the two stays inside one zone and is free.

## Rollback

Reports point at the primary again by one flag. The replica is removed a week later, when nobody has
asked for it. Nothing is written to the replica, so nothing is lost by going back to the old way.
)md";
}

std::string Edited(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
    std::fprintf(stderr, "not exactly one: %s\n", std::string(from).c_str());
    std::abort();
  }
  return text.replace(at, from.size(), to);
}

v1::Verdict Decide(Case test, const Policy& policy) {
  auto document = ReadDocument(
      test.text, {.policy = &policy, .default_area = "media", .default_author = "bo", .path = ""});
  EXPECT_TRUE(document.ok()) << document.status();
  if (!document.ok()) return {};
  document->facts.mutable_coverage()->set_value("partial");
  test.change(document->facts);
  if (test.inputs.as_of.year() == 0) test.inputs.as_of = Day(2026, 11, 22);
  test.inputs.findings = document->findings;
  return Evaluate(document->facts, policy, test.inputs);
}

v1::Verdict Decide(Case test) { return Decide(std::move(test), *WorkedPolicy()); }

std::vector<std::string> CodesOf(const std::vector<v1::Finding>& findings) {
  std::vector<std::string> codes;
  for (const v1::Finding& finding : findings) {
    if (finding.severity() != v1::Finding::SEVERITY_INFO) codes.push_back(finding.code());
  }
  return codes;
}

std::vector<std::string> FiredOf(const v1::Verdict& verdict) {
  std::vector<std::string> fired;
  for (const v1::RuleResult& rule : verdict.rules()) {
    if (rule.applied()) fired.push_back(rule.id());
  }
  return fired;
}

}  // namespace gavel::rules
