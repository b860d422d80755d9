#include "engine/domain/fold_person.h"

#include <gtest/gtest.h>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel {
namespace {

TEST(FoldPersonTest, ANewAbsenceReplacesTheOnesItTouches) {
  const auto away = [](int from, int to) {
    v1::Event event;
    v1::Absence& absence = *event.mutable_absence_set()->mutable_absence();
    *absence.mutable_from() = ToDate(absl::CivilDay(2026, 12, from));
    *absence.mutable_to() = ToDate(absl::CivilDay(2026, 12, to));
    return event;
  };
  v1::PersonRecord person;
  FoldPerson(away(20, 24), "fay", person);
  FoldPerson(away(1, 3), "fay", person);
  ASSERT_EQ(person.absences_size(), 2);
  EXPECT_EQ(person.absences(0).from().day(), 1);
  FoldPerson(away(3, 10), "fay", person);
  ASSERT_EQ(person.absences_size(), 2);
  EXPECT_EQ(person.absences(0).from().day(), 3);
  EXPECT_EQ(person.person(), "fay");
}

TEST(FoldPersonTest, WhatWasSaidIsRememberedOnceAndForFourHundredDays) {
  const auto told = [](absl::CivilDay day, const char* spec, const char* step) {
    v1::Event event;
    *event.mutable_time() = ToProto(absl::FromCivil(day, absl::UTCTimeZone()));
    *event.mutable_person_notified()->mutable_day() = ToDate(day);
    v1::NotifiedItem& item = *event.mutable_person_notified()->add_items();
    item.set_spec(spec);
    item.set_step(step);
    return event;
  };
  v1::PersonRecord person;
  FoldPerson(told(absl::CivilDay(2026, 12, 1), "MEDIA-1", "turn"), "fay", person);
  FoldPerson(told(absl::CivilDay(2026, 12, 3), "MEDIA-1", "due"), "fay", person);
  FoldPerson(told(absl::CivilDay(2026, 12, 9), "MEDIA-1", "due"), "fay", person);
  ASSERT_EQ(person.said_size(), 2);
  EXPECT_EQ(person.said(0).kind(), SaidKey("MEDIA-1", "turn"));
  EXPECT_EQ(FromProto(person.said(1).due_time()),
            absl::FromCivil(absl::CivilDay(2026, 12, 9), absl::UTCTimeZone()));
  EXPECT_EQ(person.notified().day(), 9);
  FoldPerson(told(absl::CivilDay(2028, 1, 5), "MEDIA-2", "turn"), "fay", person);
  ASSERT_EQ(person.said_size(), 2);  // The word of 1 December 2026 is 400 days old.
  EXPECT_EQ(person.said(0).kind(), SaidKey("MEDIA-1", "due"));
}

TEST(FoldPersonTest, ARuleEditIsForgottenAfterFourteenDays) {
  const auto published = [](absl::CivilDay day, const char* rule) {
    v1::Event event;
    *event.mutable_time() = ToProto(absl::FromCivil(day, absl::UTCTimeZone()));
    event.mutable_policy_published()->mutable_version()->add_changed_auto_rules(rule);
    return event;
  };
  v1::PersonRecord person;
  FoldPerson(published(absl::CivilDay(2026, 12, 1), "auto/a"), "fay", person);
  FoldPerson(published(absl::CivilDay(2026, 12, 14), "auto/b"), "fay", person);
  ASSERT_EQ(person.rule_edits_size(), 2);
  EXPECT_EQ(person.rule_edits(0).rule(), "auto/a");
  FoldPerson(published(absl::CivilDay(2026, 12, 15), "auto/c"), "fay", person);
  ASSERT_EQ(person.rule_edits_size(), 2);
  EXPECT_EQ(person.rule_edits(0).rule(), "auto/b");
  EXPECT_EQ(person.rule_edits(1).rule(), "auto/c");
}

}  // namespace
}  // namespace gavel
