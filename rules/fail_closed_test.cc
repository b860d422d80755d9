// The theorem of rules.md 3.6: making a known fact unknown never lowers a verdict.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <random>

#include "rules/compile/policy_files.h"
#include "rules/evaluate.h"
#include "rules/explain.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using Random = std::mt19937_64;
using Names = std::vector<std::string>;

int Pick(Random& random, int count) {
  return static_cast<int>(random() % static_cast<uint64_t>(count));
}
template <typename T>
const T& OneOf(Random& random, const std::vector<T>& values) {
  return values[static_cast<size_t>(Pick(random, static_cast<int>(values.size())))];
}

v1::FactStatus RandomStatus(Random& random) {
  const int pick = Pick(random, 10);
  if (pick == 0) return v1::FACT_STATUS_MISSING;
  if (pick == 1) return v1::FACT_STATUS_STATED_UNKNOWN;
  return v1::FACT_STATUS_KNOWN;
}

// A fact of a spec, by what it is made of and how it is taken away.
struct Part {
  std::function<void(Random&, v1::Facts&)> fill;
  std::function<v1::FactStatus(const v1::Facts&)> status;
  std::function<void(v1::Facts&, v1::FactStatus)> replace;
};

template <typename Fact>
Part PartOf(Fact* (v1::Facts::*mutable_fact)(), const Fact& (v1::Facts::*fact)() const,
            std::function<void(Random&, Fact&)> value, bool declared = true) {
  return {[=](Random& random, v1::Facts& facts) {
            Fact& target = *(facts.*mutable_fact)();
            target.Clear();
            const v1::FactStatus status = RandomStatus(random);
            target.set_status(declared || status != v1::FACT_STATUS_MISSING
                                  ? status
                                  : v1::FACT_STATUS_STATED_UNKNOWN);
            if (target.status() == v1::FACT_STATUS_KNOWN) value(random, target);
          },
          [=](const v1::Facts& facts) { return (facts.*fact)().status(); },
          [=](v1::Facts& facts, v1::FactStatus status) {
            Fact& target = *(facts.*mutable_fact)();
            target.Clear();
            target.set_status(declared ? status : v1::FACT_STATUS_STATED_UNKNOWN);
          }};
}

std::function<void(Random&, v1::StringFact&)> Word(Names words) {
  return [words](Random& random, v1::StringFact& fact) { fact.set_value(OneOf(random, words)); };
}
void Flag(Random& random, v1::BoolFact& fact) { fact.set_value(Pick(random, 2) == 0); }
std::function<void(Random&, v1::StringListFact&)> Subset(Names names) {
  return [names](Random& random, v1::StringListFact& fact) {
    for (const std::string& name : names) {
      if (Pick(random, 4) == 0) fact.add_values(name);
    }
  };
}
void Money(Random& random, v1::CostFact& fact) {
  const std::vector<int64_t> amounts = {0,      100000, 200000,  200001,
                                        500000, 500001, 2000000, 2000001};
  fact.set_high_cents(OneOf(random, amounts));
}
void Dependencies(Random& random, v1::DependenciesFact& fact) {
  static const Names kNames = {"postgres/standard-s",
                               "postgres/standard-m",
                               "postgres/dedicated-xl",
                               "s3/standard",
                               "k8s/standard",
                               "k8s/standard",
                               "k8s/gpu",
                               "kafka/shared",
                               "lambda/standard",
                               "dynamodb/on-demand",
                               "k8s/turbo",
                               "foo/bar"};
  for (int i = Pick(random, 4); i > 0; --i) {
    const std::string& name = OneOf(random, kNames);
    v1::Dependency& dependency = *fact.add_dependencies();
    dependency.set_product(name.substr(0, name.find('/')));
    dependency.set_tier(name.substr(name.find('/') + 1));
  }
}

const std::vector<Part>& Parts() {
  using F = v1::Facts;
  static const auto* const kParts = new std::vector<Part>{
      PartOf<v1::StringFact>(&F::mutable_category, &F::category,
                             Word({"service-change", "config-change"})),
      PartOf<v1::StringFact>(&F::mutable_system, &F::system, Word({"uploads", "elsewhere"})),
      PartOf<v1::DependenciesFact>(&F::mutable_dependencies, &F::dependencies, Dependencies),
      PartOf<v1::StringFact>(
          &F::mutable_classification, &F::classification,
          Word({"public", "internal", "internal", "confidential", "restricted"})),
      PartOf<v1::BoolFact>(&F::mutable_personal, &F::personal, Flag),
      PartOf<v1::StringListFact>(&F::mutable_regions, &F::regions,
                                 Subset({"us-east", "eu-west", "eu-central"})),
      PartOf<v1::CostFact>(&F::mutable_monthly_cost, &F::monthly_cost, Money),
      PartOf<v1::BoolFact>(&F::mutable_reversible, &F::reversible, Flag),
      PartOf<v1::StringFact>(&F::mutable_blast_radius, &F::blast_radius,
                             Word({"low", "medium", "high"})),
      PartOf<v1::StringListFact>(&F::mutable_sections, &F::sections,
                                 Subset({"cost", "cost", "cost", "summary"}), false),
      PartOf<v1::StringFact>(&F::mutable_coverage, &F::coverage,
                             Word({"none", "declared_only", "partial", "full"}), false),
      PartOf<v1::StringListFact>(&F::mutable_undeclared, &F::undeclared, Subset({"kafka/shared"}),
                                 false),
      PartOf<v1::StringListFact>(&F::mutable_mentions_undeclared, &F::mentions_undeclared,
                                 Subset({"lambda"}), false),
      PartOf<v1::CostFact>(&F::mutable_system_cost_90d, &F::system_cost_90d, Money, false),
  };
  return *kParts;
}

