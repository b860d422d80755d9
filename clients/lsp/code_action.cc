// What could be written instead: the fixes of `gavel check --fix` and those that somebody has to
// choose.
#include <algorithm>
#include <utility>

#include "clients/check/fix_spec.h"
#include "clients/lsp/features.h"

namespace gavel::lsp {
namespace {

constexpr char kQuickFix[] = "quickfix";
constexpr char kFixAll[] = "source.fixAll.gavel";

// A kind is wanted where the client names it or one above it: `source` is above `source.fixAll`.
bool IsWanted(const Json& only, std::string_view kind) {
  if (!only.is_array()) return true;
  for (const Json& wanted : only) {
    if (!wanted.is_string()) continue;
    const auto& name = wanted.get_ref<const std::string&>();
    const bool above = kind.starts_with(name) && kind.substr(name.size()).starts_with('.');
    if (kind == name || above) return true;
  }
  return false;
}

Json Edit(const View& view, const std::vector<rules::TextEdit>& edits) {
  Json list = Json::array();
  for (const rules::TextEdit& edit : edits) {
    list.push_back(
        {{"range", view.Range({edit.offset, edit.offset + edit.length})}, {"newText", edit.text}});
  }
  return {{"changes", {{view.document.uri(), std::move(list)}}}};
}

bool Touch(rules::TextRange a, rules::TextRange b) { return a.begin <= b.end && b.begin <= a.end; }

void AddQuickFixes(const View& view, const PlacedFinding& placed, const Json& diagnostic,
                   Json& actions) {
  const auto fixes = rules::FixesFor(view.document.text(), placed.finding, view.inputs.policy);
  for (const rules::Fix& fix : fixes) {
    Json action = {{"title", fix.title},
                   {"kind", kQuickFix},
                   {"diagnostics", {diagnostic}},
                   {"edit", Edit(view, fix.edits)}};
    if (fix.kind == rules::FixKind::kSafe) action["isPreferred"] = true;
    actions.push_back(std::move(action));
  }
}

// One edit from the first byte that differs to the last: the client's cursor and folds stay.
rules::TextEdit Difference(std::string_view before, std::string_view after) {
  size_t head = 0;
  const size_t shorter = std::min(before.size(), after.size());
  while (head < shorter && before[head] == after[head]) ++head;
  size_t tail = 0;
  while (tail < shorter - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  // Not into a character: its first byte is the one that is not 10xxxxxx.
  const auto inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  while (head > 0 && head < before.size() && inside(before[head])) --head;
  while (tail > 0 && inside(before[before.size() - tail])) --tail;
  return {head, before.size() - head - tail,
          std::string(after.substr(head, after.size() - head - tail))};
}

void AddFixAll(const View& view, Json& actions) {
  if (view.inputs.policy == nullptr) return;
  const std::string& text = view.document.text();
  const auto fixed = check::FixSpec(text, {.policy = view.inputs.policy,
                                           .default_area = view.inputs.area,
                                           .default_author = view.inputs.author,
                                           .as_of = view.inputs.today,
                                           .exists = view.inputs.exists});
  if (!fixed.ok() || fixed->fixes.empty()) return;
  actions.push_back({{"title", "Fix all that is safe to fix"},
                     {"kind", kFixAll},
                     {"edit", Edit(view, {Difference(text, fixed->content)})}});
}

}  // namespace

Json CodeActions(const View& view, rules::TextRange range, const Json& only) {
  Json actions = Json::array();
  if (!view.client.action_literals) return actions;
  if (IsWanted(only, kQuickFix)) {
    const Json diagnostics = Diagnostics(view);
    for (size_t i = 0; i < view.analysis.findings.size(); ++i) {
      const PlacedFinding& placed = view.analysis.findings[i];
      if (Touch(placed.range, range)) AddQuickFixes(view, placed, diagnostics[i], actions);
    }
  }
  if (IsWanted(only, kFixAll)) AddFixAll(view, actions);
  return actions;
}

}  // namespace gavel::lsp
