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

std::shared_ptr<const Policy> ShippedAllEnforced() {
  v1::PolicySource source = ShippedPolicy()->source();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  for (size_t at = 0; (at = rules.find("state: shadow")) != std::string::npos;)
    rules.replace(at, 13, "state: enforce");
  return Compile(source, Day(2026, 11, 22));
}

std::shared_ptr<const Policy> WorkedWithClassifiedSystem() {
  v1::PolicySource source = WorkedSource();
  std::string& org = (*source.mutable_files())["org.yaml"];
  org.replace(org.find("classification: internal"), 24, "classification: confidential");
  return Compile(source, Day(2026, 11, 22));
}

std::vector<std::string> RuleBlocks(const std::string& rules) {
  size_t at = rules.find("  - id:");
  std::vector<std::string> blocks = {rules.substr(0, at)};
  while (at != std::string::npos) {
    const size_t next = rules.find("  - id:", at + 1);
    blocks.push_back(rules.substr(at, next == std::string::npos ? next : next - at));
    if (!blocks.back().ends_with('\n')) blocks.back() += '\n';
    at = next;
  }
  return blocks;
}

}  // namespace gavel::rules
