// A stream is always in one of four states, and only one thread may move it on:
//
//   kReading   a task on the executor reads the log    -> kWriting, kWaiting, kFinished
//   kWriting   one response is with gRPC               -> kReading (OnWriteDone), kFinished
//   kWaiting   caught up; the hub will wake it         -> kReading (log moved, heartbeat),
//   kFinished kFinished  a status was sent; nothing may follow
//
// The session belongs to the reading task in kReading, and to the holder of the mutex otherwise.
#include "engine/rpc/watch_stream.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "engine/app/command/service_errors.h"
#include "engine/base/status_macros.h"
#include "engine/rpc/status.h"
#include "spdlog/spdlog.h"

namespace gavel::rpc {
namespace {

using app::WatchHub;

// How long a slow consumer may take to collect its status before the stream is cut.
constexpr absl::Duration kFarewell = absl::Seconds(5);

constexpr char kCursorTrailer[] = "gavel-cursor-bin";

class WatchStream final : public WatchReactor, public std::enable_shared_from_this<WatchStream> {
 public:
  WatchStream(grpc::CallbackServerContext& context, const v1::WatchEventsRequest& request,
              const app::Caller& caller, Executor& executor, const app::WatchApi& api)
      : context_(context), request_(request), caller_(caller), executor_(executor), api_(api) {}

  void Start() {
    self_ = shared_from_this();
    Read();
    WatchProgress(api_.timing().write_patience);
  }

  void OnWriteDone(bool ok) override {
    std::lock_guard lock(mutex_);
    if (state_ != State::kWriting) return;
    if (!ok || cancelled_) return Finish(absl::CancelledError());
    state_ = State::kReading;
    Read();
  }

  void OnCancel() override {
    std::lock_guard lock(mutex_);
    cancelled_ = true;  // The other states notice by themselves.
    if (state_ == State::kWaiting) Finish(absl::CancelledError());
  }

  void OnDone() override {
    std::shared_ptr<WatchStream> last = std::move(self_);
    std::lock_guard lock(mutex_);
    done_ = true;
  }

 private:
  enum class State { kReading, kWriting, kWaiting, kFinished };
  using Response = std::optional<v1::WatchEventsResponse>;

  // Has the executor read on. The state is kReading.
  void Read() {
    if (executor_.Post([stream = shared_from_this()] { stream->ReadNow(); })) return;
    Finish(app::ShuttingDown());
  }

  void ReadNow() {
    auto next = Next();
    std::lock_guard lock(mutex_);
    if (cancelled_) return Finish(absl::CancelledError());
    if (!next.ok()) return Finish(next.status());
    if (next->has_value()) return Write(**std::move(next));
    if (!session_->caught_up()) return Read();  // Gives other streams their turn between pages.
    Wait();
  }

  // The next response, or nothing for now. Opens the session first.
  absl::StatusOr<Response> Next() {
    if (api_.hub().stopping()) return app::ShuttingDown();
    if (!session_.has_value()) {
      GAVEL_ASSIGN_OR_RETURN(session_, api_.Open(caller_, request_));
    }
    GAVEL_ASSIGN_OR_RETURN(Response response, session_->Step());
    // The first response goes out even when empty: the client then holds a cursor.
    if (!response.has_value() && HeartbeatIn() <= absl::ZeroDuration()) {
      response = session_->Heartbeat();
    }
    return response;
  }

  absl::Duration HeartbeatIn() const { return last_write_ + api_.timing().heartbeat - absl::Now(); }

  // The caller of the functions below holds mutex_.

  void Write(v1::WatchEventsResponse response) {
    state_ = State::kWriting;
    last_write_ = absl::Now();
    response_ = std::move(response);
    StartWrite(&response_);
  }

  void Wait() {
    state_ = State::kWaiting;
    const absl::Duration patience = std::max(HeartbeatIn(), absl::ZeroDuration());
    api_.hub().WaitForLog(session_->read_seq(), patience,
                          [weak = weak_from_this(), &executor = executor_](WatchHub::Wake) {
                            // Never inline: the hub may call while this thread holds the mutex. A
                            // stopped executor has outlived its server, and so every stream.
                            static_cast<void>(executor.Post([weak] {
                              if (const auto stream = weak.lock()) stream->WakeUp();
                            }));
                          });
  }

  void Finish(const absl::Status& status) {
    state_ = State::kFinished;
    if (session_.has_value()) context_.AddTrailingMetadata(kCursorTrailer, session_->cursor());
    spdlog::debug("msg=\"watch ended\" principal={} code={}", caller_.principal,
                  absl::StatusCodeToString(status.code()));
    WatchReactor::Finish(ToGrpcStatus(status));
  }

  // The callers of the functions below do not hold it.

  void WakeUp() {
    {
      std::lock_guard lock(mutex_);
      if (state_ != State::kWaiting) return;
      state_ = State::kReading;
    }
    ReadNow();
  }

  // Looks after `in` whether the client still reads; goes on doing so as long as the stream lives.
  void WatchProgress(absl::Duration in) {
    api_.hub().WaitForTime(in, [weak = weak_from_this()](WatchHub::Wake wake) {
      const auto stream = weak.lock();
      if (stream != nullptr && wake == WatchHub::Wake::kTimeout) stream->CheckProgress();
    });
  }

  void CheckProgress() {
    const absl::Duration patience = api_.timing().write_patience;
    absl::Duration left = patience;
    {
      std::lock_guard lock(mutex_);
      if (state_ == State::kFinished) return Cut();
      if (state_ == State::kWriting) left = last_write_ + patience - absl::Now();
      if (left <= absl::ZeroDuration()) {
        Finish(app::SlowConsumer(session_->cursor()));
        left = kFarewell;
      }
    }
    WatchProgress(left);
  }

  // The status waits behind a response that the client does not read: only a reset frees both. The
  // caller holds mutex_.
  void Cut() {
    if (!done_) context_.TryCancel();
  }

  grpc::CallbackServerContext& context_;
  const v1::WatchEventsRequest& request_;
  const app::Caller caller_;
  Executor& executor_;
  const app::WatchApi& api_;
  std::shared_ptr<WatchStream> self_;  // Until OnDone.

  std::mutex mutex_;
  State state_ = State::kReading;
  std::optional<app::WatchSession> session_;
  v1::WatchEventsResponse response_;  // Belongs to gRPC in kWriting.
  absl::Time last_write_ = absl::InfinitePast();
  bool cancelled_ = false;
  bool done_ = false;  // `context_` is gone.
};

class RefusedStream final : public WatchReactor {
 public:
  explicit RefusedStream(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void OnDone() override { delete this; }
};

}  // namespace

WatchReactor* StartWatchStream(grpc::CallbackServerContext& context,
                               const v1::WatchEventsRequest& request, const app::Caller& caller,
                               Executor& executor, const app::WatchApi& api) {
  const auto stream = std::make_shared<WatchStream>(context, request, caller, executor, api);
  stream->Start();
  return stream.get();
}

WatchReactor* RefuseWatchStream(const absl::Status& status) { return new RefusedStream(status); }

}  // namespace gavel::rpc
