#include "clients/cli/lsp/follower.h"

#include <condition_variable>
#include <utility>
#include <vector>

#include "clients/cli/repository/source.h"
#include "clients/cli/spec_argument.h"
#include "clients/common/backoff.h"
#include "engine/base/status_macros.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::cli {

SpecFollower::SpecFollower(const LspSetup& setup, bool may_run_git)
    : may_run_git_(may_run_git),
      setup_(setup),
      session_(setup),
      watcher_([this](std::stop_token stop) { Watch(stop); }) {}

SpecFollower::~SpecFollower() {
  watcher_.request_stop();
  const std::scoped_lock lock(mutex_);
  if (watching_ != nullptr) watching_->CancelWatches();
}

void SpecFollower::Follow(const std::string& path, const std::string& key, OnSpec on_spec) {
  {
    const std::scoped_lock lock(mutex_);
    followed_[path] = {key, std::move(on_spec)};
  }
  jobs_.Post([this, path] { Show(path); });
}

void SpecFollower::Show(const std::string& path) {
  Followed followed;
  {
    const std::scoped_lock lock(mutex_);
    followed = followed_[path];
  }
  // A server out of reach, or a file that it does not know: there is nothing to show.
  const auto spec = Find(path, followed.key);
  if (!spec.ok()) return;
  {
    const std::scoped_lock lock(mutex_);
    Followed& now = followed_[path];
    if (now.key == followed.key) now.key = spec->key();  // Else the file names another by now.
  }
  followed.on_spec(*spec);
}

absl::StatusOr<v1::Spec> SpecFollower::Find(const std::string& path, const std::string& key) {
  if (!key.empty()) return GetSpec(session_.get(), key);
  if (!may_run_git_) return absl::NotFoundError("only a key names it");
  GAVEL_ASSIGN_OR_RETURN(const Source source,
                         LocateSource(path, setup_.config, {.allow_dirty = true}));
  GAVEL_ASSIGN_OR_RETURN(FoundSpec found, FindSpecOf(session_.get(), source));
  return std::move(found.spec);
}

void SpecFollower::OnEvents(const std::set<std::string>& keys) {
  std::vector<std::string> paths;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [path, followed] : followed_) {
      if (followed.key.empty() || keys.contains(followed.key)) paths.push_back(path);
    }
  }
  for (const std::string& path : paths) {
    jobs_.Post([this, path] { Show(path); });
  }
}

void SpecFollower::ShowAll() {
  const std::scoped_lock lock(mutex_);
  for (const auto& [path, followed] : followed_) {
    jobs_.Post([this, path = path] { Show(path); });
  }
}

void SpecFollower::Watch(const std::stop_token& stop) {
  client::Backoff backoff(absl::Seconds(1), absl::Seconds(30));
  std::mutex mutex;
  std::condition_variable_any never;
  while (!stop.stop_requested()) {
    if (WatchOnce(stop).ok()) backoff.Reset();
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, absl::ToChronoMilliseconds(backoff.Next()), [] { return false; });
  }
}

// From where the log stands now: what happened before is in the specs that are shown first.
absl::Status SpecFollower::WatchOnce(const std::stop_token& stop) {
  QuietSession session(setup_);
  GAVEL_ASSIGN_OR_RETURN(const auto info,
                         session.get().Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()));
  GAVEL_ASSIGN_OR_RETURN(client::Connection* const connection, session.get().connection());
  {
    const std::scoped_lock lock(mutex_);
    if (stop.stop_requested()) return absl::OkStatus();
    watching_ = connection;
  }
  ShowAll();
  v1::WatchEventsRequest request;
  request.set_after_seq(info.seq());
  const absl::Status ended =
      connection->Watch(request, [this, &stop](const v1::WatchEventsResponse& response) {
        std::set<std::string> keys;
        for (const v1::Event& event : response.events()) {
          if (!event.spec().empty()) keys.insert(event.spec());
        }
        if (!keys.empty()) OnEvents(keys);
        return !stop.stop_requested();
      });
  const std::scoped_lock lock(mutex_);
  watching_ = nullptr;
  return ended;
}

}  // namespace gavel::cli
