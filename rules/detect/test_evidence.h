// Evidence for tests, and a policy whose catalog maps more than the worked one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

v1::Evidence EvidenceFile(const std::string& detector, const std::string& name,
                          const std::string& content);

// One created resource of a plan. `after` and `unknown` are the inside of JSON objects.
std::string PlannedResource(const std::string& type, const std::string& after,
                            const std::string& unknown = "");
// What the boring spec declares of storage: postgres/standard-m.
std::string StandardDatabase();

// A plan of these resources, as `plan.json`.
v1::Evidence Plan(const std::vector<std::string>& resources);

// The worked organisation; its catalog also maps `aws_msk_cluster` to kafka/shared, `aws_s3_bucket`
// by `storage_class`, and says that `aws_iam_role` is no dependency. `detectors` is added to
// org.yaml where not empty: `[terraform]`.
std::shared_ptr<const Policy> DetectingPolicy(const std::string& detectors = "");

}  // namespace gavel::rules
