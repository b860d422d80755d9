// What the user set, and what the client can do.
#pragma once

#include <string>

#include "clients/lsp/json.h"
#include "clients/lsp/text_index.h"

namespace gavel::lsp {

// Of `initializationOptions`, and of `workspace/didChangeConfiguration` under `gavel`.
struct Settings {
  bool online = false;      // Without it nothing ever goes over the network.
  std::string server = {};  // Empty: as the command line has it.
  std::string rules = {};   // Folder of the policy; empty: the one fetched last.
  std::string area = {};    // For documents that name none.
  // A workspace that the user does not trust: nothing of its `.gavel.yaml` is read, git is not run
  // and nothing is submitted. Of the client, once; no setting of a workspace can lift it.
  bool restricted = false;
  // Where links on spec keys lead, `{key}` filled in. Only online.
  std::string spec_link = "gavel://{key}";

  bool operator==(const Settings&) const = default;
};

// `before` with what `json` says. Values of a wrong type are left out.
Settings WithOptions(Settings before, const Json& json);

// The ClientCapabilities that change what we send.
struct ClientSupport {
  PositionEncoding encoding = PositionEncoding::kUtf16;
  bool snippets = false;
  bool completion_markdown = false;
  bool hover_markdown = false;
  bool nested_symbols = false;
  bool action_literals = false;    // Code actions, not bare commands.
  bool pulls_diagnostics = false;  // Asks for diagnostics: none are pushed.
  bool diagnostics_refresh = false;
  bool lens_refresh = false;
  bool pulls_configuration = false;
};

ClientSupport SupportOf(const Json& capabilities);

}  // namespace gavel::lsp
