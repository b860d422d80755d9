// Which of the organisation's sections a document has.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "gavel/v1/org.pb.h"
#include "rules/document/outline.h"

namespace gavel::rules {

// Fewer words than this, markup aside, and a section counts as empty.
inline constexpr int kMinSectionWords = 25;

struct FoundSection {
  std::string id;
  std::vector<const Heading*> headings;  // Those that count; they point into the outline.
};

struct SectionReport {
  std::vector<FoundSection> present;  // Sorted by id.
  std::vector<v1::Finding> findings;  // One per section that does not count.
};

// A heading belongs to the section with the longest of its names that it starts with. Headings that
// are a name exactly go before those that only start with one; several of the latter are ambiguous,
// and then none counts. The cost section must also name an amount with a currency.
SectionReport FindSections(const v1::Org& org, const Outline& outline);

}  // namespace gavel::rules
