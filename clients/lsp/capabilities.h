// What we tell the client that we can do.
#pragma once

#include "clients/lsp/json.h"
#include "clients/lsp/settings.h"

namespace gavel::lsp {

// The commands of `workspace/executeCommand`.
inline constexpr char kCheckCommand[] = "gavel.check";
inline constexpr char kExplainCommand[] = "gavel.explain";
inline constexpr char kSubmitCommand[] = "gavel.submit";

// The InitializeResult.
Json ServerCapabilities(const ClientSupport& client);

}  // namespace gavel::lsp
