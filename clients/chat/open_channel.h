// From a destination of `notify.yaml` to a channel that can be used.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "clients/chat/channel.h"
#include "clients/chat/config.h"

namespace gavel::chat {

struct ChannelPlaces {
  std::string credentials;  // $CREDENTIALS_DIRECTORY; may be empty.
  std::string state;        // A local channel's relative path is below it.
};

// Reads the destination's credentials and checks its addresses; connects to nothing yet.
//
// Errors: those of ReadCredential; INVALID_ARGUMENT for an address that is not allowed.
absl::StatusOr<std::unique_ptr<Channel>> OpenChannel(const Destination& destination,
                                                     const ChannelPlaces& places);

// The same destination for speaking to people, each named by the message's recipient. A local one
// keeps those messages in a folder of their own, `people` in the channel's.
absl::StatusOr<std::unique_ptr<Channel>> OpenPersonalChannel(const Destination& destination,
                                                             const ChannelPlaces& places);

// Where the channel of a local destination is kept.
std::string LocalFolder(const Destination& destination, const std::string& state);
std::string PersonalLocalFolder(const Destination& destination, const std::string& state);

}  // namespace gavel::chat
