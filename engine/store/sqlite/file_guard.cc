#include "engine/store/sqlite/file_guard.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::store {
namespace {

struct FileSystem {
  unsigned long type;
  std::string_view name;
};

// statfs(2) and linux/magic.h, which lacks half of them.
constexpr FileSystem kUnsuitable[] = {
    {0x6969, "NFS"},      {0xFF534D42, "CIFS"}, {0xFE534D42, "SMB2"}, {0x517B, "SMB"},
    {0x65735546, "FUSE"}, {0x01021997, "9P"},   {0x00C36400, "Ceph"}, {0x5346414F, "AFS"}};

absl::Status CheckFileSystem(const std::string& database) {
  const std::string folder = std::filesystem::absolute(database).parent_path().string();
  struct statfs found {};
  if (statfs(folder.c_str(), &found) != 0) {
    return absl::NotFoundError(
        fmt::format("The folder {} of the database: {}.", folder, std::strerror(errno)));
  }
  const std::string_view name = UnsuitableFileSystem(static_cast<unsigned long>(found.f_type));
  if (name.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(fmt::format(
      "{} is on {}, where SQLite can lose data. Put the database on a local disk.", folder, name));
}

std::string ReadHolder(int fd) {
  std::array<char, 16> text{};
  const ssize_t size = pread(fd, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<size_t>(size)) : "unknown";
}

}  // namespace

std::string_view UnsuitableFileSystem(unsigned long type) {
  for (const FileSystem& unsuitable : kUnsuitable) {
    // f_type is a signed 32 bit value on some machines: compare what both forms share.
    if ((type & 0xFFFFFFFF) == unsuitable.type) return unsuitable.name;
  }
  return "";
}

absl::StatusOr<FileGuard> FileGuard::Lock(const std::string& database) {
  GAVEL_RETURN_IF_ERROR(CheckFileSystem(database));
  const std::string path = database + ".lock";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return absl::UnavailableError(fmt::format("{}: {}.", path, std::strerror(errno)));
  FileGuard guard(fd);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    return absl::FailedPreconditionError(
        fmt::format("{} is in use by process {}: one server per database. Stop that one first.",
                    database, ReadHolder(fd)));
  }
  // The lock is what counts; the pid in the file is for the message above.
  const std::string pid = std::to_string(getpid());
  if (ftruncate(fd, 0) != 0 || pwrite(fd, pid.data(), pid.size(), 0) < 0) {
    return absl::UnavailableError(fmt::format("{}: {}.", path, std::strerror(errno)));
  }
  return guard;
}

// The file stays: removing it would let a third process lock a new file of the same name while a
// second one still waits for the old.
FileGuard::~FileGuard() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace gavel::store
