#include "engine/domain/guards.h"

#include <algorithm>

#include "engine/domain/concern.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/revision_kind.h"
#include "engine/domain/settling.h"
#include "engine/domain/stricter.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::guard {
namespace {

using Refusal = std::optional<std::string>;

// A deferred spec wakes within a year; longer is a withdrawal.
constexpr int kDeferMonths = 12;
// The sponsor may say no without an answer after this long (row 19).
constexpr int kRejectAfterBd = 5;
// The row is about another case of its command; the row that is about this one says why not.
const std::string kNotThisCase;

Refusal HoldsIf(bool holds, std::string_view otherwise) {
  if (holds) return std::nullopt;
  return std::string(otherwise);
}

Refusal ContentDiffers(const Situation& situation, const Command& command) {
  const v1::Revision* current = CurrentRevision(situation.spec);
  return HoldsIf(current == nullptr || !SaysNothingNew(*command.revision, *current),
                 "the bytes equal the current revision's");
}

Refusal RevertsToDecided(const Situation& situation, const Command& command) {
  const v1::Decision* stayed = Stayed(situation.spec);
  if (stayed == nullptr || !stayed->stayed_by_revision()) return kNotThisCase;
  const auto& revisions = situation.spec.revisions();
  const auto decided = std::find_if(revisions.begin(), revisions.end(), [&](const auto& revision) {
    return revision.number() == stayed->revision();
  });
  const bool reverts = decided != revisions.end() && SaysNothingNew(*command.revision, *decided);
  return HoldsIf(reverts, kNotThisCase);
}

Refusal Editorial(const Situation& situation, const Command& command) {
  if (ContentDiffers(situation, command).has_value()) return kNotThisCase;
  const v1::Revision* base = BaseRevision(situation.spec);
  const v1::Verdict& before = situation.spec.verdict();
  // A lifted stay may have left a verdict behind that is not the one a rule approved by.
  const bool by_rule = situation.spec.state() == v1::Spec::STATE_AUTO_APPROVED;
  const v1::ReviewMode decided = by_rule ? v1::REVIEW_MODE_AUTO : before.mode();
  const bool minor = command.revision->kind() != v1::Revision::KIND_MAJOR &&
                     base->facts_hash() == command.revision->facts_hash() &&
                     command.changed_percent <= situation.settings().major_revision_percent();
  const bool same_verdict =
      command.verdict->mode() == decided && command.verdict->author_gate() == before.author_gate();
  return HoldsIf(minor && same_verdict, kNotThisCase);
}

Refusal MayAutoApprove(const Situation& situation, const Command&) {
  const v1::Spec& spec = situation.spec;
  return HoldsIf(!spec.verdict().author_gate() && !spec.engaged() &&
                     EffectiveMode(spec) == v1::REVIEW_MODE_AUTO,
                 "no rule may approve it");
}

Refusal GateOk(const Situation& situation, const Command&) {
  return HoldsIf(!situation.spec.verdict().author_gate(), "the rules return it to its author");
}

Refusal AuthorGate(const Situation& situation, const Command&) {
  return HoldsIf(situation.spec.verdict().author_gate(),
                 "the rules do not return it to its author");
}

Refusal NoLongerSync(const Situation& situation, const Command&) {
  const v1::Spec& spec = situation.spec;
  return HoldsIf(spec.queue().reason() == v1::Queue::REASON_VERDICT &&
                     EffectiveMode(spec) != v1::REVIEW_MODE_SYNC,
                 "it still needs the room");
}

template <SettlingCase kCase>
Refusal SettlesTo(const Situation& situation, const Command&) {
  return HoldsIf(Settle(situation).which == kCase, "the review does not lead there");
}

Refusal QueuedSettlesToApproved(const Situation& situation, const Command& command) {
  const v1::Queue::Reason reason = situation.spec.queue().reason();
  const bool listed = reason == v1::Queue::REASON_BLOCK_OPEN ||
                      reason == v1::Queue::REASON_NEEDS_DISCUSSION ||
                      reason == v1::Queue::REASON_NO_QUORUM;
  if (!listed) return "it is queued for another reason";
  return SettlesTo<SettlingCase::kApproved>(situation, command);
}

Refusal BlockOpen(const Situation& situation, const Command&) {
  return HoldsIf(!OpenBlocks(situation.spec).empty(), "no blocking concern is open");
}

Refusal AnsweredOrRevised(const Situation& situation, const Command&) {
  const v1::Spec& spec = situation.spec;
  const absl::Time revised = FromProto(CurrentRevision(spec)->create_time());
  if (revised > FromProto(spec.changes_requested_time())) return std::nullopt;
  for (const v1::Concern* block : OpenBlocks(spec)) {
    if (!IsAnswered(*block)) {
      return fmt::format("there is no new revision and the blocking concern \"{}\" has no answer",
                         block->title());
    }
  }
  return std::nullopt;
}

Refusal BlockDisputed(const Situation& situation, const Command&) {
  const auto blocks = OpenBlocks(situation.spec);
  return HoldsIf(std::any_of(blocks.begin(), blocks.end(),
                             [](const auto* block) { return block->disputed(); }),
                 "no open blocking concern is disputed in its answer");
}

Refusal BeforeFreeze(const Situation& situation, const Command&) {
  return HoldsIf(situation.meeting != nullptr &&
                     situation.meeting->state() == v1::Meeting::STATE_PLANNED &&
                     situation.meeting->area() == situation.spec.area(),
                 "the meeting is frozen, over, or of another area");
}

Refusal MeetingNotLive(const Situation& situation, const Command&) {
  return HoldsIf(
      situation.meeting == nullptr || situation.meeting->state() != v1::Meeting::STATE_LIVE,
      "its meeting is live");
}

Refusal QuickItem(const Situation& situation, const Command&) {
  const v1::Slot* slot = situation.meeting == nullptr
                             ? nullptr
                             : FindSlot(*situation.meeting, situation.spec.key());
  return HoldsIf(slot != nullptr && slot->quick(), "it is being discussed; record its outcome");
}

// Somebody recorded as away who came all the same is there.
bool PresenterThere(const Situation& situation) {
  const std::string& presenter = situation.spec.presenter();
  const absl::CivilDay today = situation.calendar().DayOf(situation.now);
  const std::string stand_in = StandIn(situation.absences, presenter, today);
  const auto& attendance = situation.meeting->attendance();
  if (attendance.empty()) return !stand_in.empty();
  return std::any_of(attendance.begin(), attendance.end(), [&](const v1::Attendance& entry) {
    return entry.person() == presenter || entry.person() == stand_in;
  });
}

Refusal ItemMayOpen(const Situation& situation, const Command&) {
  if (situation.meeting == nullptr || situation.meeting->state() != v1::Meeting::STATE_LIVE) {
    return "its meeting is not live";
  }
  for (const v1::Slot& slot : situation.meeting->slots()) {
    if (slot.state() == v1::Slot::STATE_OPEN) {
      return fmt::format("{} is open; record its outcome first", slot.spec());
    }
  }
  if (PresenterThere(situation)) return std::nullopt;
  return fmt::format(
      "neither @{}, who presents it, nor a delegate is there; somebody else presents it, or its "
      "slot is released as a no-show (`gavel meeting release --no-show`)",
      situation.spec.presenter());
}

bool IsDecision(v1::Outcome::Kind kind) {
  return kind == v1::Outcome::KIND_APPROVE || kind == v1::Outcome::KIND_APPROVE_WITH_CONDITIONS ||
         kind == v1::Outcome::KIND_REJECT;
}

Refusal EveryGateHasApproval(const Situation& situation) {
  const v1::Gate* gate = GateWithoutApproval(situation.spec);
  if (gate == nullptr) return std::nullopt;
  return fmt::format("the gate {} has no fresh approval; one of {} can give it in the room",
                     gate->id(), fmt::join(gate->people(), ", "));
}

Refusal MayDecideInMeeting(const Situation& situation, const Command& command) {
  const auto& request = command.As<v1::RecordOutcomeRequest>();
  if (!IsDecision(request.kind())) return kNotThisCase;
  if (request.kind() == v1::Outcome::KIND_REJECT) return std::nullopt;
  if (Refusal missing = EveryGateHasApproval(situation)) return missing;
  const auto blocks = OpenBlocks(situation.spec);
  if (blocks.empty()) return std::nullopt;
  return fmt::format(
      "the blocking concern \"{}\" is open; its raiser resolves it, or the sponsor overrules it "
      "with a reason",
      blocks.front()->title());
}

Refusal MayOverruleInMeeting(const Situation& situation, const Command& command) {
  const auto& request = command.As<v1::RecordOutcomeRequest>();
  const bool approves = IsDecision(request.kind()) && request.kind() != v1::Outcome::KIND_REJECT;
  if (!approves || !request.overrule() || OpenBlocks(situation.spec).empty()) {
    return "the sponsor records only an approval that overrules an open blocking concern";
  }
  return EveryGateHasApproval(situation);
}

Refusal WithinYear(const Situation& situation, const v1::Deferral& deferral) {
  if (!IsValidDate(deferral.wake_date())) return std::nullopt;  // The effect names the field.
  const absl::CivilDay today = situation.calendar().DayOf(situation.now);
  const absl::CivilDay wake = ToCivilDay(deferral.wake_date());
  const absl::CivilDay last(absl::CivilMonth(today) + kDeferMonths);
  return HoldsIf(wake > today && wake <= last + (today.day() - 1),
                 "the wake date must lie within the next 12 months");
}

Refusal OtherOutcome(const Situation& situation, const Command& command) {
  const auto& request = command.As<v1::RecordOutcomeRequest>();
  if (IsDecision(request.kind())) return kNotThisCase;
  if (request.kind() == v1::Outcome::KIND_DEFER) return WithinYear(situation, request.deferral());
  if (request.kind() != v1::Outcome::KIND_CONTINUE) return std::nullopt;
  const bool own_session = situation.meeting != nullptr && situation.meeting->ad_hoc();
  return HoldsIf(situation.spec.queue().continued() == 0 || own_session,
                 "it was continued once; a second time needs a session of its own");
}

Refusal MayReject(const Situation& situation, const Command&) {
  const v1::Spec& spec = situation.spec;
  const bool answered = std::any_of(spec.concerns().begin(), spec.concerns().end(),
                                    [](const v1::Concern& c) { return IsAnswered(c); });
  if (answered) return std::nullopt;
  if (!spec.review().has_first_open_time()) return "it was never under review";
  const absl::Time from = situation.calendar().AddBusinessDays(
      FromProto(spec.review().first_open_time()), kRejectAfterBd);
  return HoldsIf(situation.now >= from,
                 "the author has not answered and 5 business days have not passed");
}

Refusal MayDefer(const Situation& situation, const Command& command) {
  return WithinYear(situation, command.As<v1::DeferSpecRequest>().deferral());
}

Refusal SaysWhatIsNew(const Situation& situation, const Command& command) {
  const bool needed = situation.spec.state() == v1::Spec::STATE_REJECTED;
  return HoldsIf(!needed || !command.As<v1::ReopenSpecRequest>().what_is_new().empty(),
                 "after a rejection `what_is_new` has to say what is new");
}

Refusal WithinObjection(const Situation& situation, const Command&) {
  const v1::Decision* decision = InForce(situation.spec);
  return HoldsIf(decision != nullptr && !decision->final() &&
                     situation.now < FromProto(decision->final_time()),
                 "the objection window is over");
}

// An audit of a decision that was replaced since is recorded only.
Refusal AuditFails(const Situation& situation, const Command& command) {
  const auto& request = command.As<v1::RecordAuditRequest>();
  const v1::Decision* audited = AuditedDecision(situation.spec, request.decision());
  const bool holds = audited != nullptr && audited == InForce(situation.spec);
  return HoldsIf(holds && request.result() != v1::AuditRecorded::RESULT_FINE, kNotThisCase);
}

Refusal MayContest(const Situation& situation, const Command& command) {
  const v1::Spec& spec = situation.spec;
  const v1::Decision* decision = InForce(spec);
  if (decision == nullptr || decision->authority() != v1::Decision::AUTHORITY_MEETING) {
    return "it was not approved by a meeting";
  }
  if (spec.contested()) return "it was contested before";
  if (decision->final() || situation.now >= FromProto(decision->final_time())) {
    return "the business day to contest is over";
  }
  const v1::Meeting* meeting = situation.meeting;
  const bool was_there =
      meeting != nullptr && std::any_of(meeting->attendance().begin(), meeting->attendance().end(),
                                        [&](const auto& a) { return a.person() == command.actor; });
  return HoldsIf(!was_there, "only a required reviewer who was absent may contest");
}

Refusal MayUndo(const Situation& situation, const Command& command) {
  const v1::Spec& spec = situation.spec;
  if (!spec.has_last_outcome()) return "no outcome led to its present state";
  const v1::Outcome& outcome = spec.last_outcome();
  if (situation.now > FromProto(outcome.record_time()) + kUndoWindow) {
    return "10 minutes have passed";
  }
  return HoldsIf(outcome.recorded_by() == command.actor,
                 fmt::format("only @{}, who recorded it, may take it back", outcome.recorded_by()));
}

Refusal RuleFired(const Situation& situation, const Command& command) {
  const std::string& rule = command.As<v1::OverrideRuleRequest>().rule();
  for (const v1::RuleResult& result : situation.spec.verdict().rules()) {
    if (result.id() != rule) continue;
    const bool can_be = result.effect() == v1::RuleResult::EFFECT_REQUIRE ||
                        result.effect() == v1::RuleResult::EFFECT_NEEDS_AUTHOR;
    return HoldsIf(result.applied() && can_be,
                   fmt::format("{} did not fire as a requirement or author gate", rule));
  }
  return fmt::format("{} is not in the verdict", rule);
}

Refusal StricterVerdict(const Situation& situation, const Command& command) {
  return HoldsIf(IsStricter(*command.verdict, situation.spec.verdict()),
                 "the live policy is not stricter about it");
}

}  // namespace

