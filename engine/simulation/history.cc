#include "engine/simulation/history.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::simulation {
namespace {

using Json = nlohmann::json;

// Every empty week is played; and what is stored ends with the year 9999.
const absl::Time kLastTime = absl::FromCivil(absl::CivilYear(2200), absl::UTCTimeZone());

template <typename Value>
using Words = std::pair<const char*, Value>;

constexpr Words<std::optional<EventKind>> kEvents[] = {
    {"submitted", EventKind::kSubmitted},      {"review_started", EventKind::kReviewStarted},
    {"review_ended", EventKind::kReviewEnded}, {"decided", EventKind::kDecided},
    {"withdrawn", EventKind::kWithdrawn},      {"superseded", EventKind::kSuperseded},
    {"stage_changed", std::nullopt},
};

constexpr Words<Verdict> kVerdicts[] = {
    {"accepted", Verdict::kAccepted},
    {"accepted_with_changes", Verdict::kAcceptedWithChanges},
    {"accepted_provisionally", Verdict::kAcceptedProvisionally},
    {"rejected", Verdict::kRejected},
    {"returned_for_revision", Verdict::kReturnedForRevision},
    {"deferred", Verdict::kDeferred},
};

std::string Quoted(std::string_view text) { return fmt::format("`{}`", text); }

// The words of a table, for a message that says what is allowed.
template <typename Table>
std::string ListOf(const Table& table) {
  std::vector<std::string> words;
  for (const auto& [word, value] : table) words.push_back(Quoted(word));
  return fmt::format("{}", fmt::join(words, ", "));
}

class Reader {
 public:
  explicit Reader(std::string_view name) { history_.name = name; }

  absl::Status ReadLine(std::string_view text) {
    ++line_;
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) return absl::OkStatus();
    const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) {
      return Wrong("", "is no JSON object; a history has one object on each line");
    }
    HistoryEvent event;
    event.line = line_;
    GAVEL_ASSIGN_OR_RETURN(event.at, ReadTime(json));
    GAVEL_ASSIGN_OR_RETURN(event.spec, ReadText(json, "spec"));
    GAVEL_ASSIGN_OR_RETURN(const std::string word, ReadText(json, "event"));
    GAVEL_ASSIGN_OR_RETURN(const auto kind, OneOf("event", word, kEvents));
    if (!kind.has_value()) return absl::OkStatus();
    event.kind = *kind;
    if (json.contains("title") && json["title"].is_string()) event.title = json["title"];
    if (event.kind == EventKind::kDecided) {
      GAVEL_ASSIGN_OR_RETURN(const std::string decision, ReadText(json, "decision"));
      GAVEL_ASSIGN_OR_RETURN(event.verdict, OneOf("decision", decision, kVerdicts));
    }
    if (known_.insert(event.spec).second && event.kind != EventKind::kSubmitted) {
      return Wrong("event", fmt::format("is `{}`, but the first event of {} must be `submitted`",
                                        word, event.spec));
    }
    history_.events.push_back(std::move(event));
    return absl::OkStatus();
  }

  absl::StatusOr<History> Take() {
    if (!history_.events.empty()) return std::move(history_);
    return FieldError(history_.name, "holds no event; a history has one JSON object on each line");
  }

 private:
  absl::Status Wrong(std::string_view field, std::string_view what) const {
    const std::string place = fmt::format("{}:{}", history_.name, line_);
    return FieldError(place,
                      field.empty() ? std::string(what) : fmt::format("`{}` {}", field, what));
  }

  absl::StatusOr<std::string> ReadText(const Json& json, const char* field) const {
    const auto found = json.find(field);
    if (found == json.end()) return Wrong(field, "is missing; add it");
    if (!found->is_string() || found->get_ref<const std::string&>().empty()) {
      return Wrong(field, fmt::format("is {}; write a text", found->dump(-1, ' ', true)));
    }
    return found->get<std::string>();
  }

  absl::StatusOr<absl::Time> ReadTime(const Json& json) {
    GAVEL_ASSIGN_OR_RETURN(const std::string text, ReadText(json, "at"));
    absl::Time at;
    std::string problem;
    if (!absl::ParseTime(absl::RFC3339_full, text, &at, &problem) || at == absl::InfiniteFuture() ||
        at == absl::InfinitePast()) {
      return Wrong("at", fmt::format("is `{}`; write a time such as 2022-07-13T00:00:00Z", text));
    }
    if (at < absl::UnixEpoch() || at >= kLastTime) {
      return Wrong("at", fmt::format("is {}; the simulation plays 1970 to 2199", text));
    }
    if (at < newest_) {
      return Wrong("at", fmt::format("is {}, before the line above; sort the lines by time", text));
    }
    newest_ = at;
    return at;
  }

  template <typename Table>
  auto OneOf(std::string_view field, const std::string& word, const Table& table) const
      -> absl::StatusOr<decltype(std::begin(table)->second)> {
    for (const auto& [known, value] : table) {
      if (word == known) return value;
    }
    return Wrong(field, fmt::format("is `{}`; it is one of {}", word, ListOf(table)));
  }

  History history_;
  int line_ = 0;
  absl::Time newest_ = absl::InfinitePast();
  std::set<std::string> known_;  // Specs.
};

}  // namespace

absl::StatusOr<History> ReadHistory(std::string_view name, std::string_view text) {
  Reader reader(name);
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    GAVEL_RETURN_IF_ERROR(reader.ReadLine(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return reader.Take();
}

}  // namespace gavel::simulation
