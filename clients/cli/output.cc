#include "clients/cli/output.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

constexpr std::string_view kEraseLine = "\r\033[K";

size_t Width(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Where a colour of ours (`ESC [ digits m`) at `at` ends; `at` where there is none.
size_t EndOfColor(std::string_view text, size_t at) {
  size_t end = at + 1;
  if (end >= text.size() || text[end] != '[') return at;
  while (++end < text.size() && text[end] >= '0' && text[end] <= '9') {
  }
  return end < text.size() && text[end] == 'm' ? end + 1 : at;
}

// `text` without what a terminal would obey: texts come from people, and a control character in a
// title could rewrite the screen. Of escapes only colours stay, and only where colours are on.
std::string Shown(std::string_view text, bool color) {
  std::string shown;
  shown.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0x1B && color) {
      const size_t end = EndOfColor(text, at);
      shown += text.substr(at, end - at);
      if (end > at) at = end - 1;
      continue;
    }
    const bool layout = byte == '\n' || byte == '\t';
    if ((byte < 0x20 && !layout) || byte == 0x7F) continue;
    // The control characters above ASCII, two bytes each.
    const bool high =
        byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (high) {
      ++at;
    } else {
      shown += text[at];
    }
  }
  return shown;
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
  if (!json()) Out() << Shown(text, options_.color) << '\n';
}

void Output::Note(std::string_view text) {
  if (!json() && !options_.quiet) Out() << Shown(text, options_.color) << '\n';
}

void Output::Warn(std::string_view text) {
  EndProgress();
  out_.flush();  // The two streams meet on a terminal: keep the order of events.
  err_ << Shown(text, options_.color) << std::endl;
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
    Out() << Shown(text, false) << std::flush;
  } else {
    Out() << text << std::flush;
  }
}

void Output::Json(const google::protobuf::Message& message, const JsonExtras& extras) {
  if (!json()) return;
  Out() << ToJson(message, {options_.fields, terminal()}, extras) << '\n';
}

void Output::JsonArray(const std::vector<const google::protobuf::Message*>& messages) {
  if (json()) Out() << ToJsonArray(messages, {options_.fields, terminal()}) << '\n';
}

void Output::Table(const std::vector<std::string>& header,
                   const std::vector<std::vector<std::string>>& rows) {
  if (json()) return;
  std::vector<std::vector<std::string>> cells;
  if (terminal() && !rows.empty()) cells.push_back(header);
  for (const auto& row : rows) {
    std::vector<std::string> line;
    for (const std::string& text : row) line.push_back(Cell(Shown(text, options_.color)));
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
