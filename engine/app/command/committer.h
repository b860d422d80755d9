// The one writer: commands wait in a bounded queue, one thread takes everything that waits, runs it
// over the newest state and makes it durable in one transaction (durability.md 2.3). There is no
// artificial delay: a group grows by itself while the commit before it is being synced.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/group_builder.h"
#include "engine/base/clock.h"
#include "engine/store/store.h"

namespace gavel::app {

// Thread-safe.
class Committer {
 public:
  struct Options {
    size_t queue_max = 1024;  // Commands that may wait; the next one is refused.
    size_t group_max = 256;   // Commands of one commit; above about 64 there is no gain.
    // Called after each commit that moved the log or a timer, before its callers are answered, on
    // the committer's thread. Must not block, nor call the committer.
    std::function<void(const store::Head&)> on_commit = [](const store::Head&) {};
    // Called once, after the callers of the group were answered: the outcome of a commit is
    // unknown, or the store is damaged. The process must stop; no further command is taken.
    std::function<void(const absl::Status&)> on_fatal = [](const absl::Status&) {};
  };

  // `store` and `clock` must outlive the committer.
  Committer(store::Store& store, const Clock& clock, Options options);
  ~Committer();  // As Stop().
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Runs `work` as one command and returns its response once that is durable. Blocks until then,
  // also past the deadline: work that was started is never abandoned.
  //
  // Idempotent for one (principal, method, request_id), for seven days: a repetition gets the
  // stored answer, or joins the command in flight. Failures are not stored.
  //
  // Errors: those of `work`, with nothing written; INVALID_ARGUMENT `REQUEST_ID_REUSED`;
  // DEADLINE_EXCEEDED `DEADLINE` when its turn came too late; RESOURCE_EXHAUSTED `OVERLOADED` with
  // RetryInfo; UNAVAILABLE `SHUTTING_DOWN`; those of Store::Commit, `OUTCOME_UNKNOWN` among them.
  absl::StatusOr<std::string> Execute(const CommandRequest& request, Work work);

  // Commands that wait for their group now.
  size_t queue_depth() const;

  // Refuses new commands, finishes those that wait, and returns. Idempotent.
  void Stop();

 private:
  using Answer = absl::StatusOr<std::string>;
  using Key = std::tuple<std::string, std::string, std::string>;
  struct Command;
  using Batch = std::vector<std::shared_ptr<Command>>;

  absl::StatusOr<std::shared_future<Answer>> Enqueue(const CommandRequest& request, Work work);
  void Run();
  std::optional<Batch> TakeBatch();
  void CommitBatch(const Batch& batch);
  void CommitOneByOne(const Batch& batch);
  void Requeue(const Batch& batch, size_t done);
  void Finish(Command& command, Answer answer);
  void Fail(const absl::Status& status);

  store::Store& store_;
  const Clock& clock_;
  const Options options_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_.
  std::deque<std::shared_ptr<Command>> queue_;
  std::map<Key, std::shared_ptr<Command>> in_flight_;
  bool stopping_ = false;
  bool failed_ = false;

  std::thread thread_;  // Last: starts when everything above exists.
};

}  // namespace gavel::app
