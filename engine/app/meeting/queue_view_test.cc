// The queue as people see it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/testing/queue.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::At;
using ::testing::HasSubstr;
using testing::ListQueue;
using testing::LoneDocument;
using testing::Queue;
using testing::Service;
using ::testing::StartsWith;

class QueueViewTest : public ::testing::Test {
 protected:
  void QueueFive() {
    for (const char* title : {"One of five", "Two of five", "Three of five", "Four of five"}) {
      keys_.push_back(Queue(service_, title, LoneDocument(title)));
    }
    keys_.push_back(
        Queue(service_, "later",
              LoneDocument("Not before the new year", "review: {not_before: 2027-01-11}\n")));
  }

  std::string Explain(const std::string& key) {
    v1::ExplainSpecRequest request;
    request.set_spec(key);
    return service_.Do(&SpecApi::ExplainSpec, "ana", request).queue_text();
  }

  Service service_;
  std::vector<std::string> keys_;
};

TEST_F(QueueViewTest, ComesInTheOrderOfTheNextPlanAndSaysWhy) {
  QueueFive();
  const v1::ListQueueResponse queue = ListQueue(service_);
  EXPECT_EQ(queue.meeting(), "2026-11-26-media");
  EXPECT_EQ(queue.stand_by(), keys_[3]);
  ASSERT_EQ(queue.entries_size(), 5);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(queue.entries(i).spec(), keys_[static_cast<size_t>(i)]);
  const v1::QueueEntry& first = queue.entries(0);
  EXPECT_TRUE(first.picked());
  EXPECT_THAT(first.standing(), StartsWith("On Thu 26 Nov as things stand: 1st in order, "));
  EXPECT_EQ(first.forecast().expected(), "2026-11-26-media");
  EXPECT_EQ(first.timebox_minutes(), 15);
  const v1::QueueEntry& fourth = queue.entries(3);
  EXPECT_TRUE(fourth.eligible());
  EXPECT_FALSE(fourth.picked());
  EXPECT_THAT(fourth.standing(),
              HasSubstr("Not on Thu 26 Nov as things stand, where it would be the stand-by: all 3 "
                        "places were taken; 4th of 4 in order."));
  EXPECT_EQ(fourth.forecast().earliest(), "2026-11-26-media");
  EXPECT_EQ(fourth.forecast().expected(), "2026-12-03-media");
  EXPECT_EQ(fourth.forecast().latest(), "2027-01-07-media") << "the seventh, 4 + 3";
}

TEST_F(QueueViewTest, WhatMayNotComeSaysWhatWouldHelp) {
  QueueFive();
  const v1::QueueEntry last = ListQueue(service_).entries(4);
  EXPECT_FALSE(last.eligible());
  EXPECT_TRUE(last.author_fault());
  EXPECT_EQ(last.standing(),
            "Cannot be on Thu 26 Nov: author asked for Mon 11 Jan 2027 or later (change not_before "
            "to come earlier).");
  EXPECT_EQ(last.forecast().expected(), "2027-01-14-media");
}

TEST_F(QueueViewTest, TheAuthorReadsOfBothAgendasAndWhenToExpectTheRoom) {
  QueueFive();
  service_.AdvanceTo(At(11, 23));
  const std::string text = Explain(keys_[3]);
  EXPECT_THAT(text, StartsWith("Stand-by for Thu 26 Nov: it moves up if an item falls out. "));
  EXPECT_THAT(text, HasSubstr("On Thu 3 Dec as things stand: 1st in order, "));
  EXPECT_THAT(text, HasSubstr("Expected Thu 3 Dec; range Thu 3 Dec to "));
  EXPECT_EQ(service_.Get(keys_[3]).queue().standing(), text);
  EXPECT_EQ(Explain(keys_[0]), "") << "it is scheduled";
}

TEST_F(QueueViewTest, AnUnknownAreaIsSaidAndAConsultedOneHasNoQueue) {
  v1::ListQueueRequest request;
  v1::ListQueueResponse response;
  request.set_area("nowhere");
  EXPECT_EQ(ErrorReasonOf(service_.Call(&MeetingApi::ListQueue, "ana", request, &response)),
            "AREA_NOT_FOUND");
  request.set_area("security");
  EXPECT_TRUE(service_.Call(&MeetingApi::ListQueue, "ana", request, &response).ok());
  EXPECT_EQ(response.entries_size(), 0);
}

}  // namespace
}  // namespace gavel::app
