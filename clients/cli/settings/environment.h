// What a run of `gavel` gets from outside: variables and terminals. A value, so that tests make
// one.
#pragma once

#include <map>
#include <string>

namespace gavel::cli {

struct Environment {
  std::map<std::string, std::string> variables;
  bool stdin_terminal = false;
  bool stdout_terminal = false;
  bool stderr_terminal = false;

  // Empty where it is not set.
  std::string Get(const std::string& name) const;

  // Folders after the XDG base directory specification, `gavel` included. As it says, relative ones
  // are passed over. Empty without HOME.
  std::string ConfigDir() const;  // $GAVEL_CONFIG_DIR, else $XDG_CONFIG_HOME/gavel.
  std::string StateDir() const;
  std::string CacheDir() const;
};

// The process's own.
Environment ReadEnvironment();

}  // namespace gavel::cli
