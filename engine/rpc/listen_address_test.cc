#include "engine/rpc/listen_address.h"

#include <gtest/gtest.h>

#include "engine/base/error.h"

namespace gavel::rpc {
namespace {

struct Row {
  const char* text;
  bool local;
};

TEST(ListenAddress, RoundTripsAndKnowsWhatIsLocal) {
  for (const Row& row :
       {Row{"127.0.0.1:4283", true}, Row{"127.8.9.1:0", true}, Row{"localhost:1", true},
        Row{"[::1]:65535", true}, Row{"unix:/run/gavel.sock", true}, Row{"0.0.0.0:4283", false},
        Row{"[::]:4283", false}, Row{"10.0.0.1:4283", false}, Row{"gavel.example:4283", false},
        Row{"128.0.0.1:1", false},
        // A name that looks local, yet resolves to whatever its owner likes.
        Row{"127.0.0.1.example:4283", false}}) {
    const auto address = ParseListenAddress(row.text);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->ToString(), row.text);
    EXPECT_EQ(address->IsLocal(), row.local) << row.text;
  }
}

TEST(ListenAddress, RefusesEverythingElse) {
  for (const char* text : {"", ":", ":4283", "4283", "localhost", "localhost:", "localhost:x",
                           "localhost:-1", "localhost:65536", "localhost:4283 ", "localhost:+1",
                           "[]:4283", "unix:", "unix:gavel.sock"}) {
    const auto address = ParseListenAddress(text);
    EXPECT_EQ(ErrorReasonOf(address.status()), "FIELD_INVALID") << text;
  }
}

}  // namespace
}  // namespace gavel::rpc
