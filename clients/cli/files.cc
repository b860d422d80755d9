#include "clients/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "clients/cli/command.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

absl::Status Failed(const std::string& path, int error) {
  return UsageError(fmt::format("{}: {}", path, std::strerror(error)));
}

absl::Status MakeFolderOf(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) return absl::OkStatus();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? Failed(folder.string(), error.value()) : absl::OkStatus();
}

absl::Status WriteAll(int fd, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(fd, bytes.data(), bytes.size());
    if (count < 0) return Failed(path, errno);
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return absl::OkStatus();
}

absl::Status CreateAndWrite(const std::string& path, mode_t mode, std::string_view bytes) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0) {
    if (errno == EEXIST) return absl::AlreadyExistsError(path + " is there already");
    return Failed(path, errno);
  }
  absl::Status status = WriteAll(fd, path, bytes);
  if (close(fd) != 0 && status.ok()) status = Failed(path, errno);
  if (!status.ok()) unlink(path.c_str());  // Half a file would be in the way of the next attempt.
  return status;
}

}  // namespace

std::string ReadStart(std::istream& in, size_t most) {
  std::string bytes;
  std::array<char, 65536> part;
  while (bytes.size() < most) {
    in.read(part.data(), static_cast<std::streamsize>(std::min(part.size(), most - bytes.size())));
    if (in.gcount() == 0) break;
    bytes.append(part.data(), static_cast<size_t>(in.gcount()));
  }
  return bytes;
}

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t most) {
  GAVEL_ASSIGN_OR_RETURN(std::string bytes, ReadFileStart(path, most + 1));
  if (bytes.size() <= most) return bytes;
  return UsageError(fmt::format("{} is larger than {} MiB", path, most >> 20));
}

absl::StatusOr<std::string> ReadFileStart(const std::string& path, size_t most) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return absl::NotFoundError("no such file: " + path);
  }
  if (error) return Failed(path, error.value());
  if (status.type() != std::filesystem::file_type::regular) {
    return UsageError(path + " is not a regular file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return Failed(path, errno);
  std::string bytes = ReadStart(file, most);
  if (file.bad()) return UsageError(path + " cannot be read");
  return bytes;
}

absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes) {
  GAVEL_RETURN_IF_ERROR(MakeFolderOf(path));
  const std::string temporary = fmt::format("{}.{}", path, getpid());
  std::remove(temporary.c_str());
  GAVEL_RETURN_IF_ERROR(CreateAndWrite(temporary, 0600, bytes));
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return Failed(path, errno);
  return absl::OkStatus();
}

absl::Status RewriteFile(const std::string& path, std::string_view bytes) {
  struct stat before = {};
  if (lstat(path.c_str(), &before) != 0) return Failed(path, errno);
  if (!S_ISREG(before.st_mode)) return UsageError(path + " is not a regular file");
  const std::string temporary = fmt::format("{}.{}", path, getpid());
  std::remove(temporary.c_str());
  GAVEL_RETURN_IF_ERROR(CreateAndWrite(temporary, 0600, bytes));
  // Giving a file away is the superuser's; for everybody else it is theirs already.
  const bool given = chown(temporary.c_str(), before.st_uid, before.st_gid) == 0;
  const mode_t mode = before.st_mode & (given ? 07777u : 0777u);
  if (chmod(temporary.c_str(), mode) != 0 || std::rename(temporary.c_str(), path.c_str()) != 0) {
    const int error = errno;
    std::remove(temporary.c_str());
    return Failed(path, error);
  }
  return absl::OkStatus();
}

absl::Status WriteNewFile(const std::string& path, std::string_view bytes) {
  GAVEL_RETURN_IF_ERROR(MakeFolderOf(path));
  return CreateAndWrite(path, 0666, bytes);
}

}  // namespace gavel::cli
