// The road of a spec through the whole application, on the in-memory store.

#include <gtest/gtest.h>

#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Service;

std::string State(const v1::Spec& spec) { return StateName(spec.state()); }

TEST(RoadTest, OnlyStandardTiersAreApprovedByTheRule) {
  Service service;
  const std::string key = service.Submit(
      "ana", "specs/a.md", Document("Resize on a queue", "postgres/standard-m", "ana"));
  const v1::Spec spec = service.Get(key);
  EXPECT_EQ(State(spec), "AUTO_APPROVED") << spec.verdict().DebugString();
  ASSERT_EQ(spec.decisions_size(), 1);
  EXPECT_EQ(spec.decisions(0).authority(), v1::Decision::AUTHORITY_RULE);
  EXPECT_EQ(spec.decisions(0).rule(), "auto/standard-tiers");
  service.AdvanceTo(absl::CivilMinute(2026, 11, 25, 10, 0));
  EXPECT_TRUE(service.Get(key).decisions(0).final());
}

TEST(RoadTest, AForeignDocumentGoesBackToItsAuthorOrToPeopleButIsNeverApproved) {
  Service service;
  const std::string foreign = "# An old design\n\nSome words about it.\n";
  EXPECT_EQ(State(service.Get(service.Submit("ana", "old.md", foreign))), "CHANGES_REQUESTED");
  EXPECT_EQ(State(service.Get(service.Submit("ana", "older.md", foreign, true))), "ASYNC_REVIEW");
}

TEST(RoadTest, AMeetingDecidesWhatTheRulesSendThere) {
  Service service;
  const std::string key = service.Submit(
      "ana", "specs/big.md", Document("A dedicated database", "postgres/dedicated-xl", "ana"));
  EXPECT_EQ(State(service.Get(key)), "ASYNC_REVIEW") << service.Get(key).verdict().summary();
  const v1::Spec reviewed = service.Get(key);
  for (const v1::Assignment& each : reviewed.assignments()) {
    service.Take(each.person(), key, v1::Position::KIND_APPROVE);
  }
  EXPECT_EQ(State(service.Get(key)), "QUEUED");

  // Monday noon is the cut-off of Thursday 26 November: three business days ahead is the Monday.
  service.AdvanceTo(absl::CivilMinute(2026, 11, 24, 10, 1));
  v1::Spec spec = service.Get(key);
  if (State(spec) == "QUEUED") {
    service.AdvanceTo(absl::CivilMinute(2026, 12, 1, 10, 1));
    spec = service.Get(key);
  }
  ASSERT_EQ(State(spec), "SCHEDULED");
  const std::string meeting = spec.meeting();
  EXPECT_EQ(service.GetMeeting(meeting).state(), v1::Meeting::STATE_FROZEN);

  service.AdvanceTo(FromProto(service.GetMeeting(meeting).start_time()));
  v1::OpenMeetingRequest open;
  open.set_meeting(meeting);
  service.Do(&MeetingApi::OpenMeeting, "kim", open);
  v1::OpenItemRequest item;
  item.set_meeting(meeting);
  item.set_spec(key);
  service.Do(&MeetingApi::OpenItem, "kim", item);
  v1::RecordOutcomeRequest outcome;
  outcome.set_meeting(meeting);
  outcome.set_spec(key);
  outcome.set_kind(v1::Outcome::KIND_APPROVE);
  outcome.set_rationale("The data does not fit a standard tier.");
  outcome.set_etag(service.Get(key).etag());
  const v1::Spec decided = service.Do(&MeetingApi::RecordOutcome, "kim", outcome).spec();
  EXPECT_EQ(State(decided), "APPROVED");
  EXPECT_EQ(decided.decisions(0).authority(), v1::Decision::AUTHORITY_MEETING);
  v1::CloseMeetingRequest close;
  close.set_meeting(meeting);
  EXPECT_EQ(service.Do(&MeetingApi::CloseMeeting, "kim", close).meeting().state(),
            v1::Meeting::STATE_CLOSED);
}

