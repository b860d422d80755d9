// The documentation of the lifecycle, printed from the tables that run it.
#pragma once

#include <string>

namespace gavel::lifecycle_test {

// docs/lifecycle.md: the rows, the commands that do not move a spec, the diagram, the matrix of
// every state and command, and the meeting's table. Markdown with one Mermaid diagram.
std::string LifecyclePage();

}  // namespace gavel::lifecycle_test
