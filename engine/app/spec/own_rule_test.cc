// Nobody is approved by a rule they had a hand in lately (rules.md 3.6, `own-rule`).

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/app/testing/policies.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Edit;
using testing::LivePolicyOf;
using testing::Publish;
using testing::Service;
using testing::Tightened;

bool Fired(const v1::Spec& spec, std::string_view rule) {
  const auto& rules = spec.verdict().rules();
  return std::any_of(rules.begin(), rules.end(), [&](const v1::RuleResult& result) {
    return result.id() == rule && result.applied();
  });
}

v1::Spec Submitted(Service& service, const std::string& author, const std::string& path) {
  return service.Get(
      service.Submit(author, path, Document("Resize " + path, "postgres/standard-s", author)));
}

TEST(OwnRuleTest, WhoPublishedTheRuleIsReviewedForFourteenDays) {
  Service service;
  EXPECT_EQ(StateName(Submitted(service, "gus", "before.md").state()), "AUTO_APPROVED");
  Publish(service, Tightened(LivePolicyOf(service).source()));

  const v1::Spec own = Submitted(service, "gus", "own.md");
  EXPECT_EQ(StateName(own.state()), "ASYNC_REVIEW");
  EXPECT_TRUE(Fired(own, "builtin/own-rule")) << own.verdict().summary();
  const v1::Spec other = Submitted(service, "ana", "other.md");
  EXPECT_EQ(StateName(other.state()), "AUTO_APPROVED") << other.verdict().summary();

  service.AdvanceTo(service.now() + absl::Hours(24 * 14) + absl::Minutes(1));
  EXPECT_EQ(StateName(Submitted(service, "gus", "later.md").state()), "AUTO_APPROVED");
}

TEST(OwnRuleTest, WhoChangedSomethingElseIsNotConcerned) {
  Service service;
  Publish(service, Edit(LivePolicyOf(service).source(), "org.yaml", "Gus Berg", "Gus B. Berg"));
  EXPECT_EQ(StateName(Submitted(service, "gus", "a.md").state()), "AUTO_APPROVED");
}

TEST(OwnRuleTest, WhoApprovedTheChangeIsConcernedToo) {
  Service service;
  const auto publish = testing::PublishOf(service, Tightened(LivePolicyOf(service).source()));
  v1::ApproveRuleSetRequest approve;
  *approve.mutable_source() = publish.source();
  approve.set_expected_parent(publish.expected_parent());
  service.Do(&RulesApi::ApproveRuleSet, "ana", approve);
  service.Do(&RulesApi::PublishRuleSet, "gus", publish);
  EXPECT_TRUE(Fired(Submitted(service, "ana", "a.md"), "builtin/own-rule"));
}

}  // namespace
}  // namespace gavel::app
