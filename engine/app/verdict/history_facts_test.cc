// Facts and built-ins that only the server's history can answer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/testing/policy_folder.h"
#include "engine/app/testing/service.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using ::testing::Contains;
using testing::Document;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PolicyFolder;
using testing::Service;

constexpr char kCostRule[] = R"(
  - id: review/cost-splitting
    title: Approved spend on this system adds up
    owner: team:platform
    why: Several specs under the limit can together be over it.
    state: enforce
    review_by: 12m
    when: {history.system_cost_90d_usd: {gt: 1000}}
    then: {require: {mode: async}}
)";

// The shipped rules, and one that adds up what a system's approvals may cost; 600 USD each below.
PolicyFolder WithCostRule() {
  return PolicyFolder({{"rules.yaml", "    then: {auto_approve: {audit: 10%}}\n",
                        std::string("    then: {auto_approve: {audit: 10%}}") + kCostRule}});
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// A document about `system` (empty: about none) by `author`.
std::string About(const std::string& system, const std::string& title,
                  const std::string& author = "ana", int words = 300) {
  return Replaced(Document(title, "postgres/standard-m", author, "", words), "system: uploads\n",
                  system.empty() ? "" : fmt::format("system: {}\n", system));
}

// Submits a document of its own path.
v1::Spec Submit(Service& service, const std::string& document, const std::string& author = "ana") {
  static int number = 0;
  return service.Get(service.Submit(author, fmt::format("specs/{}.md", ++number), document));
}

// The text of another design: no word in common with Document's.
std::string OtherWords(std::string document) {
  size_t at = document.find("word0 ");
  while ((at = document.find("word", at)) != std::string::npos) document.replace(at, 4, "other");
  return document;
}

std::vector<std::string> Fired(const v1::Spec& spec) {
  std::vector<std::string> ids;
  for (const v1::RuleResult& rule : spec.verdict().rules()) {
    if (rule.applied()) ids.push_back(rule.id());
  }
  return ids;
}

std::vector<std::string> FindingCodes(const v1::Spec& spec) {
  std::vector<std::string> codes;
  for (const v1::Finding& finding : spec.verdict().findings()) codes.push_back(finding.code());
  return codes;
}

v1::LeafResult CostLeaf(const v1::Spec& spec) {
  for (const v1::RuleResult& rule : spec.verdict().rules()) {
    if (rule.id() == "review/cost-splitting") return rule.leaves(0);
  }
  ADD_FAILURE() << "the rule was not evaluated";
  return {};
}

void PullIn(Service& service, const std::string& key) {
  v1::PullInRequest request;
  request.set_spec(key);
  request.set_reason("I want to look at this.");
  service.Do(&SpecApi::PullIn, "chen", request);
}

void BlockAndWithdraw(Service& service, const std::string& key) {
  v1::RaiseConcernRequest concern;
  concern.set_spec(key);
  concern.set_title("Loses uploads");
  concern.set_text("Every restart loses what is in flight.");
  concern.set_severity(v1::Concern::SEVERITY_BLOCKING);
  concern.set_criteria("A restart loses nothing.");
  service.Do(&SpecApi::RaiseConcern, "chen", concern);
  v1::WithdrawSpecRequest withdraw;
  withdraw.set_spec(key);
  withdraw.set_etag(service.Get(key).etag());
  service.Do(&SpecApi::WithdrawSpec, "ana", withdraw);
}

TEST(SystemCostTest, ApprovalsOfASystemAddUpAtTheirCeilings) {
  const PolicyFolder policy = WithCostRule();
  Service service(testing::Monday(), policy.path());
  EXPECT_EQ(CostLeaf(Submit(service, About("uploads", "First of them"))).got(), "0 USD");
  EXPECT_EQ(CostLeaf(Submit(service, About("uploads", "Second of them"))).got(), "600 USD");
  const v1::Spec third = Submit(service, About("uploads", "Third of them"));
  EXPECT_EQ(CostLeaf(third).got(), "1,200 USD");
  EXPECT_EQ(CostLeaf(third).from(), "derived history");
  EXPECT_EQ(third.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(Fired(third), Contains("review/cost-splitting"));
  // Another system starts from nothing, whoever writes for it.
  EXPECT_EQ(CostLeaf(Submit(service, About("photos", "Of another system"))).got(), "0 USD");
}

TEST(SystemCostTest, WithoutASystemTheTeamsApprovalsCount) {
  const PolicyFolder policy = WithCostRule();
  Service service(testing::Monday(), policy.path());
  Submit(service, About("uploads", "First by the team"));
  Submit(service, About("", "Second by the team", "bo"), "bo");
  const v1::Spec third = Submit(service, About("", "Third by the team"));
  EXPECT_EQ(CostLeaf(third).got(), "1,200 USD");
  EXPECT_EQ(CostLeaf(third).from(), "derived history of the team");
  EXPECT_EQ(CostLeaf(Submit(service, About("", "By another team", "kim"), "kim")).got(), "0 USD");
}

TEST(SystemCostTest, OnlyWhatStillHoldsAndIsYoungCounts) {
  const PolicyFolder policy = WithCostRule();
  Service service(testing::Monday(), policy.path());
  const v1::Spec first = Submit(service, About("uploads", "Pulled in by people"));
  PullIn(service, first.key());
  EXPECT_EQ(CostLeaf(Submit(service, About("uploads", "Alone by now"))).got(), "0 USD");
  service.AdvanceTo(service.now() + absl::Hours(24 * 91));
  EXPECT_EQ(CostLeaf(Submit(service, About("uploads", "A quarter later"))).got(), "0 USD");
}

// Otherwise a typo would lose an approval because somebody else got one.
TEST(SystemCostTest, WhatOthersAreApprovedForDoesNotChangeTheFacts) {
  const PolicyFolder policy = WithCostRule();
  Service service(testing::Monday(), policy.path());
  const v1::Spec first = Submit(service, About("uploads", "Has a typo"));
  Submit(service, About("uploads", "Comes in between"));
  v1::AddRevisionRequest revise;
  revise.set_spec(first.key());
  revise.set_etag(service.Get(first.key()).etag());
  revise.set_content(About("uploads", "Has a typo") + "one more word\n");
  const auto revised = service.Do(&SpecApi::AddRevision, "ana", revise).spec();
  EXPECT_EQ(revised.revisions(0).facts_hash(), revised.revisions(1).facts_hash());
  EXPECT_EQ(revised.state(), v1::Spec::STATE_AUTO_APPROVED);
  EXPECT_EQ(revised.decisions_size(), 1);
}

TEST(RecentRejectionTest, AWithdrawnDesignUnderABlockIsRecognisedByItsText) {
  Service service;
  const v1::Spec first =
      Submit(service, Document("A dedicated one", "postgres/dedicated-xl", "ana"));
  BlockAndWithdraw(service, first.key());
  // Another title, another system, another author, four words in five the same.
  const v1::Spec again = Submit(service, About("photos", "Something new", "bo", 260), "bo");
  EXPECT_THAT(Fired(again), Contains("builtin/recent-rejection"));
  EXPECT_EQ(again.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(again.verdict().summary(), HasSubstr(first.key()));

  const v1::Spec shorter = Submit(service, About("photos", "Something shorter", "bo", 200), "bo");
  EXPECT_THAT(Fired(shorter), Not(Contains("builtin/recent-rejection")));
}

TEST(RecentRejectionTest, TheSameSystemIsEnoughWhateverTheText) {
  Service service;
  const v1::Spec first =
      Submit(service, Document("A dedicated one", "postgres/dedicated-xl", "ana"));
  BlockAndWithdraw(service, first.key());
  EXPECT_THAT(Fired(Submit(service, OtherWords(About("uploads", "Another design")))),
              Contains("builtin/recent-rejection"));
  EXPECT_THAT(Fired(Submit(service, OtherWords(About("photos", "Elsewhere altogether")))),
              Not(Contains("builtin/recent-rejection")));
}

TEST(RecentRejectionTest, AfterNinetyDaysItIsForgotten) {
  Service service;
  const v1::Spec first =
      Submit(service, Document("A dedicated one", "postgres/dedicated-xl", "ana"));
  BlockAndWithdraw(service, first.key());
  service.AdvanceTo(service.now() + absl::Hours(24 * 91));
  EXPECT_EQ(Submit(service, About("uploads", "A quarter later")).state(),
            v1::Spec::STATE_AUTO_APPROVED);
}

TEST(RecentRejectionTest, AWithdrawalWithoutABlockIsNoRejection) {
  Service service;
  const v1::Spec first =
      Submit(service, Document("A dedicated one", "postgres/dedicated-xl", "ana"));
  v1::WithdrawSpecRequest withdraw;
  withdraw.set_spec(first.key());
  withdraw.set_etag(first.etag());
  service.Do(&SpecApi::WithdrawSpec, "ana", withdraw);
  EXPECT_EQ(Submit(service, About("uploads", "Tried again")).state(),
            v1::Spec::STATE_AUTO_APPROVED);
}

TEST(LinkedSpecsTest, MuchTheSameTextWithinThirtyDaysIsNoted) {
  Service service;
  const v1::Spec first = Submit(service, About("uploads", "Slice number one"));
  EXPECT_THAT(FindingCodes(first), Not(Contains("GV231")));
  const v1::Spec second = Submit(service, About("photos", "Slice number two"));
  ASSERT_THAT(FindingCodes(second), Contains("GV231"));
  for (const v1::Finding& finding : second.verdict().findings()) {
    if (finding.code() != "GV231") continue;
    EXPECT_THAT(finding.message(), HasSubstr(first.key()));
    EXPECT_EQ(finding.severity(), v1::Finding::SEVERITY_INFO);
  }
  EXPECT_EQ(second.state(), v1::Spec::STATE_AUTO_APPROVED);  // A note, no more.
  EXPECT_THAT(FindingCodes(Submit(service, OtherWords(About("photos", "Not a slice")))),
              Not(Contains("GV231")));
  service.AdvanceTo(service.now() + absl::Hours(24 * 31));
  EXPECT_THAT(FindingCodes(Submit(service, About("uploads", "A month later"))),
              Not(Contains("GV231")));
}

}  // namespace
}  // namespace gavel::app
