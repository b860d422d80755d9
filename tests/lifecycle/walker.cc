#include "tests/lifecycle/walker.h"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/domain/decision.h"
#include "engine/domain/gates.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/scene.h"
#include "engine/domain/transition.h"
#include "engine/domain/turn.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::lifecycle_test {
namespace {

using enum CommandKind;

constexpr int kSpecs = 8;
constexpr size_t kEventsMax = 200;
constexpr int kConcernsMax = 12;

const std::vector<std::string>& People() {
  static const std::vector<std::string> people = {"ana", "bo",  "chen", "dee", "eli",
                                                  "fay", "gus", "kim",  "lee"};
  return people;
}

bool HasOpenConcern(const v1::Spec& spec, const std::string& owner = "") {
  return std::any_of(spec.concerns().begin(), spec.concerns().end(), [&](const auto& concern) {
    return concern.status() == v1::Concern::STATUS_OPEN &&
           (owner.empty() || concern.owner() == owner);
  });
}

// Commands that seldom make sense weigh little where they do not, so that few steps are wasted.
bool MakesSense(const v1::Spec& spec, const std::string& actor, CommandKind kind) {
  const v1::Decision* decision = InForce(spec);
  switch (kind) {
    case kUndoOutcome:
      return spec.has_last_outcome();
    case kPullIn:
      return decision != nullptr && !decision->final();
    case kContestDecision:
      return decision != nullptr && !decision->final() &&
             decision->authority() == v1::Decision::AUTHORITY_MEETING;
    case kMeetCondition:
    case kExtendCondition:
      return decision != nullptr && !decision->conditions().empty();
    case kAnswerConcern:
    case kOverruleConcern:
    case kRequestChanges:
      return HasOpenConcern(spec);
    case kResolveConcern:
    case kWithdrawConcern:
    case kChangeConcernSeverity:
      return HasOpenConcern(spec, actor);
    case kTakePosition:
      return FreshPosition(spec, actor) == nullptr;
    default:
      return true;
  }
}

// How often a command is chosen among those that are possible. What ends a spec is rare.
int WeightOf(const v1::Spec& spec, const std::string& actor, CommandKind kind) {
  if (!MakesSense(spec, actor, kind)) return 1;
  switch (kind) {
    case kSubmitSpec:
    case kOpenItem:
    case kRecordOutcome:
    case kContestDecision:
      return 60;
    case kTakePosition:
    case kResubmitSpec:
    case kAnswerConcern:
      return 40;
    case kUndoOutcome:
    case kPullIn:
    case kReopenSpec:
    case kResumeSpec:
    case kResolveConcern:
      return 25;
    case kAddRevision:
    case kRequestMeeting:
      return 15;
    case kWithdrawSpec:
    case kDeferSpec:
    case kRejectSpec:
    case kPinToMeeting:
    case kReleaseSlot:
    case kPullBackSpec:
    case kAddComment:
    case kSetPresenter:
    case kSetNotBefore:
      return 1;
    default:
      return 5;
  }
}

std::string DayText(absl::CivilDay day) {
  return fmt::format("{{ year: {} month: {} day: {} }}", day.year(), day.month(), day.day());
}

}  // namespace

bool Walker::IsSpent(const Entry& entry) {
  const v1::Decision* decision = InForce(entry.spec);
  const bool settled = decision != nullptr && decision->final();
  switch (entry.spec.state()) {
    case v1::Spec::STATE_SUPERSEDED:
      return true;
    case v1::Spec::STATE_AUTO_APPROVED:
    case v1::Spec::STATE_APPROVED:
      return settled && entry.events.size() > kEventsMax / 5;
    case v1::Spec::STATE_WITHDRAWN:
    case v1::Spec::STATE_REJECTED:
      return entry.events.size() > kEventsMax / 5;
    default:
      return entry.events.size() > kEventsMax;
  }
}

std::string Walker::RandomPerson() {
  if (OneIn(40)) return OneIn(2) ? "ci" : "mallory";
  return Pick(People());
}

std::string Walker::RandomKey() {
  return world_.specs().empty() ? std::string() : Pick(world_.specs()).first;
}

std::string Walker::RandomDecidedKey() {
  for (const auto& [key, entry] : world_.specs()) {
    if (InForce(entry.spec) != nullptr && OneIn(3)) return key;
  }
  return RandomKey();
}

void Walker::Step() {
  if (world_.specs().size() < kSpecs) return Create();
  if (OneIn(12)) return OnMeeting();
  OnSpec();
}

