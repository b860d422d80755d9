// What a policy would have said of one past review, in the three words of a back-test.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "gavel/v1/backtest.pb.h"
#include "rules/condition/field.h"
#include "rules/packed/fast_policy.h"

namespace gavel::rules {

enum class Bucket : uint8_t {
  kAuto,        // Approved by a rule.
  kNotAuto,     // Sent to people, and nothing that is missing could change that.
  kCannotTell,  // Sent to people; a fact that is missing or unknown could have changed it.
};

struct CaseVerdict {
  Bucket bucket = Bucket::kNotAuto;
  v1::ReviewMode mode = v1::REVIEW_MODE_UNSPECIFIED;
  bool author_gate = false;
  // Bit `Field`: a fact behind "cannot tell". Zero for the other buckets.
  uint32_t missing = 0;
};
static_assert(kFieldCount <= 32);

// The key of the front matter that supplies `field`, or its name where no key does.
std::string_view MissingName(Field field);

// A document without our front matter.
bool IsForeign(const v1::PackedFacts& facts);

// The author asks for a review by people.
bool AsksForPeople(const v1::PackedFacts& facts);

// Judges reviews by one policy. One per thread: it keeps what an evaluation needs, so that judging
// allocates nothing.
//
// "Cannot tell" is exact in one direction: a review in another bucket cannot become automatic by
// making missing and unknown facts known, except through a fact that is wrong (which is a reason
// by itself). A document without our front matter says nothing, so nothing of it is a reason.
class CaseJudge {
 public:
  explicit CaseJudge(std::shared_ptr<const FastPolicy> policy);

  const FastPolicy& policy() const { return *policy_; }

  // The verdict for `day`. O(names in the facts + tests of the policy).
  CaseVerdict Judge(const v1::PackedFacts& facts, int32_t day);

  // The parts of it, for those who ask other questions. What follows is about the facts evaluated
  // last.
  const FastResult& Evaluate(const v1::PackedFacts& facts, int32_t day);

  // Rules that ask for people or for the author and took part, by index.
  const std::vector<size_t>& Stops();
  const FastResult& result() const { return result_; }
  // True where rule `index` is in force on `day` and approves.
  bool MayApprove(size_t index, int32_t day) const { return day <= roles_[index].approves_until; }

 private:
  // What a rule is to a back-test; looked up for every rule of every review.
  struct Role {
    int32_t approves_until = 0;  // The earliest day there is for a rule that does not approve.
    bool stops = false;          // Asks for people or for the author.
    bool asks_whether_stated = false;
    uint32_t statable = 0;  // Fields that its tests read and an author can state.
  };
  // A condition's value when every fact that is not known might still become known, and the fields
  // that keep it from being certain.
  struct OpenTruth {
    v1::Truth truth = v1::TRUTH_FALSE;
    uint32_t fields = 0;
  };

  // True where something that is known keeps `facts` from an automatic approval, whatever the auto
  // rules say: a requirement or an author gate that is certain, a built-in, the author's wish.
  bool IsBlocked(const v1::PackedFacts& facts) const;
  OpenTruth OpenTruthOf(size_t index) const;
  OpenTruth WidenStated(size_t index) const;
  uint32_t StatableFields(int32_t day) const;
  uint32_t MissingFields(int32_t day) const;

  std::shared_ptr<const FastPolicy> policy_;
  std::vector<Role> roles_;
  FastResult result_;
  v1::PackedFacts widened_;
  std::vector<size_t> stops_;
};

}  // namespace gavel::rules
