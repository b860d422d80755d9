// Comparing two verdicts on one revision.
#pragma once

#include "gavel/v1/verdict.pb.h"

namespace gavel {

// True where `next` asks for more than `now` in mode, author gate, areas or people, and for less in
// neither mode nor author gate: what `Reevaluate` adopts.
bool IsStricter(const v1::Verdict& next, const v1::Verdict& now);

}  // namespace gavel