v1::Verdict Walker::RandomVerdict() {
  const v1::ReviewMode mode = OneIn(3)   ? v1::REVIEW_MODE_AUTO
                              : OneIn(2) ? v1::REVIEW_MODE_ASYNC
                                         : v1::REVIEW_MODE_SYNC;
  v1::Verdict verdict = testing::VerdictOf(mode, /*author_gate=*/OneIn(8));
  v1::RuleResult& rule = *verdict.add_rules();
  rule.set_id("r1");
  rule.set_effect(v1::RuleResult::EFFECT_REQUIRE);
  rule.set_applied(mode != v1::REVIEW_MODE_AUTO);
  if (OneIn(6)) verdict.add_areas("platform");
  if (OneIn(6)) {
    v1::ReviewerClause& clause = *verdict.add_reviewers();
    clause.set_rule("r1");
    clause.set_from("group:security");
    clause.set_count(1);
  }
  return verdict;
}

v1::Facts Walker::RandomFacts(const v1::Spec& spec) {
  v1::Facts facts;
  facts.set_area("media");
  facts.set_title("Bigger upload parts");
  facts.add_authors(spec.authors().empty() ? "ana" : spec.authors(0));
  if (OneIn(4)) facts.add_authors("bo");
  if (OneIn(25)) facts.add_authors(Pick(People()));
  if (OneIn(6)) facts.add_consulted("security");
  if (OneIn(3)) facts.add_supersedes(RandomDecidedKey());
  if (OneIn(12)) facts.set_presenter(Pick(People()));
  if (OneIn(12)) facts.set_wants(v1::REVIEW_MODE_SYNC);
  if (OneIn(8)) facts.add_reviewers(Pick(People()));
  return facts;
}

v1::Revision Walker::RandomRevision(const v1::Spec& spec) {
  // Few contents, so that authors go back to earlier ones; often to the decided one.
  std::string content = fmt::format("bytes-{}", dice_.Roll(12));
  if (const v1::Decision* stayed = Stayed(spec); stayed != nullptr && OneIn(3)) {
    content = stayed->content_hash();
  }
  v1::Revision revision;
  revision.set_content_hash(content);
  revision.set_facts_hash(OneIn(4) ? "other facts" : "facts");
  revision.set_words(dice_.Roll(6000));
  if (OneIn(10)) revision.set_kind(v1::Revision::KIND_MAJOR);
  return revision;
}

void Walker::Create() {
  const v1::Spec none;
  v1::Facts facts = RandomFacts(none);
  if (OneIn(5)) facts.set_authors(0, Pick(People()));
  const v1::Revision revision = RandomRevision(none);
  const v1::Verdict verdict = RandomVerdict();
  v1::CreateSpecRequest request;
  Command command{.kind = kCreateSpec, .actor = RandomPerson(), .request = &request};
  command.revision = &revision;
  command.facts = &facts;
  command.verdict = &verdict;
  command.key = world_.NextKey();
  world_.Run(command.key, command).IgnoreError();
}

void Walker::OnMeeting() {
  const std::string actor = RandomPerson();
  v1::RecordAttendanceRequest attendance;
  for (const std::string& person : People()) {
    if (!OneIn(3)) attendance.add_attendance()->set_person(person);
  }
  const v1::OpenMeetingRequest open;
  switch (dice_.Roll(40)) {
    case 0:
      world_.CancelMeeting(actor, "Everybody is ill.").IgnoreError();
      break;
    case 1:
      world_.CloseMeeting(actor).IgnoreError();
      break;
    case 2:
      world_
          .RunMeeting({.kind = MeetingCommandKind::kOpenMeeting, .actor = actor, .request = &open})
          .IgnoreError();
      break;
    default:
      world_
          .RunMeeting({.kind = MeetingCommandKind::kRecordAttendance,
                       .actor = actor,
                       .request = &attendance})
          .IgnoreError();
  }
}

CommandKind Walker::RandomCommand(const v1::Spec& spec, const std::string& actor) {
  if (OneIn(10)) return static_cast<CommandKind>(dice_.Roll(kCommandKinds));  // Nonsense.
  const RoleSet roles = RolesOf(world_.SituationOf(spec), actor);
  std::vector<CommandKind> possible;
  for (const Transition& transition : Transitions()) {
    const bool fits = (transition.from & In(spec.state())) != 0 && (transition.who & roles) != 0;
    if (!fits || !IsPublic(transition.command)) continue;
    possible.insert(possible.end(), static_cast<size_t>(WeightOf(spec, actor, transition.command)),
                    transition.command);
  }
  if (possible.empty()) return kAddComment;
  return possible[static_cast<size_t>(dice_.Roll(static_cast<int>(possible.size())))];
}

