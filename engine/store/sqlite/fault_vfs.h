// For tests: a SQLite VFS that passes everything on to the default one, until told to fail.
#pragma once

#include <string>

namespace gavel::store {

// Registered while it lives; open a store with `vfs = FaultVfs::kName`. One at a time, used by one
// thread.
class FaultVfs {
 public:
  static constexpr char kName[] = "gavel_fault";
  enum class Operation { kRead, kWrite, kSync };

  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  // From now on every `operation` on files whose name ends in `suffix` fails with `code` and does
  // nothing.
  void Fail(Operation operation, std::string suffix, int code);
  void Heal();
  // How many operations failed so far: proves that a fault was met.
  int failures() const;
};

}  // namespace gavel::store
