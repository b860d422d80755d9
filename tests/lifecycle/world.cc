#include "tests/lifecycle/world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/domain/apply.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/fold_planning.h"
#include "engine/domain/fold_spec.h"
#include "engine/domain/names.h"
#include "engine/domain/testing/scene.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::lifecycle_test {
namespace {

constexpr int kSlots = 3;
constexpr absl::Duration kWeek = absl::Hours(24 * 7);
// Beside the timers of the core: somebody opens the meeting when it starts.
constexpr char kStart[] = "start";

// A verdict for a spec that wakes.
const v1::Verdict& WakeVerdict() {
  static const v1::Verdict verdict = testing::VerdictOf(v1::REVIEW_MODE_ASYNC);
  return verdict;
}

}  // namespace

World::World(std::shared_ptr<const Organisation> organisation, Absences absences, absl::Time start)
    : organisation_(std::move(organisation)), absences_(std::move(absences)), now_(start) {
  PlanNextMeeting();
}

Situation World::SituationOf(const v1::Spec& spec, std::string_view named) const {
  std::string id(named);
  if (id.empty()) id = spec.meeting();
  if (id.empty() && InForce(spec) != nullptr) id = InForce(spec)->meeting();
  const auto meeting = meetings_.find(id);
  return {.spec = spec,
          .organisation = *organisation_,
          .absences = absences_,
          .now = now_,
          .meeting = meeting == meetings_.end() ? nullptr : &meeting->second};
}

absl::Status World::Run(const std::string& key, const Command& command,
                        const std::string& meeting) {
  Tick();
  const bool creates = command.kind == CommandKind::kCreateSpec;
  v1::Spec before;
  if (creates) {
    before.set_area(command.facts->area());
    *before.mutable_authors() = command.facts->authors();
  } else {
    before = specs_.at(key).spec;
  }
  Situation situation = SituationOf(before, meeting);
  std::vector<v1::Spec> superseded;
  std::set<std::string> named(before.supersedes().begin(), before.supersedes().end());
  if (command.facts != nullptr) {
    named.insert(command.facts->supersedes().begin(), command.facts->supersedes().end());
  }
  for (const std::string& old : named) {
    if (old != key && specs_.count(old) > 0) superseded.push_back(specs_.at(old).spec);
  }
  situation.superseded = &superseded;

  auto made = Apply(situation, command);
  if (!made.ok()) {
    observer_->Refused({situation, command}, made.status());
    return made.status();
  }
  if (creates) ++next_number_;
  Entry& entry = specs_[key];
  for (const v1::Event& event : *made) {
    FoldSpec(event, entry.spec);
    entry.events.push_back(event);
  }
  observer_->Accepted({situation, command}, *made, entry);
  for (const v1::Event& event : *made) FoldIntoMeetings(event);
  entry.deadlines = DeadlinesOf(SituationOf(entry.spec));
  for (const v1::Event& event : *made) Consequences(event);
  return absl::OkStatus();
}

void World::FoldIntoMeetings(const v1::Event& event) {
  if (ConcernsMeeting(event)) FoldMeeting(event, meetings_.at(event.meeting()));
  if (ConcernsPlanning(event)) FoldPlanning(event, planning_);
}

void World::Consequences(const v1::Event& event) {
  if (event.has_decision_final()) {
    for (const std::string& old : event.decision_final().superseded()) {
      const absl::Status status = RunSystem(old, CommandKind::kSupersede, event.spec());
      EXPECT_TRUE(status.ok()) << status.ToString();
    }
  }
  if (!event.has_slot_released() || meeting().state() != v1::Meeting::STATE_FROZEN) return;
  const auto& slots = meeting().slots();
  const bool left = std::any_of(slots.begin(), slots.end(), [](const v1::Slot& slot) {
    return slot.state() == v1::Slot::STATE_PLANNED;
  });
  if (left) return;
  const absl::Status status = CancelMeeting(std::string(kSystemActor), "LATE");
  EXPECT_TRUE(status.ok()) << status.ToString();
}

