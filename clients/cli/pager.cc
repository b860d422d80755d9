#include "clients/cli/pager.h"

#include <cstdio>

namespace gavel::cli {

void Page(Session& session, const std::string& text) {
  if (!session.output().terminal()) {
    session.output().Raw(text);
    return;
  }
  // The one use of a shell: PAGER is the user's own command line, as in every other program.
  const std::string own = session.environment().Get("PAGER");
  std::FILE* pager = popen(own.empty() ? "less -FIRX" : own.c_str(), "w");
  if (pager == nullptr) {
    session.output().Raw(text);
    return;
  }
  std::fwrite(text.data(), 1, text.size(), pager);
  pclose(pager);
}

}  // namespace gavel::cli
