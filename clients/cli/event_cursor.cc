#include "clients/cli/event_cursor.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "absl/strings/escaping.h"
#include "clients/cli/command.h"
#include "clients/cli/json.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

bool IsNumber(std::string_view text) {
  return !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

absl::Status AddFilterPart(std::string_view part, v1::EventFilter& filter) {
  const size_t equals = part.find('=');
  const std::string_view field = part.substr(0, equals);
  const std::string value(equals == std::string_view::npos ? "" : part.substr(equals + 1));
  if (value.empty()) return UsageError(fmt::format("--filter `{}`: write FIELD=VALUE", part));
  if (field == "type") {
    filter.add_types(value);
  } else if (field == "area") {
    filter.add_areas(value);
  } else if (field == "spec") {
    filter.add_specs(value);
  } else {
    return UsageError(fmt::format("--filter field `{}` is not one of type, area, spec", field));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SetStart(std::string_view from, v1::WatchEventsRequest& request) {
  if (from.empty()) {
    request.set_after_seq(-1);
    return absl::OkStatus();
  }
  if (IsNumber(from)) {
    int64_t seq = 0;
    std::from_chars(from.data(), from.data() + from.size(), seq);
    request.set_after_seq(seq);
    return absl::OkStatus();
  }
  std::string cursor;
  if (!absl::WebSafeBase64Unescape(absl::string_view(from.data(), from.size()), &cursor)) {
    return UsageError(fmt::format("--from `{}` is neither a cursor nor a number", from));
  }
  request.set_cursor(cursor);
  return absl::OkStatus();
}

void ResumeAt(const std::string& cursor, v1::WatchEventsRequest& request) {
  request.set_cursor(cursor);
  request.clear_after_seq();
}

absl::Status AddFilter(std::string_view text, v1::EventFilter& filter) {
  while (true) {
    const size_t comma = text.find(',');
    GAVEL_RETURN_IF_ERROR(AddFilterPart(text.substr(0, comma), filter));
    if (comma == std::string_view::npos) return absl::OkStatus();
    text.remove_prefix(comma + 1);
  }
}

std::string CursorText(const std::string& cursor) { return absl::WebSafeBase64Escape(cursor); }

std::vector<std::string> EventLines(const v1::WatchEventsResponse& response,
                                    const std::string& resume) {
  std::vector<std::string> lines;
  for (int i = 0; i < response.events_size(); ++i) {
    const bool last = i + 1 == response.events_size();
    lines.push_back(ToJsonLine(response.events(i),
                               {{"cursor", last ? CursorText(response.cursor()) : resume}}));
  }
  return lines;
}

}  // namespace gavel::cli
