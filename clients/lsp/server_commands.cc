// `workspace/executeCommand`.
#include <utility>

#include "clients/lsp/capabilities.h"
#include "clients/lsp/server.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/explain.h"

namespace gavel::lsp {

Json Server::Execute(const Json& params) {
  const std::string command = TextAt(params, "command").value_or("");
  const Json& arguments = At(params, "arguments");
  const Json argument = arguments.is_array() && !arguments.empty() ? arguments[0] : Json();
  if (command == kCheckCommand) return Check(argument);
  if (command == kExplainCommand) return Explain(argument);
  if (command == kSubmitCommand) return Submit(argument);
  Refuse(RpcError::kInvalidParams, fmt::format("no command `{}`", command));
  return nullptr;
}

OpenDocument* Server::SpecOf(const Json& argument) {
  const std::string uri =
      argument.is_string() ? argument.get<std::string>() : TextAt(argument, "uri").value_or("");
  OpenDocument* const open = workspace_.Find(uri);
  if (open == nullptr || !open->is_spec) {
    Refuse(RpcError::kInvalidParams, fmt::format("`{}` is no open spec", uri));
    return nullptr;
  }
  return open;
}

Json Server::Check(const Json& argument) {
  OpenDocument* const open = SpecOf(argument);
  if (open == nullptr) return nullptr;
  LookAtPolicy();
  CheckNow(open->document.uri());
  return VerdictNote(workspace_.ViewOf(*open));
}

// Also shown, as most editors drop what a command returns; `quiet` for those that do not.
Json Server::Explain(const Json& argument) {
  std::string text;
  if (const auto code = TextAt(argument, "code"); code.has_value()) {
    text = rules::ExplainCode(*code);
    if (text.empty()) Refuse(RpcError::kInvalidParams, fmt::format("no code `{}`", *code));
  } else if (OpenDocument* const open = SpecOf(argument); open != nullptr) {
    text = fmt::format("{}", fmt::join(workspace_.ViewOf(*open).analysis.lines, "\n"));
    if (text.empty()) text = "There is no verdict: the document cannot be read, or no policy is.";
  }
  if (!text.empty() && !BoolAt(argument, "quiet")) Tell(MessageType::kInfo, text);
  return {{"text", text}};
}

Json Server::Submit(const Json& argument) {
  OpenDocument* const open = SpecOf(argument);
  if (open == nullptr) return nullptr;
  const Settings& settings = workspace_.settings();
  const std::string path = open->document.path();
  std::string why;
  if (settings.restricted) why = "Nothing is submitted from a workspace that is not trusted.";
  if (!settings.online) why = "Nothing is sent unless `gavel.online` is set.";
  if (path.empty()) why = "Only a file on disk can be submitted.";
  if (why.empty() && host_.FileText(path) != open->document.text()) {
    why = "The file on disk differs from what is in the editor. Save it first.";
  }
  if (!why.empty()) {
    Refuse(RpcError::kRequestFailed, why);
    return nullptr;
  }
  answers_later_ = true;
  pending_.insert(Dump(current_id_));
  host_.Submit(path, [this, id = current_id_](const Submitted& submitted) {
    if (pending_.erase(Dump(id)) == 0) return;  // Cancelled: nobody waits for the answer.
    Send(Result(id, {{"ok", submitted.ok}, {"text", submitted.text}}));
  });
  return nullptr;
}

}  // namespace gavel::lsp
