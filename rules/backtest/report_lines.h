// A back-test and what was mined, in lines for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/backtest.pb.h"

namespace gavel::rules {

// At most 100 columns each, except where a spec key is longer. `report.lines` and `id` are not
// read.
std::vector<std::string> ReportLines(const v1::BacktestReport& report);
std::vector<std::string> ReportLines(const v1::SuggestionReport& report);

// `rejected`, `blocking concern`, joined with `, `.
std::string HarmText(const google::protobuf::RepeatedField<int>& harms);

// `acme-main@7c1e` of the pin `acme-main@sha256:7c1e…`.
std::string ShortPin(std::string_view pin);

}  // namespace gavel::rules
