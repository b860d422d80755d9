// Audits end to end: which approvals are drawn, who sees it, and what a result does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/app/testing/policy_folder.h"
#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "engine/base/sha256.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel::app {
namespace {

using testing::Document;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PolicyFolder;
using testing::Service;

std::string Approve(Service& service, int number) {
  return service.Submit(
      "ana", fmt::format("specs/{}.md", number),
      Document(fmt::format("Resize number {}", number), "postgres/standard-m", "ana"));
}

std::vector<v1::Audit> Audits(Service& service, bool open_only = false) {
  v1::ListAuditsRequest request;
  request.set_open_only(open_only);
  const auto response = service.Do(&RulesApi::ListAudits, "eli", request);
  return {response.audits().begin(), response.audits().end()};
}

v1::RecordAuditRequest Result(const std::string& key, v1::AuditRecorded::Result result) {
  v1::RecordAuditRequest request;
  request.set_spec(key);
  request.set_result(result);
  request.set_text("The queue was never measured under load.");
  return request;
}

TEST(AuditTest, TheFirstApprovalsAreAllDrawnWithTwoWeeksToLook) {
  Service service;
  const std::string key = Approve(service, 1);
  const std::vector<v1::Audit> audits = Audits(service);
  ASSERT_EQ(audits.size(), 1u);
  EXPECT_EQ(audits[0].spec(), key);
  EXPECT_EQ(audits[0].title(), "Resize number 1");
  EXPECT_EQ(audits[0].rule(), "auto/standard-tiers");
  EXPECT_EQ(audits[0].decision(), "d1");
  EXPECT_EQ(audits[0].drawn_by(), "first 30");
  EXPECT_EQ(ToCivilDay(audits[0].due()), absl::CivilDay(2026, 12, 7));
  EXPECT_FALSE(audits[0].has_record_time());
}

TEST(AuditTest, OnlyAuditorsSeeWhichAreDrawn) {
  Service service;
  const std::string key = Approve(service, 1);
  for (const char* person : {"ana", "gus", "kim", "ci"}) {
    v1::ListAuditsResponse response;
    EXPECT_EQ(ErrorReasonOf(
                  service.Call(&RulesApi::ListAudits, person, v1::ListAuditsRequest(), &response)),
              "ROLE_MISSING")
        << person;
    EXPECT_TRUE(response.audits().empty());
  }
  EXPECT_THAT(service.Get(key).DebugString(), Not(HasSubstr("first 30")));
}

TEST(AuditTest, AfterThirtyTheSecretDraws) {
  const PolicyFolder policy({{"rules.yaml", "max_auto_share: 90%", "max_auto_share: 100%"}});
  Service service(testing::Monday(), policy.path());
  std::set<std::string> expected;
  for (int i = 1; i <= 75; ++i) {
    const std::string key = Approve(service, i);
    const std::string code = HmacSha256(service.environment().audit_key, "audit" + key);
    // 10 %: the first byte decides, but for 25, which lies on the boundary.
    const int first = static_cast<unsigned char>(code[0]);
    ASSERT_NE(first, 25) << key;
    if (i <= 30 || first < 25) expected.insert(key);
  }
  std::set<std::string> drawn;
  for (const v1::Audit& audit : Audits(service)) {
    drawn.insert(audit.spec());
    EXPECT_EQ(audit.drawn_by(), drawn.size() <= 30 ? "first 30" : "sample");
  }
  EXPECT_EQ(drawn, expected);
  EXPECT_GT(expected.size(), 30u);

  service.environment().audit_key = "another secret of thirty-two bytes";
  std::set<std::string> by_another_key;
  for (const v1::Audit& audit : Audits(service)) by_another_key.insert(audit.spec());
  EXPECT_NE(by_another_key, expected);

  // A new month has at least one.
  service.environment().audit_key = "the secret of the tests, 32 bytes";
  service.AdvanceTo(absl::CivilMinute(2026, 12, 1, 9, 0));
  const std::string first_of_month = Approve(service, 100);
  const v1::Audit newest = Audits(service).back();
  EXPECT_EQ(newest.spec(), first_of_month);
  EXPECT_THAT(newest.drawn_by(), ::testing::AnyOf("first of the month", "sample"));
}

TEST(AuditTest, AFineResultIsShownAndChangesNothing) {
  Service service;
  const std::string key = Approve(service, 1);
  Approve(service, 2);
  service.Do(&SpecApi::RecordAudit, "eli", Result(key, v1::AuditRecorded::RESULT_FINE));
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_AUTO_APPROVED);
  const std::vector<v1::Audit> audits = Audits(service);
  ASSERT_EQ(audits.size(), 2u);
  EXPECT_EQ(audits[0].result(), v1::AuditRecorded::RESULT_FINE);
  EXPECT_EQ(audits[0].auditor(), "eli");
  EXPECT_EQ(audits[0].text(), "The queue was never measured under load.");
  EXPECT_EQ(FromProto(audits[0].record_time()), FromProto(service.Get(key).update_time()));
  ASSERT_EQ(Audits(service, /*open_only=*/true).size(), 1u);
  EXPECT_NE(Audits(service, true)[0].spec(), key);
}