TEST(RoadTest, AnEmptyMeetingIsCancelledTwoBusinessDaysAhead) {
  Service service;
  service.AdvanceTo(absl::CivilMinute(2026, 12, 1, 10, 1));
  const v1::Meeting meeting = service.GetMeeting("2026-12-03-media");
  EXPECT_EQ(meeting.state(), v1::Meeting::STATE_CANCELLED);
  EXPECT_EQ(meeting.cancel_reason(), "NO_ITEMS");
}

TEST(RoadTest, SilenceLapsesAndNeverApproves) {
  Service service;
  const std::string key = service.Submit(
      "ana", "specs/quiet.md", Document("Nobody answers this", "postgres/dedicated-xl", "ana"));
  service.AdvanceTo(absl::CivilMinute(2026, 12, 1, 9, 0));
  const v1::Spec spec = service.Get(key);
  EXPECT_TRUE(State(spec) == "QUEUED" || State(spec) == "SCHEDULED") << State(spec);
  for (const v1::Assignment& each : spec.assignments()) EXPECT_TRUE(each.lapsed());
}

TEST(RoadTest, TheSameRequestTwiceIsOneRevision) {
  Service service;
  v1::CreateSpecRequest create;
  create.set_repository("r");
  create.set_path("p.md");
  create.set_content(Document("Sent twice over", "postgres/standard-m", "ana"));
  create.set_request_id("6f9619ff-8b86-4d01-b42d-00cf4fc964ff");
  const auto first = service.Do(&SpecApi::CreateSpec, "ana", create);
  const auto again = service.Do(&SpecApi::CreateSpec, "ana", create);
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  create.set_path("q.md");
  v1::CreateSpecResponse response;
  const absl::Status reused = service.Call(&SpecApi::CreateSpec, "ana", create, &response);
  EXPECT_EQ(ErrorReasonOf(reused), "REQUEST_ID_REUSED");
}

TEST(RoadTest, AStaleEtagAbortsAndNamesTheCurrentOne) {
  Service service;
  const std::string key = service.Submit(
      "ana", "specs/e.md", Document("Guarded by an etag", "postgres/dedicated-xl", "ana"));
  v1::WithdrawSpecRequest withdraw;
  withdraw.set_spec(key);
  v1::WithdrawSpecResponse response;
  EXPECT_EQ(ErrorReasonOf(service.Call(&SpecApi::WithdrawSpec, "ana", withdraw, &response)),
            "ETAG_REQUIRED");
  withdraw.set_etag("\"1-00000000\"");
  const absl::Status status = service.Call(&SpecApi::WithdrawSpec, "ana", withdraw, &response);
  EXPECT_EQ(ErrorReasonOf(status), "ETAG_MISMATCH");
  withdraw.set_etag(ErrorMetadataOf(status).at("etag"));
  EXPECT_EQ(State(service.Do(&SpecApi::WithdrawSpec, "ana", withdraw).spec()), "WITHDRAWN");
}

TEST(RoadTest, ARefusalListsWhatIsAllowed) {
  Service service;
  const std::string key = service.Submit(
      "ana", "specs/f.md", Document("Approved already here", "postgres/standard-m", "ana"));
  v1::PullBackSpecRequest request;
  request.set_spec(key);
  v1::PullBackSpecResponse response;
  const absl::Status status = service.Call(&SpecApi::PullBackSpec, "ana", request, &response);
  EXPECT_EQ(ErrorReasonOf(status), "STATE_NOT_ALLOWED") << status.ToString();
  EXPECT_NE(ErrorMetadataOf(status).at("allowed").find("AddRevision"), std::string::npos);
}

TEST(RoadTest, AStrangerIsAskedToSignIn) {
  Service service;
  v1::ListSpecsResponse response;
  EXPECT_EQ(ErrorReasonOf(
                service.Call(&SpecApi::ListSpecs, "mallory", v1::ListSpecsRequest(), &response)),
            "SIGN_IN_REQUIRED");
}

}  // namespace
}  // namespace gavel::app
