// Changes of the shipped policy, one kind each, and publishing them, for tests.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::app::testing {

// The policy in force.
inline v1::GetPolicyResponse LivePolicyOf(Service& service) {
  return service.Do(&RulesApi::GetPolicy, "ana", v1::GetPolicyRequest());
}

// `source` with the first `from` in `file` replaced; fails the test where there is none.
inline v1::PolicySource Edit(v1::PolicySource source, const std::string& file,
                             std::string_view from, std::string_view to) {
  std::string& text = source.mutable_files()->at(file);
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << file << " has no `" << from << "`";
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return source;
}

// Approves nothing new: says something else in the auto rule.
inline v1::PolicySource Reworded(const v1::PolicySource& source, std::string_view how = "again") {
  return Edit(source, "rules.yaml", "Standard tiers were reviewed once",
              fmt::format("Standard tiers were reviewed {}", how));
}

// Newly approves s3/glacier.
inline v1::PolicySource Widened(v1::PolicySource source) {
  source = Edit(std::move(source), "catalog.yaml", "glacier: {status: allowed,",
                "glacier: {status: standard, max_monthly_usd: 50,");
  source =
      Edit(std::move(source), "rules.test.yaml", "[[s3/glacier], sync]", "[[s3/glacier], auto]");
  return Edit(std::move(source), "rules.test.yaml", "[[s3/standard, s3/glacier], sync]",
              "[[s3/standard, s3/glacier], auto]");
}

// No longer approves lambda/standard.
inline v1::PolicySource Tightened(v1::PolicySource source) {
  source =
      Edit(std::move(source), "catalog.yaml", "standard: {status: standard, max_monthly_usd: 200,",
           "standard: {status: allowed,");
  return Edit(std::move(source), "rules.test.yaml",
              "[[postgres/standard-m, lambda/standard], auto]",
              "[[postgres/standard-m, lambda/standard], sync]");
}

// Returns specs without a cost section to their author.
inline v1::PolicySource Stricter(const v1::PolicySource& source) {
  const v1::PolicySource rules = Edit(source, "rules.yaml", "\nrules:\n", R"(
rules:
  - id: author/cost-section
    title: The cost section is missing
    owner: team:platform
    why: Nobody can judge a tier without its cost.
    state: enforce
    review_by: 24m
    when: {sections: {lacks: cost}}
    then: {needs_author: {section: cost, message: Add a section on cost.}}
)");
  return Edit(rules, "rules.test.yaml", "\ncases:\n", R"(
cases:
  - name: no cost section -> the author
    set: {sections: [summary]}
    expect: {gate: needs_author, fired: {contains: [author/cost-section]}}
)");
}

// A publish over the policy in force.
inline v1::PublishRuleSetRequest PublishOf(Service& service, const v1::PolicySource& source) {
  v1::PublishRuleSetRequest request;
  *request.mutable_source() = source;
  request.set_expected_parent(LivePolicyOf(service).version().source_hash());
  return request;
}

inline v1::PublishRuleSetResponse Publish(Service& service, const v1::PolicySource& source) {
  return service.Do(&RulesApi::PublishRuleSet, "gus", PublishOf(service, source));
}

// The reason a publish is refused with, and its status.
inline absl::Status TryPublish(Service& service, const v1::PublishRuleSetRequest& request,
                               std::string_view person = "gus") {
  v1::PublishRuleSetResponse response;
  return service.Call(&RulesApi::PublishRuleSet, person, request, &response);
}

}  // namespace gavel::app::testing
