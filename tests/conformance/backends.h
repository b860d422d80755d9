// The back ends that the conformance suite runs against. A new one joins by one entry.
#pragma once

#include <memory>
#include <ostream>
#include <vector>

#include "engine/store/store.h"

namespace gavel::store {

// A store that is empty at first, with what it needs to live (a folder, a server).
class TestStore {
 public:
  virtual ~TestStore() = default;
  virtual Store& store() = 0;
};

struct Backend {
  const char* name;
  std::unique_ptr<TestStore> (*make)();
};
inline void PrintTo(const Backend& backend, std::ostream* os) { *os << backend.name; }

std::vector<Backend> Backends();

}  // namespace gavel::store
