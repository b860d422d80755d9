// Names for findings that stay the same from one run to the next.
#pragma once

#include <string>
#include <vector>

#include "clients/check/report.h"

namespace gavel::check {

// A name per finding of `file`, in its order: 32 hexadecimal digits, different within the file. It
// is made of code, field and the text of the line, so it stays the same when lines above come and
// go or a list gets another entry, and changes when the line itself does. O(bytes).
std::vector<std::string> Fingerprints(const CheckedFile& file);

}  // namespace gavel::check
