// What the server shows: one function per LSP feature, one file each. All are pure: a document and
// what is known about it in, JSON out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/check/check_spec.h"
#include "clients/lsp/analysis.h"
#include "clients/lsp/document.h"
#include "clients/lsp/json.h"
#include "clients/lsp/settings.h"
#include "gavel/v1/spec.pb.h"
#include "rules/policy.h"

namespace gavel::lsp {

// Everything a feature may look at. The references outlive the call.
struct View {
  const Document& document;
  const Analysis& analysis;
  const AnalysisInputs& inputs;  // Its policy may be null.
  const ClientSupport& client;
  const Settings& settings;
  const v1::Spec* live = nullptr;  // As the server has it; null offline and until it is known.

  Json Range(rules::TextRange range) const { return document.RangeJson(range, client.encoding); }
};

// Diagnostic[].
Json Diagnostics(const View& view);

// CompletionItem[] at a place of the text.
Json Completions(const View& view, size_t offset);

// Hover, or null where there is nothing to say.
Json HoverAt(const View& view, size_t offset);

// CodeAction[] for the findings that touch `range`; `only` as in CodeActionContext, null for all.
Json CodeActions(const View& view, rules::TextRange range, const Json& only);

// CodeLens[]: at most one, on the title's line.
Json CodeLenses(const View& view);

// DocumentLink[].
Json DocumentLinks(const View& view);

// FoldingRange[].
Json FoldingRanges(const View& view);

// DocumentSymbol[], or SymbolInformation[] for clients without nesting.
Json DocumentSymbols(const View& view);

// The parameters of `gavel/verdict`, for status bars.
Json VerdictNote(const View& view);

// `Would be: async — kms/tenant-keys is not standard`; empty without a verdict.
std::string WouldBe(const Analysis& analysis);

// `MEDIA-42 · Async review · 3 open (1 blocking)`.
std::string LiveText(const v1::Spec& spec);

}  // namespace gavel::lsp
