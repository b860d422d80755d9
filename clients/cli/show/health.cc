#include "clients/cli/show/health.h"

#include <algorithm>
#include <cmath>

#include "clients/cli/output/wrap.h"
#include "clients/cli/words/time_text.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

constexpr int kFewSpecs = 3;
constexpr int kFigureColumn = 22;
constexpr int kTrendColumn = 16;
// Below this many columns a figure stands under its words, not beside them.
constexpr int kWide = 76;

// One digit after the point, where it says something.
std::string Number(double value) {
  const double rounded = std::round(value * 10) / 10;
  return rounded == std::floor(rounded) ? fmt::format("{:.0f}", rounded)
                                        : fmt::format("{:.1f}", rounded);
}

std::string WithUnit(double value, const std::string& unit) {
  const std::string number = Number(value);
  if (unit == "count" || unit == "ratio") return number;
  if (unit == "1-5") return number + " of 5";
  const bool one = number == "1" && unit.size() > 1 && unit.back() == 's';
  return fmt::format("{} {}", number, one ? unit.substr(0, unit.size() - 1) : unit);
}

std::string DayText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%-d %b %Y", ToTime(time), absl::LocalTimeZone());
}

// `MEDIA-1, MEDIA-2, MEDIA-3 and 4 more`.
std::string BehindText(const v1::HealthSignal& signal, bool all) {
  const auto& keys = signal.specs().empty() ? signal.meetings() : signal.specs();
  const int shown = all ? keys.size() : std::min(keys.size(), kFewSpecs);
  std::string text = fmt::format("{}", fmt::join(keys.begin(), keys.begin() + shown, ", "));
  if (shown < keys.size()) text += fmt::format(" and {} more", keys.size() - shown);
  return text;
}

// What the figure means, and where it stands towards its threshold.
std::string Words(const v1::HealthSignal& signal) {
  std::string text = signal.text();
  if (!signal.has_threshold() || signal.alarming()) return text;
  return text + fmt::format(" (threshold {})", WithUnit(signal.threshold(), signal.unit()));
}

std::string Alarm(const v1::HealthSignal& signal) {
  return fmt::format("ALARMING: past the threshold of {}",
                     WithUnit(signal.threshold(), signal.unit()));
}

class HealthWriter {
 public:
  explicit HealthWriter(const HealthView& view) : view_(view) {}

  void Title(std::string_view title) {
    if (!text_.empty()) text_ += "\n";
    Fill(0, title, Tone::kStrong);
  }

  void Alert(const v1::HealthAlert& alert) {
    Fill(2, fmt::format("{} Since {}.", alert.text(), DayText(alert.since_time())), Tone::kWarn);
    for (const std::string& proposal : alert.proposals()) Fill(4, "Try: " + proposal);
    if (alert.specs().empty()) return;
    const int shown =
        view_.all_specs ? alert.specs_size() : std::min(alert.specs_size(), kFewSpecs);
    Fill(4,
         fmt::format("{}{}", fmt::join(alert.specs().begin(), alert.specs().begin() + shown, ", "),
                     shown < alert.specs_size()
                         ? fmt::format(" and {} more", alert.specs_size() - shown)
                         : ""),
         Tone::kDim);
  }

  void Answer(const v1::HealthQuestion& question) {
    Put(2, question.text());
    Fill(4, question.answer());
  }

  void Pattern(const v1::AntiPattern& pattern) {
    Put(2, fmt::format("{:<16} {}", pattern.id(),
                       pattern.alarming() ? view_.styled(Tone::kBad, "ALARMING")
                                          : view_.styled(Tone::kGood, "no alarm")));
    for (const v1::HealthSignal& signal : pattern.signals()) {
      if (!signal.alarming()) continue;
      Fill(4, fmt::format("{}: {}, threshold {}", signal.text(), FigureText(signal),
                          WithUnit(signal.threshold(), signal.unit())));
    }
  }

  void Signal(const v1::HealthSignal& signal) {
    const std::string figure = FigureText(signal);
    const std::string trend = TrendText(signal);
    if (view_.width < kWide) {
      Fill(2, Words(signal));
      Put(4, trend.empty() ? figure : fmt::format("{}, {}", figure, trend));
      Details(4, signal);
      return;
    }
    const std::string lead =
        fmt::format("  {}{}", Padded(figure, kFigureColumn), Padded(trend, kTrendColumn));
    const int indent = 2 + kFigureColumn + kTrendColumn;
    const std::vector<std::string> lines = Wrap(Words(signal), view_.width - indent);
    for (size_t i = 0; i < lines.size(); ++i) {
      if (i == 0) Put(0, lead + lines[i]);
      if (i > 0) Put(indent, lines[i]);
    }
    Details(indent, signal);
  }

