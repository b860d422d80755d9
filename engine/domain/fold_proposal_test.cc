#include "engine/domain/fold_proposal.h"

#include <gtest/gtest.h>

namespace gavel {
namespace {

v1::Event Approved(const char* by, const char* parent) {
  v1::Event event;
  event.set_actor(by);
  event.mutable_policy_approved()->set_source_hash("s1");
  event.mutable_policy_approved()->set_parent(parent);
  return event;
}

TEST(FoldProposalTest, NobodyCountsTwice) {
  v1::PolicyVersion proposal;
  for (const char* by : {"fay", "dee", "fay"}) FoldProposal(Approved(by, "p1"), proposal);
  ASSERT_EQ(proposal.approvers_size(), 2);
  EXPECT_EQ(proposal.approvers(0), "fay");
  EXPECT_EQ(proposal.approvers(1), "dee");
  EXPECT_EQ(proposal.source_hash(), "s1");
}

TEST(FoldProposalTest, AnotherParentStartsAgain) {
  v1::PolicyVersion proposal;
  FoldProposal(Approved("fay", "p1"), proposal);
  FoldProposal(Approved("dee", "p2"), proposal);
  ASSERT_EQ(proposal.approvers_size(), 1);
  EXPECT_EQ(proposal.approvers(0), "dee");
  EXPECT_EQ(proposal.parent(), "p2");
}

}  // namespace
}  // namespace gavel
