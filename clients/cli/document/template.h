// The document that `gavel new` writes.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gavel::cli {

struct TemplateValues {
  std::string title;   // As typed.
  std::string area;    // Empty where it is not known.
  std::string author;  // Person or e-mail address; empty where it is not known.
};

// `source` with its places `{{title}}`, `{{area}}` and `{{author}}` filled: quoted for YAML in the
// front matter, as typed in the body. What is not known, and an author that is no address, becomes
// `TBD`, which the checker takes for missing.
std::string FillTemplate(std::string_view source, const TemplateValues& values);

// Whether a filled template can be a spec: it reads, its front matter is ours, and what is in it is
// right as far as it goes; each required key is there, filled or not.
//
// Errors: INVALID_ARGUMENT that names `path`, the line and the fix.
absl::Status CheckTemplate(const std::string& text, const TemplateValues& values,
                           const std::string& path);

// `shared-work-queue` for `Shared work queue!`, `ocered-zadac` for `Очередь задач`.
//
// Errors: INVALID_ARGUMENT for a title that is not 8 to 120 characters long, has characters that
// nobody can see, or has no letter or digit.
absl::StatusOr<std::string> SlugOf(std::string_view title);

}  // namespace gavel::cli
