#include "engine/domain/health/report.h"

#include <algorithm>

#include "engine/domain/health/answers.h"
#include "engine/domain/health/signal.h"
#include "engine/domain/names.h"

namespace gavel::health {
namespace {

v1::HealthSignal::State StateOf(const Figure& figure) {
  if (figure.withheld) return v1::HealthSignal::STATE_WITHHELD;
  return figure.value.has_value() ? v1::HealthSignal::STATE_KNOWN
                                  : v1::HealthSignal::STATE_NO_DATA;
}

bool IsPast(double value, const SignalRow& row) {
  switch (row.bound) {
    case Bound::kAbove:
      return value > *row.threshold;
    case Bound::kFrom:
      return value >= *row.threshold;
    case Bound::kBelow:
      return value < *row.threshold;
  }
  return false;
}

// `before` is null where the log does not reach back that far.
v1::HealthSignal SignalOf(const SignalRow& row, const Window& now, const Window* before) {
  const Figure figure = row.measure(now);
  v1::HealthSignal signal;
  signal.set_id(row.id);
  signal.set_text(figure.text.empty() ? row.text : figure.text);
  signal.set_unit(row.unit);
  signal.set_state(StateOf(figure));
  signal.set_sample(figure.sample);
  if (row.threshold.has_value()) signal.set_threshold(*row.threshold);
  // What is withheld shows nothing: neither a figure nor what it would be made of.
  if (figure.withheld) {
    signal.clear_sample();
    return signal;
  }
  signal.mutable_specs()->Add(figure.specs.begin(), figure.specs.end());
  signal.mutable_meetings()->Add(figure.meetings.begin(), figure.meetings.end());
  if (!figure.value.has_value()) return signal;
  signal.set_value(*figure.value);
  signal.set_alarming(row.threshold.has_value() && figure.sample >= row.least &&
                      IsPast(*figure.value, row));
  if (before == nullptr) return signal;
  const Figure earlier = row.measure(*before);
  if (earlier.value.has_value() && !earlier.withheld) signal.set_previous(*earlier.value);
  return signal;
}

class ReportMaker {
 public:
  ReportMaker(const Window& now, const Window* before) : now_(now), before_(before) {}

  void AddQuestion(std::string_view id, std::string_view text, Answer answer,
                   const Signals& signals) {
    v1::HealthQuestion& question = *report_.add_questions();
    question.set_id(std::string(id));
    question.set_text(std::string(text));
    for (const SignalRow& row : signals) {
      *question.add_signals() = SignalOf(row, now_, before_);
    }
    question.set_answer(answer(question));
  }

  void AddPattern(std::string_view id, std::string_view text, const Signals& signals) {
    v1::AntiPattern& pattern = *report_.add_patterns();
    pattern.set_id(std::string(id));
    pattern.set_text(std::string(text));
    for (const SignalRow& row : signals) *pattern.add_signals() = SignalOf(row, now_, before_);
    pattern.set_alarming(std::any_of(pattern.signals().begin(), pattern.signals().end(),
                                     [](const auto& signal) { return signal.alarming(); }));
  }

  v1::HealthReport& report() { return report_; }

 private:
  const Window& now_;
  const Window* before_;
  v1::HealthReport report_;
};

}  // namespace

v1::HealthReport MakeReport(const Lives& lives, const Organisation& organisation,
                            const HealthQuery& query) {
  const Span earlier = Before(query.span);
  const Window now(lives, organisation, query.area, query.span, query.queue);
  const Window before(lives, organisation, query.area, earlier, query.queue_before);
  ReportMaker maker(now, lives.begin <= earlier.from ? &before : nullptr);
  maker.AddQuestion("coming-in", "Are specs coming in?", AnswerComingIn, ComingInSignals(now));
  maker.AddQuestion("too-many", "Too many, slowing people?", AnswerTooMany, TooManySignals());
  maker.AddQuestion("right", "Are the decisions right?", AnswerRight, RightSignals());
  maker.AddQuestion("on-topic", "Do meetings stay on topic?", AnswerOnTopic, OnTopicSignals());
  maker.AddQuestion("enjoyed", "Do people enjoy it?", AnswerEnjoyed, EnjoyedSignals());
  maker.AddPattern("domineering", "A few people decide what passes, whatever the others say.",
                   DomineeringSignals());
  maker.AddPattern("bottlenecked", "More comes in than the review gets through.",
                   BottleneckedSignals());
  maker.AddPattern("status-oriented", "Being in the room counts for more than the specs.",
                   StatusOrientedSignals());
  maker.AddPattern("inert", "The review goes on and changes nothing.", InertSignals());
  v1::HealthReport& report = maker.report();
  report.set_area(query.area);
  *report.mutable_from_time() = ToProto(query.span.from);
  *report.mutable_to_time() = ToProto(query.span.to);
  return std::move(report);
}

}  // namespace gavel::health
