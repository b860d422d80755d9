#include "clients/cli/output/event_cursor.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "absl/strings/escaping.h"
#include "clients/cli/command.h"
#include "clients/cli/output/json.h"
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

std::string PlaceText(const Place& place) {
  if (place.cursor.empty()) return std::to_string(place.seq);
  return fmt::format("{}.{}", absl::WebSafeBase64Escape(place.cursor), place.seq);
}

}  // namespace

absl::StatusOr<Place> ParsePlace(std::string_view from) {
  if (from.empty()) return Place();
  Place place;
  std::string_view seq = from;
  bool reads = true;
  if (const size_t dot = from.find('.'); dot != std::string_view::npos) {
    seq = from.substr(dot + 1);
    reads = absl::WebSafeBase64Unescape({from.data(), dot}, &place.cursor);
  }
  if (!reads || !IsNumber(seq)) {
    return UsageError(fmt::format("--from `{}` is neither a line's cursor nor a number", from));
  }
  std::from_chars(seq.data(), seq.data() + seq.size(), place.seq);
  return place;
}

void StartAt(const Place& place, v1::WatchEventsRequest& request) {
  request.clear_cursor();
  request.clear_after_seq();
  if (place.cursor.empty()) {
    request.set_after_seq(place.seq);
  } else {
    request.set_cursor(place.cursor);
  }
}

absl::Status AddFilter(std::string_view text, v1::EventFilter& filter) {
  while (true) {
    const size_t comma = text.find(',');
    GAVEL_RETURN_IF_ERROR(AddFilterPart(text.substr(0, comma), filter));
    if (comma == std::string_view::npos) return absl::OkStatus();
    text.remove_prefix(comma + 1);
  }
}

std::vector<std::string> EventLines(const v1::WatchEventsResponse& response, Place& place) {
  std::vector<std::string> lines;
  for (const v1::Event& event : response.events()) {
    if (event.seq() <= place.seq) continue;
    place.seq = event.seq();
    if (&event == &*response.events().rbegin()) place.cursor = response.cursor();
    lines.push_back(ToJsonLine(event, {{"cursor", PlaceText(place)}}));
  }
  place = {response.cursor(), std::max(place.seq, response.through_seq())};
  return lines;
}

}  // namespace gavel::cli
