// What a policy would have said of one past review, in the three words of a back-test.
#pragma once

#include <cstdint>
#include <string_view>

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

  bool operator==(const CaseVerdict&) const = default;
};
static_assert(kFieldCount <= 32);

// The key of the front matter that supplies `field`, or its name where no key does.
std::string_view MissingName(Field field);

// One per thread: it keeps what an evaluation needs, so that judging allocates nothing.
//
// "Cannot tell" is exact in one direction: a review in another bucket cannot become automatic by
// making missing and unknown facts known, except through a fact that is wrong (which is a reason
// by itself). A document without our front matter says nothing, so nothing of it is a reason.
class CaseJudge {
 public:
  // The verdict for `day`. O(names in the facts + tests of the policy).
  CaseVerdict operator()(const FastPolicy& policy, const v1::PackedFacts& facts, int32_t day);

  // Of the verdict before: the whole of it.
  const FastResult& result() const { return result_; }

 private:
  void Evaluate(const FastPolicy& policy, const v1::PackedFacts& facts, int32_t day);

  FastResult result_;
  v1::PackedFacts widened_;
};

// A document without our front matter.
bool IsForeign(const v1::PackedFacts& facts);

// The author asks for a review by people.
bool AsksForPeople(const v1::PackedFacts& facts);

// True where something that is known keeps the evaluated facts from an automatic approval, whatever
// the auto rules say: a requirement or an author gate that is certain, a built-in, the author's
// wish.
bool IsBlocked(const FastPolicy& policy, const FastResult& result, const v1::PackedFacts& facts);

// True where rule `index` is in force on `day` and approves.
bool MayApprove(const FastPolicy& policy, size_t index, int32_t day);

}  // namespace gavel::rules
