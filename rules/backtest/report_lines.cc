#include "rules/backtest/report_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/backtest/interval.h"
#include "rules/date.h"

namespace gavel::rules {
namespace {

constexpr size_t kNamed = 10;  // Specs that one line names.
constexpr size_t kPinDigits = 4;
constexpr std::string_view kIndent = "            ";

std::string_view HarmWords(int harm) {
  switch (harm) {
    case v1::ReviewCase::HARM_REJECTED:
      return "rejected";
    case v1::ReviewCase::HARM_WITHDRAWN_UNDER_CONCERN:
      return "withdrawn under a concern";
    case v1::ReviewCase::HARM_BLOCKING_CONCERN:
      return "blocking concern";
    case v1::ReviewCase::HARM_MATERIAL_CHANGE:
      return "changed materially before the approval";
    case v1::ReviewCase::HARM_FAILED_AUDIT:
      return "failed its audit";
    default:
      return "harm";
  }
}

double Percent(int64_t part, int64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// `A-1, A-2 and 3 more`.
std::string Named(const std::vector<std::string>& names, int64_t total) {
  const size_t shown = std::min(names.size(), kNamed);
  std::string text = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  const int64_t rest = total - static_cast<int64_t>(shown);
  if (rest > 0) text += fmt::format(" and {} more", rest);
  return text;
}

std::string PlaceOf(const v1::BacktestCounts& counts) {
  return fmt::format("{}/{}", counts.async(), counts.sync());
}

void AddTable(const v1::BacktestReport& report, std::vector<std::string>& lines) {
  const v1::BacktestCounts& live = report.live_counts();
  const v1::BacktestCounts& candidate = report.candidate_counts();
  const auto row = [&](std::string_view head, const auto& first, const auto& second,
                       std::string rest) {
    // Two counts up to a million each, and a space between.
    lines.push_back(fmt::format("{:<22}{:>16}{:>16}{}{}", head, first, second,
                                rest.empty() ? "" : "      ", rest));
  };
  row("", "live", "draft", "");
  row("auto-approved", live.auto_(), candidate.auto_(),
      fmt::format("({:.1f} %)", Percent(candidate.auto_(), report.cases())));
  row("async / sync", PlaceOf(live), PlaceOf(candidate), "");
  std::vector<std::string> missing;
  for (const v1::FieldCount& field : report.missing()) {
    missing.push_back(fmt::format("{} {}", field.field(), field.count()));
  }
  row("  of these cannot tell", live.cannot_tell(), candidate.cannot_tell(),
      missing.empty() ? "" : fmt::format("missing: {}", fmt::join(missing, ", ")));
}

void AddHarm(const v1::BacktestReport& report, std::vector<std::string>& lines) {
  const int64_t automatic = report.candidate_counts().auto_();
  if (automatic == 0) {
    lines.push_back("The draft would have approved none of them.");
    return;
  }
  lines.push_back(fmt::format("Of the {}:  {} decided without harm on record", automatic,
                              report.decided() - report.harmed()));
  std::vector<std::string> harmed;
  for (const v1::BacktestChange& one : report.harm()) {
    harmed.push_back(fmt::format("{} ({})", one.spec(), HarmText(one.harms())));
  }
  lines.push_back(fmt::format("{} {} drew harm{}{}", kIndent, report.harmed(),
                              harmed.empty() ? "" : ": ", Named(harmed, report.harmed())));
  if (const int64_t open = automatic - report.decided(); open > 0) {
    lines.push_back(fmt::format("{} {} are open, or a rule approved them and nobody looked since",
                                kIndent, open));
  }
  if (report.decided() == 0) {
    lines.push_back(fmt::format("{}no ending is known, so no harm rate: NOT MET", kIndent));
    return;
  }
  lines.push_back(
      fmt::format("{}harm {:.1f} %, 95 % interval {:.1f}–{:.1f} %, one-sided bound {:.1f} %",
                  kIndent, Percent(report.harmed(), report.decided()), report.harm_low_percent(),
                  report.harm_high_percent(), report.harm_bound_percent()));
  lines.push_back(fmt::format("{}needed: {} decided and a bound of at most {:.0f} %: {}", kIndent,
                              kDecidedNeeded, kBoundAllowed,
                              report.gate_met() ? "met" : "NOT MET"));
}

void AddChanges(const v1::BacktestReport& report, std::vector<std::string>& lines) {
  const int64_t automatic = report.candidate_counts().auto_();
  if (automatic > 0) {
    lines.push_back(fmt::format("Saved: median {:.1f} days of waiting each, {} remarks of others",
                                report.median_days_saved(), report.remarks_saved()));
  }
  lines.push_back(fmt::format("Changed: {}; newly automatic {}, no longer automatic {}",
                              report.changed(), report.newly_auto(), report.no_longer_auto()));
  const std::vector<std::string> from_sync(report.newly_auto_from_sync().begin(),
                                           report.newly_auto_from_sync().end());
  // The list is cut, the count is not kept: a full list says "at least".
  lines.push_back(fmt::format(
      "Newly auto that live sent to sync: {}",
      from_sync.empty() ? "none" : Named(from_sync, static_cast<int64_t>(from_sync.size()))));
  if (report.backfilled() > 0) {
    lines.push_back(fmt::format(
        "Facts filled in later: {} specs, {} of them automatic, {} decided, {} with harm",
        report.backfilled(), report.backfilled_auto(), report.backfilled_decided(),
        report.backfilled_harmed()));
  }
}

void AddNotes(const v1::BacktestReport& report, std::vector<std::string>& lines) {
  if (report.catalog_today()) {
    lines.push_back("Counterfactual: prices and tiers of today, not of the day of submission.");
  }
  lines.push_back("Bias: \"no harm on record\" includes rubber stamps, and a rule that was chosen");
  lines.push_back("because it looks good on this history looks better than it is.");
}

}  // namespace

std::string HarmText(const google::protobuf::RepeatedField<int>& harms) {
  std::vector<std::string_view> words;
  for (const int harm : harms) words.push_back(HarmWords(harm));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string ShortPin(std::string_view pin) {
  constexpr std::string_view kHash = "@sha256:";
  const size_t hash = pin.find(kHash);
  if (hash == std::string_view::npos) return std::string(pin);
  return fmt::format("{}@{}", pin.substr(0, hash), pin.substr(hash + kHash.size(), kPinDigits));
}

std::vector<std::string> ReportLines(const v1::BacktestReport& report) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("Backtest {} → {}   {} {}, {} … {}, first submitted revision",
                              ShortPin(report.live()), ShortPin(report.candidate()), report.cases(),
                              report.cases() == 1 ? "spec" : "specs", DateText(report.since()),
                              DateText(report.until())));
  AddTable(report, lines);
  AddHarm(report, lines);
  AddChanges(report, lines);
  AddNotes(report, lines);
  return lines;
}

}  // namespace gavel::rules
