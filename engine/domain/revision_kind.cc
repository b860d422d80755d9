#include "engine/domain/revision_kind.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gavel {
namespace {

using Words = std::vector<std::string_view>;

// Words over which the exact comparison, quadratic in its input, is affordable.
constexpr size_t kExactWords = 4000;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

Words Split(std::string_view text) {
  Words words;
  size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && IsSpace(text[at])) ++at;
    const size_t start = at;
    while (at < text.size() && !IsSpace(text[at])) ++at;
    if (at > start) words.push_back(text.substr(start, at - start));
  }
  return words;
}

// Length of the longest common subsequence, in two rows.
size_t CommonInOrder(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  std::vector<size_t> above(b.size() + 1, 0);
  std::vector<size_t> row(b.size() + 1, 0);
  for (const std::string_view word : a) {
    for (size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = word == b[j] ? above[j] + 1 : std::max(above[j + 1], row[j]);
    }
    std::swap(above, row);
  }
  return above.back();
}

size_t CommonInAnyOrder(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  std::unordered_map<std::string_view, size_t> counts;
  for (const std::string_view word : a) ++counts[word];
  size_t common = 0;
  for (const std::string_view word : b) {
    const auto found = counts.find(word);
    if (found == counts.end() || found->second == 0) continue;
    --found->second;
    ++common;
  }
  return common;
}

using EvidenceKey = std::pair<std::string_view, std::string_view>;

std::vector<EvidenceKey> EvidenceKeys(const v1::Revision& revision) {
  std::vector<EvidenceKey> keys;
  for (const v1::EvidenceRef& ref : revision.evidence()) {
    keys.emplace_back(ref.detector(), ref.content_hash());
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

bool SaysNothingNew(const v1::Revision& revision, const v1::Revision& earlier) {
  return revision.content_hash() == earlier.content_hash() &&
         (revision.evidence().empty() || EvidenceKeys(revision) == EvidenceKeys(earlier));
}

double ChangedWordsPercent(std::string_view before, std::string_view after) {
  const Words a = Split(before);
  const Words b = Split(after);
  const size_t longer = std::max(a.size(), b.size());
  if (longer == 0) return 0;

  // Most revisions touch one place: what stands unchanged before and after it needs no comparing.
  size_t head = 0;
  while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
  size_t tail = 0;
  while (tail < std::min(a.size(), b.size()) - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
    ++tail;
  }
  const auto middle = [&](const Words& words) {
    return std::span(words).subspan(head, words.size() - head - tail);
  };
  const bool exact = std::max(middle(a).size(), middle(b).size()) <= kExactWords;
  const size_t common =
      head + tail +
      (exact ? CommonInOrder(middle(a), middle(b)) : CommonInAnyOrder(middle(a), middle(b)));
  return 100.0 * static_cast<double>(longer - common) / static_cast<double>(longer);
}

}  // namespace gavel
