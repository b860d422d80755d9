#include "engine/domain/testing/scene.h"

#include <gtest/gtest.h>

#include "engine/base/error.h"
#include "engine/domain/apply.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/fold_planning.h"
#include "engine/domain/fold_spec.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/spec_service.pb.h"
#include "google/protobuf/text_format.h"

namespace gavel::testing {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MessageFactory;

v1::Meeting MediaMeeting() {
  v1::Meeting meeting;
  meeting.set_id("2026-12-10-media");
  meeting.set_name("meetings/2026-12-10-media");
  meeting.set_area("media");
  meeting.set_series("weekly");
  meeting.set_state(v1::Meeting::STATE_PLANNED);
  const absl::Time start = Morning(absl::CivilDay(2026, 12, 10)) + absl::Hours(5);
  *meeting.mutable_start_time() = ToProto(start);
  *meeting.mutable_end_time() = ToProto(start + absl::Hours(1));
  *meeting.mutable_cut_off_time() = ToProto(Morning(absl::CivilDay(2026, 12, 7)) + absl::Hours(2));
  *meeting.mutable_freeze_time() = ToProto(Morning(absl::CivilDay(2026, 12, 8)));
  *meeting.mutable_minutes_due_time() = ToProto(start + absl::Hours(24));
  return meeting;
}

}  // namespace

absl::Time Morning(absl::CivilDay day) { return Acme().CalendarOf("media").LocalTime(day, 600); }

std::unique_ptr<google::protobuf::Message> RequestOf(CommandKind kind, const std::string& text) {
  if (!IsPublic(kind)) return nullptr;
  const auto* type = DescriptorPool::generated_pool()->FindMessageTypeByName(
      "gavel.v1." + CommandName(kind) + "Request");
  std::unique_ptr<google::protobuf::Message> request(
      MessageFactory::generated_factory()->GetPrototype(type)->New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, request.get())) << text;
  return request;
}

v1::Verdict VerdictOf(v1::ReviewMode mode, bool author_gate) {
  v1::Verdict verdict;
  verdict.set_mode(mode);
  verdict.set_author_gate(author_gate);
  verdict.set_summary("for the test");
  if (mode == v1::REVIEW_MODE_AUTO) verdict.set_auto_rule("standard-storage");
  return verdict;
}

std::string Reason(const absl::Status& status) {
  return status.ok() ? "OK" : ErrorReasonOf(status);
}

// The organisation outlives the scene: Acme() is never destroyed.
Scene::Scene() : Scene(std::shared_ptr<const Organisation>(std::shared_ptr<void>(), &Acme())) {}

Scene::Scene(std::shared_ptr<const Organisation> made)
    : organisation(std::move(made)), meeting(MediaMeeting()) {
  facts.set_area("media");
  facts.set_title("Bigger upload parts");
  facts.add_authors("ana");
}

Situation Scene::situation() const {
  return {.spec = spec,
          .organisation = *organisation,
          .absences = absences,
          .now = now,
          .meeting = &meeting,
          .superseded = &superseded};
}

const v1::Concern& Scene::concern(std::string_view title) const {
  for (const v1::Concern& each : spec.concerns()) {
    if (each.title() == title) return each;
  }
  return v1::Concern::default_instance();
}

absl::Status Scene::Run(const Command& command) {
  now += absl::Seconds(1);
  const auto made = Apply(situation(), command);
  if (!made.ok()) return made.status();
  last.clear();
  for (const v1::Event& event : *made) {
    last.push_back(event.type());
    FoldSpec(event, spec);
    if (ConcernsMeeting(event)) FoldMeeting(event, meeting);
    if (ConcernsPlanning(event)) FoldPlanning(event, planning);
    events.push_back(event);
  }
  return absl::OkStatus();
}

