// Facts into the packed form, once per submission.
#pragma once

#include <cstdint>
#include <string_view>

#include "gavel/v1/backtest.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/verdict.pb.h"

namespace gavel::rules {

// Everything of `facts` that a verdict depends on, `title` excepted. Needs no policy, so that one
// form serves every policy that is tried on it. Pure; O(names).
v1::PackedFacts PackFacts(const v1::Facts& facts);

// The same, with the circumstances of that evaluation: facts stated unknown, findings that closed
// the author gate, history, a stale organisation. What a sponsor set aside and open breakers stay
// out: a back-test asks what the rules say by themselves.
v1::PackedFacts PackRecord(const v1::EvaluationRecord& record);

// How a name is packed: the first eight bytes of its SHA-256, big-endian; never 0. Of the empty
// name: 0.
uint64_t NameHash(std::string_view name);

// Days from 1970-01-01, and back. An unset date is earlier than every day.
int32_t DayOf(const v1::Date& date);
v1::Date DateOf(int32_t day);

}  // namespace gavel::rules
