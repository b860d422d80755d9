#include "rules/fix/fix.h"

#include <algorithm>
#include <iterator>

#include "engine/base/unicode.h"
#include "rules/fix/makers.h"
#include "rules/fix/open_document.h"
#include "rules/fix/yaml_edits.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

struct Maker {
  std::string_view code;
  Fixes (*make)(const OpenDocument&, const v1::Finding&);
};

// A fix is safe (kSafe) only where the facts of the mended document are those of the broken one:
//   GV112  the normal spelling is what was read
//   GV114  `[]` and `none` are the same list
//   GV206  the second of two equal entries was left out already
//   GV207  the alias was resolved already
//   GV212  the deciding area was left out of `consulted` already
// Everything else is a guess, however likely, or turns a value that was wrong into one that rules
// read: GV109 and GV113 as well, since `1.024` and `03/04` mean different things to different
// people. A byte order mark (GV020) and CR LF (GV021) are kept on purpose.
constexpr Maker kMakers[] = {
    {"GV018", RemoveInvisible},   {"GV101", InsertKey},          {"GV102", RenameKey},
    {"GV103", WrapInList},        {"GV104", OfferWords},         {"GV105", RespellWord},
    {"GV107", RemoveRepeated},    {"GV109", RespellAmount},      {"GV110", SwapEnds},
    {"GV111", WriteVersion},      {"GV112", NormalSpelling},     {"GV113", RespellDay},
    {"GV114", WriteNone},         {"GV115", AddFrontMatter},     {"GV201", OfferArea},
    {"GV202", OfferArea},         {"GV203", OfferPerson},        {"GV204", OfferTier},
    {"GV205", OfferTier},         {"GV206", RemoveSecondEntry},  {"GV207", WriteProduct},
    {"GV208", OfferRegion},       {"GV209", OfferCategory},      {"GV210", OfferSystem},
    {"GV211", RemoveNotUsed},     {"GV212", RemoveOwnArea},      {"GV223", DeclareMention},
    {"GV301", InsertSection},     {"GV311", InsertCostRow},      {"GV312", WriteTotal},
    {"GV313", WriteDeclaredCost}, {"GV314", WriteProductAmount}, {"GV402", OfferHeading},
};

// Rough similarity for ranking: how many steps of the keyboard apart, by NearestName's measure.
bool IsNearer(std::string_view name, const std::string& a, const std::string& b) {
  const auto nearest = NearestName(name, {a, b});
  return nearest && *nearest == a && NearestName(name, {b, a}) == a;
}

}  // namespace

void AddFix(std::string title, FixKind kind, std::optional<TextEdit> edit, Fixes& fixes) {
  if (edit) fixes.push_back({std::move(title), kind, {*std::move(edit)}});
}

std::vector<std::string> Ranked(std::string_view name, std::vector<std::string> names) {
  // Only what could be a slip of the keyboard moves to the front; the rest keeps its order.
  std::stable_sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    return IsNearer(name, a, b);
  });
  if (names.size() > kMaxOffers) names.resize(kMaxOffers);
  return names;
}

void OfferNames(const OpenDocument& document, const YamlNode& node,
                const std::vector<std::string>& names, Fixes& fixes) {
  for (const std::string& name : names) {
    if (name == node.value) continue;
    AddFix("Change to " + name, FixKind::kSuggested, ReplaceScalar(document, node, name), fixes);
  }
}

std::vector<Fix> FixesFor(std::string_view bytes, const v1::Finding& finding,
                          const Policy* policy) {
  const auto maker = std::find_if(std::begin(kMakers), std::end(kMakers),
                                  [&](const Maker& m) { return m.code == finding.code(); });
  if (maker == std::end(kMakers) || FirstInvalidUtf8(bytes)) return {};
  return maker->make(OpenDocument(bytes, policy), finding);
}

}  // namespace gavel::rules