const Guard kNone = {"", nullptr};
const Guard kGivesReason = {"gives a reason", nullptr};
const Guard kPlanned = {"eligible and within capacity", nullptr};
const Guard kThreeCutOffs = {"ineligible for the author's reasons at three cut-offs running",
                             nullptr};
const Guard kContentDiffers = {"content hash differs from the current revision's", ContentDiffers};
const Guard kRevertsToDecided = {"content hash equals the decided revision's", RevertsToDecided};
const Guard kEditorial = {"minor, facts hash and verdict unchanged", Editorial};
const Guard kMayAutoApprove = {"verdict auto, gate ok, not engaged", MayAutoApprove};
const Guard kGateOk = {"gate ok, every gate can be staffed", GateOk};
const Guard kAuthorGate = {"author gate set", AuthorGate};
const Guard kNoLongerSync = {"queued for VERDICT and no longer sync", NoLongerSync};
const Guard kSettlesToChanges = {"settling A", SettlesTo<SettlingCase::kChangesRequested>};
const Guard kSettlesToQueue = {"settling B or C", SettlesTo<SettlingCase::kQueued>};
const Guard kSettlesToApproved = {"settling D", SettlesTo<SettlingCase::kApproved>};
const Guard kQueuedSettlesToApproved = {
    "settling D; reason BLOCK_OPEN, NEEDS_DISCUSSION or NO_QUORUM", QueuedSettlesToApproved};