  std::string Take() { return std::move(text_); }

 private:
  // `text` in columns; fmt counts code points here, as the dash is one.
  static std::string Padded(const std::string& text, int columns) {
    return fmt::format("{:<{}}", text, columns);
  }

  void Details(int indent, const v1::HealthSignal& signal) {
    if (signal.alarming()) Fill(indent, Alarm(signal), Tone::kBad);
    const std::string behind = BehindText(signal, view_.all_specs);
    if (!behind.empty()) Fill(indent, behind, Tone::kDim);
  }

  void Put(int indent, std::string_view line) {
    text_ += fmt::format("{:{}}{}\n", "", indent, line);
  }

  void Fill(int indent, std::string_view text) {
    for (const std::string& line : Wrap(text, view_.width - indent)) Put(indent, line);
  }
  void Fill(int indent, std::string_view text, Tone tone) {
    for (const std::string& line : Wrap(text, view_.width - indent)) {
      Put(indent, view_.styled(tone, line));
    }
  }

  const HealthView& view_;
  std::string text_;
};

std::vector<std::string> RowOf(const std::string& group, const v1::HealthSignal& signal) {
  const bool known = signal.state() == v1::HealthSignal::STATE_KNOWN;
  const auto& keys = signal.specs().empty() ? signal.meetings() : signal.specs();
  const std::string state = known                                                ? "known"
                            : signal.state() == v1::HealthSignal::STATE_WITHHELD ? "withheld"
                                                                                 : "no data";
  return {group,
          signal.id(),
          known ? Number(signal.value()) : "",
          signal.unit(),
          state,
          signal.has_previous() ? Number(signal.previous()) : "",
          signal.has_threshold() ? Number(signal.threshold()) : "",
          signal.alarming() ? "alarming" : "",
          std::to_string(signal.sample()),
          fmt::format("{}", fmt::join(keys, ","))};
}

std::string SpanText(const v1::HealthReport& report) {
  return fmt::format("Health of {}, {} to {}, beside as long before",
                     report.area().empty() ? "all areas" : report.area(),
                     DayText(report.from_time()), DayText(report.to_time()));
}

}  // namespace

std::string FigureText(const v1::HealthSignal& signal) {
  switch (signal.state()) {
    case v1::HealthSignal::STATE_KNOWN:
      return WithUnit(signal.value(), signal.unit());
    case v1::HealthSignal::STATE_WITHHELD:
      return "fewer than 5 people";
    default:
      return "–";
  }
}

std::string TrendText(const v1::HealthSignal& signal) {
  if (!signal.has_previous() || signal.state() != v1::HealthSignal::STATE_KNOWN) return "";
  const std::string before = Number(signal.previous());
  if (before == Number(signal.value())) return "as before";
  return fmt::format("{} from {}", signal.value() > signal.previous() ? "up" : "down", before);
}

std::string HealthText(const v1::HealthReport& report, const HealthView& view) {
  HealthWriter writer(view);
  writer.Title(SpanText(report));
  if (!report.alerts().empty()) writer.Title("Alerts");
  for (const v1::HealthAlert& alert : report.alerts()) writer.Alert(alert);
  writer.Title("Five questions");
  for (const v1::HealthQuestion& question : report.questions()) writer.Answer(question);
  writer.Title("Four anti-patterns");
  for (const v1::AntiPattern& pattern : report.patterns()) writer.Pattern(pattern);
  for (const v1::HealthQuestion& question : report.questions()) {
    writer.Title(question.text());
    for (const v1::HealthSignal& signal : question.signals()) writer.Signal(signal);
  }
  for (const v1::AntiPattern& pattern : report.patterns()) {
    writer.Title(fmt::format("{}: {}", pattern.id(), pattern.text()));
    for (const v1::HealthSignal& signal : pattern.signals()) writer.Signal(signal);
  }
  return writer.Take();
}

std::vector<std::vector<std::string>> HealthRows(const v1::HealthReport& report) {
  std::vector<std::vector<std::string>> rows;
  for (const v1::HealthQuestion& question : report.questions()) {
    for (const auto& signal : question.signals()) rows.push_back(RowOf(question.id(), signal));
  }
  for (const v1::AntiPattern& pattern : report.patterns()) {
    for (const auto& signal : pattern.signals()) rows.push_back(RowOf(pattern.id(), signal));
  }
  return rows;
}

}  // namespace gavel::cli
