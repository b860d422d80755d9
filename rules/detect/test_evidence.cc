#include "rules/detect/test_evidence.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rules/compile/policy_files.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {

v1::Evidence EvidenceFile(const std::string& detector, const std::string& name,
                          const std::string& content) {
  v1::Evidence evidence;
  evidence.set_detector(detector);
  evidence.set_name(name);
  evidence.set_content(content);
  return evidence;
}

std::string PlannedResource(const std::string& type, const std::string& after,
                            const std::string& unknown) {
  return fmt::format(
      R"({{"address": "{0}.main", "mode": "managed", "type": "{0}", "name": "main", "change":
          {{"actions": ["create"], "after": {{{1}}}, "after_unknown": {{{2}}}}}}})",
      type, after, unknown);
}

std::string StandardDatabase() {
  return PlannedResource("aws_db_instance",
                         R"("engine": "postgres", "instance_class": "db.m7g.large")",
                         R"("arn": true)");
}

v1::Evidence Plan(const std::vector<std::string>& resources) {
  return EvidenceFile("terraform", "plan.json",
                      fmt::format(R"({{"format_version": "1.2", "resource_changes": [{}]}})",
                                  fmt::join(resources, ",")));
}

std::shared_ptr<const Policy> DetectingPolicy(const std::string& detectors) {
  v1::PolicySource source = WorkedSource();
  std::string& catalog = (*source.mutable_files())["catalog.yaml"];
  catalog = Edited(
      catalog, "      shared: {status: standard, max_monthly_usd: 300, review_by: 2027-06-30}\n",
      "      shared: {status: standard, max_monthly_usd: 300, review_by: 2027-06-30}\n"
      "    detect: {terraform: [{type: aws_msk_cluster, tier: shared}]}\n");
  catalog = Edited(catalog, "      glacier: {status: allowed, review_by: 2027-06-30}\n",
                   "      glacier: {status: allowed, review_by: 2027-06-30}\n"
                   "    detect: {terraform: [{type: aws_s3_bucket, tier_from: rule.storage_class,\n"
                   "                          tiers: {STANDARD: standard, GLACIER: glacier}}]}\n");
  catalog += "not_dependencies: {terraform: [aws_iam_role]}\n";
  std::string& org = (*source.mutable_files())["org.yaml"];
  org = Edited(org, "classification: internal}\n",
               "classification: internal}\n"
               "  payments: {area: media, owner: team:uploads, classification: restricted}\n");
  if (!detectors.empty()) org += "detectors: " + detectors + "\n";
  auto policy = CompilePolicy(source, Day(2026, 11, 22));
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *std::move(policy) : nullptr;
}

}  // namespace gavel::rules
