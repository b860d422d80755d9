// Writes that were sent and whose answer nobody has seen. Each has a file in the state folder while
// it is under way: its request id. A run that ends without showing the answer (killed, cut off, a
// full disk) leaves the file, and the same command run again asks with the id that is in it: the
// server acts once. A run that shows it removes the file: the same words said again later are said
// twice.
//
// A run holds a lock on its file, so two runs at the same time, which mean two writes, never share
// an id. The server remembers ids for seven days, and so does this.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "clients/cli/settings/environment.h"
#include "google/protobuf/message.h"

namespace gavel::cli {

inline constexpr absl::Duration kPendingLifetime = absl::Hours(7 * 24);

class PendingRequest {
 public:
  // Gives `request` (a message with a `request_id`, which is empty) its id: that of an earlier run
  // to `server` as `who` that said the same, else a fresh one. The earlier run's etag comes along:
  // the id stands for the request as it was.
  //
  // Without a state folder that can be written the id is fresh and nothing is kept.
  static PendingRequest Begin(const Environment& environment, const std::string& server,
                              const std::string& who, google::protobuf::Message& request);

  PendingRequest(PendingRequest&& other) noexcept;
  PendingRequest& operator=(PendingRequest&&) = delete;
  // Leaves the file, as a killed run would, unless `Forget` was called.
  ~PendingRequest();

  // When the earlier run asked; InfinitePast for a fresh id.
  absl::Time resumed_from() const { return resumed_from_; }

  // False where a run that is killed now could not be resumed.
  bool kept() const { return file_ >= 0; }

  // It is known what became of it: nothing is left to resume.
  void Forget();

 private:
  PendingRequest() = default;

  int file_ = -1;  // Locked while this lives; -1 where nothing is kept.
  std::string path_;
  absl::Time resumed_from_ = absl::InfinitePast();
};

// A file that a run left behind.
struct StaleRequest {
  std::string method;  // `AddComment`
  std::string target;  // The spec or meeting; may be empty.
  std::string server;
  absl::Time time;
  std::string path;
};

// Those of runs that are over, oldest first.
std::vector<StaleRequest> StaleRequests(const Environment& environment);

}  // namespace gavel::cli
