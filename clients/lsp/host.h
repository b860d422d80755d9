// What the server asks of the world outside: settings of the machine, the policy on disk, the
// review server. The tests have one of their own.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "clients/lsp/settings.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/spec.pb.h"
#include "rules/policy.h"

namespace gavel::lsp {

// What documents of the workspace are read with where they say nothing themselves.
struct Defaults {
  std::string area = {};
  std::string author = {};       // Person id.
  std::string spec_folder = {};  // Absolute; empty where there is none.
};

struct LoadedPolicy {
  std::shared_ptr<const rules::Policy> policy;
  std::string label;  // `gavel-default@4f2c (fetched 2 h ago)`.
};

struct Submitted {
  bool ok = false;
  std::string text;  // What the command line printed.
};

// All methods return at once, but for LoadPolicy, which reads files. Answers that take longer come
// later, on the server's own thread, never inside of the call.
class Host {
 public:
  virtual ~Host() = default;

  // Takes the settings and the workspace's folder (empty for none). Errors: INVALID_ARGUMENT for a
  // file of settings that cannot be read; the defaults are then the machine's.
  virtual absl::StatusOr<Defaults> Configure(const Settings& settings,
                                             const std::string& folder) = 0;

  virtual v1::Date Today() = 0;

  // Differs once the policy on disk has changed. A few `stat`s.
  virtual std::string PolicyStamp() = 0;
  // Errors: NOT_FOUND where there is none yet; INVALID_ARGUMENT for one that does not compile.
  virtual absl::StatusOr<LoadedPolicy> LoadPolicy() = 0;

  // Whether a file exists, by its path relative to `document`.
  virtual bool Exists(const std::string& document, const std::string& path) = 0;
  // The bytes on disk; empty where they cannot be read.
  virtual std::string FileText(const std::string& path) = 0;

  // The rest needs the network and is asked for only online.

  // Fetches the policy of the review server; PolicyStamp() then changes.
  virtual void FetchPolicy() = 0;
  // Answers soon, and whenever the spec of that key (else: of that file) changes, until the next
  // `Configure` or the next call for that path. Nothing where the server knows no such spec.
  using OnSpec = std::function<void(const v1::Spec& spec)>;
  virtual void FollowSpec(const std::string& path, const std::string& key, OnSpec on_spec) = 0;
  // `gavel submit` of the file on disk.
  virtual void Submit(const std::string& path, std::function<void(Submitted)> done) = 0;
};

}  // namespace gavel::lsp
