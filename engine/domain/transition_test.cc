// The table against the design page, row by row, and every (state, command, person) against the
// table.

#include "engine/domain/transition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "engine/domain/testing/scene.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel {
namespace {

using enum CommandKind;
using testing::Scene;

constexpr auto kNone = v1::Spec::STATE_UNSPECIFIED;
constexpr auto kDraft = v1::Spec::STATE_DRAFT;
constexpr auto kAsync = v1::Spec::STATE_ASYNC_REVIEW;
constexpr auto kChanges = v1::Spec::STATE_CHANGES_REQUESTED;
constexpr auto kQueued = v1::Spec::STATE_QUEUED;
constexpr auto kScheduled = v1::Spec::STATE_SCHEDULED;
constexpr auto kInMeeting = v1::Spec::STATE_IN_MEETING;
constexpr auto kAuto = v1::Spec::STATE_AUTO_APPROVED;
constexpr auto kApproved = v1::Spec::STATE_APPROVED;
constexpr auto kRejected = v1::Spec::STATE_REJECTED;
constexpr auto kDeferred = v1::Spec::STATE_DEFERRED;
constexpr auto kWithdrawn = v1::Spec::STATE_WITHDRAWN;
constexpr auto kSuperseded = v1::Spec::STATE_SUPERSEDED;

using States = std::set<v1::Spec::State>;

const States kEvery = {kDraft, kAsync,    kChanges,  kQueued,   kScheduled, kInMeeting,
                       kAuto,  kApproved, kRejected, kDeferred, kWithdrawn, kSuperseded};
const States kOpen = {kAsync, kChanges, kQueued, kScheduled, kInMeeting};
const States kOpenOutside = {kAsync, kChanges, kQueued, kScheduled};
const States kDraftAndOpen = {kDraft, kAsync, kChanges, kQueued, kScheduled, kInMeeting};
const States kSubmit = {kDraft, kChanges, kDeferred, kApproved, kAuto};  // "(submit)" of rows 4–6.
const States kRouted = {kAuto, kAsync, kChanges};

States With(States states, const States& more) {
  states.insert(more.begin(), more.end());
  return states;
}

// What lifecycle.md says, typed from the page and not from the code.
struct DesignRow {
  int row;
  States from;
  std::set<CommandKind> commands;
  std::string who;
  States to;  // Empty: it stays.
};

const std::vector<DesignRow>& Design() {
  static const std::vector<DesignRow> rows = {
      {1, {kNone}, {kCreateSpec}, "author", {kDraft}},
      {2,
       {kDraft, kChanges, kAsync, kQueued, kScheduled, kDeferred},
       {kAddRevision, kReroute},
       "author, system",
       {kAuto, kChanges, kAsync, kQueued, kScheduled}},  // Or it stays; see "Revisions".
      {3, {kDraft}, {kSubmitSpec}, "author", kRouted},
      {4, With(kSubmit, {kAsync}), {kRoute, kReroute}, "system", {kAuto}},
      {5, kSubmit, {kRoute}, "system", {kAsync}},
      {6, With(kSubmit, {kAsync, kQueued}), {kRoute, kReroute}, "system", {kChanges}},
      {7,
       {kAsync},
       {kSettle, kRequestChanges},
       "required reviewer, facilitator, system",
       {kChanges}},
      {8, {kChanges}, {kResubmitSpec}, "author", kRouted},
      {9, {kAsync, kQueued}, {kSettle}, "system", {kApproved}},
      {10, {kAsync}, {kSettle}, "system", {kQueued}},
      {11, {kAsync, kChanges}, {kRequestMeeting}, "author, facilitator", {kQueued}},
      {12, {kQueued}, {kAssignSlot, kPinToMeeting}, "facilitator, system", {kScheduled}},
      // From the room itself only a consent item that drew a concern; see meeting_live_test.cc.
      {13,
       {kScheduled, kInMeeting},
       {kReleaseSlot},
       "facilitator, presenter, system",
       {kQueued}},
      {14,
       {kQueued, kScheduled},
       {kPullBackSpec, kPullBackIneligible},
       "author, system",
       {kChanges}},
      {15, {kScheduled}, {kOpenItem}, "facilitator", {kInMeeting}},
      {16, {kInMeeting}, {kRecordOutcome}, "facilitator, sponsor", {kApproved, kRejected}},
      {17, {kInMeeting}, {kRecordOutcome}, "facilitator", {kQueued, kChanges, kDeferred}},
      {18, {kInMeeting}, {kEndOverrun}, "system", {kQueued}},
      {19, {kAsync, kChanges}, {kRejectSpec}, "sponsor", {kRejected}},
      {20,
       With(kOpenOutside, {kDraft, kDeferred}),
       {kWithdrawSpec, kWithdrawStale},
       "author, system",
       {kWithdrawn}},
      {21, {kAsync, kChanges, kQueued}, {kDeferSpec}, "author, facilitator", {kDeferred}},
      {22, {kDeferred}, {kResumeSpec, kWake}, "author, facilitator, system", kRouted},
      {23, {kWithdrawn, kRejected}, {kReopenSpec}, "author", {kDraft}},
      {24,
       {kAuto},
       {kPullIn, kRecordAudit, kBreachEnvelope},
       "reviewer, auditor, system",
       {kAsync}},
      {25, {kApproved}, {kContestDecision}, "required reviewer", {kQueued}},
      {26, {kApproved, kAuto}, {kAddRevision}, "author", {}},
      {27, {kApproved, kAuto}, {kAddRevision}, "author", kRouted},
      {28, {kApproved, kAuto}, {kSupersede}, "system", {kSuperseded}},
      {29,
       {kApproved, kRejected, kQueued, kChanges, kDeferred},
       {kUndoOutcome},
       "facilitator, sponsor",  // Whichever of them recorded it.
       {kScheduled, kQueued}},
      {30, {kAsync, kChanges}, {kAddRevision}, "author", {kApproved, kAuto}},
  };
  return rows;
}

// "Commands that do not move the spec", and the timers that do not.
const std::vector<DesignRow>& DesignInState() {
  static const std::vector<DesignRow> rows = {
      {0, kEvery, {kAddComment}, "member, viewer", {}},
      {0, kEvery, {kInviteReader}, "author", {}},
      {0, kDraftAndOpen, {kRaiseConcern}, "reviewer, required reviewer, the invited", {}},
      {0, kDraftAndOpen, {kAnswerConcern}, "author", {}},
      {0, kDraftAndOpen, {kResolveConcern}, "member", {}},   // Of them only the raiser:
      {0, kDraftAndOpen, {kWithdrawConcern}, "member", {}},  // see concern_test.cc.
      {0, kDraftAndOpen, {kChangeConcernSeverity}, "member", {}},
      {0, {kQueued, kScheduled, kInMeeting}, {kOverruleConcern}, "sponsor", {}},
      {0, kOpen, {kTakePosition}, "reviewer, required reviewer", {}},
      {0, kOpenOutside, {kAssignReviewer}, "facilitator", {}},
      {0, kOpenOutside, {kReleaseReviewer}, "facilitator", {}},
      {0, kOpenOutside, {kSetPresenter}, "author, facilitator", {}},
      {0, kOpenOutside, {kSetNotBefore}, "author, facilitator", {}},
      {0, {kAsync, kChanges, kQueued}, {kOverrideRule}, "sponsor", {}},
      {0, {kAsync, kChanges, kQueued}, {kReevaluateSpec}, "facilitator", {}},
      {0, kEvery, {kRecordAudit}, "auditor", {}},
      {0,
       {kApproved},
       {kMeetCondition},
       "member",
       {}},  // Of them only its owner: decision_test.cc.
      {0, {kApproved}, {kExtendCondition}, "facilitator", {}},
      {0, {kAsync}, {kCloseWindow}, "system", {}},
      {0, {kAsync}, {kAgeAnswer}, "system", {}},
      {0, kEvery, {kRemind}, "system", {}},
      {0, {kApproved, kAuto, kRejected}, {kMakeFinal}, "system", {}},
  };
  return rows;
}

States ToSet(StateSet bits) {
  States states;
  for (int i = 0; i < v1::Spec::State_ARRAYSIZE; ++i) {
    const auto state = static_cast<v1::Spec::State>(i);
    if ((bits & In(state)) != 0) states.insert(state);
  }
  return states;
}

std::string Names(const States& states) {
  std::vector<std::string> names;
  for (const v1::Spec::State state : states) names.push_back(StateName(state));
  return fmt::format("{}", fmt::join(names, ", "));
}

// The code's rows of one number (in-state: of one command), put together.
DesignRow Implemented(const DesignRow& design) {
  DesignRow found{.row = design.row};
  RoleSet who = 0;
  for (const Transition& transition : Transitions()) {
    if (transition.row != design.row) continue;
    if (design.row == 0 && design.commands.count(transition.command) == 0) continue;
    found.from = With(found.from, ToSet(transition.from));
    found.to = With(found.to, ToSet(transition.to));
    found.commands.insert(transition.command);
    who |= transition.who;
  }
  found.who = RoleNames(who);
  return found;
}

void ExpectSame(const DesignRow& design) {
  SCOPED_TRACE(fmt::format("row {}, {}", design.row, CommandName(*design.commands.begin())));
  const DesignRow code = Implemented(design);
  EXPECT_EQ(Names(code.from), Names(design.from));
  EXPECT_EQ(Names(code.to), Names(design.to));
  EXPECT_EQ(code.commands, design.commands);
  EXPECT_EQ(code.who, design.who);
}

TEST(TransitionTableTest, HoldsRowsOneToThirtyAsDesigned) {
  ASSERT_EQ(Design().size(), 30u);
  for (const DesignRow& row : Design()) ExpectSame(row);
}

TEST(TransitionTableTest, HoldsTheInStateCommandsAsDesigned) {
  for (const DesignRow& row : DesignInState()) ExpectSame(row);
}

TEST(TransitionTableTest, HoldsNothingElse) {
  std::set<std::pair<int, CommandKind>> designed;
  for (const auto* rows : {&Design(), &DesignInState()}) {
    for (const DesignRow& row : *rows) {
      for (const CommandKind command : row.commands) designed.insert({row.row, command});
    }
  }
  for (const Transition& transition : Transitions()) {
    EXPECT_EQ(designed.count({transition.row, transition.command}), 1u)
        << "row " << transition.row << " " << CommandName(transition.command);
  }
}

TEST(TransitionTableTest, EveryCommandHasARow) {
  std::set<CommandKind> listed;
  for (const Transition& transition : Transitions()) listed.insert(transition.command);
  EXPECT_EQ(listed.size(), static_cast<size_t>(kCommandKinds));
}

TEST(TransitionTableTest, NothingLeadsOutOfSuperseded) {
  for (const Transition& transition : Transitions()) {
    if ((transition.from & In(kSuperseded)) == 0) continue;
    EXPECT_EQ(transition.to, 0u) << CommandName(transition.command);
  }
}

TEST(TransitionTableTest, AllowedCommandsAreWhatAPersonCanAskForInTheState) {
  const auto allowed = AllowedCommands(kDraft, role::kAuthor | role::kMember);
  EXPECT_THAT(allowed, ::testing::UnorderedElementsAre("AddComment", "AddRevision", "AnswerConcern",
                                                       "ChangeConcernSeverity", "InviteReader",
                                                       "ResolveConcern", "SubmitSpec",
                                                       "WithdrawConcern", "WithdrawSpec"));
  EXPECT_THAT(AllowedCommands(kSuperseded, role::kViewer), ::testing::ElementsAre("AddComment"));
}

// One command by one person in one state, against what the table says of the three.
void ExpectListedOrRefused(const Scene& start, CommandKind kind, const std::string& actor) {
  SCOPED_TRACE(fmt::format("{} by {} in {}", CommandName(kind), actor, StateName(start.state())));
  Scene scene = start;
  const RoleSet roles = RolesOf(scene.situation(), actor);
  RoleSet ever = 0;
  RoleSet here = 0;
  States to;
  for (const Transition& transition : Transitions()) {
    if (transition.command != kind) continue;
    ever |= transition.who;
    if ((transition.from & In(start.state())) == 0) continue;
    here |= transition.who;
    to = With(to, ToSet(transition.to));
  }

  const absl::Status status = scene.Do(actor, kind);
  const std::string reason = ErrorReasonOf(status);
  if (status.ok()) {
    EXPECT_NE(here & roles, 0u) << "accepted, and not listed for " << RoleNames(roles);
    return;
  }
  EXPECT_EQ(scene.spec.SerializeAsString(), start.spec.SerializeAsString()) << "refused, and moved";
  if (reason == "OWN_SPEC") {
    EXPECT_TRUE(IsAuthor(scene.spec, actor));
  } else if ((ever & roles) == 0) {
    EXPECT_EQ(reason, "ROLE_MISSING") << status.ToString();
    EXPECT_EQ(ErrorMetadataOf(status)["needs"], RoleNames(ever));
  } else if (here == 0) {
    EXPECT_EQ(reason, "STATE_NOT_ALLOWED") << status.ToString();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    ErrorMetadata metadata = ErrorMetadataOf(status);
    EXPECT_EQ(metadata["state"], StateName(start.state()));
    const auto allowed = AllowedCommands(start.state(), roles);
    EXPECT_EQ(metadata["allowed"],
              allowed.empty() ? "nothing" : fmt::format("{}", fmt::join(allowed, ", ")));
  } else if ((here & roles) == 0) {
    EXPECT_EQ(reason, "ROLE_MISSING") << status.ToString();
  } else {
    EXPECT_NE(reason, "STATE_NOT_ALLOWED") << status.ToString();
    EXPECT_NE(reason, "ROLE_MISSING") << status.ToString();
    EXPECT_NE(reason, "INTERNAL") << status.ToString();
  }
}

class MatrixTest : public ::testing::TestWithParam<int> {};

TEST_P(MatrixTest, EveryCommandByEverybodyIsListedOrRefused) {
  const auto state = static_cast<v1::Spec::State>(GetParam());
  Scene start;
  start.spec.set_area("media");
  start.PlayTo(state);
  for (int kind = 0; kind < kCommandKinds; ++kind) {
    for (const char* actor : {"ana", "bo", "chen", "dee", "eli", "fay", "gus", "kim", "lee", "ci",
                              "system", "mallory"}) {
      ExpectListedOrRefused(start, static_cast<CommandKind>(kind), actor);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(State, MatrixTest, ::testing::Range(0, v1::Spec::State_ARRAYSIZE),
                         [](const auto& each) {
                           return StateName(static_cast<v1::Spec::State>(each.param));
                         });

}  // namespace
}  // namespace gavel
