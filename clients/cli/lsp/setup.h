// Sessions of the language server: made from its own command line, the editor's settings and the
// workspace. Nobody can be asked, and nothing is printed: stdout belongs to the editor.
#pragma once

#include <memory>
#include <sstream>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "clients/lsp/settings.h"

namespace gavel::cli {

// What sessions are made from. A value; threads have copies of their own.
struct LspSetup {
  Arguments arguments;
  Environment environment;
  Config config;
};

// Errors: those of LoadConfig; `setup` is then as outside of a checkout.
absl::Status MakeSetup(const Arguments& arguments, const Environment& environment,
                       const lsp::Settings& settings, const std::string& folder, LspSetup& setup);

// One session with the streams that it needs.
class QuietSession {
 public:
  explicit QuietSession(const LspSetup& setup)
      : setup_(setup),
        output_({}, text_, text_),
        session_(setup_.arguments, setup_.config, setup_.environment, output_, input_) {}

  Session& get() { return session_; }

 private:
  const LspSetup setup_;
  std::ostringstream text_;
  std::istringstream input_;
  Output output_;
  Session session_;
};

}  // namespace gavel::cli
