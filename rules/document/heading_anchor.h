// The names under which links reach the headings of a rendered document.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "rules/document/outline.h"

namespace gavel::rules {

// `what-would-change` for `What would change?`: lower case, letters, digits, `-` and `_` kept,
// spaces as `-`, everything else left out, as GitHub and GitLab do.
std::string HeadingAnchor(std::string_view heading);

// The anchors of a document: its headings, repeated ones numbered (`cost`, `cost-1`), and what
// `id="…"`, `name="…"` and `{#…}` name. O(bytes).
std::set<std::string, std::less<>> AnchorsOf(const Outline& outline);

}  // namespace gavel::rules
