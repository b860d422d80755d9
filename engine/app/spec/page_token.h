// Opaque page tokens: a keyset position that is good for one query only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace gavel::app {

// `query` is everything that selects the list (filter, subject); another one refuses the token.
std::string MakePageToken(int64_t after, std::string_view query);

// The position; 0 for an empty token. INVALID_ARGUMENT `PAGE_TOKEN_INVALID` for anything that
// MakePageToken did not make for this query.
absl::StatusOr<int64_t> ReadPageToken(std::string_view token, std::string_view query);

// `asked` within 1 and `most`; `usual` for 0. INVALID_ARGUMENT `FIELD_INVALID` outside.
absl::StatusOr<int> PageSize(int asked, int usual, int most);

}  // namespace gavel::app
