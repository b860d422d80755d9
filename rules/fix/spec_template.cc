#include "rules/fix/spec_template.h"

#include <fmt/format.h>

#include "rules/document/frame.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kTemplate = R"md(---
spec: 1
title: {{title}}
summary: TBD          # Two or three sentences: shown in queue, agenda and chat.
area: {{area}}        # The area that decides. Others that have a say: consulted: [platform]
authors: [{{author}}]
open_decisions: TBD   # none, or a list of {question: …, options: […], recommendation: …}
dependencies: TBD     # none, or a list of {use: product/tier, for: …, quantity: 4 instances}
data: {classification: TBD, personal: TBD}    # public … restricted; true or false
cost: {monthly_usd: TBD, confidence: TBD}     # {low: 400, high: 900}; low, medium or high
change: {reversible: TBD, blast_radius: TBD}  # true or false; low, medium or high
# Where they say something: category, system, regions, not_used, reviewers, presenter, labels,
# review: {wants: async, by: 2027-01-31}, cost: {in_a_year_usd, one_time_usd, price_list}.
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
<!-- State price × quantity × time for each line. Give a low and a high. Count requests, transfer
     and people, not only capacity. Say what doubles when traffic doubles. Round at the end. Link
     the price list and its date. `gavel check` does the sums again. An example:

| Uses | Quantity | Unit price | Low, per month | High, per month | How |
|---|---|---|--:|--:|---|
| k8s/standard | 4 instances | $0.096 per hour | 280 | 336 | 4 × 0.096 × 730 h; high: +20 % |
| s3/standard, stored | 2 TiB | $0.023 per GiB-month | 47 | 57 | 2,048 GiB × 0.023; high: +20 % |
| s3/standard, writes | 1.0–1.5 M a day | $0.005 per 1,000 | 150 | 225 | 1 M × 30 ÷ 1,000 × 0.005 |
| kafka/shared | 90 rps | $0.12 per million | 28 | 43 | 90 × 2.63 M s = 237 M; high: ×1.5 |
| **Total** | | | **505** | **661** | |

     In a year: workers grow 5 % a month (× 1.80), storage doubles: 775 to 985 a month. One time:
     none. People: none beyond the team. If traffic doubles: writes and workers double, the queue
     doubles, storage grows. Surprise: writing thumbnails costs three times storing them. -->

| Uses | Quantity | Unit price | Low, per month | High, per month | How |
|---|---|---|--:|--:|---|
| TBD | TBD | TBD | TBD | TBD | TBD |
| **Total** | | | **TBD** | **TBD** | |

In a year: TBD. One time: TBD. People: TBD.
If traffic doubles: TBD.

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

constexpr std::string_view kPlaces[] = {"{{title}}", "{{area}}", "{{author}}"};

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string WithoutPlaces(std::string_view text) {
  std::string filled(text);
  for (const std::string_view place : kPlaces) {
    for (size_t at = filled.find(place); at != std::string::npos; at = filled.find(place)) {
      filled.replace(at, place.size(), "TBD");
    }
  }
  return filled;
}

}  // namespace

std::string_view SpecTemplate() { return kTemplate; }

TemplateEntry TemplateKey(std::string_view key) {
  for (const std::string& line : LinesOf(SplitFrame(kTemplate).header)) {
    if (!line.starts_with(fmt::format("{}:", key))) continue;
    const size_t comment = line.find(" #");
    const std::string_view text = Trim(std::string_view(line).substr(0, comment));
    return {WithoutPlaces(text),
            comment == std::string::npos
                ? ""
                : std::string(Trim(std::string_view(line).substr(comment + 2)))};
  }
  return {fmt::format("{}: TBD", key), ""};
}

std::string TemplateFrontMatter(std::string_view newline) {
  std::string text = fmt::format("---{}", newline);
  for (const std::string& line : LinesOf(WithoutPlaces(SplitFrame(kTemplate).header))) {
    text += fmt::format("{}{}", line, newline);
  }
  return text += fmt::format("---{0}{0}", newline);
}

std::vector<TemplateSection> TemplateSections() {
  constexpr std::string_view kMark = "## ";
  std::vector<TemplateSection> sections;
  for (const std::string& line : LinesOf(SplitFrame(kTemplate).body)) {
    if (line.starts_with(kMark)) sections.push_back({line.substr(kMark.size()), {}});
    if (!sections.empty()) sections.back().lines.push_back(line);
  }
  return sections;
}

}  // namespace gavel::rules
