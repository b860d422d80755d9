// Documents, settings and the policy: what changes, and what is shown because of it.
#include <algorithm>
#include <utility>

#include "clients/lsp/server.h"
#include "fmt/format.h"

namespace gavel::lsp {

void Server::Open(const Json& params) {
  const Json& item = At(params, "textDocument");
  const auto uri = TextAt(item, "uri");
  auto text = TextAt(item, "text");
  if (!uri.has_value() || !text.has_value()) return;
  OpenDocument& open =
      workspace_.Add(Document(*uri, IntAt(item, "version").value_or(0), *std::move(text)));
  Follow(open);
  CheckNow(*uri);
}

void Server::Change(const Json& params) {
  OpenDocument* const open = workspace_.Find(TextAt(params, "textDocument/uri").value_or(""));
  if (open == nullptr) return;
  const bool was_in_step = open->document.in_step();
  const absl::Status changed = open->document.Change(
      At(params, "contentChanges"),
      IntAt(params, "textDocument/version").value_or(open->document.version() + 1),
      workspace_.client().encoding);
  workspace_.Changed(*open);
  if (!changed.ok() && was_in_step) {
    Tell(MessageType::kError,
         fmt::format("gavel lost track of this file ({}). Close it and open it again.",
                     std::string(changed.message())));
  }
  due_[open->document.uri()] = now_ + kTypingPause;
}

void Server::Save(const Json& params) {
  OpenDocument* const open = workspace_.Find(TextAt(params, "textDocument/uri").value_or(""));
  if (open == nullptr) return;
  open->document.MarkSaved();
  Follow(*open);  // The key may be there only now.
  CheckNow(open->document.uri());
}

void Server::Close(const Json& params) {
  const std::string uri = TextAt(params, "textDocument/uri").value_or("");
  OpenDocument* const open = workspace_.Find(uri);
  if (open == nullptr) return;
  if (open->shown) {
    Notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", Json::array()}});
  }
  due_.erase(uri);
  workspace_.documents().erase(uri);
}

// VS Code sends no settings but wants to be asked; others send them along.
void Server::Reconfigure(const Json& params) {
  const Json& settings = At(params, "settings");
  const Json& ours = At(settings, "gavel");
  if (ours.is_object()) return UseSettings(WithOptions(workspace_.settings(), ours));
  if (workspace_.client().pulls_configuration) {
    return Ask("workspace/configuration", {{"items", {{{"section", "gavel"}}}}});
  }
  UseSettings(WithOptions(workspace_.settings(), settings));
}

void Server::UseSettings(Settings settings) {
  const absl::Status used = workspace_.SetSettings(std::move(settings));
  if (!used.ok()) Tell(MessageType::kWarning, "gavel: " + std::string(used.message()));
  if (workspace_.settings().online) host_.FetchPolicy();
  for (auto& [uri, open] : workspace_.documents()) Follow(open);
  LookAtPolicy();
  CheckAll();
}

void Server::LookAtPolicy() {
  next_policy_check_ = now_ + kPolicyCheckInterval;
  std::string problem;
  if (!workspace_.RefreshPolicy(problem)) return;
  // Said once, not with every look and every document.
  if (!problem.empty() && problem != policy_problem_) {
    Tell(MessageType::kWarning, "gavel: " + problem);
  }
  policy_problem_ = problem;
  CheckAll();
}

absl::Time Server::NextWake() const {
  if (state_ != State::kRunning) return absl::InfiniteFuture();
  absl::Time next = next_policy_check_;
  for (const auto& [uri, due] : due_) next = std::min(next, due);
  return next;
}

void Server::Wake(absl::Time now) {
  now_ = now;
  if (state_ != State::kRunning) return;
  if (now >= next_policy_check_) LookAtPolicy();
  std::vector<std::string> ready;
  for (const auto& [uri, due] : due_) {
    if (due <= now) ready.push_back(uri);
  }
  for (const std::string& uri : ready) CheckNow(uri);
}

void Server::CheckAll() {
  for (auto& [uri, open] : workspace_.documents()) CheckNow(uri);
  if (workspace_.client().diagnostics_refresh) Ask("workspace/diagnostic/refresh", nullptr);
  RefreshLenses();
}

void Server::RefreshLenses() {
  if (workspace_.client().lens_refresh) Ask("workspace/codeLens/refresh", nullptr);
}

void Server::CheckNow(const std::string& uri) {
  due_.erase(uri);
  OpenDocument* const open = workspace_.Find(uri);
  if (open == nullptr) return;
  const bool shows = open->is_spec && open->document.in_step();
  if (!shows && !open->shown) return;
  Json diagnostics = Json::array();
  if (shows) {
    const View view = workspace_.ViewOf(*open);
    diagnostics = Diagnostics(view);
    Notify("gavel/verdict", VerdictNote(view));
  }
  open->shown = shows;
  if (workspace_.client().pulls_diagnostics) return;
  Notify("textDocument/publishDiagnostics", {{"uri", uri},
                                             {"version", open->document.version()},
                                             {"diagnostics", std::move(diagnostics)}});
}

void Server::Follow(OpenDocument& open) {
  if (!workspace_.settings().online || !open.is_spec || open.document.path().empty()) return;
  const std::string uri = open.document.uri();
  host_.FollowSpec(open.document.path(), workspace_.ViewOf(open).analysis.facts.key(),
                   [this, uri](const v1::Spec& spec) {
                     OpenDocument* const found = workspace_.Find(uri);
                     if (found == nullptr) return;
                     found->live = spec;
                     RefreshLenses();
                   });
}

}  // namespace gavel::lsp
