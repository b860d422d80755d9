#include "engine/simulation/play.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::simulation {
namespace {

// Occurrences in a row without one item, while somebody waits and nothing else will happen: the
// planner takes the first that fits an empty agenda, so something is broken.
constexpr int kStuckAfter = 20;

const char* NameOf(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::kRegister:
      return "registered";
    case Step::Kind::kReturn:
      return "submitted again";
    case Step::Kind::kRound:
      return "sent to the room";
    case Step::Kind::kDecide:
      return "decided without a review";
    case Step::Kind::kWithdraw:
      return "withdrawn";
    case Step::Kind::kSupersede:
      return "superseded";
  }
  return "";
}

}  // namespace

Play::Play(Service& service, std::string name, std::vector<Script> scripts, absl::Time end)
    : service_(service),
      people_(service),
      room_(service, people_),
      name_(std::move(name)),
      end_(end),
      actors_(scripts.size()) {
  for (size_t i = 0; i < scripts.size(); ++i) {
    actors_[i].script = std::move(scripts[i]);
    for (const Step& step : actors_[i].script.steps) agenda_.emplace_back(&step, i);
  }
  std::sort(agenda_.begin(), agenda_.end(),
            [](const auto& a, const auto& b) { return a.first->line < b.first->line; });
}

absl::StatusOr<Report> Play::Run(const OnProgress& on_progress) {
  size_t done = 0;
  int idle = 0;
  GAVEL_RETURN_IF_ERROR(React());
  while (done < agenda_.size() || ledger_.waiting() > 0) {
    if (on_progress) on_progress(service_.now(), done, agenda_.size());
    const absl::Time step =
        done < agenda_.size() ? agenda_[done].first->at : absl::InfiniteFuture();
    const absl::Time meeting = ahead_.empty() ? absl::InfiniteFuture() : ahead_.begin()->first;
    const absl::Time next = std::min(step, meeting);
    if (next >= end_) break;
    if (next == absl::InfiniteFuture() || idle > kStuckAfter) {
      return MakeError(absl::StatusCode::kInternal, "INTERNAL",
                       fmt::format("{} specs wait and no meeting takes them.", ledger_.waiting()));
    }
    GAVEL_RETURN_IF_ERROR(AdvanceTo(next));
    if (step <= meeting) {
      const auto& [what, actor] = agenda_[done++];
      GAVEL_RETURN_IF_ERROR(Arrive(actors_[actor], *what));
      GAVEL_RETURN_IF_ERROR(React());
      continue;
    }
    const int waiting = ledger_.waiting();
    // Cancelled on the way here, or due now.
    if (!ahead_.empty() && ahead_.begin()->first == meeting) {
      const std::string id = ahead_.begin()->second;
      ahead_.erase(ahead_.begin());
      GAVEL_RETURN_IF_ERROR(HoldMeeting(id));
    }
    idle = done == agenda_.size() && ledger_.waiting() == waiting ? idle + 1 : 0;
  }
  if (end_ != absl::InfiniteFuture()) GAVEL_RETURN_IF_ERROR(AdvanceTo(end_));
  return ledger_.Close(static_cast<int>(actors_.size()));
}

absl::Status Play::AdvanceTo(absl::Time target) {
  while (true) {
    GAVEL_ASSIGN_OR_RETURN(const bool fired, service_.Advance(target));
    if (!fired) return absl::OkStatus();
    GAVEL_RETURN_IF_ERROR(React());
  }
}

absl::Status Play::React() {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Event> events, service_.NewEvents());
  for (const v1::Event& event : events) {
    ledger_.Read(event);
    if (event.has_meeting_planned()) {
      ahead_.emplace(FromProto(event.meeting_planned().meeting().start_time()), event.meeting());
    } else if (event.has_meeting_cancelled()) {
      std::erase_if(ahead_, [&](const auto& meeting) { return meeting.second == event.meeting(); });
    } else if (event.resumed().wake()) {
      GAVEL_RETURN_IF_ERROR(people_.DeferAgain(event.spec()));
    }
  }
  return absl::OkStatus();
}

absl::Status Play::Arrive(Actor& actor, const Step& step) {
  if (step.kind == Step::Kind::kRound) ledger_.Ready();
  actor.later.push_back(&step);
  return CatchUp(actor);
}

absl::Status Play::CatchUp(Actor& actor) {
  while (actor.in_room == nullptr && !actor.later.empty()) {
    const Step& step = *actor.later.front();
    actor.later.pop_front();
    const absl::Status done = Perform(actor, step);
    if (absl::IsInternal(done) || absl::IsDataLoss(done)) return done;
    if (!done.ok()) {
      Refuse(actor, step, done);
    } else if (step.kind == Step::Kind::kRound) {
      actor.in_room = &step;
    } else if (step.kind == Step::Kind::kDecide) {
      ledger_.DecidedWithoutRoom();
    }
  }
  return absl::OkStatus();
}

absl::Status Play::Perform(Actor& actor, const Step& step) {
  switch (step.kind) {
    case Step::Kind::kRegister: {
      GAVEL_ASSIGN_OR_RETURN(actor.key, people_.Register(actor.script.spec, actor.script.title));
      actor_of_[actor.key] = static_cast<size_t>(&actor - actors_.data());
      return absl::OkStatus();
    }
    case Step::Kind::kReturn:
      return people_.Return(actor.key);
    case Step::Kind::kRound:
      return people_.SendToRoom(actor.key);
    case Step::Kind::kDecide:
      return people_.Decide(actor.key, step.verdict);
    case Step::Kind::kWithdraw:
      return people_.Withdraw(actor.key, "The history withdraws it.");
    case Step::Kind::kSupersede:
      return people_.Withdraw(actor.key, "The history has another spec in its place.");
  }
  return absl::OkStatus();
}

void Play::Refuse(const Actor& actor, const Step& step, const absl::Status& why) {
  ledger_.Refused(NameOf(step.kind), fmt::format("{}:{} {}", name_, step.line, actor.script.spec),
                  why);
  if (step.kind == Step::Kind::kRound) ledger_.DemandRefused();
}

Verdict Play::VerdictOf(const std::string& key) const {
  const Step* const round = actors_[actor_of_.at(key)].in_room;
  return round == nullptr ? Verdict::kNone : round->verdict;
}

absl::Status Play::HoldMeeting(const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<RoomItem> items,
                         room_.Hold(
                             id, [this](const std::string& key) { return VerdictOf(key); },
                             [this](absl::Time target) { return AdvanceTo(target); }));
  if (items.empty()) return absl::OkStatus();
  std::vector<ReportItem> lines;
  for (const RoomItem& item : items) {
    Actor& actor = actors_[actor_of_.at(item.key)];
    ReportItem& line = lines.emplace_back();
    line.spec = actor.script.spec;
    line.outcome = item.outcome;
    line.timebox_minutes = item.timebox_minutes;
    if (actor.in_room == nullptr) continue;
    line.wait_days = absl::FDivDuration(item.opened - actor.in_room->at, absl::Hours(24));
    ledger_.Decided(actor.in_room->at, item.opened);
    actor.in_room = nullptr;
  }
  ledger_.Held(id, std::move(lines));
  for (const RoomItem& item : items) {
    GAVEL_RETURN_IF_ERROR(CatchUp(actors_[actor_of_.at(item.key)]));
  }
  return React();
}

}  // namespace gavel::simulation
