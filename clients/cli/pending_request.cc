// A file is named after what is said and holds one line of JSON:
//
//   {"etag":"…","method":"AddComment","requestId":"…","server":"…","target":"MEDIA-42"}
//
// Its text is not kept: the same command has it again. A file that does not parse was being written
// when its run was killed, before anything was sent.
#include "clients/cli/pending_request.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "absl/time/clock.h"
#include "clients/cli/output/json.h"
#include "clients/common/request_id.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kSlots = 8;          // Runs of the same command at the same time that are kept.
constexpr size_t kMaxFiles = 256;  // Older ones go first.

using Record = std::map<std::string, std::string>;

// Empty where there is no state folder: without HOME, say.
std::string Folder(const Environment& environment) {
  const std::string state = environment.StateDir();
  return state.empty() ? state : state + "/pending";
}

std::string TextField(const google::protobuf::Message& message, const std::string& name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
  return text ? message.GetReflection()->GetString(message, field) : std::string();
}

void SetTextField(google::protobuf::Message& message, const std::string& name,
                  const std::string& value) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field != nullptr) message.GetReflection()->SetString(&message, field, value);
}

// `AddComment` for an AddCommentRequest.
std::string MethodOf(const google::protobuf::Message& request) {
  constexpr std::string_view kSuffix = "Request";
  std::string name = request.GetDescriptor()->name();
  if (name.ends_with(kSuffix)) name.resize(name.size() - kSuffix.size());
  return name;
}

// What is said. An etag is not part of it: it says what the reader had seen.
std::string Fingerprint(const std::string& server, const std::string& who,
                        const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> said(request.New());
  said->CopyFrom(request);
  SetTextField(*said, "etag", "");
  return client::DeriveRequestId({server, who, request.GetTypeName(), said->SerializeAsString()});
}

std::string ReadAll(int file) {
  std::string text(4096, '\0');
  const ssize_t count = pread(file, text.data(), text.size(), 0);
  text.resize(count < 0 ? 0 : static_cast<size_t>(count));
  return text;
}

bool ReplaceAll(int file, const std::string& text) {
  return ftruncate(file, 0) == 0 &&
         pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
         fdatasync(file) == 0;
}

// Locked, and still the file of that name; -1 where another run has it.
int OpenLocked(const std::string& path, int flags) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
  if (file < 0) return -1;
  struct stat locked {};
  struct stat named {};
  const bool ours = flock(file, LOCK_EX | LOCK_NB) == 0 && fstat(file, &locked) == 0 &&
                    stat(path.c_str(), &named) == 0 && locked.st_ino == named.st_ino;
  if (ours) return file;
  close(file);
  return -1;
}

absl::Time TimeOf(int file) {
  struct stat status {};
  return fstat(file, &status) == 0 ? absl::TimeFromTimespec(status.st_mtim) : absl::InfinitePast();
}

struct Entry {
  std::string path;
  fs::file_time_type time;
};

std::vector<Entry> Entries(const Environment& environment) {
  std::vector<Entry> entries;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(Folder(environment), error)) {
    entries.push_back({file.path().string(), file.last_write_time(error)});
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.time < b.time; });
  return entries;
}

// Drops what the server has forgotten, and the oldest of too many.
void Prune(const Environment& environment) {
  const std::vector<Entry> entries = Entries(environment);
  for (size_t i = 0; i < entries.size(); ++i) {
    const auto age = fs::file_time_type::clock::now() - entries[i].time;
    const bool old = absl::FromChrono(age) > kPendingLifetime;
    if (old || entries.size() - i > kMaxFiles) unlink(entries[i].path.c_str());
  }
}

// Held while files are looked at: a glance at a file must not hide it from the run it belongs to.
class FolderLock {
 public:
  explicit FolderLock(const Environment& environment)
      : file_(open(Folder(environment).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (file_ >= 0) flock(file_, LOCK_EX);
  }
  ~FolderLock() {
    if (file_ >= 0) close(file_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  const int file_;
};

}  // namespace

PendingRequest PendingRequest::Begin(const Environment& environment, const std::string& server,
                                     const std::string& who, google::protobuf::Message& request) {
  PendingRequest pending;
  std::error_code error;
  fs::create_directories(Folder(environment), error);
  const FolderLock lock(environment);
  Prune(environment);
  const std::string stem = Folder(environment) + "/" + Fingerprint(server, who, request);
  const int slots = Folder(environment).empty() ? 0 : kSlots;
  for (int slot = 0; slot < slots && pending.file_ < 0; ++slot) {
    pending.path_ = fmt::format("{}.{}", stem, slot);
    pending.file_ = OpenLocked(pending.path_, O_CREAT);
  }
  const Record before = pending.file_ < 0 ? Record() : ReadTexts(ReadAll(pending.file_));
  if (const auto id = before.find("requestId"); id != before.end()) {
    SetTextField(request, "request_id", id->second);
    if (const auto etag = before.find("etag"); etag != before.end()) {
      SetTextField(request, "etag", etag->second);
    }
    pending.resumed_from_ = TimeOf(pending.file_);
    return pending;
  }
  SetTextField(request, "request_id", client::NewRequestId());
  const std::string spec = TextField(request, "spec");
  const JsonExtras record = {{"requestId", TextField(request, "request_id")},
                             {"etag", TextField(request, "etag")},
                             {"method", MethodOf(request)},
                             {"server", server},
                             {"target", spec.empty() ? TextField(request, "meeting") : spec}};
  if (pending.file_ >= 0 && !ReplaceAll(pending.file_, ToJsonObject(record))) pending.Forget();
  return pending;
}

PendingRequest::PendingRequest(PendingRequest&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(std::move(other.path_)),
      resumed_from_(other.resumed_from_) {}

PendingRequest::~PendingRequest() {
  if (file_ >= 0) close(file_);
}

void PendingRequest::Forget() {
  if (file_ < 0) return;
  unlink(path_.c_str());  // Before the lock goes: nobody takes over a file that is answered.
  close(std::exchange(file_, -1));
}

std::vector<StaleRequest> StaleRequests(const Environment& environment) {
  const FolderLock lock(environment);
  std::vector<StaleRequest> stale;
  for (const Entry& entry : Entries(environment)) {
    const int file = OpenLocked(entry.path, 0);
    if (file < 0) continue;  // Its run is still at it.
    Record record = ReadTexts(ReadAll(file));
    if (record.contains("requestId")) {
      stale.push_back({.method = record["method"],
                       .target = record["target"],
                       .server = record["server"],
                       .time = TimeOf(file),
                       .path = entry.path});
    }
    close(file);
  }
  return stale;
}

}  // namespace gavel::cli
