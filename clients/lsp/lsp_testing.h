// A client and a host for the tests: the shipped policy, a clock that stands still.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "clients/lsp/host.h"
#include "clients/lsp/json.h"
#include "clients/lsp/server.h"

namespace gavel::lsp {

inline constexpr char kUri[] = "file:///w/specs/queue.md";

// A spec of the media area without findings; MEDIA-7 is its key.
std::string GoodSpec();

class FakeHost : public Host {
 public:
  FakeHost();

  absl::StatusOr<Defaults> Configure(const Settings& settings, const std::string& folder) override;
  v1::Date Today() override;
  std::string PolicyStamp() override { return stamp; }
  absl::StatusOr<LoadedPolicy> LoadPolicy() override;
  bool Exists(const std::string& document, const std::string& path) override;
  std::string FileText(const std::string& /*path*/) override { return on_disk; }
  void FetchPolicy() override { ++fetches; }
  void FollowSpec(const std::string& path, const std::string& key, OnSpec on_spec) override;
  void Submit(const std::string& path, std::function<void(Submitted)> done) override;

  std::string stamp = "1";
  bool has_policy = true;
  std::string on_disk = {};
  std::vector<Settings> configured = {};
  int fetches = 0;
  std::vector<std::string> followed_keys = {};
  OnSpec on_spec = {};
  std::function<void(Submitted)> submitted = {};
  int loads = 0;

 private:
  std::shared_ptr<const rules::Policy> policy_;
};

// Speaks to a server in this process. Messages that the server sends on its own wait in `heard`.
class TestClient {
 public:
  explicit TestClient(FakeHost& host) : server_(host) {}

  // `initialize` and `initialized`; the answer to the former.
  Json Start(Json options = Json::object(), Json capabilities = Json::object());
  Json Ask(const std::string& method, Json params);  // The whole answer.
  Json Result(const std::string& method, Json params) { return Ask(method, params)["result"]; }
  void Tell(const std::string& method, Json params);
  void Send(const std::vector<std::string>& messages);
  void Pass(absl::Duration time);

  void Open(const std::string& text, const std::string& uri = kUri);
  // Replaces a range, in the negotiated units.
  void Edit(Position start, Position end, const std::string& text, const std::string& uri = kUri);
  Json At(Position position, const std::string& uri = kUri);  // TextDocumentPositionParams.

  // The last notification of that method, null where there was none; forgets all of them.
  Json Heard(const std::string& method);
  size_t CountHeard(const std::string& method) const;
  Server& server() { return server_; }

 private:
  void Collect();

  Server server_;
  absl::Time now_ = absl::FromUnixSeconds(1795420800);  // 2026-11-23T08:00:00Z
  int64_t next_id_ = 1;
  int64_t version_ = 1;
  std::vector<Json> heard_;
};

// The place behind the first `mark` of the text, in UTF-16.
Position Behind(const std::string& text, const std::string& mark);

}  // namespace gavel::lsp
