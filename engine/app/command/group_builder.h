// Turns the commands of one group into one transaction of the store: each runs over what is durable
// plus what the earlier ones of the group wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/command/transaction.h"
#include "engine/store/rows.h"
#include "engine/store/view.h"

namespace gavel::app {

// One command, as it reaches the committer.
struct CommandRequest {
  std::string principal;
  std::string method;                            // `SubmitSpec`.
  std::string request_id;                        // Empty: not idempotent.
  std::string fingerprint;                       // Fingerprint() of the request message.
  absl::Time deadline = absl::InfiniteFuture();  // Wall time, whatever the service's clock says.
  bool validate_only = false;                    // Run every check, write nothing.
};

// Decides a command and returns the serialised response. Must be pure over the transaction: a
// retry of the commit runs it again. An error writes nothing.
using Work = std::function<absl::StatusOr<std::string>(Transaction&)>;

// What a command came to, before its group is durable.
struct Outcome {
  absl::StatusOr<std::string> answer;
  // True where the answer rests on something this group writes, and so may not leave before the
  // commit, nor survive its failure.
  bool provisional = false;
};

// Single-threaded; lives for one run of Store::Commit's `build`.
class GroupBuilder {
 public:
  // How long a stored answer is repeated (durability.md 2.5).
  static constexpr absl::Duration kAnswerKept = absl::Hours(7 * 24);
  // Above 2 MiB of rows a group is full; the rest waits for the next one.
  static constexpr size_t kGroupBytesMax = size_t{2} << 20;
  // Limits of one command: a watcher's page must hold it whole.
  static constexpr size_t kCommandEventsMax = 256;
  static constexpr size_t kCommandEventBytesMax = size_t{1} << 20;

  // `view` must outlive the builder. `now` is the clock's time; every command gets a later one
  // than the command before it.
  GroupBuilder(const store::View& view, absl::Time now);

  // Runs one command, or repeats its stored answer. Errors in the outcome: those of `work`;
  // `REQUEST_ID_REUSED`; INTERNAL for a command over the limits above.
  Outcome Apply(const CommandRequest& request, const Work& work);

  bool full() const { return bytes_ >= kGroupBytesMax; }
  store::Group TakeGroup() { return std::move(group_); }

 private:
  absl::StatusOr<std::string> Run(const CommandRequest& request, const Work& work);
  absl::Status Keep(const CommandRequest& request, const std::string& response,
                    Transaction& transaction);

  const store::View& view_;
  const int64_t now_us_;
  int64_t last_us_;
  int64_t next_seq_;
  size_t bytes_ = 0;
  Overlay overlay_;
  store::Group group_;
};

// True where a repetition of `request` must return the first answer.
inline bool IsIdempotent(const CommandRequest& request) {
  return !request.request_id.empty() && !request.validate_only;
}

}  // namespace gavel::app
