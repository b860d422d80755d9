#include "clients/lsp/rpc.h"

#include <utility>

namespace gavel::lsp {
namespace {

absl::Status NoMessage(std::string_view why) {
  return absl::FailedPreconditionError(std::string(why));
}

bool IsId(const Json& id) { return id.is_string() || id.is_number_integer(); }

Json Envelope() { return {{"jsonrpc", "2.0"}}; }

}  // namespace

absl::StatusOr<RpcMessage> ParseMessage(std::string_view text) {
  auto json = ParseJson(text);
  if (!json.has_value()) return absl::InvalidArgumentError("this is no JSON");
  if (json->is_array()) return NoMessage("LSP has no batches");
  if (TextAt(*json, "jsonrpc") != "2.0") return NoMessage("`jsonrpc` is not \"2.0\"");
  const bool has_id = json->contains("id");
  const bool is_response = json->contains("result") || json->contains("error");
  RpcMessage message;
  if (has_id) message.id = At(*json, "id");
  if (const auto method = TextAt(*json, "method"); method.has_value()) {
    message.method = *method;
    message.kind = has_id ? RpcMessage::Kind::kRequest : RpcMessage::Kind::kNotification;
    message.params = std::move((*json)["params"]);
  } else if (is_response) {
    message.kind = RpcMessage::Kind::kResponse;
    message.params = std::move((*json)["result"]);
  } else {
    return NoMessage("neither `method` nor `result`");
  }
  const bool answered_nobody = message.kind == RpcMessage::Kind::kResponse && message.id.is_null();
  if (has_id && !IsId(message.id) && !answered_nobody) {
    return NoMessage("`id` is neither a number nor a text");
  }
  return message;
}

Json Result(const Json& id, Json result) {
  Json message = Envelope();
  message["id"] = id;
  message["result"] = std::move(result);
  return message;
}

Json ErrorAnswer(const Json& id, RpcError code, std::string_view text) {
  Json message = Envelope();
  message["id"] = id;
  message["error"] = {{"code", static_cast<int>(code)}, {"message", std::string(text)}};
  return message;
}

Json Notification(std::string_view method, Json params) {
  Json message = Envelope();
  message["method"] = std::string(method);
  message["params"] = std::move(params);
  return message;
}

Json Request(int64_t id, std::string_view method, Json params) {
  Json message = Notification(method, std::move(params));
  message["id"] = id;
  return message;
}

}  // namespace gavel::lsp
