#include "engine/domain/health/answers.h"

#include <cassert>
#include <cmath>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::health {
namespace {

const v1::HealthSignal& Signal(const v1::HealthQuestion& question, std::string_view id) {
  for (const v1::HealthSignal& signal : question.signals()) {
    if (signal.id() == id) return signal;
  }
  assert(false);
  return v1::HealthSignal::default_instance();
}

bool Knows(const v1::HealthSignal& signal) {
  return signal.state() == v1::HealthSignal::STATE_KNOWN;
}

// `4`, `2.3`: one digit after the point, where it says something.
std::string Number(double value) {
  const double rounded = std::round(value * 10) / 10;
  return rounded == std::floor(rounded) ? fmt::format("{:.0f}", rounded)
                                        : fmt::format("{:.1f}", rounded);
}

// `3 specs`, `1 spec`, `1.5 specs`.
std::string Many(double value, std::string_view thing) {
  const std::string number = Number(value);
  return fmt::format("{} {}{}", number, thing, number == "1" ? "" : "s");
}

std::string Trend(const v1::HealthSignal& signal) {
  if (!signal.has_previous()) return "";
  const std::string now = Number(signal.value());
  const std::string before = Number(signal.previous());
  if (now == before) return ", as before";
  return fmt::format(", {} than the {} before",
                     signal.value() > signal.previous() ? "more" : "fewer", before);
}

}  // namespace

std::string AnswerComingIn(const v1::HealthQuestion& question) {
  const v1::HealthSignal& submissions = Signal(question, "submissions");
  if (submissions.sample() == 0) return "No: nothing was submitted.";
  const double first = Signal(question, "first-time-authors").value();
  return fmt::format(
      "Yes: {} a week{}; {}.", Number(submissions.value()), Trend(submissions),
      first == 0 ? "no author is new" : Many(first, "author") + " wrote their first");
}

std::string AnswerTooMany(const v1::HealthQuestion& question) {
  const v1::HealthSignal& median = Signal(question, "decision-p50");
  const v1::HealthSignal& backlog = Signal(question, "backlog");
  const v1::HealthSignal& weeks = Signal(question, "weeks-to-clear");
  const std::string speed = Knows(median)
                                ? fmt::format(
                                      "Half of the decisions by people came within {}, nine of ten "
                                      "within {}",
                                      Many(median.value(), "business day"),
                                      Number(Signal(question, "decision-p90").value()))
                                : "People decided nothing";
  if (backlog.value() == 0) return speed + "; nothing waits for the room.";
  const std::string pace = Knows(weeks)
                               ? fmt::format("about {} of meetings", Many(weeks.value(), "week"))
                               : "and none got it in this span";
  return fmt::format(
      "{}; {} for the room, {}.", speed,
      backlog.value() == 1 ? "1 spec waits" : Number(backlog.value()) + " specs wait", pace);
}

std::string AnswerRight(const v1::HealthQuestion& question) {
  const v1::HealthSignal& reopened = Signal(question, "reopened");
  const v1::HealthSignal& unmet = Signal(question, "conditions-unmet");
  const double doubted = reopened.value() + Signal(question, "contested").value() +
                         Signal(question, "superseded-soon").value();
  const double failed = Signal(question, "failed-audits").value();
  std::vector<std::string> parts;
  if (doubted > 0) {
    parts.push_back(Many(doubted, "decision") + " reopened, contested or soon superseded");
  }
  if (failed > 0) parts.push_back(Many(failed, "failed audit"));
  if (unmet.value() > 0) parts.push_back(Many(unmet.value(), "condition") + " late");
  const std::string of = Many(reopened.sample(), "decision");
  if (parts.empty()) {
    return reopened.sample() == 0 ? "Nothing was decided, and nothing decided before is in doubt."
                                  : fmt::format("Nothing says otherwise, for {}.", of);
  }
  return fmt::format("In doubt: {}, beside {} made in this span.", fmt::join(parts, ", "), of);
}

std::string AnswerOnTopic(const v1::HealthQuestion& question) {
  const v1::HealthSignal& marks = Signal(question, "off-topic-marks");
  const v1::HealthSignal& overruns = Signal(question, "overruns");
  if (!Knows(marks)) return "No meeting was held.";
  const std::string late = Knows(overruns)
                               ? fmt::format("{} % of {} ran over", Number(overruns.value()),
                                             Many(overruns.sample(), "item"))
                               : "no item was opened";
  return fmt::format("{} a meeting in {}; {}.", Many(marks.value(), "off-topic mark"),
                     Many(marks.sample(), "meeting"), late);
}

std::string AnswerEnjoyed(const v1::HealthQuestion& question) {
  const v1::HealthSignal& useful = Signal(question, "pulse-useful");
  if (useful.state() == v1::HealthSignal::STATE_WITHHELD) {
    return "Too few people answered the pulse to show anything: it takes five.";
  }
  if (!Knows(useful)) return "Nobody answered the pulse.";
  return fmt::format("Of 5: useful {}, heard {}, on topic {}, by {}.", Number(useful.value()),
                     Number(Signal(question, "pulse-heard").value()),
                     Number(Signal(question, "pulse-on-topic").value()),
                     Many(useful.sample(), "answer"));
}

}  // namespace gavel::health
