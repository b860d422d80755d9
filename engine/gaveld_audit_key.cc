#include "engine/gaveld_audit_key.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"
#include "engine/gaveld_process.h"
#include "fmt/format.h"

namespace gavel {
namespace {

constexpr char kField[] = "audit-key-file";
constexpr size_t kLeastBytes = 32;

absl::Status KeyError(const std::string& path, std::string_view what) {
  return FieldError(kField, fmt::format("{}: {}.", path, what));
}

absl::Status MakeKey(const std::string& path) {
  unsigned char secret[32];
  if (RAND_bytes(secret, sizeof secret) != 1) return KeyError(path, "no random bytes to be had");
  const std::string text =
      ToHex(std::string_view(reinterpret_cast<const char*>(secret), sizeof secret)) + "\n";
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return KeyError(path, fmt::format("cannot be made: {}", std::strerror(errno)));
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       fsync(file) == 0;
  close(file);
  if (written) return absl::OkStatus();
  unlink(path.c_str());
  return KeyError(path, "cannot be written");
}

}  // namespace

absl::StatusOr<std::string> ReadOrMakeAuditKey(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 && errno == ENOENT) {
    GAVEL_RETURN_IF_ERROR(MakeKey(path));
  } else if ((status.st_mode & S_IROTH) != 0) {
    return KeyError(path, "everybody can read it, so it is no secret; make it mode 0600");
  }
  GAVEL_ASSIGN_OR_RETURN(std::string key, ReadFile(kField, path));
  if (key.size() < kLeastBytes) return KeyError(path, "holds fewer than 32 bytes");
  return key;
}

}  // namespace gavel
