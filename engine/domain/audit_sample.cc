#include "engine/domain/audit_sample.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "engine/base/sha256.h"

namespace gavel {
namespace {

constexpr int kAllFromStart = 30;
constexpr int kLeastPercent = 5;

// True for `percent` in a hundred specs, the same ones for ever under one key.
bool InSample(std::string_view spec, int percent, std::string_view key) {
  const std::string code = HmacSha256(key, std::string("audit").append(spec));
  uint64_t drawn = 0;
  for (size_t i = 0; i < 4; ++i) drawn = drawn << 8 | static_cast<unsigned char>(code[i]);
  return drawn * 100 < static_cast<uint64_t>(percent) << 32;
}

}  // namespace

std::string_view DrawnBy(const v1::ReviewEnd& approval, std::string_view key) {
  if (approval.ordinal() <= kAllFromStart) return "first 30";
  const int percent = std::max(approval.audit_percent(), kLeastPercent);
  if (InSample(approval.spec(), percent, key)) return "sample";
  return approval.first_of_month() ? "first of the month" : "";
}

}  // namespace gavel
