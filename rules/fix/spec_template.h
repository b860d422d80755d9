// The document that a new spec starts from, and its parts, for whoever adds one that is missing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gavel::rules {

// The built-in template: every required key as `TBD`, every section with its guidance in comments,
// and a cost table to fill in. `{{title}}`, `{{area}}` and `{{author}}` are places for values.
std::string_view SpecTemplate();

// A key of the front matter to fill in.
struct TemplateEntry {
  std::string text;     // `summary: TBD`
  std::string comment;  // Guidance; may be empty.
};

// The line of the template for a top-level key; `KEY: TBD` for one that it does not have.
TemplateEntry TemplateKey(std::string_view key);

// The front matter with its fences, every place `TBD`, lines ended with `newline`.
std::string TemplateFrontMatter(std::string_view newline);

struct TemplateSection {
  std::string heading;             // `Risks, rollout and rollback`
  std::vector<std::string> lines;  // Heading, guidance, an empty line at the end.
};

// The sections of level 2, in their order.
std::vector<TemplateSection> TemplateSections();

}  // namespace gavel::rules
