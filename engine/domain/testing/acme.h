// The shipped example organisation, built in code: three areas, nine people, two bots.
#pragma once

#include <memory>

#include "engine/domain/organisation.h"
#include "gavel/v1/org.pb.h"

namespace gavel::testing {

// `media` (chen, fay and kim review, quorum 2; sponsor chen, deputy gus; kim and lee facilitate),
// `platform` (fay, gus and lee review, quorum 2, 1 where consulted), `security` (dee and eli). ana
// and bo are of team uploads; eli audits; gus is admin. 25 December 2026 is a holiday in Berlin.
v1::Org AcmeOrg();

// An organisation for tests; the input must be valid.
std::shared_ptr<const Organisation> MakeOrganisation(const v1::Org& org);

// AcmeOrg, made once.
const Organisation& Acme();

// The entry of an area or person in `org`, to be changed. It must exist.
v1::Area& AreaIn(v1::Org& org, const std::string& id);
v1::Person& PersonIn(v1::Org& org, const std::string& id);
v1::Group& GroupIn(v1::Org& org, const std::string& id);

}  // namespace gavel::testing
