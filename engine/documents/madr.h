// A decision as a Markdown record in the MADR 4 form (Markdown Architectural Decision Records), for
// a repository that keeps such records beside its code.
#pragma once

#include <optional>
#include <string>

#include "engine/domain/organisation.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::documents {

// `organisation` must outlive it and know the spec's area.
struct DecisionPapers {
  const Organisation& organisation;
  v1::Spec spec;  // With title, summary, authors and open decisions of the decided revision.
  v1::Decision decision;
  std::optional<v1::Meeting> meeting;  // Where a meeting decided.
};

// The record. The same text on every export as long as the decision and what became of it stay the
// same. Ends with a newline.
std::string MadrMarkdown(const DecisionPapers& papers);

// `2026-12-10-MEDIA-42-d1.md`, by the local day of the decision.
std::string MadrFileName(const DecisionPapers& papers);

}  // namespace gavel::documents
