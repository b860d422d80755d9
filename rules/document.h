// Reading one spec document: bytes in, facts and findings out.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/facts.pb.h"

namespace gavel::rules {

class Policy;

inline constexpr size_t kMaxFrontMatterBytes = 64 * 1024;
inline constexpr size_t kMaxBodyBytes = 1024 * 1024;

struct DocumentOptions {
  // Organisation and catalog to check names against. May be null: names are then taken as written,
  // and no sections or mentions are looked for (both facts are missing).
  const Policy* policy = nullptr;
  std::string default_area;    // Used where the front matter names none.
  std::string default_author;  // Person id; used where the front matter names none.
  std::string path;            // Repeated in error messages; may be empty.
  // Files about the infrastructure, for the detectors; must outlive the call. Not looked at without
  // a policy, which says what they mean. What cannot be read is a finding, not an error.
  std::span<const v1::Evidence> evidence = {};
};

// What a document says, and what is to be said about it.
struct Document {
  v1::Facts facts;
  std::vector<v1::Finding> findings;  // By line, then column; those without a line last.
};

// Reads a document. A document without a front matter of ours is *foreign*: accepted, with every
// header fact missing. Wrong values are findings, not errors. Pure; O(bytes).
//
// Errors: INVALID_ARGUMENT `SPEC_INVALID`, one violation per problem (line and fix in the
// description, the finding code in `reason`), for bytes that cannot be read: empty, not UTF-8, a
// NUL byte, over a size limit, or a `spec:` front matter that is not one strict YAML mapping.
absl::StatusOr<Document> ReadDocument(std::string_view bytes, const DocumentOptions& options);

// The part of `bytes` after the front matter of ours or of others; all of it where there is none.
// Does not fail: takes what ReadDocument would refuse as having no front matter.
std::string_view DocumentBody(std::string_view bytes);

}  // namespace gavel::rules
