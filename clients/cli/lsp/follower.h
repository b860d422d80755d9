// Specs of open files as the review server has them, now and whenever they change.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "clients/cli/lsp/jobs.h"
#include "clients/cli/lsp/setup.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {

class SpecFollower {
 public:
  // Called on a thread of the follower's.
  using OnSpec = std::function<void(const v1::Spec&)>;

  // Without `may_run_git` a spec is found by its key alone.
  SpecFollower(const LspSetup& setup, bool may_run_git);
  // Waits for the call under way, at most its timeout.
  ~SpecFollower();

  // Follows the spec of a file: of `key`, else the one registered for the file. A file that is not
  // registered yet is looked for again whenever a spec is new.
  void Follow(const std::string& path, const std::string& key, OnSpec on_spec);

 private:
  struct Followed {
    std::string key;  // Empty while it is not known.
    OnSpec on_spec;
  };

  void Show(const std::string& path);
  absl::StatusOr<v1::Spec> Find(const std::string& path, const std::string& key);
  // Shows the files that events about specs of `keys` concern: those followed by such a key, and
  // those not found so far.
  void OnEvents(const std::set<std::string>& keys);
  void ShowAll();
  void Watch(const std::stop_token& stop);
  absl::Status WatchOnce(const std::stop_token& stop);

  const bool may_run_git_;
  const LspSetup setup_;
  QuietSession session_;  // Of the job thread.
  std::mutex mutex_;
  std::map<std::string, Followed> followed_;  // By path.
  client::Connection* watching_ = nullptr;    // While a stream is open.
  JobThread jobs_;
  std::jthread watcher_;
};

}  // namespace gavel::cli
