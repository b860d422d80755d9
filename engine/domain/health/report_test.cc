// The report as a whole: always the same parts, no person in it, and the past as it was.

#include "engine/domain/health/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

#include "engine/domain/health/health_testing.h"

namespace gavel::health {
namespace {

using ::testing::ElementsAre;
using testing::DayAt;
using testing::Log;
using testing::SignalIn;

constexpr int kPeople = 26;

// A log of random happenings of every kind that counts. Specs are made once, meetings planned once
// and over once; the rest comes as it likes.
class RandomLog {
 public:
  RandomLog(unsigned seed, int happenings) : random_(seed) {
    for (int i = 0; i < happenings; ++i) {
      day_ = -28 + 56 * i / happenings;
      log_.On(day_, i % 300);
      Happen(i);
    }
  }

  const Log& log() const { return log_; }

 private:
  int Pick(int most) { return std::uniform_int_distribution(0, most)(random_); }

  void Happen(int i) {
    if (specs_ == 0 || Pick(5) == 0) return log_.New(fmt::format("MEDIA-{}", ++specs_), Someone());
    if (meetings_.empty() || Pick(9) == 0) {
      meetings_.push_back(fmt::format("m{}", i));
      return log_.Plan(meetings_.back(), day_ + 7);
    }
    const size_t at = static_cast<size_t>(Pick(static_cast<int>(meetings_.size()) - 1));
    if (Pick(9) == 0) return End(at);
    HappenTo(fmt::format("MEDIA-{}", 1 + Pick(specs_ - 1)), meetings_[at], i);
  }

  void End(size_t at) {
    const std::string meeting = meetings_[at];
    meetings_.erase(meetings_.begin() + static_cast<std::ptrdiff_t>(at));
    if (Pick(2) == 0) return log_.Cancel(meeting);
    log_.Attend(meeting, {{Someone(), "attendee"}, {Someone(), "presenter"}});
    log_.Close(meeting);
  }

  void HappenTo(const std::string& key, const std::string& meeting, int i) {
    const std::string person = Someone();
    switch (Pick(13)) {
      case 0:
        return log_.Position(key, person, "KIND_APPROVE", Pick(1) == 0 ? "" : "Fine by me.");
      case 1:
        return log_.Concern(key, person, fmt::format("c{}", i));
      case 2:
        return log_.Return(key, "GV204");
      case 3:
        return log_.Resubmit(key);
      case 4:
        return log_.Queue(key);
      case 5:
        return log_.Slot(key, meeting);
      case 6:
        return log_.Open(key, meeting);
      case 7:
        return log_.Approve(key, meeting, Pick(1) == 0 ? "rationale: 'r'" : "", i);
      case 8:
        return log_.Reject(key);
      case 9:
        return log_.Packet(meeting, fmt::format("readers {{ person: '{}' }}", person));
      case 10:
        return log_.Pulse(meeting, person, Pick(1) == 0 ? "presenter" : "attendee", 1 + Pick(4),
                          1 + Pick(4), 1 + Pick(4));
      case 11:
        return log_.Revise(key, i, person, fmt::format("cites: 'MEDIA-{}'", 1 + Pick(specs_)));
      case 12:
        return log_.Spec(key, "system", fmt::format("reviewer_lapsed {{ person: '{}' }}", person));
      default:
        return log_.Spec(key, person, "decision_contested {}");
    }
  }

  // An id that no word of a report holds.
  std::string Someone() { return fmt::format("zq{:04}xw", Pick(kPeople - 1)); }

