#include "tests/lifecycle/postman.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "engine/domain/attention.h"
#include "engine/domain/fold_person.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"

namespace gavel::lifecycle_test {

Postman::Postman(const World& world, const Absences& absences)
    : world_(world), absences_(absences) {
  for (const v1::Person& person : world.organisation().org().people()) {
    const auto record = absences.find(person.id());
    records_[person.id()] = record == absences.end() ? v1::PersonRecord() : record->second;
    next_[person.id()] = absl::InfiniteFuture();
  }
}

std::vector<OpenItem> Postman::ItemsOf(const std::string& person, absl::Time now) const {
  std::vector<OpenItem> items;
  for (const auto& [key, spec] : specs_) {
    Situation situation = world_.SituationOf(spec);
    situation.now = now;
    for (OpenItem& item : OpenItemsOf(situation, person)) items.push_back(std::move(item));
  }
  return items;
}

std::set<std::string> Postman::AskedBy(const v1::Spec& spec) const {
  std::set<std::string> people;
  for (const v1::Attention& entry : spec.attention()) {
    for (std::string& person : PeopleBehind(world_.SituationOf(spec), entry)) {
      people.insert(std::move(person));
    }
  }
  return people;
}

Addressee Postman::AddresseeOf(const std::string& person) const {
  const std::string home = HomeArea(world_.organisation(), person, "media", world_.now());
  return AddresseeIn(world_.organisation(), home, person, records_.at(person));
}

absl::Time Postman::NextOf(const std::string& person, absl::Time now) const {
  return NextMessageTime(AddresseeOf(person), ItemsOf(person, now), now);
}

void Postman::Accepted(const Step&, const std::vector<v1::Event>&, const Entry& entry) {
  Deliver(world_.now());
  std::set<std::string> asked = AskedBy(specs_[entry.spec.key()]);
  specs_[entry.spec.key()] = entry.spec;
  asked.merge(AskedBy(entry.spec));
  for (const std::string& person : asked) next_[person] = NextOf(person, world_.now());
}

void Postman::Forget(const std::string& key) { specs_.erase(key); }

void Postman::Deliver(absl::Time until) {
  while (true) {
    const auto first =
        std::min_element(next_.begin(), next_.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (first->second > until) break;
    Tell(first->first, first->second);
    if (::testing::Test::HasFailure()) return;
  }
  const absl::CivilDay day = absl::ToCivilDay(until, absl::UTCTimeZone());
  if (std::exchange(checked_, day) == day) return;
  for (const auto& [person, next] : next_) CheckNothingWaitsTooLong(person, until);
}

void Postman::Tell(const std::string& person, absl::Time now) {
  const auto message = MessageAt(AddresseeOf(person), ItemsOf(person, now), 0, now);
  // A spec was forgotten meanwhile, or what was to be said is no more.
  if (message.has_value()) {
    CheckAllowed(person, *message, now);
    v1::Event event;
    *event.mutable_time() = ToProto(now);
    *event.mutable_person_notified() = *message;
    FoldPerson(event, person, records_.at(person));
    ++messages_;
  }
  const absl::Time next = NextOf(person, now);
  EXPECT_GT(next, now) << person << " would be told for ever";
  next_[person] = next;
}

void Postman::CheckAllowed(const std::string& person, const v1::PersonNotified& message,
                           absl::Time now) {
  const BusinessCalendar& calendar = AddresseeOf(person).calendar;
  const absl::CivilDay day = calendar.DayOf(now);
  SCOPED_TRACE(fmt::format("{} at {}", person, absl::FormatTime(now, calendar.zone())));
  const v1::PersonRecord& record = records_.at(person);
  EXPECT_TRUE(!record.has_notified() || ToCivilDay(record.notified()) < day) << "twice a day";
  EXPECT_FALSE(IsAway(absences_, person, day)) << "in absence";
  EXPECT_TRUE(calendar.IsBusinessDay(day));
  EXPECT_GE(now, calendar.Opening(day));
  EXPECT_LT(now, calendar.Closing(day));
  EXPECT_GT(message.items_size(), 0);
  for (const v1::NotifiedItem& item : message.items()) {
    ++steps_[item.step()];
    // Another deadline is another thing to say.
    const absl::Time due = item.step() == step::kDue || item.step() == step::kLate ||
                                   item.step() == step::kCondition || item.step() == step::kRemind
                               ? now
                               : absl::InfiniteFuture();
    EXPECT_TRUE(
        said_.insert({person, item.spec(), item.step(), FromProto(item.since_time()), due}).second)
        << item.spec() << " " << item.step() << " twice";
  }
}

void Postman::CheckNothingWaitsTooLong(const std::string& person, absl::Time now) const {
  const Addressee addressee = AddresseeOf(person);
  const BusinessCalendar& calendar = addressee.calendar;
  for (const OpenItem& item : ItemsOf(person, now)) {
    const auto rung = UnsaidRung(item, addressee.record, now);
    if (!rung.has_value()) continue;
    // A whole working day on which they were there has gone by.
    for (absl::CivilDay day = calendar.DayOf(rung->time) + 1; calendar.Closing(day) < now; ++day) {
      const bool there = calendar.IsBusinessDay(day) && !IsAway(absences_, person, day);
      EXPECT_FALSE(there) << person << " was not told of " << item.spec << " " << rung->step
                          << " on " << day;
      if (there) return;
    }
  }
}

}  // namespace gavel::lifecycle_test
