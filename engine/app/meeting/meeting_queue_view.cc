#include "engine/app/meeting/meeting_queue_view.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "engine/app/meeting/meeting_calendar.h"
#include "engine/app/meeting/meeting_queue.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/eligibility.h"
#include "engine/domain/planning/forecast.h"
#include "engine/domain/planning/time_text.h"
#include "engine/domain/planning/weight.h"
#include "engine/domain/planning/wording.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr int kMeetingsPlayed = 52;     // A year of weekly meetings.
constexpr size_t kMeetingsNamed = 520;  // A bound beyond ten years tells nobody anything.

// Everything that the entries are made from.
class View {
 public:
  static absl::StatusOr<View> Read(const Workflow& workflow, const std::string& area) {
    GAVEL_ASSIGN_OR_RETURN(AreaQueue queue, AreaQueue::Read(workflow, area));
    GAVEL_ASSIGN_OR_RETURN(auto ahead, MeetingsAhead(workflow, area, kMeetingsPlayed));
    View view(workflow, std::move(queue), std::move(ahead));
    GAVEL_RETURN_IF_ERROR(view.Plan());
    return view;
  }

  QueueView Entries() const {
    QueueView view;
    if (!ahead_.empty()) view.meeting = ahead_.front().id();
    view.stand_by = plan_.stand_by.value_or("");
    for (const v1::Spec& spec : queue_.specs()) {
      if (spec.state() == v1::Spec::STATE_QUEUED) view.entries.push_back(EntryOf(spec));
    }
    std::stable_sort(view.entries.begin(), view.entries.end(),
                     [&](const v1::QueueEntry& a, const v1::QueueEntry& b) {
                       return RankOf(a.spec()) < RankOf(b.spec());
                     });
    return view;
  }

  // `Expected Thu 10 Dec; range Thu 3 Dec to Thu 7 Jan.`
  std::string ExpectedText(const v1::QueueEntry& entry) const {
    const v1::Forecast& forecast = entry.forecast();
    if (!forecast.has_expected_time()) return "No meeting in sight takes it.";
    std::string text = "Expected " + Day(forecast.expected_time());
    if (forecast.has_latest_time()) {
      text += fmt::format("; range {} to {}", Day(forecast.earliest_time()),
                          Day(forecast.latest_time()));
    } else {
      text += fmt::format("; {} at the earliest", Day(forecast.earliest_time()));
    }
    return text + ".";
  }

 private:
  View(const Workflow& workflow, AreaQueue queue, std::vector<v1::Meeting> ahead)
      : workflow_(workflow),
        queue_(std::move(queue)),
        calendar_(workflow.organisation().CalendarOf(queue_.area())),
        ahead_(std::move(ahead)) {}

  absl::Status Plan() {
    GAVEL_ASSIGN_OR_RETURN(agendas_, workflow_.transaction().Meetings(
                                         queue_.area(), workflow_.now(), absl::InfiniteFuture()));
    std::erase_if(agendas_, [](const v1::Meeting& meeting) {
      const bool open = meeting.state() == v1::Meeting::STATE_PLANNED ||
                        meeting.state() == v1::Meeting::STATE_FROZEN;
      return !open || !meeting.planned();
    });
    if (ahead_.empty()) return absl::OkStatus();
    const PlanInput input = queue_.InputFor(ahead_.front());
    plan_ = PlanMeeting(input, calendar_);
    std::vector<LaterMeeting> later;
    for (size_t i = 1; i < ahead_.size(); ++i) {
      later.push_back({TermsOfMeeting(workflow_, ahead_[i]), queue_.PinnedOn(ahead_[i])});
    }
    forecasts_ = ForecastQueue(input, later, calendar_);
    return NameLatest();
  }

  // The bound may lie beyond the meetings that were played.
  absl::Status NameLatest() {
    size_t needed = 0;
    for (const auto& [key, forecast] : forecasts_) {
      needed = std::max(needed, static_cast<size_t>(forecast.latest.value_or(0)));
    }
    needed = std::min(needed, kMeetingsNamed);
    if (needed <= ahead_.size()) return absl::OkStatus();
    GAVEL_ASSIGN_OR_RETURN(ahead_,
                           MeetingsAhead(workflow_, queue_.area(), static_cast<int>(needed)));
    return absl::OkStatus();
  }

