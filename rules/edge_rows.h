// The rows of the edge table (rules.md, section 5) that are one edit of the boring spec, with the
// verdict of the worked organisation. Infrastructure counts as looked at (`partial`), or nothing
// could be approved there.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"

namespace gavel::rules {

struct EdgeRow {
  const char* name;  // Starts with the row of the table.
  std::string from;  // What of the boring spec is replaced,
  std::string to;    // and by what.
  bool gate;
  v1::ReviewMode mode;
  std::vector<std::string> areas;
  std::vector<std::string> fired;
};
void PrintTo(const EdgeRow& row, std::ostream* os);

const std::vector<EdgeRow>& EdgeRows();

}  // namespace gavel::rules
