#include "clients/cli/output/output.h"

#include <algorithm>

#include "clients/cli/output/json_fields.h"
#include "clients/cli/output/shown_text.h"
#include "clients/cli/output/table.h"
#include "clients/cli/output/terminal_width.h"
#include "clients/cli/output/wrap.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

constexpr std::string_view kEraseLine = "\r\033[K";

const char* Digits(Tone tone) {
  switch (tone) {
    case Tone::kStrong:
      return "1";
    case Tone::kDim:
      return "2";
    case Tone::kGood:
      return "32";
    case Tone::kBad:
      return "31";
    case Tone::kWarn:
      return "33";
  }
  return "";
}

}  // namespace

Output::Output(OutputOptions options, std::ostream& out, std::ostream& err)
    : options_(std::move(options)),
      color_mark_(options_.color ? NewColorMark() : ""),
      out_(out),
      err_(err) {}

void Output::Line(std::string_view text) {
  if (!json()) Out() << ShownText(text, color_mark_) << '\n';
}

void Output::Note(std::string_view text) {
  if (!json() && !options_.quiet) Out() << ShownText(text, color_mark_) << '\n';
}

void Output::Warn(std::string_view text) {
  EndProgress();
  out_.flush();  // The two streams meet on a terminal: keep the order of events.
  err_ << ShownText(text, color_mark_) << std::endl;
}

void Output::Progress(std::string_view text) {
  if (!options_.progress || options_.quiet) return;
  out_.flush();
  err_ << kEraseLine << text << std::flush;
  in_progress_ = true;
}

void Output::EndProgress() {
  if (!in_progress_) return;
  err_ << kEraseLine << std::flush;
  in_progress_ = false;
}

std::ostream& Output::Out() {
  EndProgress();
  return out_;
}

void Output::Raw(std::string_view text) {
  if (terminal()) {
    Out() << ShownText(text) << std::flush;
  } else {
    Out() << text << std::flush;
  }
}

void Output::Screen(std::string_view text) { Out() << ForTerminal(text) << std::flush; }

void Output::Flush() {
  EndProgress();
  out_.flush();
  err_.flush();
}

std::string Output::Printable(std::string_view text) { return ShownText(text); }

std::string Output::ForTerminal(std::string_view text) const {
  return ShownText(text, color_mark_);
}

bool Output::Keep(const absl::Status& status) {
  if (filter_status_.ok()) filter_status_ = status;
  return status.ok();
}

JsonOptions Output::JsonLayout() const {
  return {.fields = options_.fields, .pretty = terminal() && options_.jq == nullptr};
}

void Output::JsonText(const std::string& json) {
  if (options_.jq == nullptr) {
    Raw(json + "\n");
    return;
  }
  const auto results = options_.jq->Run(json, terminal());
  if (!Keep(results.status())) return;
  for (const std::string& result : *results) Raw(result + "\n");
}

void Output::Json(const google::protobuf::Message& message, const JsonExtras& extras) {
  if (!json()) return;
  if (!options_.fields_checked &&
      !Keep(CheckFieldsOf(*message.GetDescriptor(), extras, options_.fields))) {
    return;
  }
  JsonText(ToJson(message, JsonLayout(), extras));
}

void Output::JsonArray(const std::vector<const google::protobuf::Message*>& messages) {
  if (!json()) return;
  for (const auto* message : messages) {
    if (options_.fields_checked) break;
    if (!Keep(CheckFieldsOf(*message->GetDescriptor(), {}, options_.fields))) return;
  }
  JsonText(ToJsonArray(messages, JsonLayout()));
}

void Output::JsonObject(const JsonExtras& values) {
  if (json() && Keep(CheckFieldsOf(values, options_.fields))) {
    JsonText(ToJsonObject(values, JsonLayout()));
  }
}

void Output::JsonArray(const std::vector<JsonExtras>& rows) {
  if (!json()) return;
  for (const JsonExtras& row : rows) {
    if (!Keep(CheckFieldsOf(row, options_.fields))) return;
  }
  JsonText(ToJsonArray(rows, JsonLayout()));
}

void Output::Table(const std::vector<std::string>& header,
                   const std::vector<std::vector<std::string>>& rows) {
  if (json()) return;
  std::vector<std::vector<std::string>> cells;
  if (terminal() && !rows.empty()) cells.push_back(header);
  for (const auto& row : rows) {
    std::vector<std::string> line;
    for (const std::string& text : row) line.push_back(ShownText(Unbroken(text), color_mark_));
    cells.push_back(std::move(line));
  }
  if (!terminal()) {
    for (const auto& row : cells) Out() << fmt::format("{}\n", fmt::join(row, "\t"));
    return;
  }
  bool in_header = true;
  for (const std::vector<std::string>& lines : TableLines(cells, Columns())) {
    for (const std::string& line : lines) {
      Out() << (in_header ? ForTerminal(Styled(Tone::kDim, line)) : line) << '\n';
    }
    in_header = false;
  }
}

size_t Output::Columns() const {
  return static_cast<size_t>(options_.columns > 0 ? options_.columns : TerminalWidth());
}

std::vector<std::string> Output::Fitted(std::string_view text, size_t indent) const {
  if (!terminal()) return {std::string(text)};
  return WrapHanging(text, Columns(), indent);
}

std::string Output::Styled(Tone tone, std::string_view text) const {
  if (color_mark_.empty()) return std::string(text);
  return fmt::format("{0}{1}m{2}{0}0m", color_mark_, Digits(tone), text);
}

bool Output::Wants(std::string_view field) const {
  return json() &&
         std::find(options_.fields.begin(), options_.fields.end(), field) != options_.fields.end();
}

}  // namespace gavel::cli