TEST(AuditTest, AFailedOneBringsPeopleInAlsoAfterTheObjectionWindow) {
  Service service;
  const std::string key = Approve(service, 1);
  service.AdvanceTo(absl::CivilMinute(2026, 12, 2, 9, 0));
  ASSERT_TRUE(service.Get(key).decisions(0).final());
  service.Do(&SpecApi::RecordAudit, "eli",
             Result(key, v1::AuditRecorded::RESULT_SHOULD_HAVE_BEEN_REVIEWED));
  const v1::Spec spec = service.Get(key);
  EXPECT_EQ(spec.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_EQ(spec.decisions(0).force(), v1::Decision::FORCE_STAYED);
  EXPECT_EQ(Audits(service)[0].result(), v1::AuditRecorded::RESULT_SHOULD_HAVE_BEEN_REVIEWED);
}

TEST(AuditTest, AnAuditOfAReplacedDecisionIsRecordedOnly) {
  Service service;
  const std::string key = Approve(service, 1);
  v1::AddRevisionRequest revise;
  revise.set_spec(key);
  revise.set_etag(service.Get(key).etag());
  revise.set_content(Document("Resize number 1", "postgres/standard-s", "ana"));
  service.Do(&SpecApi::AddRevision, "ana", revise);
  ASSERT_EQ(service.Get(key).decisions_size(), 2);

  v1::RecordAuditRequest request = Result(key, v1::AuditRecorded::RESULT_HARMFUL);
  request.set_decision("d1");
  service.Do(&SpecApi::RecordAudit, "eli", request);
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_AUTO_APPROVED);
  const std::vector<v1::Audit> audits = Audits(service);
  ASSERT_EQ(audits.size(), 2u);
  EXPECT_EQ(audits[0].result(), v1::AuditRecorded::RESULT_HARMFUL);
  EXPECT_FALSE(audits[1].has_record_time());

  request.set_decision("d7");
  v1::RecordAuditResponse response;
  EXPECT_EQ(ErrorReasonOf(service.Call(&SpecApi::RecordAudit, "eli", request, &response)),
            "PART_NOT_FOUND");
}

TEST(AuditTest, OnlyAnAuditorRecordsOne) {
  Service service;
  const std::string key = Approve(service, 1);
  v1::RecordAuditResponse response;
  for (const char* person : {"ana", "chen", "gus", "ci"}) {
    EXPECT_FALSE(service
                     .Call(&SpecApi::RecordAudit, person,
                           Result(key, v1::AuditRecorded::RESULT_FINE), &response)
                     .ok())
        << person;
  }
  EXPECT_FALSE(Audits(service)[0].has_record_time());
}

}  // namespace
}  // namespace gavel::app
