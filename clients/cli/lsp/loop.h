// The language server's process: bytes in and out, time, and the editor that may be gone.
#pragma once

#include "clients/cli/lsp/mailbox.h"
#include "clients/lsp/server.h"

namespace gavel::cli {

// Serves the client at the descriptors until it says `exit` or goes away: the end of its bytes, or
// of its process. The exit code: 0 where it had said `shutdown`.
int ServeClient(lsp::Server& server, Mailbox& mailbox, int in, int out);

}  // namespace gavel::cli
