// Who had which part in a decision, in MADR's three lists. Nobody is on two of them.
#pragma once

#include <string>
#include <vector>

#include "engine/documents/madr.h"

namespace gavel::documents {

// Person ids, sorted; a rule stands as `rule ID`.
struct DecisionPeople {
  std::vector<std::string> makers;     // Who decided: in the room, by approving, as the sponsor.
  std::vector<std::string> consulted;  // Who took a position or raised a concern.
  std::vector<std::string> informed;   // Authors, invited readers, and who was asked in vain.
};

DecisionPeople PeopleOf(const DecisionPapers& papers);

}  // namespace gavel::documents
