// From our front matter to facts: every key of the schema, its type, and its names checked against
// organisation and catalog.
#pragma once

#include "gavel/v1/facts.pb.h"
#include "rules/document.h"
#include "rules/document/value_reader.h"
#include "rules/yaml/node.h"

namespace gavel::rules {

// Fills in every header fact. Without a policy, names are taken as written. Findings go to
// `reader`.
void ReadFrontMatter(const YamlNode& root, const DocumentOptions& options, ValueReader& reader,
                     v1::Facts& facts);

// `dependencies`: aliases resolved, duplicates removed, names unknown to the catalog kept as
// written.
v1::DependenciesFact ReadDependencies(const Place& place, const Policy* policy,
                                      ValueReader& reader);

// Every header fact missing: what a foreign document says.
void SetHeaderMissing(v1::Facts& facts);

}  // namespace gavel::rules