absl::Status Scene::Do(std::string_view actor, CommandKind kind, const std::string& text) {
  const auto request = actor == kSystemActor ? nullptr : RequestOf(kind, text);
  v1::Slot slot;
  slot.set_timebox_minutes(15);
  v1::Revision first;
  first.set_content_hash("bytes-1");
  first.set_facts_hash("facts");
  first.set_words(1000);
  Command command{.kind = kind, .actor = std::string(actor), .request = request.get()};
  command.revision = &first;
  command.facts = &facts;
  command.verdict = &verdict;
  command.slot = &slot;
  command.reason = "for the test";
  return Run(command);
}

void Scene::Must(std::string_view actor, CommandKind kind, const std::string& text) {
  const absl::Status status = Do(actor, kind, text);
  EXPECT_TRUE(status.ok()) << CommandName(kind) << " by " << actor << ": " << status.ToString();
}

absl::Status Scene::Revise(const std::string& bytes, const RevisionText& text,
                           const std::string& author) {
  v1::Revision revision;
  revision.set_content_hash(bytes);
  revision.set_facts_hash(text.facts);
  revision.set_words(1000);
  revision.set_kind(text.kind);
  const v1::AddRevisionRequest request;
  return Run({.kind = CommandKind::kAddRevision,
              .actor = author,
              .request = &request,
              .revision = &revision,
              .facts = &facts,
              .changed_percent = text.changed_percent,
              .verdict = &verdict});
}

absl::Status Scene::Meet(std::string_view actor, MeetingCommandKind kind,
                         const google::protobuf::Message* request, const v1::Event& payload) {
  now += absl::Seconds(1);
  const auto made = ApplyMeeting(
      {.meeting = meeting, .planning = planning, .organisation = *organisation, .now = now},
      {.kind = kind, .actor = std::string(actor), .request = request, .payload = payload});
  if (!made.ok()) return made.status();
  for (const v1::Event& event : *made) {
    FoldMeeting(event, meeting);
    if (ConcernsPlanning(event)) FoldPlanning(event, planning);
  }
  return absl::OkStatus();
}

absl::Status Scene::Fire(std::string_view timer) {
  const Deadlines due = deadlines();
  const auto found = due.find(std::string(timer));
  if (found == due.end()) return absl::NotFoundError(fmt::format("no timer {}", timer));
  now = std::max(now, found->second);
  Command command{.kind = CommandOfTimer(timer), .actor = std::string(kSystemActor)};
  command.timer = timer;
  command.due = found->second;
  command.verdict = &verdict;
  return Run(command);
}

void Scene::Create(const std::string& key, const std::string& author) {
  spec.Clear();
  spec.set_area(facts.area());
  *spec.mutable_authors() = facts.authors();
  v1::Revision revision;
  revision.set_content_hash("bytes-1");
  revision.set_facts_hash("facts");
  revision.set_words(1000);
  v1::CreateSpecRequest request;
  request.set_repository("github.com/acme/uploads");
  request.set_path("specs/" + key + ".md");
  Command command{.kind = CommandKind::kCreateSpec, .actor = author, .request = &request};
  command.revision = &revision;
  command.facts = &facts;
  command.verdict = &verdict;
  command.key = key;
  const absl::Status status = Run(command);
  EXPECT_TRUE(status.ok()) << status.ToString();
}

void Scene::Submit(v1::ReviewMode mode) {
  verdict = VerdictOf(mode);
  Must("ana", CommandKind::kSubmitSpec);
}

void Scene::Position(const std::string& person, const std::string& kind) {
  Must(person, CommandKind::kTakePosition,
       fmt::format("revision: {} kind: KIND_{}", spec.revisions_size(), kind));
}

void Scene::Block(const std::string& person, const std::string& title) {
  Must(person, CommandKind::kRaiseConcern,
       fmt::format("title: '{}' text: 'They leak.' severity: SEVERITY_BLOCKING "
                   "criteria: 'They do not leak.'",
                   title));
}

void Scene::Answer(const std::string& title, bool disputed) {
  Must(spec.authors(0), CommandKind::kAnswerConcern,
       fmt::format("concern: '{}' text: 'They do not.' disputed: {}", title, disputed));
}

