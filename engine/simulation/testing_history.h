// Small histories for the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/simulation/history.h"
#include "fmt/format.h"

namespace gavel::simulation {

// One line: `2024-03-04T09:00:00Z decided A-1 accepted`.
struct Line {
  const char* at;
  const char* event;
  std::string spec;
  const char* decision = nullptr;
};

inline History HistoryOf(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    text += fmt::format(R"({{"at": "{}", "event": "{}", "spec": "{}", "title": "The spec {}")",
                        line.at, line.event, line.spec, line.spec);
    if (line.decision != nullptr) text += fmt::format(R"(, "decision": "{}")", line.decision);
    text += "}\n";
  }
  auto history = ReadHistory("test.jsonl", text);
  EXPECT_TRUE(history.ok()) << history.status();
  return history.ok() ? *std::move(history) : History();
}

}  // namespace gavel::simulation
