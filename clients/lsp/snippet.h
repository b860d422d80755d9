// What is inserted for a key, with places to fill in, in the syntax of LSP snippets.
#pragma once

#include <string>

#include "rules/schema/keys.h"

namespace gavel::lsp {

// `data: {classification: ${1|public,internal|}, personal: ${2|true,false|}}`. On one line where
// `in_flow`.
std::string SnippetOf(const rules::KeySpec& key, bool in_flow);

}  // namespace gavel::lsp