  // Places in the order of the plan; what is not eligible comes last, oldest first.
  std::tuple<bool, int> RankOf(const std::string& key) const {
    if (const Pick* pick = FindPick(key)) return {false, pick->position};
    const NotPicked* rest = FindRest(key);
    const bool ordered = rest != nullptr && rest->position > 0;
    return {true, ordered ? rest->position : std::numeric_limits<int>::max()};
  }

  const Pick* FindPick(const std::string& key) const {
    const auto found = std::find_if(plan_.picks.begin(), plan_.picks.end(),
                                    [&](const Pick& pick) { return pick.key == key; });
    return found == plan_.picks.end() ? nullptr : &*found;
  }

  const NotPicked* FindRest(const std::string& key) const {
    const auto found = std::lower_bound(
        plan_.not_picked.begin(), plan_.not_picked.end(), key,
        [](const NotPicked& rest, const std::string& wanted) { return rest.key < wanted; });
    return found == plan_.not_picked.end() || found->key != key ? nullptr : &*found;
  }

  std::string Day(const google::protobuf::Timestamp& time) const {
    return DayText(calendar_.DayOf(FromProto(time)), calendar_.DayOf(workflow_.now()));
  }

  v1::QueueEntry EntryOf(const v1::Spec& spec) const {
    const v1::Meeting* session = queue_.SessionFor(spec.key());
    const v1::Meeting nowhere;
    const v1::Meeting& meeting =
        session != nullptr ? *session : (ahead_.empty() ? nowhere : ahead_.front());
    v1::QueueEntry entry;
    entry.set_spec(spec.key());
    entry.set_title(spec.title());
    *entry.mutable_since() = spec.queue().since();
    entry.set_wait_bd(
        calendar_.BusinessDaysBetween(FromProto(spec.queue().since()), workflow_.now()));
    entry.set_words(spec.revisions().rbegin()->words());
    if (meeting.area().empty()) {
      entry.set_standing(fmt::format("No meeting of {} is ahead.", queue_.area()));
      return entry;
    }
    const QueueItem item = queue_.ItemOf(spec, meeting);
    const MeetingTerms terms = TermsOfMeeting(workflow_, meeting);
    const Eligibility eligibility = CheckEligible(item, terms, calendar_, workflow_.now());
    entry.set_timebox_minutes(TimeboxMinutes(item, terms.timebox));
    entry.set_passed_over(item.passed_over);
    entry.set_eligible(eligibility.eligible());
    entry.set_author_fault(!eligibility.eligible() && eligibility.fault() == Fault::kAuthor);
    entry.set_picked(FindPick(spec.key()) != nullptr);
    entry.set_standing(PickedAgendasText(spec.key()) + (session != nullptr
                                                            ? SessionText(*session, eligibility)
                                                            : NextText(spec.key(), eligibility)));
    if (session != nullptr) {
      NameAll(*session, *entry.mutable_forecast());
    } else {
      FillForecast(spec.key(), *entry.mutable_forecast());
    }
    return entry;
  }

  // What the agendas that are picked already say about it.
  std::string PickedAgendasText(const std::string& key) const {
    std::string text;
    for (const v1::Meeting& meeting : agendas_) {
      if (meeting.stand_by() == key) {
        text += fmt::format("Stand-by for {}: it moves up if an item falls out. ",
                            Day(meeting.start_time()));
        continue;
      }
      for (const v1::NotPicked& each : meeting.not_picked()) {
        if (each.spec() != key) continue;
        text += fmt::format("Not on {}: {}. ", Day(meeting.start_time()), each.reason());
      }
    }
    return text;
  }

  std::string SessionText(const v1::Meeting& session, const Eligibility& eligibility) const {
    const std::string when =
        TimeText(FromProto(session.start_time()), calendar_.zone(), workflow_.now());
    if (eligibility.eligible()) return fmt::format("Has its own session, {}.", when);
    return fmt::format("Has its own session, {}, but cannot come: {}.", when, eligibility.Reason());
  }

  static std::string RemedyText(const Eligibility& eligibility) {
    std::string text;
    for (const Obstacle& obstacle : eligibility.obstacles) {
      text += (text.empty() ? "" : "; ") + obstacle.remedy;
    }
    return text;
  }

