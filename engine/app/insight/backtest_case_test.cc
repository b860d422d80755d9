// Review cases: started by the first submission, kept by every event, rebuilt from the log.
#include "engine/app/insight/backtest_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/command/run_command.h"
#include "engine/app/insight/backtest_rebuild.h"
#include "engine/app/testing/service.h"
#include "rules/date.h"
#include "rules/packed/layout.h"
#include "rules/packed/pack.h"

namespace gavel::app {
namespace {

using testing::Document;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Service;
using Case = v1::ReviewCase;

// The stored case, after checking that the log gives the same one.
Case CaseOf(Service& service, const std::string& key) {
  Case stored, rebuilt;
  const absl::Status read = RunQuery(
      service.environment(), Caller{.principal = "ana"},
      [&](const Workflow& workflow) -> absl::Status {
        GAVEL_ASSIGN_OR_RETURN(stored, workflow.transaction().ReviewCase(SpecSubject(key)));
        GAVEL_ASSIGN_OR_RETURN(rebuilt, RebuildReviewCase(workflow, key));
        return absl::OkStatus();
      });
  EXPECT_TRUE(read.ok()) << read;
  EXPECT_EQ(stored.SerializeAsString(), rebuilt.SerializeAsString())
      << stored.DebugString() << "rebuilt: " << rebuilt.DebugString();
  return stored;
}

std::string SubmitSpecial(Service& service, const std::string& path = "specs/a.md") {
  return service.Submit("ana", path, Document("Old pictures in cold storage", "s3/glacier", "ana"));
}

void Revise(Service& service, const std::string& key, const std::string& document) {
  v1::AddRevisionRequest request;
  request.set_spec(key);
  request.set_etag(service.Get(key).etag());
  request.set_content(document);
  service.Do(&SpecApi::AddRevision, "ana", request);
}

void Raise(Service& service, const std::string& key, v1::Concern::Severity severity) {
  v1::RaiseConcernRequest request;
  request.set_spec(key);
  request.set_title("Restore takes hours");
  request.set_text("Nobody can wait that long.");
  request.set_criteria("A restore within a minute.");
  request.set_severity(severity);
  service.Do(&SpecApi::RaiseConcern, "chen", request);
}

void Withdraw(Service& service, const std::string& key) {
  v1::WithdrawSpecRequest request;
  request.set_spec(key);
  request.set_reason("no time");
  request.set_etag(service.Get(key).etag());
  service.Do(&SpecApi::WithdrawSpec, "ana", request);
}

TEST(ReviewCaseTest, StartsWithTheFirstSubmission) {
  Service service;
  const std::string key = SubmitSpecial(service);
  const Case review = CaseOf(service, key);
  EXPECT_EQ(review.spec(), key);
  EXPECT_EQ(rules::DateText(rules::DateOf(review.submitted_day())), "2026-11-23");
  EXPECT_EQ(review.mode(), v1::REVIEW_MODE_SYNC);
  EXPECT_FALSE(review.author_gate());
  EXPECT_EQ(review.ending(), Case::ENDING_UNSPECIFIED);
  EXPECT_EQ(review.waited_days(), 0);
  EXPECT_THAT(review.harms(), IsEmpty());
  EXPECT_NE(review.team(), 0u);
  EXPECT_THAT(review.facts().dependencies(), ElementsAre(rules::NameHash("s3/glacier")));
}

TEST(ReviewCaseTest, ADraftHasNone) {
  Service service;
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/uploads");
  create.set_path("specs/a.md");
  create.set_content(Document("Old pictures in cold storage", "s3/glacier", "ana"));
  create.set_area("media");
  const std::string key = service.Do(&SpecApi::CreateSpec, "ana", create).spec().key();
  EXPECT_TRUE(CaseOf(service, key).spec().empty());
}

TEST(ReviewCaseTest, AnApprovalByARuleEndsIt) {
  Service service;
  const std::string document = Document("Resize on a queue", "postgres/standard-m", "ana");
  const Case review = CaseOf(service, service.Submit("ana", "specs/a.md", document));
  EXPECT_EQ(review.ending(), Case::ENDING_AUTO_APPROVED);
  EXPECT_EQ(review.mode(), v1::REVIEW_MODE_AUTO);
  EXPECT_THAT(review.harms(), IsEmpty());
}

TEST(ReviewCaseTest, AForeignDocumentIsOne) {
  Service service;
  const Case review =
      CaseOf(service, service.Submit("ana", "old.md", "# An old design\n\nSome words.\n"));
  EXPECT_TRUE(review.author_gate());
  EXPECT_NE(review.facts().flags() & rules::kForeignFlag, 0u);
}

TEST(ReviewCaseTest, RemarksAreThoseOfOthers) {
  Service service;
  const std::string key = SubmitSpecial(service);
  for (const char* person : {"ana", "chen", "kim"}) {
    v1::AddCommentRequest comment;
    comment.set_spec(key);
    comment.set_text("Why cold?");
    service.Do(&SpecApi::AddComment, person, comment);
  }
  Raise(service, key, v1::Concern::SEVERITY_QUESTION);
  const Case review = CaseOf(service, key);
  EXPECT_EQ(review.remarks(), 3);
  EXPECT_THAT(review.harms(), IsEmpty()) << "a question is no harm";
}

TEST(ReviewCaseTest, ABlockingConcernIsHarmAlsoWhenItIsGone) {
  Service service;
  const std::string key = SubmitSpecial(service);
  Raise(service, key, v1::Concern::SEVERITY_BLOCKING);
  EXPECT_THAT(CaseOf(service, key).harms(), ElementsAre(Case::HARM_BLOCKING_CONCERN));
  v1::WithdrawConcernRequest withdraw;
  withdraw.set_spec(key);
  withdraw.set_concern("c1");
  withdraw.set_text("I was wrong.");
  service.Do(&SpecApi::WithdrawConcern, "chen", withdraw);
  EXPECT_THAT(CaseOf(service, key).harms(), ElementsAre(Case::HARM_BLOCKING_CONCERN));
}

TEST(ReviewCaseTest, StoppingAfterAConcernIsHarmAndStoppingOneselfIsNot) {
  Service service;
  const std::string quiet = SubmitSpecial(service, "specs/quiet.md");
  service.AdvanceTo(service.now() + absl::Hours(48));
  Withdraw(service, quiet);
  EXPECT_EQ(CaseOf(service, quiet).ending(), Case::ENDING_WITHDRAWN);
  EXPECT_EQ(CaseOf(service, quiet).waited_days(), 2);
  EXPECT_THAT(CaseOf(service, quiet).harms(), IsEmpty());

  const std::string asked = SubmitSpecial(service, "specs/asked.md");
  Raise(service, asked, v1::Concern::SEVERITY_QUESTION);
  Withdraw(service, asked);
  EXPECT_THAT(CaseOf(service, asked).harms(), ElementsAre(Case::HARM_WITHDRAWN_UNDER_CONCERN));
}

TEST(ReviewCaseTest, ARejectionIsHarm) {
  Service service;
  const std::string key = SubmitSpecial(service);
  Raise(service, key, v1::Concern::SEVERITY_QUESTION);
  v1::AnswerConcernRequest answer;
  answer.set_spec(key);
  answer.set_concern("c1");
  answer.set_text("They have to wait.");
  service.Do(&SpecApi::AnswerConcern, "ana", answer);
  v1::RejectSpecRequest reject;
  reject.set_spec(key);
  reject.set_rationale("Too slow to restore.");
  reject.set_etag(service.Get(key).etag());
  service.Do(&SpecApi::RejectSpec, "chen", reject);
  const Case review = CaseOf(service, key);
  EXPECT_EQ(review.ending(), Case::ENDING_REJECTED);
  EXPECT_THAT(review.harms(), ElementsAre(Case::HARM_REJECTED));
}

TEST(ReviewCaseTest, KeepsTheFactsOfTheFirstSubmissionAndNoticesAnotherPlan) {
  Service service;
  const std::string key = SubmitSpecial(service);
  const Case first = CaseOf(service, key);
  Revise(service, key, Document("Old pictures in warm storage", "postgres/standard-m", "ana"));
  const Case later = CaseOf(service, key);
  EXPECT_EQ(later.facts().SerializeAsString(), first.facts().SerializeAsString());
  EXPECT_EQ(later.mode(), first.mode());
  EXPECT_TRUE(later.changed());
  EXPECT_EQ(later.ending(), Case::ENDING_AUTO_APPROVED) << "standard tiers now";
  EXPECT_THAT(later.harms(), ElementsAre(Case::HARM_MATERIAL_CHANGE));
}

TEST(ReviewCaseTest, AFailedAuditIsHarmAndAFineOneIsNot) {
  Service service;
  const std::string document = Document("Resize on a queue", "postgres/standard-m", "ana");
  const std::string key = service.Submit("ana", "specs/a.md", document);
  v1::RecordAuditRequest audit;
  audit.set_spec(key);
  audit.set_text("looked at it");
  audit.set_result(v1::AuditRecorded::RESULT_FINE);
  service.Do(&SpecApi::RecordAudit, "eli", audit);
  EXPECT_THAT(CaseOf(service, key).harms(), IsEmpty());
  audit.set_result(v1::AuditRecorded::RESULT_SHOULD_HAVE_BEEN_REVIEWED);
  service.Do(&SpecApi::RecordAudit, "eli", audit);
  EXPECT_THAT(CaseOf(service, key).harms(), ElementsAre(Case::HARM_FAILED_AUDIT));
}

}  // namespace
}  // namespace gavel::app
