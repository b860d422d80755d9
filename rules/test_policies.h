// Policies that tests run against.
#pragma once

#include <memory>
#include <string>

#include "rules/policy.h"

namespace gavel::rules {

// The worked organisation of the design: stricter than the shipped policy, async by default.
std::shared_ptr<const Policy> WorkedPolicy();

// `deploy/policy`, as it ships, published on 2026-11-23.
std::shared_ptr<const Policy> ShippedPolicy();

// The files of the worked organisation, to be edited by a test.
v1::PolicySource WorkedSource();

v1::Date Day(int year, int month, int day);

}  // namespace gavel::rules
