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
