#include "clients/cli/settings/environment.h"

#include <unistd.h>

#include <string_view>

namespace gavel::cli {
namespace {

// A relative folder would lie in whatever repository we are called in.
bool IsAbsolute(const std::string& path) { return path.starts_with('/'); }

std::string XdgDir(const Environment& environment, const std::string& variable,
                   const std::string& below_home) {
  if (const std::string base = environment.Get(variable); IsAbsolute(base)) return base + "/gavel";
  const std::string home = environment.Get("HOME");
  return IsAbsolute(home) ? home + "/" + below_home + "/gavel" : std::string();
}

}  // namespace

std::string Environment::Get(const std::string& name) const {
  const auto found = variables.find(name);
  return found == variables.end() ? std::string() : found->second;
}

std::string Environment::ConfigDir() const {
  if (const std::string own = Get("GAVEL_CONFIG_DIR"); !own.empty()) return own;
  return XdgDir(*this, "XDG_CONFIG_HOME", ".config");
}

std::string Environment::StateDir() const {
  return XdgDir(*this, "XDG_STATE_HOME", ".local/state");
}

std::string Environment::CacheDir() const { return XdgDir(*this, "XDG_CACHE_HOME", ".cache"); }

Environment ReadEnvironment() {
  Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  environment.stdin_terminal = isatty(STDIN_FILENO) == 1;
  environment.stdout_terminal = isatty(STDOUT_FILENO) == 1;
  environment.stderr_terminal = isatty(STDERR_FILENO) == 1;
  return environment;
}

}  // namespace gavel::cli
