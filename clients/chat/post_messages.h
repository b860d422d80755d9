// From something to look at to what is said about it, with the server's newest state.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/chat/affected.h"
#include "clients/chat/message.h"
#include "clients/chat/source.h"

namespace gavel::chat {

struct RenderOptions {
  absl::Time since;      // Decisions made before it are not announced.
  std::string base_url;  // Of links; empty for none.
};

// What `post` calls for, in the order it is sent; empty where it is out of date by now. The state
// is at least as new as `min_seq`.
//
// Errors: NOT_FOUND for a spec or meeting of another log; the server's others.
absl::StatusOr<std::vector<Message>> MessagesOf(Source& source, const Post& post, int64_t min_seq,
                                                const RenderOptions& options);

}  // namespace gavel::chat
