#include <algorithm>

#include "rules/fix/fix.h"

namespace gavel::rules {
namespace {

// Insertions at one place stand beside each other; everything else needs its own bytes.
bool Overlap(const TextEdit& a, const TextEdit& b) {
  if (a.length == 0 && b.length == 0) return a.offset == b.offset && a.text == b.text;
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

}  // namespace

std::string ApplyEdits(std::string_view bytes, std::span<const TextEdit> edits) {
  std::vector<const TextEdit*> kept;
  for (const TextEdit& edit : edits) {
    const bool inside = edit.offset <= bytes.size() && edit.length <= bytes.size() - edit.offset;
    const bool taken = std::any_of(
        kept.begin(), kept.end(), [&](const TextEdit* earlier) { return Overlap(*earlier, edit); });
    if (inside && !taken) kept.push_back(&edit);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const TextEdit* a, const TextEdit* b) { return a->offset < b->offset; });
  std::string mended;
  size_t at = 0;
  for (const TextEdit* edit : kept) {
    mended += bytes.substr(at, edit->offset - at);
    mended += edit->text;
    at = edit->offset + edit->length;
  }
  return mended += bytes.substr(at);
}

}  // namespace gavel::rules
