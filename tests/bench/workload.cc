#include "tests/bench/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <span>
#include <string_view>

#include "rules/compile/policy_files.h"

namespace gavel::bench {
namespace {

constexpr std::string_view kStorage[] = {
    "s3/standard", "postgres/standard-s", "postgres/standard-m", "postgres/standard-l",
    "redis/small", "redis/medium",        "efs/standard",        "opensearch/small"};
constexpr std::string_view kOtherStorage[] = {"cassandra/ring", "postgres/dedicated-xl",
                                              "dynamodb/on-demand", "s3/glacier"};
constexpr std::string_view kCompute[] = {"k8s/standard",   "lambda/standard", "fargate/small",
                                         "fargate/medium", "batch/spot",      "ec2/general"};
constexpr std::string_view kOtherCompute[] = {"k8s/gpu", "ec2/metal", "hpc/cluster"};
constexpr std::string_view kNetwork[] = {"net/peering", "net/transit"};
constexpr std::string_view kRegions[] = {"us-east", "us-west", "eu-west", "eu-central"};

using Engine = std::mt19937_64;
using Pool = std::span<const std::string_view>;

bool Chance(Engine& engine, unsigned percent) { return engine() % 100 < percent; }
std::string Pick(Engine& engine, Pool pool) { return std::string(pool[engine() % pool.size()]); }

// `count` names, each from `odd` with the given chance.
std::vector<std::string> Names(Engine& engine, size_t count, Pool usual, Pool odd,
                               unsigned odd_percent) {
  std::vector<std::string> names;
  while (names.size() < count) {
    std::string name = Pick(engine, Chance(engine, odd_percent) ? odd : usual);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string DataClass(Engine& engine) {
  const uint64_t dice = engine() % 100;
  return dice < 18 ? "public" : dice < 73 ? "internal" : dice < 91 ? "confidential" : "restricted";
}

std::string BlastRadius(Engine& engine) {
  const uint64_t dice = engine() % 100;
  return dice < 50 ? "low" : dice < 80 ? "medium" : "high";
}

int64_t Cost(Engine& engine) {
  const uint64_t dice = engine() % 100;
  if (dice < 23) return 50 + static_cast<int64_t>(engine() % 1'951);
  if (dice < 93) return 2'001 + static_cast<int64_t>(engine() % 18'000);
  return 20'001 + static_cast<int64_t>(engine() % 80'000);
}

// As many names as a full spec has: it is on names that engines spend their time.
Spec MakeSpec(Engine& engine) {
  Spec spec;
  spec.storage = Names(engine, engine() % 4, kStorage, kOtherStorage, 9);
  spec.compute = Names(engine, engine() % 4, kCompute, kOtherCompute, 7);
  if (Chance(engine, 25)) spec.new_deps.emplace_back("queue/shared");
  if (Chance(engine, 10)) spec.new_deps.push_back(Pick(engine, kNetwork));
  spec.regions = Names(engine, 1 + engine() % 3, kRegions, kRegions, 0);
  for (const std::string_view section : {"summary", "context", "goals", "design", "alternatives"})
    if (Chance(engine, 85)) spec.sections.emplace_back(section);
  if (Chance(engine, 80)) spec.sections.emplace_back("cost");
  if (Chance(engine, 60)) spec.sections.emplace_back("rollback");
  if (Chance(engine, 30)) spec.sections.emplace_back("failover");
  if (Chance(engine, 40)) spec.sections.emplace_back("security");
  spec.cls = DataClass(engine);
  spec.blast = BlastRadius(engine);
  spec.pii = Chance(engine, 22);
  spec.reversible = Chance(engine, 80);
  spec.cost = Cost(engine);
  return spec;
}

bool Has(std::span<const std::string> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool AllIn(const std::vector<std::string>& names, Pool pool) {
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(pool.begin(), pool.end(), name) != pool.end();
  });
}

void SetName(const std::string& value, v1::StringFact& fact) {
  fact.set_status(v1::FACT_STATUS_KNOWN);
  fact.set_value(value);
}

void SetFlag(bool value, v1::BoolFact& fact) {
  fact.set_status(v1::FACT_STATUS_KNOWN);
  fact.set_value(value);
}

void SetNames(const std::vector<std::string>& names, v1::StringListFact& fact) {
  fact.set_status(v1::FACT_STATUS_KNOWN);
  *fact.mutable_values() = {names.begin(), names.end()};
}

}  // namespace

std::vector<Spec> MakeSpecs(size_t count) {
  Engine engine(12);
  std::vector<Spec> specs;
  while (specs.size() < count) specs.push_back(MakeSpec(engine));
  return specs;
}

v1::Facts FactsOf(const Spec& spec) {
  v1::Facts facts;
  facts.set_area("platform");
  SetName("service-change", *facts.mutable_category());
  SetName("orders", *facts.mutable_system());
  facts.mutable_dependencies()->set_status(v1::FACT_STATUS_KNOWN);
  for (const auto* const names : {&spec.storage, &spec.compute, &spec.new_deps}) {
    for (const std::string& name : *names) {
      v1::Dependency& dependency = *facts.mutable_dependencies()->add_dependencies();
      dependency.set_product(name.substr(0, name.find('/')));
      dependency.set_tier(name.substr(name.find('/') + 1));
    }
  }
  SetName(spec.cls, *facts.mutable_classification());
  SetName(spec.blast, *facts.mutable_blast_radius());
  SetName("partial", *facts.mutable_coverage());
  SetFlag(spec.pii, *facts.mutable_personal());
  SetFlag(spec.reversible, *facts.mutable_reversible());
  SetNames(spec.regions, *facts.mutable_regions());
  SetNames(spec.sections, *facts.mutable_sections());
  SetNames({}, *facts.mutable_undeclared());
  SetNames({}, *facts.mutable_mentions_undeclared());
  facts.mutable_monthly_cost()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_monthly_cost()->set_low_cents(spec.cost * 50);
  facts.mutable_monthly_cost()->set_high_cents(spec.cost * 100);
  return facts;
}

std::string JsonOf(const std::vector<Spec>& specs) {
  nlohmann::json all = nlohmann::json::array();
  for (const Spec& spec : specs) {
    all.push_back({{"storage", spec.storage},
                   {"compute", spec.compute},
                   {"new_deps", spec.new_deps},
                   {"regions", spec.regions},
                   {"sections", spec.sections},
                   {"cls", spec.cls},
                   {"blast", spec.blast},
                   {"pii", spec.pii},
                   {"reversible", spec.reversible},
                   {"cost", spec.cost}});
  }
  return all.dump();
}

Answer JudgeByHand(const Spec& spec, uint32_t& fired) {
  const bool standard_storage = AllIn(spec.storage, kStorage);
  const bool standard_compute = AllIn(spec.compute, kCompute);
  const bool has_cost = Has(spec.sections, "cost");
  const auto in_eu = [](const std::string& region) {
    return region == "eu-west" || region == "eu-central";
  };
  const auto network = [](const std::string& name) { return name.starts_with("net/"); };
  const bool rules[] = {
      standard_storage && standard_compute && (spec.cls == "public" || spec.cls == "internal") &&
          spec.cost <= 2'000 && has_cost,
      !has_cost,
      spec.cls == "confidential" || spec.cls == "restricted",
      spec.pii && std::any_of(spec.regions.begin(), spec.regions.end(), in_eu),
      spec.cost > 20'000,
      !standard_storage,
      !standard_compute,
      !spec.reversible && spec.blast == "high",
      spec.regions.size() > 1 && !Has(spec.sections, "failover"),
      std::any_of(spec.new_deps.begin(), spec.new_deps.end(), network),
      !Has(spec.sections, "rollback") && spec.blast != "low",
      spec.cls == "internal" && spec.cost > 1'000 && spec.cost <= 2'000,
  };
  fired = 0;
  for (size_t i = 0; i < std::size(rules); ++i) fired |= rules[i] ? 1u << i : 0;
  if (rules[1]) return Answer::kBlock;
  if (rules[4] || rules[7]) return Answer::kSync;
  if (rules[2] || rules[3] || rules[5] || rules[6] || rules[9]) return Answer::kAsync;
  return rules[0] ? Answer::kAuto : Answer::kDefault;
}

std::shared_ptr<const rules::Policy> BenchPolicy(const std::string& folder) {
  v1::Date published;
  published.set_year(2026);
  published.set_month(11);
  published.set_day(23);
  auto source = rules::LoadPolicySource(folder);
  if (source.ok()) {
    auto policy = rules::CompilePolicy(*source, published);
    if (policy.ok()) return *std::move(policy);
    source = policy.status();
  }
  fmt::print(stderr, "{}: {}\n", folder, std::string(source.status().message()));
  std::exit(1);
}

}  // namespace gavel::bench
