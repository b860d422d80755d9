// A health report as people read it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/output/output.h"
#include "gavel/v1/health.pb.h"

namespace gavel::cli {

struct HealthView {
  int width = 80;          // Columns to fill.
  bool all_specs = false;  // Else the first few behind each figure.
  // Colours a text, or leaves it: what is alarming is said in words as well.
  std::function<std::string(Tone, std::string_view)> styled;
};

// The alerts, the answers to the five questions, the anti-patterns, then every figure with its
// trend, threshold and the specs behind it. Ends with a line break.
std::string HealthText(const v1::HealthReport& report, const HealthView& view);

// One row per figure, for scripts: group, id, value, unit, state, previous, threshold, alarming,
// sample, specs or meetings. A figure that two groups show has two rows.
std::vector<std::vector<std::string>> HealthRows(const v1::HealthReport& report);

// `2.3 per week`, `40 %`, `4.2 of 5`; `–` where there is nothing to count.
std::string FigureText(const v1::HealthSignal& signal);
// `up from 1.8`, `down from 3`, `as before`; empty where there is nothing to compare with.
std::string TrendText(const v1::HealthSignal& signal);

}  // namespace gavel::cli
