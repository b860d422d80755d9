// How much a revision changes a spec.
#pragma once

#include <string_view>

#include "gavel/v1/spec.pb.h"

namespace gavel {

// Words that differ between two bodies, as a share of the longer one, 0 to 100. Words are compared
// in order (what a diff by words would keep), so moving a paragraph counts as a change. Bodies that
// differ over more than 4,000 words in a row are compared as bags of words there, which can only
// find fewer changes in moved text. O(words · changed words).
double ChangedWordsPercent(std::string_view before, std::string_view after);

// Whether `revision` says nothing that `earlier` did not: the same bytes, and the same evidence or
// none. Evidence is compared by what it is, not by the names of its files.
bool SaysNothingNew(const v1::Revision& revision, const v1::Revision& earlier);

}  // namespace gavel
