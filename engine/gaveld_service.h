// Everything gaveld consists of, wired together. The only place that picks concrete classes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/committer.h"
#include "engine/app/environment.h"
#include "engine/app/insight/health_api.h"
#include "engine/app/meeting/meeting_api.h"
#include "engine/app/org_api.h"
#include "engine/app/policy/rules_api.h"
#include "engine/app/server_api.h"
#include "engine/app/spec/spec_api.h"
#include "engine/app/timer/timer_loop.h"
#include "engine/app/timer/timer_source.h"
#include "engine/app/watch/watch_api.h"
#include "engine/app/watch/watch_hub.h"
#include "engine/base/clock.h"
#include "engine/gaveld_flags.h"
#include "engine/rpc/dispatcher.h"
#include "engine/rpc/executor.h"
#include "engine/rpc/identity.h"
#include "engine/rpc/server.h"
#include "engine/store/store.h"

namespace gavel {

class GaveldService {
 public:
  // Called from any thread when the process must end: the store failed (committer.h).
  using OnFatal = std::function<void(const absl::Status&)>;

  // Brings the service up on `store`, and serves.
  //
  // Errors: those of Bootstrap, ParseTokens and Server::Start.
  static absl::StatusOr<std::unique_ptr<GaveldService>> Start(const GaveldFlags& flags,
                                                              std::unique_ptr<store::Store> store,
                                                              OnFatal on_fatal);
  // Brings the service up on an empty store in memory, and does not serve: proves the flags, the
  // tokens and the policy. Same errors.
  static absl::Status Check(const GaveldFlags& flags);

  ~GaveldService();  // Closes the store, after Stop().

  const rpc::ListenAddress& address() const { return server_->address(); }

  // Reads `--tokens` again. A file that is wrong changes nothing, and the log says why.
  void ReloadTokens();

  // Stops in order: health, new calls, timers, streams, calls under way, the queue (durability.md
  // 2.13). Takes at most 4 s and the lame duck's 5 s, which a development server leaves out.
  // Idempotent.
  void Stop();

 private:
  GaveldService(const GaveldFlags& flags, std::unique_ptr<store::Store> store,
                const store::Head& head, rpc::TokenTable tokens, std::string audit_key,
                OnFatal on_fatal);

  app::Committer::Options CommitterOptions(OnFatal on_fatal);
  app::TimerLoop::Options TimerOptions();
  absl::Status Serve();

  // In the order of dependence: each uses only what stands above it, but for the committer's
  // listeners, which run only once a command has come in.
  const GaveldFlags flags_;
  const std::unique_ptr<store::Store> store_;
  const std::unique_ptr<Clock> clock_;
  app::WatchHub hub_;
  app::TimerLoop timers_;
  app::Committer committer_;
  app::PolicyHolder policy_;
  app::Environment environment_;
  app::TimerSource timer_source_;

  app::SpecApi specs_;
  app::MeetingApi meetings_;
  app::OrgApi org_;
  app::RulesApi rules_;
  app::ServerApi about_;
  app::HealthApi health_;
  app::WatchApi watch_;

  rpc::Identity identity_;
  rpc::Executor calls_;
  rpc::Executor streams_;
  rpc::Dispatcher dispatcher_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace gavel
