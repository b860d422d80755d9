#include "clients/cli/output/output.h"

#include <algorithm>

#include "clients/cli/output/json_fields.h"
#include "clients/cli/output/shown_text.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

constexpr std::string_view kEraseLine = "\r\033[K";

size_t Width(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// A cell cannot break its row.
std::string Cell(std::string text) {
  for (char& c : text) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

const char* Escape(Tone tone) {
  switch (tone) {
    case Tone::kStrong:
      return "\033[1m";
    case Tone::kDim:
      return "\033[2m";
    case Tone::kGood:
      return "\033[32m";
    case Tone::kBad:
      return "\033[31m";
    case Tone::kWarn:
      return "\033[33m";
  }
  return "";
}

std::vector<size_t> Widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (const auto& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  return widths;
}

std::string Aligned(const std::vector<std::string>& row, const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < row.size(); ++i) {
    line += row[i];
    if (i + 1 < row.size()) line += std::string(widths[i] - Width(row[i]) + 2, ' ');
  }
  return line;
}

}  // namespace

void Output::Line(std::string_view text) {
  if (!json()) Out() << ShownText(text, options_.color) << '\n';
}

void Output::Note(std::string_view text) {
  if (!json() && !options_.quiet) Out() << ShownText(text, options_.color) << '\n';
}

void Output::Warn(std::string_view text) {
  EndProgress();
  out_.flush();  // The two streams meet on a terminal: keep the order of events.
  err_ << ShownText(text, options_.color) << std::endl;
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
    Out() << ShownText(text, false) << std::flush;
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

std::string Output::Printable(std::string_view text) { return ShownText(text, false); }

std::string Output::ForTerminal(std::string_view text) const {
  return ShownText(text, options_.color);
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
    for (const std::string& text : row) line.push_back(Cell(ShownText(text, options_.color)));
    cells.push_back(std::move(line));
  }
  const std::vector<size_t> widths = Widths(cells);
  for (size_t i = 0; i < cells.size(); ++i) {
    if (!terminal()) {
      Out() << fmt::format("{}\n", fmt::join(cells[i], "\t"));
    } else {
      const std::string line = Aligned(cells[i], widths);
      Out() << (i == 0 ? Styled(Tone::kDim, line) : line) << '\n';
    }
  }
}

std::string Output::Styled(Tone tone, std::string_view text) const {
  if (!options_.color) return std::string(text);
  return fmt::format("{}{}\033[0m", Escape(tone), text);
}

bool Output::Wants(std::string_view field) const {
  return json() &&
         std::find(options_.fields.begin(), options_.fields.end(), field) != options_.fields.end();
}

}  // namespace gavel::cli
