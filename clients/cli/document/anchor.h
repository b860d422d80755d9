// Places in a spec's text, from `--line 40-44` or `--section "Cost"`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {

// The anchor of --line or --section in the revision of --revision, else the current one, of
// `key`; nothing without either.
//
// Errors: INVALID_ARGUMENT for a line or section that the revision does not have.
absl::StatusOr<std::optional<v1::Anchor>> AnchorOf(Session& session, const std::string& key);

// `first-last`, or one line; from 1. Pure.
absl::StatusOr<v1::Anchor> AnchorOfLines(std::string_view content, std::string_view lines);
// The section whose heading starts with `title`, case ignored. Pure.
absl::StatusOr<v1::Anchor> AnchorOfSection(std::string_view content, std::string_view title);

}  // namespace gavel::cli