absl::Status World::RunSystem(const std::string& key, CommandKind kind, const std::string& reason) {
  Command command{.kind = kind, .actor = std::string(kSystemActor)};
  command.reason = reason;
  return Run(key, command);
}

absl::Status World::RunMeeting(const MeetingCommand& command) {
  Tick();
  v1::Meeting& meeting = meetings_.at(current_);
  auto made = ApplyMeeting(
      {.meeting = meeting, .planning = planning_, .organisation = *organisation_, .now = now_},
      command);
  if (!made.ok()) return made.status();
  for (const v1::Event& event : *made) FoldIntoMeetings(event);
  return absl::OkStatus();
}

absl::Status World::CloseMeeting(const std::string& actor) {
  MeetingCommand command{.kind = MeetingCommandKind::kCloseMeeting, .actor = actor};
  command.payload.mutable_meeting_closed();
  const v1::Meeting before = meeting();
  if (absl::Status status = RunMeeting(command); !status.ok()) return status;
  for (const v1::Slot& slot : before.slots()) {
    absl::Status status;
    if (slot.state() == v1::Slot::STATE_OPEN) {
      status = RunSystem(slot.spec(), CommandKind::kEndOverrun, "");
    } else if (slot.state() == v1::Slot::STATE_PLANNED) {
      status = RunSystem(slot.spec(), CommandKind::kReleaseSlot, "not reached");
    }
    EXPECT_TRUE(status.ok()) << status.ToString();
  }
  PlanNextMeeting();
  return absl::OkStatus();
}

absl::Status World::CancelMeeting(const std::string& actor, const std::string& reason) {
  MeetingCommand command{.kind = MeetingCommandKind::kCancelMeeting, .actor = actor};
  command.payload.mutable_meeting_cancelled()->set_reason(reason);
  const v1::Meeting before = meeting();
  if (absl::Status status = RunMeeting(command); !status.ok()) return status;
  for (const v1::Slot& slot : before.slots()) {
    if (slot.state() != v1::Slot::STATE_PLANNED) continue;
    const absl::Status status = RunSystem(slot.spec(), CommandKind::kReleaseSlot, "cancelled");
    EXPECT_TRUE(status.ok()) << status.ToString();
  }
  PlanNextMeeting();
  return absl::OkStatus();
}

void World::PlanNextMeeting() {
  const absl::Time before =
      current_.empty() ? now_ : std::max(now_, FromProto(meeting().start_time()));
  v1::Meeting meeting;
  meeting.set_id(fmt::format("{}-media", absl::ToUnixSeconds(before + kWeek)));
  meeting.set_name("meetings/" + meeting.id());
  meeting.set_area("media");
  meeting.set_state(v1::Meeting::STATE_PLANNED);
  meeting.set_previewed(true);
  *meeting.mutable_start_time() = ToProto(before + kWeek);
  *meeting.mutable_end_time() = ToProto(before + kWeek + absl::Hours(1));
  *meeting.mutable_cut_off_time() = ToProto(before + kWeek - absl::Hours(72));
  *meeting.mutable_freeze_time() = ToProto(before + kWeek - absl::Hours(48));
  current_ = meeting.id();
  meetings_[current_] = std::move(meeting);
  // A decision can be contested or undone for a day; older meetings are asked for no more.
  while (meetings_.size() > 20) meetings_.erase(meetings_.begin());
}

