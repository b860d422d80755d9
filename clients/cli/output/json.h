// Protobuf JSON for `--json`: whole messages, or the fields asked for in the order asked for.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace gavel::cli {

// Values by name: what a command adds beside the message's own fields (`explanation`, `revision`),
// or all it has to say.
using JsonExtras = std::map<std::string, std::variant<std::string, int, bool>>;

struct JsonOptions {
  std::vector<std::string> fields = {};  // Empty for everything. `verdict.mode` reaches inside.
  bool pretty = false;
};

// One JSON value without a newline at its end. Fields keep the name they were asked by
// (`open_decisions` or `openDecisions`); one that the message does not have is null.
std::string ToJson(const google::protobuf::Message& message, const JsonOptions& options,
                   const JsonExtras& extras = {});

// The messages as one array.
std::string ToJsonArray(const std::vector<const google::protobuf::Message*>& messages,
                        const JsonOptions& options);

// One object of `values`, or of the fields asked for.
std::string ToJsonObject(const JsonExtras& values, const JsonOptions& options = {});
std::string ToJsonArray(const std::vector<JsonExtras>& rows, const JsonOptions& options = {});

// The members of a JSON object that are texts; empty for anything else.
std::map<std::string, std::string> ReadTexts(const std::string& json);

// An object of `pairs` first and the message's fields after them, on one line.
std::string ToJsonLine(const google::protobuf::Message& message, const JsonExtras& pairs);

// `{"error": {"code": …, "reason": …, "message": …, "about": …, "metadata": {…}, "violations":
// […]}}`
std::string ErrorJson(const absl::Status& status, const std::string& about);

}  // namespace gavel::cli
