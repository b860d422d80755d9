// Tiers, people and areas of the policy in a few lines of Markdown.
#pragma once

#include <string>
#include <string_view>

#include "clients/lsp/json.h"
#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/org.pb.h"
#include "rules/policy.h"
#include "rules/schema/keys.h"

namespace gavel::lsp {

// `standard`, `allowed` or `deprecated`, as it counts on `today`.
std::string_view StatusWord(const v1::Tier& tier, const v1::Date& today);

// Status, price, review date, last day and replacement.
std::string TierText(const rules::Policy& policy, const v1::Product& product, const v1::Tier& tier,
                     const v1::Date& today);

// Name, team, and what they answer for.
std::string PersonText(const rules::Policy& policy, const v1::Person& person);

// Name, key prefix, whose approval it asks for, who answers for it.
std::string AreaText(const rules::Policy& policy, const v1::Area& area);

// What the key is for, and what may be written.
std::string KeyText(const rules::KeySpec& key);

// MarkupContent; without Markdown, its marks are left out.
Json Markup(std::string_view markdown, bool with_markdown);

}  // namespace gavel::lsp
