#include "engine/documents/madr_people.h"

#include <set>

namespace gavel::documents {
namespace {

std::set<std::string> MakersOf(const DecisionPapers& papers) {
  const v1::Decision& decision = papers.decision;
  std::set<std::string> makers;
  switch (decision.authority()) {
    case v1::Decision::AUTHORITY_RULE:
      return {"rule " + decision.rule()};
    case v1::Decision::AUTHORITY_ASYNC:
      for (const v1::Position& position : papers.spec.positions()) {
        const bool counted = position.revision() <= decision.revision();
        if (counted && position.kind() == v1::Position::KIND_APPROVE) {
          makers.insert(position.person());
        }
      }
      return makers;
    case v1::Decision::AUTHORITY_MEETING:
      if (papers.meeting.has_value()) {
        for (const v1::Attendance& entry : papers.meeting->attendance()) {
          makers.insert(entry.person());
        }
      }
      for (const std::string& author : papers.spec.authors()) makers.erase(author);
      break;
    default:
      break;
  }
  makers.insert(decision.decided_by());
  return makers;
}

std::vector<std::string> Without(std::set<std::string> people,
                                 std::initializer_list<const std::set<std::string>*> others) {
  for (const std::set<std::string>* other : others) {
    for (const std::string& person : *other) people.erase(person);
  }
  people.erase("");
  return {people.begin(), people.end()};
}

}  // namespace

DecisionPeople PeopleOf(const DecisionPapers& papers) {
  const v1::Spec& spec = papers.spec;
  const std::set<std::string> makers = MakersOf(papers);
  std::set<std::string> consulted;
  for (const v1::Position& position : spec.positions()) consulted.insert(position.person());
  for (const v1::Concern& concern : spec.concerns()) consulted.insert(concern.raiser());
  std::set<std::string> informed(spec.authors().begin(), spec.authors().end());
  informed.insert(spec.readers().begin(), spec.readers().end());
  for (const v1::Assignment& assignment : spec.assignments()) informed.insert(assignment.person());
  return {.makers = Without(makers, {}),
          .consulted = Without(consulted, {&makers}),
          .informed = Without(informed, {&makers, &consulted})};
}

}  // namespace gavel::documents
