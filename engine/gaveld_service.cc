#include "engine/gaveld_service.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "engine/app/bootstrap.h"
#include "engine/app/watch/watch_permission.h"
#include "engine/base/status_macros.h"
#include "engine/gaveld_audit_key.h"
#include "engine/gaveld_process.h"
#include "engine/rpc/services.h"
#include "engine/store/memory/memory_store.h"
#include "spdlog/spdlog.h"

namespace gavel {
namespace {

// As many commands as a group can use to its advantage may wait for one commit, each on a thread.
constexpr rpc::Executor::Options kCalls{.threads = 64, .queue_max = 1024};
// Reading only. One task per stream at most, and there are fewer streams than this.
constexpr rpc::Executor::Options kStreams{.threads = 2, .queue_max = 1'000'000};

// Long enough for a load balancer to see NOT_SERVING.
constexpr absl::Duration kLameDuck = absl::Seconds(5);
constexpr absl::Duration kDrain = absl::Seconds(4);

// A development clock stands still until it is moved, and never starts before the log's last time.
std::unique_ptr<Clock> MakeClock(const GaveldFlags& flags, const store::Head& head) {
  if (!flags.dev) return std::make_unique<SystemClock>();
  const absl::Time last = absl::FromUnixMicros(head.last_commit_us);
  return std::make_unique<SettableClock>(std::max(flags.dev_now.value_or(absl::Now()), last));
}

absl::StatusOr<rpc::TokenTable> ReadTokens(const GaveldFlags& flags) {
  if (flags.tokens_file.empty()) return rpc::TokenTable();
  GAVEL_ASSIGN_OR_RETURN(const std::string text, ReadFile("tokens", flags.tokens_file));
  return rpc::ParseTokens(text);
}

absl::StatusOr<std::string> ReadAuditKey(const GaveldFlags& flags) {
  if (flags.audit_key_file.empty()) return std::string();
  return ReadOrMakeAuditKey(flags.audit_key_file);
}

absl::StatusOr<store::Head> HeadOf(const store::Store& store) {
  GAVEL_ASSIGN_OR_RETURN(const auto view, store.Read());
  return view->head();
}

}  // namespace

absl::StatusOr<std::unique_ptr<GaveldService>> GaveldService::Start(
    const GaveldFlags& flags, std::unique_ptr<store::Store> store, OnFatal on_fatal) {
  GAVEL_ASSIGN_OR_RETURN(rpc::TokenTable tokens, ReadTokens(flags));
  GAVEL_ASSIGN_OR_RETURN(std::string audit_key, ReadAuditKey(flags));
  GAVEL_ASSIGN_OR_RETURN(const store::Head head, HeadOf(*store));
  std::unique_ptr<GaveldService> service(new GaveldService(
      flags, std::move(store), head, std::move(tokens), std::move(audit_key), std::move(on_fatal)));
  GAVEL_RETURN_IF_ERROR(app::Bootstrap(service->environment_, flags.policy_dir));
  GAVEL_RETURN_IF_ERROR(service->Serve());
  return service;
}

absl::Status GaveldService::Check(const GaveldFlags& flags) {
  GAVEL_ASSIGN_OR_RETURN(rpc::TokenTable tokens, ReadTokens(flags));
  GaveldService service(flags, std::make_unique<store::MemoryStore>("check"), store::Head(),
                        std::move(tokens), /*audit_key=*/"", [](const absl::Status&) {});
  return app::Bootstrap(service.environment_, flags.policy_dir);
}

GaveldService::GaveldService(const GaveldFlags& flags, std::unique_ptr<store::Store> store,
                             const store::Head& head, rpc::TokenTable tokens, std::string audit_key,
                             OnFatal on_fatal)
    : flags_(flags),
      store_(std::move(store)),
      clock_(MakeClock(flags, head)),
      hub_(head.seq),
      timers_(*clock_, TimerOptions()),
      committer_(*store_, *clock_, CommitterOptions(std::move(on_fatal))),
      environment_{.store = *store_,
                   .committer = committer_,
                   .clock = *clock_,
                   .policy = policy_,
                   .dev_clock = dynamic_cast<SettableClock*>(clock_.get()),
                   .version = GAVEL_VERSION,
                   .audit_key = std::move(audit_key)},
      timer_source_(environment_),
      specs_(environment_),
      meetings_(environment_),
      org_(environment_),
      rules_(environment_),
      about_(environment_),
      health_(environment_),
      watch_(
          *store_, hub_,
          [this](const app::Caller& caller) {
            return app::WatchPermissionOf(environment_, caller);
          },
          app::WatchTiming{}, app::WatchSession::Options{}),
      identity_(std::move(tokens), /*believe_claims=*/flags.dev),
      calls_(kCalls),
      streams_(kStreams),
      dispatcher_(identity_, calls_) {}

GaveldService::~GaveldService() { Stop(); }

void GaveldService::ReloadTokens() {
  absl::StatusOr<rpc::TokenTable> tokens = ReadTokens(flags_);
  if (!tokens.ok()) {
    spdlog::error("msg=\"the tokens stay as they were\" error=\"{}\"",
                  std::string(tokens.status().message()));
    return;
  }
  spdlog::info("msg=\"tokens read again\" tokens={}", tokens->size());
  identity_.Replace(*std::move(tokens));
}

app::Committer::Options GaveldService::CommitterOptions(OnFatal on_fatal) {
  return {.on_commit =
              [this](const store::Head& head) {
                hub_.Publish(head.seq);
                timers_.LogMoved();
              },
          .on_fatal = std::move(on_fatal)};
}

app::TimerLoop::Options GaveldService::TimerOptions() {
  return {.fire = [this](absl::Time now, bool brake) { return timer_source_.FireDue(now, brake); },
          .next_due = [this] { return timer_source_.NextDue(); },
          .brake = !flags_.release_timer_brake};
}

absl::Status GaveldService::Serve() {
  std::vector<rpc::HostedService> services;
  services.push_back(rpc::MakeSpecService(dispatcher_, specs_));
  services.push_back(rpc::MakeMeetingService(dispatcher_, meetings_));
  services.push_back(rpc::MakeOrgService(dispatcher_, org_));
  services.push_back(rpc::MakeRulesService(dispatcher_, rules_));
  services.push_back(rpc::MakeHealthService(dispatcher_, health_));
  services.push_back(rpc::MakeServerService(dispatcher_, about_));
  services.push_back(rpc::MakeWatchService(dispatcher_, streams_, watch_));
  GAVEL_ASSIGN_OR_RETURN(server_, rpc::Server::Start(flags_.listen, std::move(services)));
  // On a development server timers fire inside AdvanceClock only.
  if (environment_.dev_clock == nullptr) timers_.Start();
  return absl::OkStatus();
}

void GaveldService::Stop() {
  if (server_ != nullptr) {
    server_->AnnounceStop();
    if (!flags_.dev) std::this_thread::sleep_for(absl::ToChronoMilliseconds(kLameDuck));
  }
  dispatcher_.RefuseNewCalls();
  timers_.Stop();
  hub_.Stop();
  if (server_ != nullptr) server_->Shutdown(kDrain);
  calls_.Stop();
  streams_.Stop();
  committer_.Stop();
  server_.reset();
}

}  // namespace gavel
