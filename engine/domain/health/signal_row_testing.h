// Rows of the tests of signals, and the stories that they share.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "engine/domain/health/health_testing.h"

namespace gavel::health::testing {

struct Row {
  const char* name;  // What happens, as a sentence.
  const char* signal;
  std::function<void(Log&)> story;
  std::optional<double> value;  // Nothing: no data.
  int sample = 0;
  bool alarming = false;
  std::vector<std::string> behind = {};  // Specs, or meetings where there are no specs.
};

inline void PrintTo(const Row& row, std::ostream* os) { *os << row.signal << ": " << row.name; }

// MEDIA-1 … MEDIA-n, submitted on days 0, 1, …
inline void Submitted(Log& log, int n) {
  for (int i = 1; i <= n; ++i) log.On(i - 1).New(fmt::format("MEDIA-{}", i));
}

// n approvals by people on day 10; `each` happens to each spec before.
inline void Approved(Log& log, int n, const std::function<void(const std::string&, int)>& each) {
  for (int i = 1; i <= n; ++i) {
    const std::string key = fmt::format("MEDIA-{}", i);
    log.On(1, i).New(key);
    log.On(2, i);
    each(key, i);
    log.On(10, i).Approve(key);
  }
}

// n blocks, the first `by_kim` of them by kim, the others by somebody else each.
inline void Blocks(Log& log, int n, int by_kim) {
  log.On(0).New("MEDIA-1");
  for (int i = 1; i <= n; ++i) {
    log.Concern("MEDIA-1", i <= by_kim ? "kim" : fmt::format("p{}", i), fmt::format("c{}", i));
  }
}

inline void ChangeSeverity(Log& log, int concern, const std::string& to) {
  log.Spec("MEDIA-1", "kim",
           fmt::format("concern_severity_changed {{ concern: 'c{}' severity: {} }}", concern, to));
}

// A held meeting on day 10 with one item each for `specs`, opened and approved after `minutes`.
inline void Held(
    Log& log, const std::string& id, int day, const std::vector<std::string>& specs, int minutes,
    const std::vector<std::pair<std::string, std::string>>& people = {},
    const std::function<void()>& before_close = [] {}) {
  log.On(0).Plan(id, day);
  for (const std::string& spec : specs) {
    log.On(0).New(spec);
    log.On(1).Queue(spec);
    log.On(day - 3).Slot(spec, id);
  }
  log.On(day - 2).Packet(id);
  log.On(day, 300).OpenMeeting(id);
  int at = 300;
  for (const std::string& spec : specs) {
    log.On(day, at).Open(spec, id);
    log.On(day, at += minutes).Approve(spec, id);
  }
  before_close();
  if (!people.empty()) log.Attend(id, people);
  log.Close(id);
}

// Meetings on consecutive Thursdays from day 3 on, cancelled (`x`) or held (`h`).
inline void Series(Log& log, const std::string& fates) {
  for (size_t i = 0; i < fates.size(); ++i) {
    const int day = 3 + 7 * static_cast<int>(i) - 7;
    const std::string id = fmt::format("m{}", i + 1);
    log.On(day - 7).Plan(id, day);
    log.On(day);
    if (fates[i] == 'x') log.Cancel(id);
    if (fates[i] == 'm') log.Cancel(id, "CALENDAR_CHANGED");
    if (fates[i] == 'h') log.Close(id);
  }
}

// MEDIA-1 approved on day -5 by people with a condition due on the given day of November.
inline void WithCondition(Log& log, int november_day) {
  log.On(-6).New("MEDIA-1");
  log.On(-5).Approve("MEDIA-1", "",
                     fmt::format("rationale: 'r' conditions {{ id: 'k1' due {{ year: 2026 month: "
                                 "11 day: {} }} }}",
                                 november_day));
}

// The signal of a row's story is what the row says.
inline void ExpectSignal(const Row& row) {
  Log log;
  row.story(log);
  const v1::HealthSignal signal = SignalIn(log.Report(), row.signal);
  ASSERT_EQ(signal.state(), row.value.has_value() ? v1::HealthSignal::STATE_KNOWN
                                                  : v1::HealthSignal::STATE_NO_DATA);
  EXPECT_DOUBLE_EQ(signal.value(), row.value.value_or(0));
  EXPECT_EQ(signal.sample(), row.sample);
  EXPECT_EQ(signal.alarming(), row.alarming);
  EXPECT_THAT(signal.specs().empty() ? signal.meetings() : signal.specs(),
              ::testing::ElementsAreArray(row.behind));
}

}  // namespace gavel::health::testing
