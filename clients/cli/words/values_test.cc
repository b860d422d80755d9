// Words that people type: dates, durations, enums, keys, conditions, filters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/follow.h"
#include "clients/cli/output/event_cursor.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/conditions.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"

namespace gavel::cli {
namespace {

using testing::HasSubstr;

TEST(TimeTextTest, DaysAreDaysThatExist) {
  EXPECT_EQ(DateText(ParseDate("2026-12-31").value()), "2026-12-31");
  for (const char* text : {"2026-02-30", "2026-1-1", "31.12.2026", "", "2026-12-31T00:00"}) {
    EXPECT_FALSE(ParseDate(text).ok()) << text;
  }
  const auto days = ParseDays("2026-12-20..2027-01-03").value();
  EXPECT_EQ(DateText(days.second), "2027-01-03");
}

TEST(TimeTextTest, SpansAddUp) {
  EXPECT_EQ(ParseSpan("2d3h").value(), absl::Hours(51));
  EXPECT_EQ(ParseSpan("1w").value(), absl::Hours(168));
  EXPECT_EQ(ParseSpan("90m").value(), absl::Minutes(90));
  for (const char* text : {"", "2", "h", "2x", "-1h", "0s", "99999999999999999999d"}) {
    EXPECT_FALSE(ParseSpan(text).ok()) << text;
  }
}

TEST(EnumTextTest, WordsGoBothWays) {
  EXPECT_EQ(EnumWord(v1::Spec::STATE_ASYNC_REVIEW), "ASYNC_REVIEW");
  EXPECT_EQ(EnumWord(v1::REVIEW_MODE_SYNC), "SYNC");
  EXPECT_EQ(EnumWord(static_cast<v1::Spec::State>(99)), "99");
  EXPECT_EQ(ParseEnum<v1::Position::Kind>("position", "no-objection").value(),
            v1::Position::KIND_NO_OBJECTION);
  EXPECT_EQ(ParseEnum<v1::Spec::State>("state", "queued").value(), v1::Spec::STATE_QUEUED);
}

TEST(EnumTextTest, AWrongWordListsTheRightOnes) {
  const auto status = ParseEnum<v1::Position::Kind>("position", "aprove").status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("approve, no-objection"));
  EXPECT_FALSE(ParseEnum<v1::Position::Kind>("position", "unspecified").ok());
}

TEST(SpecArgumentTest, KnowsAKeyWhenItSeesOne) {
  for (const char* key : {"MEDIA-42", "media-1", "P2-7"}) EXPECT_TRUE(IsSpecKey(key)) << key;
  for (const char* text : {"M-1", "MEDIA-0", "MEDIA-", "MEDIA", "2026-queue.md", "specs/a-1.md",
                           "TOOLONGPREFIX-1", "MEDIA-1a"}) {
    EXPECT_FALSE(IsSpecKey(text)) << text;
  }
}

TEST(ConditionsTest, BelongTogetherByTheirOrder) {
  Arguments arguments;
  arguments.Set("condition", {"the alert is live", "costs are tracked"});
  arguments.Set("owner", {"@bo", "ana"});
  arguments.Set("due", {"2027-01-30", "2027-02-15"});
  const auto conditions = ParseConditions(arguments).value();
  ASSERT_EQ(conditions.size(), 2u);
  EXPECT_EQ(conditions[0].owner(), "bo");
  EXPECT_EQ(conditions[1].text(), "costs are tracked");
  EXPECT_EQ(DateText(conditions[1].due()), "2027-02-15");
}

TEST(ConditionsTest, EachNeedsAnOwnerAndADate) {
  Arguments arguments;
  arguments.Set("condition", {"the alert is live"});
  arguments.Set("owner", {"bo"});
  EXPECT_THAT(std::string(ParseConditions(arguments).status().message()),
              HasSubstr("1 --condition, 1 --owner, 0 --due"));
}

struct PlaceRow {
  std::string_view from;
  std::string cursor;
  int64_t seq;
};

TEST(EventCursorTest, AStartIsACursorOrANumber) {
  const PlaceRow rows[] = {
      {"", "", -1},
      {"0", "", 0},
      {"41", "", 41},
      {"Af8gYWJj.41", "\x01\xff abc", 41},
  };
  for (const PlaceRow& row : rows) {
    const auto place = ParsePlace(row.from);
    ASSERT_TRUE(place.ok()) << row.from;
    EXPECT_EQ(place->cursor, row.cursor) << row.from;
    EXPECT_EQ(place->seq, row.seq) << row.from;
  }
  for (const char* wrong : {"no cursor!", "Af8gYWJj", "Af8gYWJj.", "Af8gYWJj.x", "Af8gYWJj.1.2",
                            ".", "-1", "1234567890123456789012345"}) {
    EXPECT_FALSE(ParsePlace(wrong).ok()) << wrong;
  }
}

TEST(EventCursorTest, ARequestHasACursorOrANumber) {
  v1::WatchEventsRequest request;
  StartAt({.cursor = "", .seq = 7}, request);
  EXPECT_EQ(request.after_seq(), 7);
  StartAt({.cursor = "cursor", .seq = 7}, request);
  EXPECT_EQ(request.cursor(), "cursor");
  EXPECT_EQ(request.after_seq(), 0);
}

TEST(EventCursorTest, EachLineGoesOnAfterItsEvent) {
  v1::WatchEventsResponse response;
  for (const int seq : {7, 8, 9}) response.add_events()->set_seq(seq);
  response.set_cursor("new");
  response.set_through_seq(12);
  Place place{.cursor = "old", .seq = 5};
  const auto lines = EventLines(response, place);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], HasSubstr("\"cursor\":\"b2xk.7\""));
  EXPECT_THAT(lines[1], HasSubstr("\"cursor\":\"b2xk.8\""));
  EXPECT_THAT(lines[2], HasSubstr("\"cursor\":\"bmV3.9\""));
  EXPECT_THAT(lines[2], HasSubstr("\"seq\":\"9\""));
  EXPECT_EQ(place.cursor, "new");
  EXPECT_EQ(place.seq, 12);
}

