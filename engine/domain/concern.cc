#include "engine/domain/concern.h"

#include <algorithm>
#include <cctype>

#include "fmt/format.h"

namespace gavel {
namespace {

bool SameText(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

}  // namespace

bool IsOpenBlock(const v1::Concern& concern) {
  return concern.status() == v1::Concern::STATUS_OPEN &&
         concern.severity() == v1::Concern::SEVERITY_BLOCKING;
}

bool IsAnswered(const v1::Concern& concern) { return concern.has_answer_time(); }

const v1::Concern* FindConcern(const v1::Spec& spec, std::string_view id_or_title) {
  for (const v1::Concern& concern : spec.concerns()) {
    if (concern.id() == id_or_title || SameText(concern.title(), id_or_title)) return &concern;
  }
  return nullptr;
}

std::vector<std::string> ConcernNames(const v1::Spec& spec) {
  std::vector<std::string> names;
  for (const v1::Concern& concern : spec.concerns()) {
    names.push_back(fmt::format("{} \"{}\"", concern.id(), concern.title()));
  }
  return names;
}

std::vector<const v1::Concern*> OpenBlocks(const v1::Spec& spec) {
  std::vector<const v1::Concern*> blocks;
  for (const v1::Concern& concern : spec.concerns()) {
    if (IsOpenBlock(concern)) blocks.push_back(&concern);
  }
  return blocks;
}

}  // namespace gavel
