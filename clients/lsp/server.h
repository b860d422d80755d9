// The language server without its process: messages and times in, messages out.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "clients/lsp/rpc.h"
#include "clients/lsp/workspace.h"

namespace gavel::lsp {

// How long typing has to stop before findings are looked for.
inline constexpr absl::Duration kTypingPause = absl::Milliseconds(300);
// How often the policy on disk is looked at.
inline constexpr absl::Duration kPolicyCheckInterval = absl::Seconds(2);

// Not thread-safe: everything happens on one thread, the host's answers included.
class Server {
 public:
  // `host` must outlive the server, and answer nothing once it is gone.
  explicit Server(Host& host);

  // Takes messages that have arrived together, in their order. A request that a later one of them
  // cancels is not worked on.
  void Receive(std::span<const std::string> messages, absl::Time now);

  // When `Wake` has something to do; InfiniteFuture() for never.
  absl::Time NextWake() const;
  void Wake(absl::Time now);

  // Messages for the client, oldest first; each only once.
  std::vector<std::string> TakeOutput();

  // The client is gone without a word: as `exit`.
  void LoseClient() { Exit(); }

  // True after `exit`. The exit code is 0 where `shutdown` came before it, else 1.
  bool IsDone() const { return state_ == State::kExited; }
  int exit_code() const { return exit_code_; }
  // The process that started us, to end with it; 0 where it did not say.
  int64_t client_process() const { return client_process_; }

 private:
  enum class State { kNew, kRunning, kShutDown, kExited };
  using Handler = Json (Server::*)(const Json& params);
  using Listener = void (Server::*)(const Json& params);

  static const std::map<std::string, Handler, std::less<>>& Requests();
  static const std::map<std::string, Listener, std::less<>>& Listeners();

  void Take(const std::string& text);
  void Answer(const RpcMessage& request);
  void Hear(const RpcMessage& notification);
  void HearAnswer(const RpcMessage& response);
  void Send(const Json& message);
  void Notify(std::string_view method, Json params);
  void Ask(std::string_view method, Json params);
  enum class MessageType { kError = 1, kWarning = 2, kInfo = 3 };
  void Tell(MessageType type, const std::string& text);  // window/showMessage
  // The answer to the request under way is this error, whatever its handler returns.
  void Refuse(RpcError code, std::string text);

  // Life.
  Json Initialize(const Json& params);
  Json Shutdown(const Json& params);
  void Initialized(const Json& params);
  void Exit();
  void Cancel(const Json& params);

  // Documents and settings.
  void Open(const Json& params);
  void Change(const Json& params);
  void Save(const Json& params);
  void Close(const Json& params);
  void Reconfigure(const Json& params);
  void UseSettings(Settings settings);

  // Features.
  Json PullDiagnostics(const Json& params);
  Json Complete(const Json& params);
  Json Hover(const Json& params);
  Json Actions(const Json& params);
  Json Lenses(const Json& params);
  Json Links(const Json& params);
  Json Folds(const Json& params);
  Json Symbols(const Json& params);
  // The view that a feature shows of the document of `params`; refuses where there is none, and
  // says nothing of documents that are not specs.
  std::optional<View> ViewOf(const Json& params);
  // The offset of the position under `path`; refuses where there is none.
  std::optional<size_t> OffsetOf(const View& view, const Json& params, std::string_view path);

  // Commands. Their argument is a URI, or an object with `uri`.
  Json Execute(const Json& params);
  OpenDocument* SpecOf(const Json& argument);  // Refuses where it is none.
  Json Check(const Json& argument);
  Json Explain(const Json& argument);
  Json Submit(const Json& argument);

  void CheckNow(const std::string& uri);
  void CheckAll();
  void LookAtPolicy();
  void RefreshLenses();
  void Follow(OpenDocument& open);

  Host& host_;
  Workspace workspace_;
  State state_ = State::kNew;
  int exit_code_ = 1;
  int64_t client_process_ = 0;
  absl::Time now_ = absl::InfinitePast();
  absl::Time next_policy_check_ = absl::InfiniteFuture();
  std::map<std::string, absl::Time> due_;  // By URI: when to check.
  std::set<std::string> cancelled_;        // Ids, as JSON, of requests not to work on.
  std::set<std::string> pending_;          // Ids of requests that are answered later.
  std::string refusal_;                    // Of the request under way; empty while it is fine.
  RpcError refusal_code_ = RpcError::kRequestFailed;
  bool answers_later_ = false;
  Json current_id_;
  int64_t next_request_ = 1;
  std::map<int64_t, std::string> asked_;  // Our requests: id to method.
  Settings first_settings_;               // Of `initialize`, used from `initialized` on.
  std::string policy_problem_;            // What was last said about it.
  std::vector<std::string> output_;
};

}  // namespace gavel::lsp
