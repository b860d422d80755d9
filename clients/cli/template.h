// The document that `gavel new` writes.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace gavel::cli {

struct TemplateValues {
  std::string title;   // As typed.
  std::string area;    // Empty where it is not known.
  std::string author;  // Person or e-mail address; empty where it is not known.
};

// The built-in template, with `{{title}}`, `{{area}}` and `{{author}}` to fill.
std::string_view BuiltInTemplate();

// `source` with its places filled: quoted for YAML in the front matter, as typed in the body. What
// is not known becomes `TBD`, which the checker takes for missing.
std::string FillTemplate(std::string_view source, const TemplateValues& values);

// `shared-work-queue` for `Shared work queue!`.
//
// Errors: INVALID_ARGUMENT for a title that is not 8 to 120 characters long, has control
// characters, or has no letter or digit that a file name could have.
absl::StatusOr<std::string> SlugOf(std::string_view title);

}  // namespace gavel::cli