const Guard kBlockOpen = {"a blocking concern is open", BlockOpen};
const Guard kAnsweredOrRevised = {"a new revision since, or every open blocking concern answered",
                                  AnsweredOrRevised};
const Guard kBlockDisputed = {"a blocking concern disputed in its answer", BlockDisputed};
const Guard kBeforeFreeze = {"before the freeze; eligible and within capacity", BeforeFreeze};
const Guard kMeetingNotLive = {"meeting not LIVE", MeetingNotLive};
const Guard kQuickItem = {"an item of the consent list that drew a concern", QuickItem};
const Guard kItemMayOpen = {"meeting LIVE, no other item open; presenter or delegate present",
                            ItemMayOpen};
const Guard kMayDecideInMeeting = {
    "rationale; to approve: every gate has a fresh approval, every open block is resolved",
    MayDecideInMeeting};
const Guard kMayOverruleInMeeting = {
    "rationale; every gate has a fresh approval; an open block is overruled with it",
    MayOverruleInMeeting};
const Guard kOtherOutcome = {"what is left, to change or to wait for; continue once per item",
                             OtherOutcome};
const Guard kMayReject = {"the author has answered, or 5 bd passed since ReviewOpened", MayReject};
const Guard kWithinYear = {"waits-for, wake date within 12 months, named person", MayDefer};
const Guard kSaysWhatIsNew = {"from REJECTED: what is new, in writing", SaysWhatIsNew};
const Guard kWithinObjection = {"within the objection window", WithinObjection};
const Guard kAuditFails = {"the audit failed", AuditFails};
const Guard kMayContest = {"approved by meeting, within 1 bd, once, absent", MayContest};
const Guard kMayUndo = {"within 10 minutes, nothing has moved the spec since, by its recorder",
                        MayUndo};
const Guard kRuleFired = {"the rule fired as a requirement or author gate", RuleFired};
const Guard kStricterVerdict = {"the live policy is stricter", StricterVerdict};

}  // namespace gavel::guard
