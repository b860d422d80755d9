// What was mined, in words. Says of every rule how it did on reviews it was not chosen by.
#include <fmt/format.h>

#include <sstream>

#include "rules/backtest/interval.h"
#include "rules/backtest/report_lines.h"
#include "rules/date.h"

namespace gavel::rules {
namespace {

void AddRule(const v1::RuleSuggestion& rule, std::vector<std::string>& lines) {
  lines.push_back(fmt::format("Covers {} earlier reviews; of {} later ones with an ending {} drew "
                              "harm (bound {:.1f} %{})",
                              rule.support(), rule.held_out(), rule.held_out_harmed(),
                              rule.harm_bound_percent(),
                              rule.held_out() < kDecidedNeeded ? ", too few to tell" : ""));
  std::istringstream yaml(rule.yaml());
  for (std::string line; std::getline(yaml, line);) lines.push_back(line);
}

void AddNearMiss(const v1::NearMiss& miss, std::vector<std::string>& lines) {
  lines.push_back(fmt::format(
      "  {} specs ({:.1f} % of what went to people), {} with harm: {} {}: {}", miss.specs(),
      miss.share_percent(), miss.harmed(), miss.rule(), miss.path(), miss.condition()));
  lines.push_back(fmt::format("    {}", fmt::join(miss.examples(), ", ")));
}

}  // namespace

std::vector<std::string> ReportLines(const v1::SuggestionReport& report) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("Mined from {} reviews; scored on those since {}", report.cases(),
                              DateText(report.held_out_since())));
  if (report.rules().empty()) lines.push_back("No draft rule covers enough reviews.");
  for (const v1::RuleSuggestion& rule : report.rules()) AddRule(rule, lines);
  for (const v1::CatalogPromotion& promotion : report.promotions()) {
    lines.push_back(promotion.text());
  }
  if (!report.near_misses().empty()) {
    lines.push_back("Single conditions that alone kept specs from an automatic approval:");
  }
  for (const v1::NearMiss& miss : report.near_misses()) AddNearMiss(miss, lines);
  lines.push_back("Drafts stay in shadow until somebody publishes them; nothing enforces itself.");
  return lines;
}

}  // namespace gavel::rules
