// What a command says: answers to stdout, warnings and errors to stderr, colours only on a
// terminal. Control characters in texts never reach it.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/output/jq.h"
#include "clients/cli/output/json.h"

namespace gavel::cli {

struct OutputOptions {
  bool json = false;
  std::vector<std::string> fields = {};  // Of --json=…
  bool fields_checked = false;           // Each of `fields` is known to be one of the command's.
  Jq* jq = nullptr;                      // Of --jq; null for none. Must outlive the output.
  bool quiet = false;
  bool terminal = false;  // Of stdout.
  bool color = false;
  int columns = 0;        // Of a terminal; 0 asks it.
  bool progress = false;  // stderr is a terminal that can rewrite a line.
};

enum class Tone { kStrong, kDim, kGood, kBad, kWarn };

class Output {
 public:
  // The streams must outlive the output.
  Output(OutputOptions options, std::ostream& out, std::ostream& err);

  // The answer, for people. Nothing under --json.
  void Line(std::string_view text);
  // A confirmation or hint: nothing under --json or -q.
  void Note(std::string_view text);
  // To stderr, in every format.
  void Warn(std::string_view text);
  // How far long work is: one line on stderr that the next one replaces and that is gone before
  // anything else is said. Nothing where stderr is no terminal, or under -q.
  void Progress(std::string_view text);
  // The answer as it is, for programs: file contents, NDJSON. On a terminal without control
  // characters.
  void Raw(std::string_view text);
  // The answer for people, in lines of its own making. Nothing is added.
  void Screen(std::string_view text);
  // The answer under --json, on one line unless stdout is a terminal. Nothing else.
  void Json(const google::protobuf::Message& message, const JsonExtras& extras = {});
  void JsonArray(const std::vector<const google::protobuf::Message*>& messages);
  void JsonObject(const JsonExtras& values);
  void JsonArray(const std::vector<JsonExtras>& rows);
  // One JSON value, whatever the format: through --jq where that is given.
  void JsonText(const std::string& json);
  // INVALID_ARGUMENT where --jq or --json=… did not fit what was to be printed; it was not.
  const absl::Status& filter_status() const { return filter_status_; }

  // A list. On a terminal aligned and fitted to its width (table.h); elsewhere tab-separated,
  // whole and without a header. Nothing under --json.
  void Table(const std::vector<std::string>& header,
             const std::vector<std::vector<std::string>>& rows);

  // `text` in a colour of ours, for what is said here: only there it becomes an escape. Colours
  // that others wrote into their texts never do.
  std::string Styled(Tone tone, std::string_view text) const;

  // Text from others without what a terminal would obey.
  static std::string Printable(std::string_view text);
  // What Screen() writes.
  std::string ForTerminal(std::string_view text) const;
  // Everything said so far, before another program speaks.
  void Flush();

  // Columns of the terminal.
  size_t Columns() const;
  // `text` in lines that fit the terminal, all but the first `indent` columns in; elsewhere one.
  std::vector<std::string> Fitted(std::string_view text, size_t indent) const;

  bool json() const { return options_.json; }
  bool terminal() const { return options_.terminal; }
  const OutputOptions& options() const { return options_; }
  // True where --json=… asks for `field`.
  bool Wants(std::string_view field) const;

 private:
  // stdout, with the line of progress gone.
  std::ostream& Out();
  void EndProgress();

  // True where `status` is OK; else it is kept for filter_status().
  bool Keep(const absl::Status& status);
  JsonOptions JsonLayout() const;

  const OutputOptions options_;
  const std::string color_mark_;  // Of Styled(); empty without colours.
  absl::Status filter_status_;
  std::ostream& out_;
  std::ostream& err_;
  bool in_progress_ = false;
};

}  // namespace gavel::cli