TEST(EventCursorTest, WhatWasSeenIsNotSaidAgain) {
  v1::WatchEventsResponse response;
  for (const int seq : {7, 8, 9}) response.add_events()->set_seq(seq);
  response.set_cursor("new");
  Place place = *ParsePlace("b2xk.8");
  const auto lines = EventLines(response, place);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], HasSubstr("\"seq\":\"9\""));
  EXPECT_TRUE(EventLines(response, place).empty());
  EXPECT_EQ(place.seq, 9);
}

TEST(EventCursorTest, BeforeTheFirstResponseALineHasItsNumber) {
  v1::WatchEventsResponse response;
  for (const int seq : {7, 8}) response.add_events()->set_seq(seq);
  response.set_cursor("new");
  Place place;
  EXPECT_THAT(EventLines(response, place)[0], HasSubstr("\"cursor\":\"7\""));
}

TEST(EventCursorTest, FiltersNameTheirField) {
  v1::EventFilter filter;
  ASSERT_TRUE(AddFilter("type=DecisionRecorded,area=media", filter).ok());
  ASSERT_TRUE(AddFilter("spec=MEDIA-1", filter).ok());
  EXPECT_EQ(filter.types(0), "DecisionRecorded");
  EXPECT_EQ(filter.areas(0), "media");
  EXPECT_EQ(filter.specs(0), "MEDIA-1");
  EXPECT_FALSE(AddFilter("owner=bo", filter).ok());
  EXPECT_FALSE(AddFilter("media", filter).ok());
}

TEST(FollowTest, AWaitEndsWhereItsAnswerIsKnown) {
  EXPECT_EQ(WaitAnswer(v1::Spec::STATE_ASYNC_REVIEW, {}), std::nullopt);
  EXPECT_EQ(WaitAnswer(v1::Spec::STATE_APPROVED, {}), ExitCode::kDone);
  EXPECT_EQ(WaitAnswer(v1::Spec::STATE_CHANGES_REQUESTED, {}), ExitCode::kNo);
  EXPECT_EQ(WaitAnswer(v1::Spec::STATE_QUEUED, {v1::Spec::STATE_QUEUED}), ExitCode::kDone);
  // Approved already: it will not be queued any more.
  EXPECT_EQ(WaitAnswer(v1::Spec::STATE_APPROVED, {v1::Spec::STATE_QUEUED}), ExitCode::kNo);
}

}  // namespace
}  // namespace gavel::cli
