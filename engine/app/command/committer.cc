#include "engine/app/command/committer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/time/clock.h"
#include "engine/app/command/service_errors.h"
#include "engine/store/store_error.h"

namespace gavel::app {
namespace {

// About one group commit of a full queue on a slow disk.
constexpr absl::Duration kRetryAfter = absl::Milliseconds(250);

bool SetsTimers(const store::Group& group) {
  return std::any_of(group.commands.begin(), group.commands.end(),
                     [](const store::CommandRows& rows) { return !rows.timers_set.empty(); });
}

}  // namespace

struct Committer::Command {
  CommandRequest request;  // `deadline` is guarded by Committer::mutex_ while the command waits.
  Work work;
  std::promise<Answer> promise;
  std::shared_future<Answer> answer{promise.get_future()};

  Key key() const { return {request.principal, request.method, request.request_id}; }
};

Committer::Committer(store::Store& store, const Clock& clock, Options options)
    : store_(store), clock_(clock), options_(std::move(options)), thread_([this] { Run(); }) {}

Committer::~Committer() { Stop(); }

absl::StatusOr<std::string> Committer::Execute(const CommandRequest& request, Work work) {
  auto answer = Enqueue(request, std::move(work));
  if (!answer.ok()) return answer.status();
  wake_.notify_one();
  return answer->get();
}

absl::StatusOr<std::shared_future<Committer::Answer>> Committer::Enqueue(
    const CommandRequest& request, Work work) {
  auto command = std::make_shared<Command>();
  command->request = request;
  command->work = std::move(work);

  std::lock_guard lock(mutex_);
  if (stopping_) return ShuttingDown();
  if (IsIdempotent(request)) {
    if (auto it = in_flight_.find(command->key()); it != in_flight_.end()) {
      CommandRequest& first = it->second->request;
      if (first.fingerprint != request.fingerprint) {
        return RequestIdReused(request.method, request.request_id);
      }
      first.deadline = std::max(first.deadline, request.deadline);
      return it->second->answer;
    }
  }
  if (queue_.size() >= options_.queue_max) return Overloaded("command queue", kRetryAfter);
  if (IsIdempotent(request)) in_flight_.emplace(command->key(), command);
  queue_.push_back(command);
  return command->answer;
}

size_t Committer::queue_depth() const {
  std::lock_guard lock(mutex_);
  return queue_.size();
}

void Committer::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Committer::Run() {
  while (const auto batch = TakeBatch()) {
    if (!batch->empty()) CommitBatch(*batch);
  }
}

// Everything that waits, up to the group's limit, without what expired in the queue. Blocks while
// there is nothing; no batch at all once the committer stops and the queue is drained.
std::optional<Committer::Batch> Committer::TakeBatch() {
  Batch batch;
  Batch expired;
  {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return std::nullopt;
    const absl::Time now = absl::Now();
    while (!queue_.empty() && batch.size() < options_.group_max) {
      const bool late = queue_.front()->request.deadline < now;
      (late ? expired : batch).push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
  }
  for (const auto& command : expired) Finish(*command, DeadlinePassed());
  return batch;
}

void Committer::CommitBatch(const Batch& batch) {
  std::vector<Outcome> outcomes;
  int64_t seq_before = 0;
  bool sets_timers = false;
  const auto head = store_.Commit([&](const store::View& view) -> absl::StatusOr<store::Group> {
    outcomes.clear();
    seq_before = view.head().seq;
    GroupBuilder builder(view, clock_.Now());
    for (const auto& command : batch) {
      if (builder.full()) break;
      outcomes.push_back(builder.Apply(command->request, command->work));
    }
    store::Group group = builder.TakeGroup();
    sets_timers = SetsTimers(group);
    return group;
  });
  if (absl::IsInternal(head.status()) && batch.size() > 1) return CommitOneByOne(batch);
  // The store failed before it asked for the group: nobody was served.
  if (outcomes.empty()) outcomes.assign(batch.size(), {head.status(), /*provisional=*/true});

  Requeue(batch, outcomes.size());
  // Watchers are told before callers: an answer's `seq` is then already on its way to them.
  if (head.ok() && (head->seq != seq_before || sets_timers)) options_.on_commit(*head);
  for (size_t i = 0; i < outcomes.size(); ++i) {
    const bool lost = !head.ok() && outcomes[i].provisional;
    Finish(*batch[i], lost ? Answer(head.status()) : std::move(outcomes[i].answer));
  }
  if (!head.ok()) Fail(head.status());
}

// A command that breaks the store's contract is our bug; it must not take others down with it.
void Committer::CommitOneByOne(const Batch& batch) {
  for (const auto& command : batch) CommitBatch({command});
}

// Puts back, in order, what did not fit into the group: all but the first `done`.
void Committer::Requeue(const Batch& batch, size_t done) {
  std::lock_guard lock(mutex_);
  queue_.insert(queue_.begin(), std::next(batch.begin(), static_cast<std::ptrdiff_t>(done)),
                batch.end());
}

void Committer::Finish(Command& command, Answer answer) {
  if (IsIdempotent(command.request)) {
    std::lock_guard lock(mutex_);
    in_flight_.erase(command.key());
  }
  command.promise.set_value(std::move(answer));
}

// Ends the committer after a failure that only a restart can clear.
void Committer::Fail(const absl::Status& status) {
  if (!store::IsOutcomeUnknown(status) && !store::IsStoreCorrupt(status)) return;
  Batch waiting;
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(failed_, true)) return;
    stopping_ = true;
    waiting.assign(queue_.begin(), queue_.end());
    queue_.clear();
  }
  for (auto& command : waiting) Finish(*command, ShuttingDown());
  options_.on_fatal(status);
}

}  // namespace gavel::app
