// The only file that knows libjq. Its values are counted by hand: a function consumes what it is
// given, unless jq's manual says otherwise.
#include "clients/cli/output/jq.h"

extern "C" {
#include <jq.h>
#include <jv.h>
}

#include "clients/cli/command.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// The first thing that jq has to say while it compiles, without the program that follows it.
void OnError(void* sink, jv message) {
  constexpr std::string_view kPrefix = "jq: error: ";
  const jv formatted = jq_format_error(message);
  std::string_view text = jv_string_value(formatted);
  text = text.substr(0, text.find('\n'));
  if (text.starts_with(kPrefix)) text.remove_prefix(kPrefix.size());
  auto& first = *static_cast<std::string*>(sink);
  if (first.empty()) first = text;
  jv_free(formatted);
}

absl::Status Wrong(std::string_view message) {
  return UsageError(fmt::format("--jq: {}", message));
}

std::string TextOf(jv value, bool pretty) {
  if (jv_get_kind(value) != JV_KIND_STRING) {
    value = jv_dump_string(value, pretty ? JV_PRINT_INDENT_FLAGS(2) | JV_PRINT_PRETTY : 0);
  }
  const std::string text(jv_string_value(value),
                         static_cast<size_t>(jv_string_length_bytes(jv_copy(value))));
  jv_free(value);
  return text;
}

}  // namespace

struct Jq::State {
  jq_state* jq = jq_init();
  std::string errors;

  ~State() { jq_teardown(&jq); }
};

Jq::Jq(std::unique_ptr<State> state) : state_(std::move(state)) {}

Jq::~Jq() = default;

absl::StatusOr<std::unique_ptr<Jq>> Jq::Compile(const std::string& expression) {
  auto state = std::make_unique<State>();
  if (state->jq == nullptr) return absl::InternalError("jq cannot start");
  jq_set_error_cb(state->jq, OnError, &state->errors);
  // Modules are looked for nowhere. Unset, `import` would end the process on an assertion.
  jq_set_attr(state->jq, jv_string("JQ_LIBRARY_PATH"), jv_array());
  if (jq_compile(state->jq, expression.c_str()) == 0) return Wrong(state->errors);
  return std::unique_ptr<Jq>(new Jq(std::move(state)));
}

absl::StatusOr<std::vector<std::string>> Jq::Run(const std::string& json, bool pretty) {
  const jv input = jv_parse_sized(json.data(), static_cast<int>(json.size()));
  if (jv_is_valid(input) == 0) {
    jv_free(input);
    return absl::InternalError("jq cannot read the answer");
  }
  std::vector<std::string> results;
  jq_start(state_->jq, input, 0);
  jv result = jq_next(state_->jq);
  for (; jv_is_valid(result) != 0; result = jq_next(state_->jq)) {
    results.push_back(TextOf(result, pretty));
  }
  if (jv_invalid_has_msg(jv_copy(result)) == 0) {
    jv_free(result);
    return results;
  }
  const jv message = jv_invalid_get_msg(result);
  return Wrong(TextOf(message, false));
}

}  // namespace gavel::cli
