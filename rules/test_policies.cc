#include "rules/test_policies.h"

#include <cstdio>
#include <cstdlib>

#include "rules/compile/policy_files.h"

namespace gavel::rules {
namespace {

v1::PolicySource Load(const std::string& folder) {
  auto source = LoadPolicySource(std::string(GAVEL_SOURCE_DIR) + "/" + folder);
  if (source.ok()) return *std::move(source);
  std::fprintf(stderr, "%s: %s\n", folder.c_str(), std::string(source.status().message()).c_str());
  std::abort();
}

std::shared_ptr<const Policy> Compile(const v1::PolicySource& source, const v1::Date& published) {
  auto policy = CompilePolicy(source, published);
  if (policy.ok()) return *std::move(policy);
  std::fprintf(stderr, "%s\n", std::string(policy.status().message()).c_str());
  std::abort();
}

}  // namespace

v1::Date Day(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

v1::PolicySource WorkedSource() { return Load("rules/testdata/worked"); }

std::shared_ptr<const Policy> WorkedPolicy() {
  static const auto* const kPolicy =
      new std::shared_ptr<const Policy>(Compile(WorkedSource(), Day(2026, 11, 22)));
  return *kPolicy;
}

std::shared_ptr<const Policy> ShippedPolicy() {
  static const auto* const kPolicy =
      new std::shared_ptr<const Policy>(Compile(Load("deploy/policy"), Day(2026, 11, 23)));
  return *kPolicy;
}

}  // namespace gavel::rules
