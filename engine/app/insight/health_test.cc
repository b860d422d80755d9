// GetHealth and the alerts over a service that runs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/command/event_row.h"
#include "engine/app/insight/health_api.h"
#include "engine/app/testing/service.h"
#include "engine/app/watch/watch_permission.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using ::testing::Contains;
using testing::Document;
using ::testing::ElementsAre;
using testing::Service;

constexpr char kForPeople[] = "s3/glacier";  // Not standard: people look at it.

v1::GetHealthResponse Health(Service& service, const std::string& area = "media",
                             absl::Duration back = absl::Hours(24 * 28)) {
  v1::GetHealthRequest request;
  request.set_area(area);
  *request.mutable_from_time() = ToProto(service.now() - back);
  HealthApi api(service.environment());
  v1::GetHealthResponse response;
  const absl::Status status = api.GetHealth(Caller{.principal = "gus"}, request, &response);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return response;
}

v1::HealthSignal SignalIn(const v1::HealthReport& report, const std::string& id) {
  for (const auto& question : report.questions()) {
    for (const auto& signal : question.signals()) {
      if (signal.id() == id) return signal;
    }
  }
  for (const auto& pattern : report.patterns()) {
    for (const auto& signal : pattern.signals()) {
      if (signal.id() == id) return signal;
    }
  }
  ADD_FAILURE() << "no signal " << id;
  return {};
}

std::string SubmitForPeople(Service& service, int number) {
  return service.Submit("ana", fmt::format("specs/{}.md", number),
                        Document(fmt::format("Archive number {}", number), kForPeople, "ana"));
}

std::vector<std::string> TypesOf(Service& service, const std::string& subject) {
  const auto view = service.environment().store.Read();
  const auto rows = (*view)->EventsOf(subject, "", 0, 1000);
  std::vector<std::string> types;
  for (const store::EventRow& row : *rows) types.push_back(row.type);
  return types;
}

std::string Reason(const absl::Status& status) {
  return status.ok() ? "OK" : ErrorReasonOf(status);
}

TEST(HealthApiTest, CountsWhatTheServiceDid) {
  Service service;
  const std::string standard =
      service.Submit("ana", "specs/0.md", Document("Resize uploads", "postgres/standard-m", "ana"));
  const std::string first = SubmitForPeople(service, 1);
  const std::string second = SubmitForPeople(service, 2);
  ASSERT_EQ(service.Get(standard).state(), v1::Spec::STATE_AUTO_APPROVED);
  service.AdvanceTo(service.now() + absl::Hours(24) + absl::Minutes(1));
  service.Take("kim", first, v1::Position::KIND_APPROVE);
  const v1::HealthReport report = Health(service).report();
  EXPECT_EQ(SignalIn(report, "submissions").sample(), 3);
  EXPECT_DOUBLE_EQ(SignalIn(report, "first-time-authors").value(), 1);
  EXPECT_DOUBLE_EQ(SignalIn(report, "first-position-p50").value(), 1);
  EXPECT_THAT(SignalIn(report, "first-position-p50").specs(), ElementsAre(first));
  EXPECT_EQ(SignalIn(Health(service, "platform").report(), "submissions").sample(), 0);
}

TEST(HealthApiTest, ALaterReportReadsOnlyWhatIsNewAndSaysTheSame) {
  Service service;
  HealthApi kept(service.environment());
  v1::GetHealthRequest request;
  v1::GetHealthResponse response;
  for (int i = 1; i <= 3; ++i) {
    SubmitForPeople(service, i);
    response.Clear();
    ASSERT_TRUE(kept.GetHealth(Caller{.principal = "gus"}, request, &response).ok());
    HealthApi fresh(service.environment());
    v1::GetHealthResponse again;
    ASSERT_TRUE(fresh.GetHealth(Caller{.principal = "gus"}, request, &again).ok());
    EXPECT_EQ(response.SerializeAsString(), again.SerializeAsString());
    EXPECT_EQ(SignalIn(response.report(), "submissions").sample(), i);
  }
}

TEST(HealthApiTest, NearMissesNameTheConditionBehindTheQueue) {
  Service service;
  for (int i = 1; i <= 6; ++i) {
    const std::string key = SubmitForPeople(service, i);
    v1::RequestMeetingRequest request;
    request.set_spec(key);
    request.set_reason("We want to talk about it.");
    if (service.Get(key).state() == v1::Spec::STATE_ASYNC_REVIEW) {
      service.Do(&SpecApi::RequestMeeting, "ana", request);
    }
  }
  const v1::HealthSignal miss = SignalIn(Health(service).report(), "near-miss");
  EXPECT_EQ(miss.state(), v1::HealthSignal::STATE_KNOWN);
  EXPECT_EQ(miss.sample(), 6);
  EXPECT_DOUBLE_EQ(miss.value(), 100);
  EXPECT_TRUE(miss.alarming());
  EXPECT_NE(miss.text().find("auto/standard-tiers"), std::string::npos) << miss.text();
}

TEST(HealthApiTest, KeysOfDraftsAreForThoseWhoMayReadThem) {
  Service service;
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/uploads");
  create.set_path("specs/draft.md");
  create.set_content(Document("A plan", kForPeople, "ana"));
  create.set_area("media");
  const std::string key = service.Do(&SpecApi::CreateSpec, "ana", create).spec().key();
  HealthApi api(service.environment());
  const auto behind = [&](const std::string& person) {
    v1::GetHealthResponse response;
    EXPECT_TRUE(api.GetHealth(Caller{.principal = person}, {}, &response).ok());
    return SignalIn(response.report(), "draft-drop-off");
  };
  EXPECT_THAT(behind("ana").specs(), ElementsAre(key));
  EXPECT_TRUE(behind("dee").specs().empty());
  EXPECT_EQ(behind("dee").sample(), 1);
}

