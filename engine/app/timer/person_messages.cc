#include "engine/app/timer/person_messages.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "engine/app/command/entity.h"
#include "engine/base/contains.h"
#include "engine/base/status_macros.h"
#include "engine/domain/attention.h"
#include "engine/domain/person_message.h"
#include "engine/domain/roles.h"

namespace gavel::app {
namespace {

Addressee AddresseeOf(const Workflow& workflow, const std::string& person, const std::string& area,
                      const v1::PersonRecord& record) {
  const std::string home = HomeArea(workflow.organisation(), person, area, workflow.now());
  return AddresseeIn(workflow.organisation(), home, person, record);
}

// A service that is further behind than this catches up.
constexpr absl::Duration kLag = absl::Minutes(1);
constexpr int kTimersSeen = 10'000;

// All that waits for one person, and how much of theirs waits for others.
struct Desk {
  std::vector<OpenItem> items;
  std::string area;  // Of the first item; empty without one.
  int waiting_for_others = 0;
};

bool IsUnderReview(const v1::Spec& spec) {
  return spec.stage() == v1::Spec::STAGE_ASYNC_REVIEW ||
         spec.stage() == v1::Spec::STAGE_SYNC_REVIEW;
}

// Whether an entry may mean `person`: it names them, a role, or somebody whose place they may have
// taken. Cheap, since most of what waits does not concern them.
bool MayMean(const Workflow& workflow, const v1::Spec& spec, const std::string& person) {
  return std::any_of(spec.attention().begin(), spec.attention().end(),
                     [&](const v1::Attention& entry) {
                       return entry.person() == person ||
                              !workflow.organisation().IsPresent(entry.person(), workflow.now());
                     });
}

absl::StatusOr<Desk> DeskOf(const Workflow& workflow, const std::string& person) {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> waiting,
                         workflow.transaction().WaitingSpecs(""));
  Desk desk;
  for (const v1::Spec& spec : waiting) {
    std::vector<OpenItem> items;
    if (MayMean(workflow, spec, person)) {
      GAVEL_ASSIGN_OR_RETURN(const auto around, workflow.Around(spec, "", nullptr));
      items = OpenItemsOf(workflow.SituationOf(around), person);
    }
    const bool theirs = IsUnderReview(spec) && Contains(spec.authors(), person);
    if (theirs && items.empty()) ++desk.waiting_for_others;
    if (!items.empty() && desk.area.empty()) desk.area = spec.area();
    std::move(items.begin(), items.end(), std::back_inserter(desk.items));
  }
  return desk;
}

absl::Status SetTimer(Workflow& workflow, const std::string& person, absl::Time time) {
  std::map<std::string, absl::Time> timers;
  if (time != absl::InfiniteFuture()) timers[std::string(kPersonMessageTimer)] = time;
  return workflow.transaction().ReplaceTimers(PersonSubject(person), timers);
}

// The timer that `person` has; the infinite future where there is none.
absl::StatusOr<absl::Time> TimerOf(const Workflow& workflow, const std::string& person) {
  GAVEL_ASSIGN_OR_RETURN(const auto timers, workflow.transaction().TimersOf(PersonSubject(person)));
  const auto timer = timers.find(std::string(kPersonMessageTimer));
  return timer == timers.end() ? absl::InfiniteFuture()
                               : absl::FromUnixMicros(timer->second.due_us);
}

// Sets the timer of `person` by what waits on their desk.
absl::Status SetTimerFor(Workflow& workflow, const std::string& person, const Desk& desk) {
  GAVEL_ASSIGN_OR_RETURN(const v1::PersonRecord record, workflow.transaction().Person(person));
  const absl::Time next = desk.items.empty()
                              ? absl::InfiniteFuture()
                              : NextMessageTime(AddresseeOf(workflow, person, desk.area, record),
                                                desk.items, workflow.now());
  return SetTimer(workflow, person, next);
}

// When the last of everything else that is due was due; the infinite past where nothing is, or
// where the service does not lag behind.
absl::StatusOr<absl::Time> LastOverdue(const Workflow& workflow, absl::Time due) {
  absl::Time last = absl::InfinitePast();
  if (due + kLag >= workflow.now()) return last;
  GAVEL_ASSIGN_OR_RETURN(const auto timers, workflow.transaction().view().DueTimers(
                                                absl::ToUnixMicros(workflow.now()), kTimersSeen));
  for (const store::TimerRow& timer : timers) {
    if (timer.kind != kPersonMessageTimer) last = absl::FromUnixMicros(timer.due_us);
  }
  return last;
}

}  // namespace

absl::Status WakeForSpec(Workflow& workflow, const Situation& situation) {
  std::set<std::string> people;
  for (const v1::Attention& entry : situation.spec.attention()) {
    const std::vector<std::string> meant = PeopleBehind(situation, entry);
    people.insert(meant.begin(), meant.end());
  }
  for (const std::string& person : people) {
    GAVEL_ASSIGN_OR_RETURN(const v1::PersonRecord record, workflow.transaction().Person(person));
    const absl::Time next =
        NextMessageTime(AddresseeOf(workflow, person, situation.spec.area(), record),
                        OpenItemsOf(situation, person), workflow.now());
    GAVEL_ASSIGN_OR_RETURN(const absl::Time timer, TimerOf(workflow, person));
    if (next < timer) GAVEL_RETURN_IF_ERROR(SetTimer(workflow, person, next));
  }
  return absl::OkStatus();
}

absl::Status WakeForPerson(Workflow& workflow, const std::string& person) {
  GAVEL_ASSIGN_OR_RETURN(const Desk desk, DeskOf(workflow, person));
  return SetTimerFor(workflow, person, desk);
}

absl::Status TellPerson(Workflow& workflow, const std::string& person, absl::Time due) {
  GAVEL_ASSIGN_OR_RETURN(const absl::Time behind, LastOverdue(workflow, due));
  if (due < behind) return SetTimer(workflow, person, behind + absl::Microseconds(1));
  GAVEL_ASSIGN_OR_RETURN(const Desk desk, DeskOf(workflow, person));
  if (!desk.items.empty()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::PersonRecord record, workflow.transaction().Person(person));
    const Addressee addressee = AddresseeOf(workflow, person, desk.area, record);
    auto message = MessageAt(addressee, desk.items, desk.waiting_for_others, workflow.now());
    if (message.has_value()) {
      v1::Event event;
      event.set_subject(PersonSubject(person));
      event.set_actor(std::string(kSystemActor));
      *event.mutable_person_notified() = *std::move(message);
      GAVEL_RETURN_IF_ERROR(workflow.transaction().Append(std::move(event)));
    }
  }
  return SetTimerFor(workflow, person, desk);
}

}  // namespace gavel::app
