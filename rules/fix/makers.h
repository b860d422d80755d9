// What mends which finding: one function per kind of mending. fix.cc says which codes they serve.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/fix/fix.h"
#include "rules/fix/open_document.h"

namespace gavel::rules {

using Fixes = std::vector<Fix>;

// At most this many names are offered for one place: a menu, not a catalog.
inline constexpr size_t kMaxOffers = 6;

// Adds a fix of one edit, if there is one.
void AddFix(std::string title, FixKind kind, std::optional<TextEdit> edit, Fixes& fixes);
// `names` by how near they are to `name`, nearest first; at most kMaxOffers.
std::vector<std::string> Ranked(std::string_view name, std::vector<std::string> names);
// Each of `names` in the place of the scalar `node`.
void OfferNames(const OpenDocument& document, const YamlNode& node,
                const std::vector<std::string>& names, Fixes& fixes);

// Front matter: keys and forms.
Fixes InsertKey(const OpenDocument& document, const v1::Finding& finding);
Fixes RenameKey(const OpenDocument& document, const v1::Finding& finding);
Fixes WrapInList(const OpenDocument& document, const v1::Finding& finding);
Fixes OfferWords(const OpenDocument& document, const v1::Finding& finding);
Fixes RespellWord(const OpenDocument& document, const v1::Finding& finding);
Fixes RemoveRepeated(const OpenDocument& document, const v1::Finding& finding);
Fixes RespellAmount(const OpenDocument& document, const v1::Finding& finding);
Fixes SwapEnds(const OpenDocument& document, const v1::Finding& finding);
Fixes RespellDay(const OpenDocument& document, const v1::Finding& finding);
Fixes WriteVersion(const OpenDocument& document, const v1::Finding& finding);
Fixes NormalSpelling(const OpenDocument& document, const v1::Finding& finding);
Fixes RemoveInvisible(const OpenDocument& document, const v1::Finding& finding);
Fixes AddFrontMatter(const OpenDocument& document, const v1::Finding& finding);

// Names of organisation and catalog.
Fixes OfferArea(const OpenDocument& document, const v1::Finding& finding);
Fixes OfferPerson(const OpenDocument& document, const v1::Finding& finding);
Fixes OfferRegion(const OpenDocument& document, const v1::Finding& finding);
Fixes OfferCategory(const OpenDocument& document, const v1::Finding& finding);
Fixes OfferSystem(const OpenDocument& document, const v1::Finding& finding);
Fixes RemoveOwnArea(const OpenDocument& document, const v1::Finding& finding);

// Dependencies.
Fixes WriteNone(const OpenDocument& document, const v1::Finding& finding);
Fixes OfferTier(const OpenDocument& document, const v1::Finding& finding);
Fixes RemoveSecondEntry(const OpenDocument& document, const v1::Finding& finding);
Fixes WriteProduct(const OpenDocument& document, const v1::Finding& finding);
Fixes RemoveNotUsed(const OpenDocument& document, const v1::Finding& finding);
Fixes DeclareMention(const OpenDocument& document, const v1::Finding& finding);

// Body.
Fixes InsertSection(const OpenDocument& document, const v1::Finding& finding);
Fixes InsertCostRow(const OpenDocument& document, const v1::Finding& finding);
Fixes WriteTotal(const OpenDocument& document, const v1::Finding& finding);
Fixes WriteDeclaredCost(const OpenDocument& document, const v1::Finding& finding);
Fixes WriteProductAmount(const OpenDocument& document, const v1::Finding& finding);
Fixes OfferHeading(const OpenDocument& document, const v1::Finding& finding);

}  // namespace gavel::rules
