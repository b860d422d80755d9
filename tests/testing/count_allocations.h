// Counts what a thread allocates, for tests of code that must not.
#pragma once

#include <cstddef>

namespace gavel::testing {

// Calls of `operator new` by this thread so far. A program that links this file replaces the
// operators of the whole program by counting ones.
size_t AllocationCount();

}  // namespace gavel::testing
