// All conditions of a policy in one: every different test once, then the connectives over them.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "gavel/v1/verdict.pb.h"
#include "rules/condition/program.h"
#include "rules/packed/digest.h"
#include "rules/packed/membership.h"
#include "rules/policy.h"

namespace gavel::rules {

// Truths stand in one array of bytes, the trace: first tests by kind, then negations and
// connectives in the order they are computed, so that operands come before what uses them. Equal
// tests share a byte, equal connectives too.
//
// Each kind of test is a loop without a branch that depends on the facts.
class ConditionPlan {
 public:
  // Numbers the memberships that the tests of `policy` need.
  ConditionPlan(const Policy& policy, MembershipList& memberships);

  // How many bytes a trace has.
  size_t TraceSize() const { return first_node_ + nodes_.size(); }
  // Fills `trace`, of TraceSize() bytes, with v1::Truth values.
  void Run(const Digest& facts, uint8_t* trace) const;

  // Where the truth of a rule or of one of its leaves stands, by index in `Policy::rules()`. Only
  // of rules that are evaluated.
  uint32_t RuleSlot(size_t rule) const { return rules_[rule].slot; }
  std::span<const uint32_t> LeafSlots(size_t rule) const { return rules_[rule].leaves; }

 private:
  // Is a membership in a plane of a set?
  struct SetTest {
    uint32_t plane;  // Its place in `Digest::planes`, in planes.
    uint32_t fact;   // FactBit of the field.
    uint32_t bit;
    bool flip;  // Asks for the opposite.
    auto operator<=>(const SetTest&) const = default;
  };
  // Is the rank among `ranks`?
  struct MaskTest {
    Field field;
    uint32_t ranks;
    auto operator<=>(const MaskTest&) const = default;
  };
  // Is the number from `low` to `high`? Never, where low > high.
  struct RangeTest {
    Field field;
    uint32_t fact;
    int64_t low;
    int64_t high;
    auto operator<=>(const RangeTest&) const = default;
  };
  struct StatedTest {
    uint32_t fact;
    bool flag;
    auto operator<=>(const StatedTest&) const = default;
  };
  struct Node {
    Step::Kind kind;
    uint32_t first;  // In operands_.
    uint32_t count;
  };
  struct RulePlan {
    uint32_t slot = 0;
    std::vector<uint32_t> leaves;
  };
  // A test before all are known, by the kind's list and its place there.
  struct TestRef {
    int kind;
    size_t index;
  };

  template <bool kOneWord>
  void RunTests(const Digest& facts, uint8_t* next) const;
  void RunNodes(uint8_t* trace) const;

  TestRef AddTest(const Leaf& leaf, MembershipList& memberships);
  TestRef AddSetTest(const Leaf& leaf, MembershipList& memberships);
  uint32_t SlotOf(TestRef ref) const;
  uint32_t AddNode(Step::Kind kind, std::vector<uint32_t> operands);
  uint32_t AddProgram(const Program& program, const std::vector<uint32_t>& leaves);

  size_t words_ = 1;  // Of memberships.
  std::vector<SetTest> set_tests_;
  std::vector<MaskTest> mask_tests_;
  std::vector<RangeTest> range_tests_;
  std::vector<StatedTest> stated_tests_;
  size_t first_node_ = 0;
  std::vector<Node> nodes_;
  std::vector<uint32_t> operands_;
  std::map<std::pair<Step::Kind, std::vector<uint32_t>>, uint32_t> node_slots_;
  std::vector<RulePlan> rules_;
};

// Whether a rule takes part at all: in enforce or in shadow.
bool IsEvaluated(const v1::Rule& rule);

}  // namespace gavel::rules
