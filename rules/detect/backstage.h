// Backstage: the entities of a `catalog-info.yaml`.
#pragma once

#include <string_view>

#include "rules/detect/resource.h"

namespace gavel::rules {

// Reads every document of the file: entities of kind Resource, and what a Component or System says
// in `dependsOn` of resources. A resource that another file describes has its reference as type,
// which no catalog maps. Attributes are the entity's `spec`, labels and annotations. A label or
// annotation `…/data-classification` names a data class.
//
// An error is: what the strict YAML reader refuses, no entity at all, an unknown data class.
Reading ReadBackstage(std::string_view text);

}  // namespace gavel::rules
