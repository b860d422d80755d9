// What both fuzzers start from: the shipped policy on a fixed day, and a check that holds in every
// build.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include "rules/compile/policy_files.h"

namespace gavel::fuzz {

inline v1::Date Today() {
  v1::Date date;
  date.set_year(2026);
  date.set_month(11);
  date.set_day(23);
  return date;
}

inline const v1::PolicySource& ShippedSource() {
  static const auto* const kSource = [] {
    auto source = rules::LoadPolicySource(std::string(GAVEL_SOURCE_DIR) + "/deploy/policy");
    if (!source.ok()) std::abort();
    return new v1::PolicySource(*std::move(source));
  }();
  return *kSource;
}

inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace gavel::fuzz