void World::PlanAgenda() {
  MeetingCommand plan{.kind = MeetingCommandKind::kPlanAgenda, .actor = std::string(kSystemActor)};
  plan.payload.mutable_agenda_planned();
  EXPECT_TRUE(RunMeeting(plan).ok());
  std::vector<std::pair<absl::Time, std::string>> queue;
  for (const auto& [key, entry] : specs_) {
    if (entry.spec.state() != v1::Spec::STATE_QUEUED) continue;
    queue.emplace_back(FromProto(entry.spec.queue().since()), key);
  }
  std::sort(queue.begin(), queue.end());
  if (queue.size() > kSlots) queue.resize(kSlots);
  for (const auto& [since, key] : queue) {
    v1::Slot slot;
    Command assign{.kind = CommandKind::kAssignSlot, .actor = std::string(kSystemActor)};
    assign.slot = &slot;
    EXPECT_TRUE(Run(key, assign, current_).ok());
  }
}

void World::SendPacketOrCancel() {
  MeetingCommand send{.kind = MeetingCommandKind::kSendPacket, .actor = std::string(kSystemActor)};
  v1::PacketSent& packet = *send.payload.mutable_packet_sent();
  for (const v1::Slot& slot : meeting().slots()) {
    if (slot.state() != v1::Slot::STATE_PLANNED) continue;
    (*packet.mutable_revisions())[slot.spec()] =
        CurrentRevision(specs_.at(slot.spec()).spec)->number();
  }
  const absl::Status status = packet.revisions().empty()
                                  ? CancelMeeting(std::string(kSystemActor), "NO_ITEMS")
                                  : RunMeeting(send);
  EXPECT_TRUE(status.ok()) << status.ToString();
}

World::Due World::NextSpecTimer() const {
  Due next;
  for (const auto& [key, entry] : specs_) {
    for (const auto& [kind, due] : entry.deadlines) {
      if (due < next.time) next = {due, key, kind};
    }
  }
  return next;
}

World::Due World::NextTimer() const {
  Due next = NextSpecTimer();
  for (const auto& [kind, due] : MeetingDeadlinesOf(meeting())) {
    if (due < next.time) next = {due, "", kind};
  }
  const absl::Time start = FromProto(meeting().start_time());
  const bool frozen = meeting().state() == v1::Meeting::STATE_FROZEN;
  if (frozen && start < next.time) next = {start, "", kStart};
  return next;
}

void World::FireMeetingTimer(const std::string& kind) {
  if (kind == meeting_timer::kCutOff) return PlanAgenda();
  if (kind == meeting_timer::kFreeze) return SendPacketOrCancel();
  absl::Status status;
  if (kind == meeting_timer::kNotOpened) {
    status = CancelMeeting(std::string(kSystemActor), "NOT_OPENED");
  } else if (kind == meeting_timer::kAutoClose) {
    status = CloseMeeting(std::string(kSystemActor));
  } else if (kind == kStart) {
    const v1::OpenMeetingRequest request;
    status =
        RunMeeting({.kind = MeetingCommandKind::kOpenMeeting, .actor = "kim", .request = &request});
  }
  EXPECT_TRUE(status.ok()) << kind << ": " << status.ToString();
}

void World::Fire(const Due& due) {
  now_ = std::max(now_, due.time);
  if (due.key.empty()) return FireMeetingTimer(due.kind);
  Command command{.kind = CommandOfTimer(due.kind), .actor = std::string(kSystemActor)};
  command.timer = due.kind;
  command.due = due.time;
  command.verdict = &WakeVerdict();
  const absl::Status status = Run(due.key, command);
  EXPECT_TRUE(status.ok()) << due.kind << " of " << due.key << ": " << status.ToString();
  observer_->Fired(due.kind, due.time, now_, specs_.at(due.key));
}

void World::Advance(absl::Duration duration) {
  const absl::Time target = now_ + duration;
  for (Due due = NextTimer(); due.time <= target; due = NextTimer()) {
    Fire(due);
    if (due.kind == kStart) return;
  }
  now_ = std::max(now_, target);
}

void World::JumpToNextTimer() { Fire(NextTimer()); }

bool World::JumpToNextSpecTimer() {
  const Due due = NextSpecTimer();
  if (due.time == absl::InfiniteFuture()) return false;
  Fire(due);
  return true;
}

}  // namespace gavel::lifecycle_test