void Scene::Queue() { Must("ana", CommandKind::kRequestMeeting, "reason: 'It is quicker.'"); }

void Scene::Schedule() { Must(kSystemActor, CommandKind::kAssignSlot); }

void Scene::Freeze() {
  v1::Event packet;
  packet.mutable_packet_sent();
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() != v1::Slot::STATE_PLANNED) continue;
    (*packet.mutable_packet_sent()->mutable_revisions())[slot.spec()] = spec.revisions_size();
  }
  const absl::Status status = Meet(kSystemActor, MeetingCommandKind::kSendPacket, nullptr, packet);
  EXPECT_TRUE(status.ok()) << status.ToString();
}

void Scene::OpenMeeting() {
  now = std::max(now, FromProto(meeting.start_time()));
  const v1::OpenMeetingRequest request;
  const absl::Status status = Meet("kim", MeetingCommandKind::kOpenMeeting, &request);
  EXPECT_TRUE(status.ok()) << status.ToString();
}

void Scene::OpenItem() {
  Must("kim", CommandKind::kOpenItem, fmt::format("meeting: '{}'", meeting.id()));
}

void Scene::CloseMeeting() {
  v1::Event closed;
  closed.mutable_meeting_closed();
  const absl::Status status = Meet("kim", MeetingCommandKind::kCloseMeeting, nullptr, closed);
  EXPECT_TRUE(status.ok()) << status.ToString();
}

void Scene::Outcome(const std::string& kind, const std::string& more) {
  Must("kim", CommandKind::kRecordOutcome,
       fmt::format("meeting: '{}' kind: KIND_{} rationale: 'It is sound.' {}", meeting.id(), kind,
                   more));
}

void Scene::PlayTo(v1::Spec::State state) {
  if (state == v1::Spec::STATE_UNSPECIFIED) return;
  Create();
  switch (state) {
    case v1::Spec::STATE_DRAFT:
      break;
    case v1::Spec::STATE_ASYNC_REVIEW:
      Submit();
      break;
    case v1::Spec::STATE_CHANGES_REQUESTED:
      verdict = VerdictOf(v1::REVIEW_MODE_ASYNC, /*author_gate=*/true);
      Must("ana", CommandKind::kSubmitSpec);
      verdict.set_author_gate(false);
      break;
    case v1::Spec::STATE_QUEUED:
    case v1::Spec::STATE_SCHEDULED:
    case v1::Spec::STATE_IN_MEETING:
      Submit();
      Queue();
      if (state == v1::Spec::STATE_QUEUED) break;
      Schedule();
      if (state == v1::Spec::STATE_SCHEDULED) break;
      Freeze();
      OpenMeeting();
      OpenItem();
      break;
    case v1::Spec::STATE_AUTO_APPROVED:
      Submit(v1::REVIEW_MODE_AUTO);
      break;
    case v1::Spec::STATE_APPROVED:
    case v1::Spec::STATE_SUPERSEDED:
      Submit();
      Position("fay");
      Position("kim");
      if (state == v1::Spec::STATE_APPROVED) break;
      Must(kSystemActor, CommandKind::kSupersede);
      break;
    case v1::Spec::STATE_REJECTED:
      Submit();
      now += absl::Hours(24 * 8);
      Must("chen", CommandKind::kRejectSpec, "rationale: 'It does not pay.'");
      break;
    case v1::Spec::STATE_DEFERRED:
      Submit();
      Must("ana", CommandKind::kDeferSpec,
           "deferral { waits_for: 'the new disks' wake_date { year: 2027 month: 2 day: 1 } }");
      break;
    case v1::Spec::STATE_WITHDRAWN:
      Must("ana", CommandKind::kWithdrawSpec);
      break;
    default:
      break;
  }
  EXPECT_EQ(StateName(spec.state()), StateName(state));
}

}  // namespace gavel::testing