  std::mt19937 random_;
  Log log_;
  int day_ = 0;
  int specs_ = 0;
  std::vector<std::string> meetings_;  // Not over yet.
};

TEST(ReportTest, HasTheFiveQuestionsAndTheFourPatternsAlways) {
  const v1::HealthReport report = Log().Report();
  std::vector<std::string> ids;
  for (const auto& question : report.questions()) {
    ids.push_back(question.id());
    EXPECT_FALSE(question.answer().empty()) << question.id();
  }
  for (const auto& pattern : report.patterns()) {
    ids.push_back(pattern.id());
    EXPECT_FALSE(pattern.alarming()) << pattern.id();
  }
  EXPECT_THAT(ids, ElementsAre("coming-in", "too-many", "right", "on-topic", "enjoyed",
                               "domineering", "bottlenecked", "status-oriented", "inert"));
}

TEST(ReportTest, AnswersAreSentences) {
  Log log;
  log.On(0).New("MEDIA-1");
  log.On(2, 1).Approve("MEDIA-1");
  log.On(3).New("MEDIA-2", "bo");
  log.Queue("MEDIA-2");
  const v1::HealthReport report = log.Report();
  EXPECT_EQ(report.questions(0).answer(),
            "Yes: 0.5 a week, more than the 0 before; 2 authors wrote their first.");
  EXPECT_EQ(report.questions(1).answer(),
            "Half of the decisions by people came within 2 business days, nine of ten within 2; "
            "1 spec waits for the room, and none got it in this span.");
  EXPECT_EQ(report.questions(2).answer(), "Nothing says otherwise, for 1 decision.");
  EXPECT_EQ(report.questions(3).answer(), "No meeting was held.");
  EXPECT_EQ(report.questions(4).answer(), "Nobody answered the pulse.");
}

TEST(ReportTest, NamesNobody) {
  for (unsigned seed = 0; seed < 15; ++seed) {
    const RandomLog random(seed, 400);
    const Log& log = random.log();
    const std::string report = log.Report().SerializeAsString();
    for (int i = 0; i < kPeople; ++i) {
      EXPECT_EQ(report.find(fmt::format("zq{:04}xw", i)), std::string::npos) << "seed " << seed;
    }
  }
}

// One fold serves every span that ended: what came later changes nothing that was true before.
// Corrections of a meeting's attendance apart, which random logs make only as it closes.
TEST(ReportTest, ALongerLogTellsThePastAsItWas) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const RandomLog random(seed, 300);
    const Log& log = random.log();
    const HealthFold whole = log.Fold();
    const absl::Time cut = DayAt(static_cast<int>(seed % 25));
    HealthFold prefix;
    for (const v1::Event& event : log.events()) {
      if (FromProto(event.time()) < cut) prefix.Add(event);
    }
    const HealthQuery query{.area = "media",
                            .span = {cut - absl::Hours(14 * 24), cut},
                            .queue = {},
                            .queue_before = {}};
    const v1::HealthReport then = MakeReport(prefix.lives(), gavel::testing::Acme(), query);
    const v1::HealthReport now = MakeReport(whole.lives(), gavel::testing::Acme(), query);
    EXPECT_EQ(now.DebugString(), then.DebugString()) << "seed " << seed;
  }
}

TEST(ReportTest, FoldingStepByStepIsFoldingAtOnce) {
  const RandomLog random(7, 400);
  const Log& log = random.log();
  HealthFold stepwise;
  const HealthQuery query{
      .area = "", .span = testing::FourWeeks(), .queue = {}, .queue_before = {}};
  v1::HealthReport last;
  for (const v1::Event& event : log.events()) {
    stepwise.Add(event);
    const bool look = event.seq() % 40 == 0 || event.seq() == std::ssize(log.events());
    if (look) last = MakeReport(stepwise.lives(), gavel::testing::Acme(), query);
  }
  EXPECT_EQ(last.DebugString(), log.Report(testing::FourWeeks(), "").DebugString());
}

TEST(ReportTest, EverySignalIsExplained) {
  std::ifstream file(GAVEL_SOURCE_DIR "/docs/health.md");
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  ASSERT_FALSE(text.empty());
  const v1::HealthReport report = Log().Report();
  const auto expect = [&](const v1::HealthSignal& signal) {
    const std::string& id = signal.id();
    const bool family = id.rfind("wait-", 0) == 0 || id.rfind("pulse-", 0) == 0;
    const bool p90 = id.size() > 4 && id.substr(id.size() - 4) == "-p90";
    if (family || p90) return;
    EXPECT_NE(text.find("`" + id + "`"), std::string::npos) << id;
  };
  for (const auto& question : report.questions()) {
    for (const auto& signal : question.signals()) expect(signal);
  }
  for (const auto& pattern : report.patterns()) {
    for (const auto& signal : pattern.signals()) expect(signal);
  }
}

TEST(ReportTest, AtMostFiftySpecsStandBehindAFigureTheWeightiestFirst) {
  Log log;
  for (int i = 1; i <= 60; ++i) {
    log.On(0, i).New(fmt::format("MEDIA-{}", i));
    log.Queue(fmt::format("MEDIA-{}", i));
  }
  log.On(1).Slot("MEDIA-7", "m1");
  log.On(20).Slot("MEDIA-9", "m1");
  const v1::HealthSignal backlog = SignalIn(log.Report(), "backlog");
  EXPECT_EQ(backlog.sample(), 60);
  EXPECT_EQ(backlog.specs_size(), 50);
  EXPECT_THAT(SignalIn(log.Report(), "wait-queued-p50").specs(),
              ElementsAre("MEDIA-9", "MEDIA-7"));
}

}  // namespace
}  // namespace gavel::health