void Walker::OnSpec() {
  const std::string key = RandomKey();
  const v1::Spec& spec = world_.specs().at(key).spec;
  const v1::Turn turn = TurnOf(world_.SituationOf(spec));
  const bool in_turn = !turn.people().empty() && OneIn(2);
  const std::string actor = in_turn ? Pick(turn.people()) : RandomPerson();
  const CommandKind kind = RandomCommand(spec, actor);
  if (kind == kCreateSpec || (kind == kRaiseConcern && spec.concerns_size() > kConcernsMax)) return;

  const auto request = testing::RequestOf(kind, RandomRequest(spec, actor, kind));
  const v1::Revision revision = RandomRevision(spec);
  const v1::Facts facts = RandomFacts(spec);
  const v1::Verdict verdict = RandomVerdict();
  const v1::Slot slot;
  Command command{.kind = kind, .actor = actor, .request = request.get()};
  if (kind == kAddRevision) {
    command.revision = &revision;
    command.facts = &facts;
    command.changed_percent = std::array{1.0, 15.0, 40.0}[static_cast<size_t>(dice_.Roll(3))];
  }
  command.verdict = &verdict;
  command.slot = &slot;
  std::string meeting;
  if (kind == kPinToMeeting || kind == kOpenItem || kind == kRecordOutcome) {
    meeting = world_.meeting().id();
  } else if (kind == kUndoOutcome) {
    meeting = spec.last_outcome().meeting();
  }
  world_.Run(key, command, meeting).IgnoreError();
}

std::string Walker::RandomConcern(const v1::Spec& spec, const std::string& owner) {
  if (spec.concerns().empty() || OneIn(10)) return "c99";
  // Mostly one that is open, and theirs.
  for (int tries = 0; tries < 8; ++tries) {
    const v1::Concern& concern = spec.concerns(dice_.Roll(spec.concerns_size()));
    const bool fits = owner.empty() || concern.owner() == owner;
    if (fits && concern.status() == v1::Concern::STATUS_OPEN) return concern.id();
  }
  return spec.concerns(0).id();
}

std::string Walker::RandomRequest(const v1::Spec& spec, const std::string& actor,
                                  CommandKind kind) {
  const absl::CivilDay today = absl::ToCivilDay(world_.now(), absl::UTCTimeZone());
  const std::string later = DayText(today + dice_.Roll(400) - 5);
  const std::string deferral = fmt::format("deferral {{ waits_for: 'disks' wake_date {} }}", later);
  switch (kind) {
    case kAddComment:
      return OneIn(5) ? "" : "text: 'Hm.'";
    case kInviteReader:
    case kAssignReviewer:
    case kReleaseReviewer:
    case kSetPresenter:
      return fmt::format("person: '{}'", RandomPerson());
    case kRaiseConcern:
      return fmt::format("title: 'concern {}' text: 'x' severity: {} criteria: '{}'",
                         dice_.Roll(30), 1 + dice_.Roll(3), OneIn(5) ? "" : "y");
    case kAnswerConcern:
      return fmt::format("concern: '{}' text: 'x' disputed: {}", RandomConcern(spec), OneIn(2));
    case kResolveConcern:
    case kWithdrawConcern:
      return fmt::format("concern: '{}' text: 'x'", RandomConcern(spec, actor));
    case kChangeConcernSeverity:
      return fmt::format("concern: '{}' severity: {} criteria: 'y'", RandomConcern(spec, actor),
                         dice_.Roll(4));
    case kOverruleConcern:
      return fmt::format("concern: '{}' reason: 'x'", RandomConcern(spec));
    case kTakePosition: {
      const bool approves = !OneIn(3);
      const bool wishes = approves && OneIn(6);
      return fmt::format("revision: {} kind: {} {}", spec.revisions_size() - (OneIn(8) ? 1 : 0),
                         approves ? 1 : 1 + dice_.Roll(5), wishes ? "conditions: 'a graph'" : "");
    }
    case kSubmitSpec:
    case kResubmitSpec:
      return OneIn(8) ? "facts_unknown: true wants: REVIEW_MODE_SYNC reviewers: 'dee'" : "";
    case kRecordOutcome:
      return fmt::format("meeting: '{}' kind: {} rationale: 'x' overrule: {} {}", spec.meeting(),
                         OneIn(2) ? 1 : 1 + dice_.Roll(6), OneIn(2), deferral);
    case kOpenItem:
      return fmt::format("meeting: '{}'", world_.meeting().id());
    case kReleaseSlot:
      return fmt::format("meeting: '{}' reason: 'ill' fault: {}", spec.meeting(), dice_.Roll(3));
    case kUndoOutcome:
      return fmt::format("meeting: '{}' reason: 'x'", spec.last_outcome().meeting());
    case kDeferSpec:
      return deferral;
    case kSetNotBefore:
      return "not_before " + later;
    case kRejectSpec:
      return "rationale: 'x'";
    case kReopenSpec:
    case kContestDecision:
      return "what_is_new: 'x'";
    case kOverrideRule:
      return "rule: 'r1' reason: 'x'";
    case kRecordAudit:
      return fmt::format("result: {} text: 'x'", dice_.Roll(4));
    case kMeetCondition:
      return fmt::format("condition: 'k{}'", 1 + dice_.Roll(3));
    case kExtendCondition:
      return fmt::format("condition: 'k{}' due {}", 1 + dice_.Roll(3), later);
    case kRequestChanges:
    case kRequestMeeting:
    case kPinToMeeting:
    case kPullIn:
      return "reason: 'x'";
    default:
      return "";
  }
}

}  // namespace gavel::lifecycle_test
