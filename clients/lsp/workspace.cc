#include "clients/lsp/workspace.h"

#include <utility>

#include "rules/date.h"

namespace gavel::lsp {

void Workspace::SetClient(ClientSupport client, std::string folder) {
  client_ = client;
  folder_ = std::move(folder);
}

absl::Status Workspace::SetSettings(Settings settings) {
  settings_ = std::move(settings);
  policy_stamp_.reset();
  auto defaults = host_.Configure(settings_, folder_);
  defaults_ = defaults.ok() ? *std::move(defaults) : Defaults();
  if (!settings_.area.empty()) defaults_.area = settings_.area;
  for (auto& [uri, open] : documents_) {
    open.is_spec = IsSpec(open.document, defaults_.spec_folder);
    open.live.reset();
  }
  ForgetAnalyses();
  return defaults.status();
}

bool Workspace::RefreshPolicy(std::string& problem) {
  std::string stamp = host_.PolicyStamp();
  if (policy_stamp_ == stamp) return false;
  policy_stamp_ = std::move(stamp);
  auto loaded = host_.LoadPolicy();
  if (!loaded.ok()) problem = std::string(loaded.status().message());
  policy_ = loaded.ok() ? *std::move(loaded) : LoadedPolicy();
  ForgetAnalyses();
  return true;
}

void Workspace::ForgetAnalyses() {
  for (auto& [uri, open] : documents_) open.analysis.reset();
}

OpenDocument& Workspace::Add(Document document) {
  const std::string uri = document.uri();
  documents_.erase(uri);  // A client that opens twice means the newer text.
  OpenDocument& open = documents_.emplace(uri, OpenDocument(std::move(document))).first->second;
  Changed(open);
  return open;
}

OpenDocument* Workspace::Find(const std::string& uri) {
  const auto found = documents_.find(uri);
  return found == documents_.end() ? nullptr : &found->second;
}

void Workspace::Changed(OpenDocument& open) {
  open.analysis.reset();
  open.is_spec = IsSpec(open.document, defaults_.spec_folder);
}

View Workspace::ViewOf(OpenDocument& open) {
  const v1::Date today = host_.Today();
  const bool another_day = rules::CompareDates(today, open.inputs.today) != 0;
  if (!open.analysis.has_value() || another_day) {
    const std::string path = open.document.path();
    open.inputs = {
        .policy = policy(), .area = defaults_.area, .author = defaults_.author, .today = today};
    if (!path.empty()) {
      open.inputs.exists = [this, path](const std::string& file) {
        return host_.Exists(path, file);
      };
    }
    open.analysis = Analyse(open.document, open.inputs);
  }
  return {.document = open.document,
          .analysis = *open.analysis,
          .inputs = open.inputs,
          .client = client_,
          .settings = settings_,
          .live = open.live.has_value() ? &*open.live : nullptr};
}

}  // namespace gavel::lsp
