#include "clients/chat/people_worker.h"

#include <algorithm>
#include <set>
#include <utility>

#include "clients/chat/person_post.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "spdlog/spdlog.h"

namespace gavel::chat {
namespace {

using Kind = Outcome::Kind;

constexpr absl::Duration kOldNews = absl::Hours(24 * 7);

// Whether the person asked to be told such a thing.
bool IsWanted(const v1::PersonNotified& told, const PersonPreferences& preferences) {
  if (!told.direct()) return preferences.digest;
  return std::any_of(told.items().begin(), told.items().end(), [&](const v1::NotifiedItem& item) {
    return item.step() == "turn" ? preferences.my_turn : preferences.due;
  });
}

// Of the first spec it names, for its zone.
std::string SpecOf(const v1::PersonNotified& told) {
  return told.items().empty() ? "" : told.items(0).spec();
}

// Items of `before` about specs that `told` does not name.
void AddUnsaid(const v1::PersonNotified& before, v1::PersonNotified& told) {
  std::set<std::string> named;
  for (const v1::NotifiedItem& item : told.items()) named.insert(item.spec());
  for (const v1::NotifiedItem& item : before.items()) {
    if (!named.contains(item.spec())) *told.add_items() = item;
  }
}

Outcome Dropped(const std::string& who, const std::string& why) {
  spdlog::warn("{}: {} is not told: {}", kPeopleName, who, why);
  return Outcome{};
}

}  // namespace

PeopleWorker::PeopleWorker(const Config& config, const std::vector<Way>& ways, Source& source,
                           Memory& memory, Waiter& waiter, Options options)
    : Follower(kPeopleName, source, memory, waiter, {options.once, options.hooks.jitter}),
      config_(config),
      teller_(config, ways, memory, waiter, options.hooks) {}

absl::Status PeopleWorker::Join(const LogHead& head) {
  row_.position = {head.log_id, "", head.seq};
  row_.since = head.now;
  return memory_.PutDestination(name_, row_);
}

absl::Status PeopleWorker::Resync() {
  GAVEL_ASSIGN_OR_RETURN(const LogHead head, source_.Head());
  return Join(head);
}

absl::Status PeopleWorker::Apply(const v1::WatchEventsResponse& response,
                                 const Position& position) {
  for (const v1::Event& event : response.events()) {
    if (!event.has_person_notified()) continue;
    const v1::PersonNotified& told = event.person_notified();
    if (!IsWanted(told, config_.people.Of(told.person()))) continue;
    GAVEL_RETURN_IF_ERROR(Keep(event));
  }
  return Advance(position);
}

// A repeat after a crash finds its record (PersonKey), so keeping it again is harmless.
absl::Status PeopleWorker::Keep(v1::Event event) {
  const std::string key = "person/" + event.person_notified().person();
  GAVEL_ASSIGN_OR_RETURN(const auto rows, memory_.ListWaiting(name_));
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const Waiting& waiting) { return waiting.key == key; });
  v1::Event before;
  if (row != rows.end() && before.ParseFromString(row->event)) {
    GAVEL_ASSIGN_OR_RETURN(const bool begun, teller_.IsBegun(PersonKey(before.person_notified())));
    if (!begun) AddUnsaid(before.person_notified(), *event.mutable_person_notified());
  }
  return memory_.PutWaiting(name_, {key, FromProto(event.time()), event.SerializeAsString()});
}

absl::Status PeopleWorker::Tick() {
  for (int attempt = 1; !waiter_.stopped(); ++attempt) {
    GAVEL_ASSIGN_OR_RETURN(const absl::Duration pause, TellAll());
    // Who is left is tried again at the next heartbeat; with `once` there is none.
    if (!options_.once || pause == absl::ZeroDuration()) break;
    gave_up_ = attempt >= kOnceAttempts || pause > kOncePatience;
    if (gave_up_) return absl::UnavailableError("somebody cannot be reached");
    waiter_.Wait(pause);
  }
  return absl::OkStatus();
}

absl::StatusOr<absl::Duration> PeopleWorker::TellAll() {
  GAVEL_ASSIGN_OR_RETURN(const auto rows, memory_.ListWaiting(name_));
  if (rows.empty()) return absl::ZeroDuration();
  GAVEL_ASSIGN_OR_RETURN(const LogHead head, source_.Head());
  absl::Duration longest = absl::ZeroDuration();
  for (const Waiting& row : rows) {
    if (row.not_before > head.now) continue;
    GAVEL_ASSIGN_OR_RETURN(const Outcome outcome, TellOne(row, head.now));
    if (outcome.kind == Kind::kStopped) break;
    if (outcome.kind == Kind::kLater) {
      longest = std::max({longest, outcome.pause, absl::Milliseconds(1)});
    } else if (outcome.held_until) {
      GAVEL_RETURN_IF_ERROR(memory_.PutWaiting(name_, {row.key, *outcome.held_until, row.event}));
    } else {
      GAVEL_RETURN_IF_ERROR(memory_.DropWaiting(name_, row.key));
    }
  }
  return longest;
}

absl::StatusOr<Outcome> PeopleWorker::TellOne(const Waiting& row, absl::Time now) {
  v1::Event event;
  if (!event.ParseFromString(row.event)) {
    return absl::InternalError("the bot's state file: cannot read what waits");
  }
  const v1::PersonNotified& told = event.person_notified();
  const PersonPreferences& preferences = config_.people.Of(told.person());
  if (now - FromProto(event.time()) > kOldNews) return Dropped(told.person(), "older than a week");
  if (preferences.window != nullptr) {
    const absl::Time open = preferences.window->NextOpen(now);
    if (open > now) return Outcome{Kind::kDone, {}, "", open};
  }
  const auto state = source_.Person(told.person(), SpecOf(told));
  if (absl::IsNotFound(state.status())) return Dropped(told.person(), "not known here");
  GAVEL_RETURN_IF_ERROR(state.status());
  GAVEL_ASSIGN_OR_RETURN(Outcome outcome,
                         teller_.Tell(state->person, preferences,
                                      PersonMessage(*state, event, now, config_.base_url)));
  if (outcome.kind == Kind::kRefused) return Dropped(told.person(), outcome.reason);
  return outcome;
}

}  // namespace gavel::chat
