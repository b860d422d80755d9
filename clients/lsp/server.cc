#include "clients/lsp/server.h"

#include <utility>

#include "clients/lsp/capabilities.h"
#include "clients/lsp/uri.h"
#include "fmt/format.h"

namespace gavel::lsp {
namespace {

constexpr std::string_view kCancelRequest = "$/cancelRequest";

// Requests are told apart by their ids, which may be numbers or texts.
std::string IdText(const Json& id) { return Dump(id); }

std::string FolderOf(const Json& params) {
  const Json& folders = At(params, "workspaceFolders");
  if (folders.is_array() && !folders.empty()) {
    if (const auto uri = TextAt(folders[0], "uri")) return PathOfUri(*uri);
  }
  if (const auto uri = TextAt(params, "rootUri")) return PathOfUri(*uri);
  return TextAt(params, "rootPath").value_or("");
}

}  // namespace

Server::Server(Host& host) : host_(host), workspace_(host) {}

const std::map<std::string, Server::Handler, std::less<>>& Server::Requests() {
  static const auto* const kRequests = new std::map<std::string, Handler, std::less<>>{
      {"shutdown", &Server::Shutdown},
      {"textDocument/diagnostic", &Server::PullDiagnostics},
      {"textDocument/completion", &Server::Complete},
      {"textDocument/hover", &Server::Hover},
      {"textDocument/codeAction", &Server::Actions},
      {"textDocument/codeLens", &Server::Lenses},
      {"textDocument/documentLink", &Server::Links},
      {"textDocument/foldingRange", &Server::Folds},
      {"textDocument/documentSymbol", &Server::Symbols},
      {"workspace/executeCommand", &Server::Execute},
  };
  return *kRequests;
}

const std::map<std::string, Server::Listener, std::less<>>& Server::Listeners() {
  static const auto* const kListeners = new std::map<std::string, Listener, std::less<>>{
      {"initialized", &Server::Initialized},
      {"textDocument/didOpen", &Server::Open},
      {"textDocument/didChange", &Server::Change},
      {"textDocument/didSave", &Server::Save},
      {"textDocument/didClose", &Server::Close},
      {"workspace/didChangeConfiguration", &Server::Reconfigure},
      {kCancelRequest.data(), &Server::Cancel},
  };
  return *kListeners;
}

void Server::Receive(std::span<const std::string> messages, absl::Time now) {
  now_ = now;
  cancelled_.clear();
  for (const std::string& text : messages) {
    if (text.find(kCancelRequest) == std::string::npos) continue;
    const auto message = ParseMessage(text);
    if (message.ok() && message->method == kCancelRequest) {
      cancelled_.insert(IdText(At(message->params, "id")));
    }
  }
  for (const std::string& text : messages) {
    if (!IsDone()) Take(text);
  }
}

void Server::Take(const std::string& text) {
  const auto message = ParseMessage(text);
  if (!message.ok()) {
    const bool no_json = absl::IsInvalidArgument(message.status());
    return Send(ErrorAnswer(nullptr, no_json ? RpcError::kParse : RpcError::kInvalidRequest,
                            std::string(message.status().message())));
  }
  switch (message->kind) {
    case RpcMessage::Kind::kRequest:
      return Answer(*message);
    case RpcMessage::Kind::kNotification:
      return Hear(*message);
    case RpcMessage::Kind::kResponse:
      return HearAnswer(*message);
  }
}

void Server::Answer(const RpcMessage& request) {
  refusal_.clear();
  answers_later_ = false;
  current_id_ = request.id;
  Json result;
  const auto handler = Requests().find(request.method);
  if (cancelled_.contains(IdText(request.id))) {
    Refuse(RpcError::kRequestCancelled, "cancelled");
  } else if (state_ == State::kNew) {
    if (request.method == "initialize") {
      result = Initialize(request.params);
    } else {
      Refuse(RpcError::kServerNotInitialized, "`initialize` comes first");
    }
  } else if (state_ == State::kShutDown) {
    Refuse(RpcError::kInvalidRequest, "after `shutdown` only `exit` may come");
  } else if (handler == Requests().end()) {
    const bool again = request.method == "initialize";
    Refuse(again ? RpcError::kInvalidRequest : RpcError::kMethodNotFound,
           fmt::format("`{}` {}", request.method, again ? "came before" : "is not known"));
  } else {
    result = (this->*handler->second)(request.params);
  }
  if (answers_later_) return;
  Send(refusal_.empty() ? Result(request.id, std::move(result))
                        : ErrorAnswer(request.id, refusal_code_, refusal_));
}

void Server::Hear(const RpcMessage& notification) {
  if (notification.method == "exit") return Exit();
  if (state_ != State::kRunning) return;
  // What is not listened to, `$/setTrace` among it, is none of our business.
  const auto listener = Listeners().find(notification.method);
  if (listener != Listeners().end()) (this->*listener->second)(notification.params);
}

void Server::HearAnswer(const RpcMessage& response) {
  if (!response.id.is_number_integer()) return;
  const auto asked = asked_.find(response.id.get<int64_t>());
  if (asked == asked_.end()) return;
  const std::string method = asked->second;
  asked_.erase(asked);
  const bool settings =
      method == "workspace/configuration" && response.params.is_array() && !response.params.empty();
  if (settings) UseSettings(WithOptions(workspace_.settings(), response.params[0]));
}

void Server::Send(const Json& message) { output_.push_back(Dump(message)); }

void Server::Notify(std::string_view method, Json params) {
  Send(Notification(method, std::move(params)));
}

void Server::Ask(std::string_view method, Json params) {
  asked_[next_request_] = std::string(method);
  Send(Request(next_request_++, method, std::move(params)));
}

void Server::Tell(MessageType type, const std::string& text) {
  Notify("window/showMessage", {{"type", static_cast<int>(type)}, {"message", text}});
}

void Server::Refuse(RpcError code, std::string text) {
  refusal_code_ = code;
  refusal_ = std::move(text);
}

std::vector<std::string> Server::TakeOutput() { return std::exchange(output_, {}); }

Json Server::Initialize(const Json& params) {
  state_ = State::kRunning;
  client_process_ = IntAt(params, "processId").value_or(0);
  workspace_.SetClient(SupportOf(At(params, "capabilities")), FolderOf(params));
  const Json& options = At(params, "initializationOptions");
  first_settings_ = WithOptions({}, options);
  first_settings_.restricted = BoolAt(options, "restricted");
  return ServerCapabilities(workspace_.client());
}

void Server::Initialized(const Json& /*params*/) { UseSettings(first_settings_); }

Json Server::Shutdown(const Json& /*params*/) {
  state_ = State::kShutDown;
  due_.clear();
  return nullptr;
}

void Server::Exit() {
  exit_code_ = state_ == State::kShutDown ? 0 : 1;
  state_ = State::kExited;
}

// Too late for what has been answered; what is answered later is given up.
void Server::Cancel(const Json& params) {
  if (pending_.erase(IdText(At(params, "id"))) == 0) return;
  Send(ErrorAnswer(At(params, "id"), RpcError::kRequestCancelled, "cancelled"));
}

}  // namespace gavel::lsp
