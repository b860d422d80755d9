// JSON-RPC 2.0 as LSP uses it: requests, notifications and answers. Batches are not part of LSP.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "clients/lsp/json.h"

namespace gavel::lsp {

// Codes of JSON-RPC and of LSP.
enum class RpcError {
  kParse = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternal = -32603,
  kServerNotInitialized = -32002,
  kRequestFailed = -32803,
  kRequestCancelled = -32800,
};

struct RpcMessage {
  enum class Kind { kRequest, kNotification, kResponse };

  Kind kind = Kind::kNotification;
  Json id;             // Of a request or response: a number or a text.
  std::string method;  // Empty for a response.
  Json params;         // Of a response: its result; null where it is an error.
};

// Errors: INVALID_ARGUMENT for what is no JSON; FAILED_PRECONDITION for JSON that is no message, a
// batch among it. `kParse` and `kInvalidRequest` are the answers to them.
absl::StatusOr<RpcMessage> ParseMessage(std::string_view text);

Json Result(const Json& id, Json result);
Json ErrorAnswer(const Json& id, RpcError code, std::string_view message);
Json Notification(std::string_view method, Json params);
Json Request(int64_t id, std::string_view method, Json params);

}  // namespace gavel::lsp