TEST(HealthApiTest, RefusesAnUnknownAreaAndAnEmptySpan) {
  Service service;
  HealthApi api(service.environment());
  v1::GetHealthResponse response;
  v1::GetHealthRequest request;
  request.set_area("nowhere");
  EXPECT_EQ(Reason(api.GetHealth(Caller{.principal = "gus"}, request, &response)),
            "AREA_NOT_FOUND");
  request.set_area("media");
  *request.mutable_from_time() = ToProto(service.now());
  *request.mutable_to_time() = request.from_time();
  EXPECT_EQ(Reason(api.GetHealth(Caller{.principal = "gus"}, request, &response)), "FIELD_INVALID");
}

TEST(PulsePrivacyTest, AnswersAreSeenByTheirGiverOnly) {
  Service service;
  const auto view = service.environment().store.Read();
  v1::Event event;
  event.mutable_pulse_submitted()->set_person("fay");
  const auto may_see = [&](const std::string& person) {
    return *WatchPermissionOf(service.environment(), Caller{.principal = person})
                .may_see(**view, event);
  };
  EXPECT_TRUE(may_see("fay"));
  EXPECT_FALSE(may_see("chen"));
  EXPECT_FALSE(may_see("gavel-bot"));
}

TEST(HealthAlertTest, FourCancellationsInARowAreSaidOnceAndClearedWhenOneIsHeld) {
  Service service;
  service.AdvanceTo(absl::CivilMinute(2026, 12, 14, 12, 0));
  EXPECT_TRUE(Health(service).report().alerts().empty());
  service.AdvanceTo(absl::CivilMinute(2026, 12, 30, 12, 0));
  const v1::HealthReport report = Health(service).report();
  ASSERT_EQ(report.alerts_size(), 1);
  EXPECT_EQ(report.alerts(0).kind(), "cancelled-running");
  EXPECT_EQ(report.alerts(0).text(),
            "Media: 4 meetings in a row were cancelled. Either nothing needs the room, or what "
            "needs it does not get there.");
  EXPECT_TRUE(SignalIn(report, "cancelled-running").alarming());

  service.AdvanceTo(absl::CivilMinute(2027, 2, 1, 12, 0));
  EXPECT_THAT(TypesOf(service, "areas/media"), ElementsAre("HealthAlertRaised"));

  const std::string key = SubmitForPeople(service, 1);
  service.Take("fay", key, v1::Position::KIND_NEEDS_DISCUSSION);
  service.Take("kim", key, v1::Position::KIND_NEEDS_DISCUSSION);
  service.Take("chen", key, v1::Position::KIND_NEEDS_DISCUSSION);
  service.AdvanceTo(absl::CivilMinute(2027, 2, 11, 14, 55));
  ASSERT_EQ(service.Get(key).state(), v1::Spec::STATE_SCHEDULED);
  const std::string meeting = service.Get(key).meeting();
  v1::OpenMeetingRequest open;
  open.set_meeting(meeting);
  service.Do(&MeetingApi::OpenMeeting, "kim", open);
  v1::CloseMeetingRequest close;
  close.set_meeting(meeting);
  service.Do(&MeetingApi::CloseMeeting, "kim", close);
  EXPECT_THAT(TypesOf(service, "areas/media"),
              ElementsAre("HealthAlertRaised", "HealthAlertCleared"));
  EXPECT_TRUE(Health(service).report().alerts().empty());
}

TEST(HealthAlertTest, ABacklogProposesARuleThenALongerWeekThenASplit) {
  Service service;
  // Nobody opens the meetings: what was on an agenda goes back to the queue.
  for (int i = 1; i <= 12; ++i) {
    const std::string key = SubmitForPeople(service, i);
    for (const char* person : {"fay", "kim", "chen"}) {
      if (service.Get(key).state() != v1::Spec::STATE_ASYNC_REVIEW) continue;
      service.Take(person, key, v1::Position::KIND_NEEDS_DISCUSSION);
    }
    ASSERT_EQ(service.Get(key).state(), v1::Spec::STATE_QUEUED);
  }
  for (int week = 0; week < 8; ++week) {
    const absl::CivilDay thursday = absl::CivilDay(2026, 11, 26) + 7 * week;
    service.AdvanceTo(absl::CivilMinute(thursday.year(), thursday.month(), thursday.day(), 17, 0));
  }
  const v1::HealthReport report = Health(service).report();
  std::vector<std::string> kinds;
  for (const v1::HealthAlert& alert : report.alerts()) kinds.push_back(alert.kind());
  ASSERT_THAT(kinds, Contains("backlog"));
  for (const v1::HealthAlert& alert : report.alerts()) {
    if (alert.kind() != "backlog") continue;
    ASSERT_EQ(alert.proposals_size(), 3);
    EXPECT_EQ(alert.proposals(0).rfind("A rule: 12 of 12 queued specs (100 %)", 0), 0u)
        << alert.proposals(0);
    EXPECT_EQ(alert.proposals(1).rfind("One longer week", 0), 0u);
    EXPECT_EQ(alert.proposals(2).rfind("A split by area: 12 of 12", 0), 0u) << alert.proposals(2);
    EXPECT_EQ(alert.specs_size(), 12);
  }
}

}  // namespace
}  // namespace gavel::app