v1::Facts RandomFacts(Random& random) {
  v1::Facts facts;
  for (const Part& part : Parts()) part.fill(random, facts);
  return facts;
}

// A complete spec of standard tiers only, which the worked organisation approves.
const v1::Facts& Approved() {
  static const auto* const kApproved = [] {
    Random random(1);
    auto* const facts = new v1::Facts();
    do {
      *facts = RandomFacts(random);
    } while (Evaluate(*facts, *WorkedPolicy(), {.as_of = Day(2026, 11, 22)}).mode() !=
             v1::REVIEW_MODE_AUTO);
    return facts;
  }();
  return *kApproved;
}

// The same with up to two other facts, so that approvals are common.
v1::Facts NearlyApproved(Random& random) {
  v1::Facts facts = Approved();
  for (int i = Pick(random, 3); i > 0; --i) OneOf(random, Parts()).fill(random, facts);
  return facts;
}

std::shared_ptr<const Policy> Compiled(const v1::PolicySource& source) {
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *policy : nullptr;
}

void ExpectRemovalsNeverLower(const Policy& policy, int removals, uint64_t seed) {
  Random random(seed);
  int from_auto = 0;
  for (int i = 0; i < removals;) {
    const v1::Facts facts = Pick(random, 2) == 0 ? RandomFacts(random) : NearlyApproved(random);
    const EvaluateInputs inputs{.as_of = Day(2026, 11, 22), .facts_unknown = Pick(random, 4) == 0};
    const v1::Verdict before = Evaluate(facts, policy, inputs);
    for (const Part& part : Parts()) {
      if (part.status(facts) != v1::FACT_STATUS_KNOWN) continue;
      for (const v1::FactStatus status :
           {v1::FACT_STATUS_MISSING, v1::FACT_STATUS_STATED_UNKNOWN}) {
        v1::Facts less = facts;
        part.replace(less, status);
        const v1::Verdict after = Evaluate(less, policy, inputs);
        ASSERT_GE(after.mode(), before.mode()) << before.summary() << "\n"
                                               << after.summary() << facts.DebugString();
        ASSERT_GE(after.author_gate(), before.author_gate()) << before.summary() << "\n"
                                                             << after.summary();
        from_auto += before.mode() == v1::REVIEW_MODE_AUTO ? 1 : 0;
        ++i;
      }
    }
  }
  EXPECT_GT(from_auto, removals / 100);  // Else the test looked at nothing that can be lowered to.
}

TEST(FailClosed, RemovingAFactNeverLowersAVerdictOfTheWorkedOrganisation) {
  ExpectRemovalsNeverLower(*WorkedPolicy(), 20000, 1);
}
TEST(FailClosed, RemovingAFactNeverLowersAVerdictOfTheShippedPolicy) {
  ExpectRemovalsNeverLower(*ShippedPolicy(), 10000, 2);
}
TEST(FailClosed, RemovingAFactNeverLowersAVerdictWhereTheDefaultIsStricterThanARule) {
  ExpectRemovalsNeverLower(*ShippedAllEnforced(), 10000, 3);
}
TEST(FailClosed, RemovingAFactNeverLowersAVerdictWhereASystemLendsItsClass) {
  ExpectRemovalsNeverLower(*WorkedWithClassifiedSystem(), 10000, 4);
}

// `rules.yaml` with its rules in another order.
std::string Shuffled(const std::string& rules, Random& random) {
  std::vector<std::string> blocks = RuleBlocks(rules);
  std::shuffle(blocks.begin() + 1, blocks.end(), random);
  return std::accumulate(blocks.begin(), blocks.end(), std::string());
}

TEST(FailClosed, TheOrderOfRulesChangesNothing) {
  Random random(5);
  for (int shuffle = 0; shuffle < 20; ++shuffle) {
    v1::PolicySource source = WorkedSource();
    std::string& rules = (*source.mutable_files())["rules.yaml"];
    rules = Shuffled(rules, random);
    const auto policy = Compiled(source);
    for (int i = 0; i < 20; ++i) {
      const v1::Facts facts = RandomFacts(random);
      const EvaluateInputs inputs{.as_of = Day(2026, 11, 22)};
      EXPECT_EQ(Evaluate(facts, *policy, inputs).SerializeAsString(),
                Evaluate(facts, *WorkedPolicy(), inputs).SerializeAsString());
    }
  }
}

TEST(FailClosed, AVerdictIsReproducedByteForByte) {
  Random random(6);
  for (int i = 0; i < 200; ++i) {
    const v1::Facts facts = RandomFacts(random);
    const EvaluateInputs inputs{.as_of = Day(2026, 11, 22)};
    const v1::Verdict verdict = Evaluate(facts, *WorkedPolicy(), inputs);
    EXPECT_EQ(Evaluate(facts, *WorkedPolicy(), inputs).SerializeAsString(),
              verdict.SerializeAsString());
    EXPECT_FALSE(ExplainText(verdict, true).front().empty());
  }
}

}  // namespace
}  // namespace gavel::rules
