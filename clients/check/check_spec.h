// Checking one spec file without a server: findings and the verdict it would get. It is what
// `gavel check` and the language server show, made by the same rules that the server runs.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/rules_service.pb.h"
#include "rules/policy.h"

namespace gavel::check {

struct CheckOptions {
  const rules::Policy* policy = nullptr;        // Never null; must outlive the call.
  std::string default_area = {};                // For documents that name none.
  std::string default_author = {};              // Person id; likewise.
  std::string path = {};                        // Repeated in messages.
  std::span<const v1::Evidence> evidence = {};  // Must outlive the call.
  v1::Date as_of = {};                          // The day to evaluate for.
  bool facts_unknown = false;                   // As `gavel submit --facts-unknown`.
  bool verbose = false;                         // Explain also the rules that did not fire.
  // Whether the file that a relative link of the document names exists, by its path relative to
  // the document. Links to files are not checked where it is empty.
  std::function<bool(const std::string& path)> exists = {};
};

struct Checked {
  std::vector<v1::Finding> findings;  // By line, then column; those without a line last.
  v1::EvaluateResponse result;        // Facts, verdict and its words; only findings if unreadable.
  bool readable = true;               // False where a submission would be refused: nothing stored.
};

// Pure, but for `exists`. O(bytes). Errors: INVALID_ARGUMENT for evidence that is over a limit; a
// document that cannot be read is findings, not an error.
absl::StatusOr<Checked> CheckSpec(std::string_view bytes, const CheckOptions& options);

// The violations of a `SPEC_INVALID` as findings.
std::vector<v1::Finding> FindingsOf(const absl::Status& status);

}  // namespace gavel::check
