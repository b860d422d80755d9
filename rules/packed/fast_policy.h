// A policy compiled for loops over many specs: back-tests, suggestions, what-if.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "gavel/v1/backtest.pb.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/packed/digest.h"
#include "rules/policy.h"

namespace gavel::rules {

// The built-in rules, in the order of BuiltinIds(); one bit each in `FastResult::builtins`.
enum class Builtin : uint8_t {
  kChangesRulesOrCatalog,
  kDependenciesNotStated,
  kFactsMissing,
  kFrontMatterInvalid,
  kOwnRule,
  kRecentRejection,
  kSnapshotStale,
  kSunsetDependency,
  kSupersedesPeople,
  kTooManyAuto,
  kUncatalogedDependency,
};
inline constexpr int kBuiltinCount = static_cast<int>(Builtin::kUncatalogedDependency) + 1;

// What is not part of the packed facts. The spans hold one byte per rule of `Policy::rules()`, not
// zero for yes; empty means no rule.
struct CaseInputs {
  int32_t day = 0;  // The day to judge for, days from 1970-01-01.
  std::span<const uint8_t> breaker_open = {};
  std::span<const uint8_t> own_rules = {};  // Auto rules that an author edited lately.
};

struct FastRule {
  uint8_t truth = 0;       // v1::Truth; unspecified for a rule that is not evaluated (a draft).
  uint8_t suspension = 0;  // v1::RuleResult::Suspension.
  bool fired = false;      // Its condition was met, as its effect wants it.
  bool applied = false;    // It took part in the verdict.
};

// The verdict without its words. Reuse one for many evaluations: then nothing is allocated.
struct FastResult {
  v1::ReviewMode mode = v1::REVIEW_MODE_UNSPECIFIED;
  bool author_gate = false;
  int auto_rule = -1;  // Index of the rule that approves; -1 where the mode is not auto.
  int audit_percent = 0;
  uint32_t builtins = 0;        // Bit `Builtin`: it fired.
  std::vector<FastRule> rules;  // In the order of `Policy::rules()`.
  // Consulted areas: bit i is `org().areas(i)`, 64 to a word.
  std::vector<uint64_t> areas;
  // The truth of every test, negation and connective, a v1::Truth each. See LeafTruth.
  std::vector<uint8_t> trace;
  Digest digest;  // Working memory of Evaluate.

  bool Fired(Builtin builtin) const {
    return (builtins >> static_cast<unsigned>(builtin) & 1u) != 0;
  }
};

// The same verdict as `Evaluate`, from packed facts, without an allocation: mode, gate, areas,
// built-ins, and per rule truth, suspension, fired and applied (which give the reviewers). Nothing
// is set aside by a sponsor here. Rules that read `spec.title`, which is not packed, find it
// unknown.
//
// Immutable, so any number of threads may share one.
class FastPolicy {
 public:
  explicit FastPolicy(std::shared_ptr<const Policy> policy);
  ~FastPolicy();
  FastPolicy(const FastPolicy&) = delete;
  FastPolicy& operator=(const FastPolicy&) = delete;

  const Policy& policy() const;

  // O(names in the facts + tests of the policy).
  void Evaluate(const v1::PackedFacts& facts, const CaseInputs& inputs, FastResult& result) const;

  // What a test of rule `rule` said; `leaf` is its index in `CompiledRule::program.leaves`. O(1).
  // Unspecified for a rule that is not evaluated.
  v1::Truth LeafTruth(const FastResult& result, size_t rule, size_t leaf) const;

  // Bit i: leaf i of the rule is unknown and is why the rule is. Zero where the rule is not
  // unknown.
  uint64_t Undecided(const FastResult& result, size_t rule) const;

  // True where a rule in enforce or shadow reads `spec.title`.
  bool reads_title() const;

 private:
  struct Plan;
  const std::unique_ptr<const Plan> plan_;
};

}  // namespace gavel::rules
