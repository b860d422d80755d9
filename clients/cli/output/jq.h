// `--jq EXPRESSION`: jq's own engine on what a command would print as JSON.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace gavel::cli {

class Jq {
 public:
  // Errors: INVALID_ARGUMENT with jq's own words.
  static absl::StatusOr<std::unique_ptr<Jq>> Compile(const std::string& expression);
  ~Jq();

  // What the expression makes of one JSON value, each result a text: strings as they are, the rest
  // as JSON, indented where `pretty`.
  //
  // Errors: INVALID_ARGUMENT with jq's own words, where the expression does not fit the value.
  absl::StatusOr<std::vector<std::string>> Run(const std::string& json, bool pretty);

 private:
  struct State;
  explicit Jq(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

}  // namespace gavel::cli