  std::string NextText(const std::string& key, const Eligibility& eligibility) const {
    const std::string day = Day(ahead_.front().start_time());
    if (const Pick* pick = FindPick(key)) {
      return fmt::format("On {} as things stand: {} in order, {}.", day,
                         OrdinalText(pick->position), pick->reason);
    }
    if (!eligibility.eligible()) {
      return fmt::format("Cannot be on {}: {} ({}).", day, eligibility.Reason(),
                         RemedyText(eligibility));
    }
    const NotPicked* rest = FindRest(key);
    const std::string place =
        rest == nullptr
            ? ""
            : fmt::format("; {} of {} in order", OrdinalText(rest->position), plan_.ordered);
    const std::string beside = plan_.stand_by == key ? ", where it would be the stand-by" : "";
    return fmt::format("Not on {} as things stand{}: {}{}.", day, beside,
                       rest == nullptr ? "" : rest->reason, place);
  }

  static std::string NameOf(const v1::Meeting& meeting, absl::CivilDay day) {
    if (!meeting.id().empty()) return meeting.id();
    return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
  }

  // The nth meeting from now, from 1.
  const v1::Meeting* Nth(std::optional<int> n) const {
    const bool known = n.has_value() && static_cast<size_t>(*n) <= ahead_.size();
    return known ? &ahead_[static_cast<size_t>(*n) - 1] : nullptr;
  }

  std::string NameOf(const v1::Meeting& meeting) const {
    return NameOf(meeting, calendar_.DayOf(FromProto(meeting.start_time())));
  }

  void FillForecast(const std::string& key, v1::Forecast& forecast) const {
    const auto found = forecasts_.find(key);
    if (found == forecasts_.end()) return;
    const Forecast& play = found->second;
    forecast.set_ahead(play.ahead);
    forecast.set_why(play.why);
    if (const v1::Meeting* earliest = Nth(play.earliest)) {
      forecast.set_earliest(NameOf(*earliest));
      *forecast.mutable_earliest_time() = earliest->start_time();
    }
    if (const v1::Meeting* expected = Nth(play.expected)) {
      forecast.set_expected(NameOf(*expected));
      *forecast.mutable_expected_time() = expected->start_time();
    }
    if (const v1::Meeting* latest = Nth(play.latest)) {
      forecast.set_latest(NameOf(*latest));
      *forecast.mutable_latest_time() = latest->start_time();
    }
  }

  static void NameAll(const v1::Meeting& session, v1::Forecast& forecast) {
    forecast.set_earliest(session.id());
    forecast.set_expected(session.id());
    forecast.set_latest(session.id());
    for (auto* time : {forecast.mutable_earliest_time(), forecast.mutable_expected_time(),
                       forecast.mutable_latest_time()}) {
      *time = session.start_time();
    }
    forecast.set_why("it has a session of its own");
  }

  const Workflow& workflow_;
  AreaQueue queue_;
  const BusinessCalendar& calendar_;
  std::vector<v1::Meeting> ahead_;    // Agendas still to be picked, by start.
  std::vector<v1::Meeting> agendas_;  // Picked already and not yet opened.
  AgendaPlan plan_;                   // Of the first meeting ahead.
  std::map<std::string, Forecast> forecasts_;
};

}  // namespace

absl::StatusOr<QueueView> ViewQueue(const Workflow& workflow, const std::string& area) {
  GAVEL_ASSIGN_OR_RETURN(const View view, View::Read(workflow, area));
  return view.Entries();
}

absl::StatusOr<std::string> StandingText(const Workflow& workflow, const v1::Spec& spec) {
  if (spec.state() != v1::Spec::STATE_QUEUED) return std::string();
  const v1::Area* area = workflow.organisation().FindArea(spec.area());
  if (area == nullptr || area->series().empty()) {
    return fmt::format("No meeting of {} is ahead.", spec.area());
  }
  GAVEL_ASSIGN_OR_RETURN(const View view, View::Read(workflow, spec.area()));
  for (const v1::QueueEntry& entry : view.Entries().entries) {
    if (entry.spec() == spec.key()) {
      return fmt::format("{} {}", entry.standing(), view.ExpectedText(entry));
    }
  }
  return std::string();
}

}  // namespace gavel::app
