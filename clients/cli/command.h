// What a command is: a row of the command table. Parsing, help and usage errors come from it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/exit_code.h"

namespace gavel::cli {

class Session;

// Where a command stands in `gavel --help`.
enum class Group {
  kAuthor,
  kReview,
  kMeeting,
  kTools,
  kHidden,  // Nowhere, and completion does not offer it; it has its own help all the same.
};

enum class FlagKind {
  kSwitch,         // `--draft`
  kText,           // `--area media`; the last one counts.
  kList,           // `--reviewer bo --reviewer dee`
  kOptionalValue,  // `--wait` or `--wait=approved`
};

struct Flag {
  std::string names;  // `-m,--message`; the one long name is the key in Arguments.
  std::string value;  // Shown in help: `TEXT`, `md|html` (see value_kind.h). Empty for a switch.
  std::string help;
  FlagKind kind = FlagKind::kText;
  bool required = false;
};

enum class Arity { kOne, kOptional, kAny, kSome };

struct Positional {
  std::string name;  // `SPEC`; also the key in Arguments.
  std::string help;
  Arity arity = Arity::kOne;
  std::string value = {};  // As of a flag, where the name does not say it: `add|release`.
};

struct Command {
  std::string name;  // `submit`, or `concern raise` for a command of a noun.
  Group group;
  std::string summary;  // One line, imperative.
  std::vector<Positional> positionals;
  std::vector<Flag> flags;
  std::string example;
  // Errors are printed and turned into an exit code by the caller.
  absl::StatusOr<ExitCode> (*run)(Session& session);
  // False for what has to work where a settings file is broken: Session::config_status says so.
  bool needs_config = true;
  // False for what must not read the `.gavel.yaml` here before it is told that it may.
  bool in_checkout = true;
};

// `message` for `-m,--message`.
std::string KeyOf(const Flag& flag);

// What the user typed, by flag key and positional name.
class Arguments {
 public:
  void Set(const std::string& key, std::vector<std::string> values) {
    values_[key] = std::move(values);
  }
  bool Has(const std::string& key) const { return values_.contains(key); }
  // The last value, or `fallback`.
  std::string Text(const std::string& key, std::string_view fallback = "") const;
  // Every value, in order.
  std::vector<std::string> List(const std::string& key) const;

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

// INVALID_ARGUMENT: exit code 2.
absl::Status UsageError(std::string_view text);

}  // namespace gavel::cli
