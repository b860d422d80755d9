// A stream of a few answers: progress, then the result. Watching the log is watch_stream.h.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "engine/rpc/status.h"
#include "grpcpp/support/server_callback.h"

namespace gavel::rpc {

// Lives until gRPC and its producer are done with it. The producer runs on an executor thread and
// never waits for the client: progress that would have to wait is dropped.
template <typename Response>
class FiniteStream final : public grpc::ServerWriteReactor<Response>,
                           public std::enable_shared_from_this<FiniteStream<Response>> {
 public:
  static std::shared_ptr<FiniteStream> Make() {
    auto stream = std::make_shared<FiniteStream>();
    stream->self_ = stream;
    return stream;
  }

  // Sends progress, unless an earlier answer is still on its way. False once the client has gone.
  bool Offer(Response response) {
    const std::lock_guard lock(mutex_);
    if (cancelled_) return false;
    if (writing_) return true;
    writing_ = true;
    response_ = std::move(response);
    this->StartWrite(&response_);
    return true;
  }

  // Ends the stream: with `last`, or with the error of `status`. Nothing may be offered afterwards.
  void End(const absl::Status& status, Response last = {}) {
    const std::lock_guard lock(mutex_);
    status_ = status;
    last_ = std::move(last);
    if (!writing_) FinishNow();
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) cancelled_ = true;
    if (status_.has_value()) FinishNow();
  }

  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;  // The producer notices at its next answer.
  }

  void OnDone() override { const std::shared_ptr<FiniteStream> last = std::move(self_); }

 private:
  // The caller holds mutex_; no write is under way.
  void FinishNow() {
    if (!status_->ok() || cancelled_) return this->Finish(ToGrpcStatus(*status_));
    response_ = std::move(last_);
    this->StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  std::shared_ptr<FiniteStream> self_;  // Until OnDone.

  std::mutex mutex_;
  Response response_;  // Belongs to gRPC while writing_, and once the stream ends.
  Response last_;
  std::optional<absl::Status> status_;  // Set by End.
  bool writing_ = false;
  bool cancelled_ = false;
};

}  // namespace gavel::rpc
