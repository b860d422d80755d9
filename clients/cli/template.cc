#include "clients/cli/template.h"

#include <algorithm>
#include <cctype>

#include "clients/cli/command.h"

namespace gavel::cli {
namespace {

constexpr std::string_view kTemplate = R"md(---
spec: 1
title: {{title}}
summary: TBD          # Two or three sentences: shown in queue, agenda and chat.
area: {{area}}
authors: [{{author}}]
open_decisions: TBD   # none, or a list of {question: …, options: […], recommendation: …}
dependencies: TBD     # none, or a list of {use: product/tier, for: …, quantity: 4 instances}
data: {classification: TBD, personal: TBD}          # public … restricted; true or false
cost:
  monthly_usd: TBD    # {low: 400, high: 900}
change: {reversible: TBD, blast_radius: TBD}        # true or false; low, medium or high
---

# {{title}}

## Summary
<!-- Three sentences a tired colleague can act on. What changes for whom? -->

## Problem and evidence
<!-- What hurts, how often, for whom; a number or a link. What happens if we do nothing? -->

## Goals and non-goals

## Decisions we need
<!-- The same list as open_decisions, each with the options and your recommendation.
     Reviewers answer these first. -->

## Proposal
<!-- A picture, the data model, the interfaces, what happens on failure. -->

## Standard building blocks
<!-- Which standard tiers are used. For each non-standard one: which standard tier you
     tried to fit, what exactly does not fit, what would make it fit. -->

## Cost
<!-- State price × quantity × time for each line. Give a low and a high. Count requests,
     transfer and people, not only capacity. Say what doubles when traffic doubles. Round at the
     end. Link the price list and its date. -->

## Alternatives considered
<!-- At least one, fairly. Include "use only standard tiers" and "do nothing". -->

## Risks, rollout and rollback
<!-- How we notice that it goes wrong, how we turn it off, how long that takes. -->

## Security, privacy, data

## Operations
<!-- Owner, alerts, SLO, runbook, capacity for a year. -->

## Test plan

## What would change our mind

## Appendix
)md";

std::string YamlQuoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// Where the front matter ends; 0 where there is none.
size_t BodyStart(std::string_view source) {
  if (!source.starts_with("---\n")) return 0;
  const size_t fence = source.find("\n---\n");
  return fence == std::string_view::npos ? 0 : fence + 1;
}

void Replace(std::string& text, std::string_view place, const std::string& value) {
  for (size_t at = text.find(place); at != std::string::npos;
       at = text.find(place, at + value.size())) {
    text.replace(at, place.size(), value);
  }
}

}  // namespace

std::string_view BuiltInTemplate() { return kTemplate; }

std::string FillTemplate(std::string_view source, const TemplateValues& values) {
  const size_t body_start = BodyStart(source);
  std::string front(source.substr(0, body_start));
  std::string body(source.substr(body_start));
  const auto or_missing = [](const std::string& value, const std::string& shown) {
    return value.empty() ? std::string("TBD") : shown;
  };
  Replace(front, "{{title}}", YamlQuoted(values.title));
  Replace(front, "{{area}}", or_missing(values.area, values.area));
  Replace(front, "{{author}}", or_missing(values.author, YamlQuoted(values.author)));
  Replace(body, "{{title}}", values.title);
  Replace(body, "{{area}}", or_missing(values.area, values.area));
  Replace(body, "{{author}}", or_missing(values.author, values.author));
  return front + body;
}

absl::StatusOr<std::string> SlugOf(std::string_view title) {
  const auto length =
      std::count_if(title.begin(), title.end(), [](char c) { return (c & 0xC0) != 0x80; });
  if (length < 8 || length > 120) {
    return UsageError("a title has 8 to 120 characters; this one has " + std::to_string(length));
  }
  std::string slug;
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::iscntrl(byte) != 0) return UsageError("a title has no control characters");
    if (std::isalnum(byte) != 0) {
      slug += static_cast<char>(std::tolower(byte));
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  if (slug.empty()) return UsageError("the title has no letter or digit for a file name");
  return slug;
}

}  // namespace gavel::cli
