// Everything the server knows: open documents, settings, policy, and what the review server said.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "clients/lsp/analysis.h"
#include "clients/lsp/features.h"
#include "clients/lsp/host.h"

namespace gavel::lsp {

// An open document and what has been worked out about this version of it.
struct OpenDocument {
  explicit OpenDocument(Document opened) : document(std::move(opened)) {}

  Document document;
  bool is_spec = false;
  bool shown = false;  // Findings were sent, and have to be taken back when it is closed.
  std::optional<Analysis> analysis = {};
  AnalysisInputs inputs = {};
  std::optional<v1::Spec> live = {};  // As the review server has it.
};

class Workspace {
 public:
  // `host` must outlive the workspace.
  explicit Workspace(Host& host) : host_(host) {}

  const Settings& settings() const { return settings_; }
  const ClientSupport& client() const { return client_; }
  const rules::Policy* policy() const { return policy_.policy.get(); }
  const std::string& policy_label() const { return policy_.label; }
  std::map<std::string, OpenDocument>& documents() { return documents_; }

  void SetClient(ClientSupport client, std::string folder);
  // Errors: those of Host::Configure.
  absl::Status SetSettings(Settings settings);

  // Reads the policy anew where it has changed on disk. True where another one is in use now, or
  // none; `problem` says why none is.
  bool RefreshPolicy(std::string& problem);

  OpenDocument& Add(Document document);
  // nullptr where it is not open.
  OpenDocument* Find(const std::string& uri);
  // To be called after every change of its text.
  void Changed(OpenDocument& open);

  // What a feature sees of the document as it is now; worked out where it has not been.
  View ViewOf(OpenDocument& open);

 private:
  void ForgetAnalyses();

  Host& host_;
  Settings settings_;
  ClientSupport client_;
  Defaults defaults_;
  std::string folder_;
  LoadedPolicy policy_;
  std::optional<std::string> policy_stamp_;
  std::map<std::string, OpenDocument> documents_;
};

}  // namespace gavel::lsp
