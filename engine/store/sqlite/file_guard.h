// Keeps a database file to one process on one machine: SQLite's write-ahead log shares memory,
// which no network file system can, and two writers would break the one-writer rule.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace gavel::store {

// Holds an exclusive lock on `<database>.lock` until destroyed, or until the process dies.
class FileGuard {
 public:
  // Errors: FAILED_PRECONDITION when another process (its pid is named) holds the lock, or when the
  // folder is on a network or user-space file system; NOT_FOUND when the folder does not exist;
  // UNAVAILABLE when the lock file cannot be written.
  static absl::StatusOr<FileGuard> Lock(const std::string& database);
  ~FileGuard();
  FileGuard(FileGuard&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileGuard& operator=(FileGuard&&) = delete;

 private:
  explicit FileGuard(int fd) : fd_(fd) {}

  int fd_;
};

// The name of a file system that cannot hold a database, by its statfs(2) type; empty when it can.
std::string_view UnsuitableFileSystem(unsigned long type);

}  // namespace gavel::store
