#include "engine/domain/concern.h"

#include <algorithm>
#include <cctype>

#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "fmt/format.h"

namespace gavel {
namespace {

bool SameText(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

bool MayOwn(const Situation& situation, const std::string& person) {
  return !IsAuthor(situation.spec, person) &&
         situation.organisation.IsPresent(person, situation.now);
}

// The owners of the gates that `person` belongs to, in the order of the gates.
std::vector<std::string> GateOwners(const v1::Spec& spec, const std::string& person) {
  std::vector<std::string> owners;
  for (const v1::Gate& gate : spec.gates()) {
    if (std::find(gate.people().begin(), gate.people().end(), person) != gate.people().end()) {
      owners.push_back(gate.owner());
    }
  }
  return owners;
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

std::string OwnerNow(const Situation& situation, const v1::Concern& concern) {
  std::vector<std::string> heirs = {concern.owner()};
  for (std::string& owner : GateOwners(situation.spec, concern.owner())) {
    heirs.push_back(std::move(owner));
  }
  heirs.push_back(situation.area().gate().owner());
  heirs.push_back(ActingSponsor(situation, situation.spec.area()));
  for (std::string& reviewer :
       InvolvedReviewers(situation.organisation, situation.spec, situation.now)) {
    heirs.push_back(std::move(reviewer));
  }
  const auto heir = std::find_if(heirs.begin(), heirs.end(), [&](const std::string& person) {
    return MayOwn(situation, person);
  });
  return heir == heirs.end() ? std::string() : *heir;
}

std::vector<const v1::Concern*> OpenBlocks(const v1::Spec& spec) {
  std::vector<const v1::Concern*> blocks;
  for (const v1::Concern& concern : spec.concerns()) {
    if (IsOpenBlock(concern)) blocks.push_back(&concern);
  }
  return blocks;
}

bool IsStaleConcern(const Situation& situation, const v1::Concern& concern) {
  constexpr int kSilentBd = 5;
  return IsAnswered(concern) &&
         situation.now >= situation.calendar().AddBusinessDays(FromProto(concern.answer_time()),
                                                               kSilentBd);
}

}  // namespace gavel
