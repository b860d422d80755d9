#include "engine/rpc/call_metadata.h"

#include <algorithm>
#include <chrono>
#include <random>

#include "absl/time/clock.h"
#include "fmt/format.h"

namespace gavel::rpc {
namespace {

constexpr char kRequestTagKey[] = "x-gavel-request";
constexpr size_t kRequestTagMax = 64;

// The first value of `key`; empty where absent.
std::string_view ValueOf(const grpc::CallbackServerContext& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto it = metadata.find(key);
  return it == metadata.end() ? std::string_view()
                              : std::string_view(it->second.data(), it->second.size());
}

bool IsTag(std::string_view text) {
  return !text.empty() && text.size() <= kRequestTagMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_' || c == '.';
         });
}

std::string NewTag() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return fmt::format("{:016x}", random());
}

}  // namespace

Credentials CredentialsOf(const grpc::CallbackServerContext& context) {
  return {.authorization = ValueOf(context, "authorization"),
          .claimed = ValueOf(context, "gavel-principal")};
}

std::string EchoRequestTag(grpc::CallbackServerContext& context) {
  const std::string_view sent = ValueOf(context, kRequestTagKey);
  std::string tag = IsTag(sent) ? std::string(sent) : NewTag();
  context.AddInitialMetadata(kRequestTagKey, tag);
  return tag;
}

absl::Time DeadlineOf(const grpc::CallbackServerContext& context, absl::Duration default_deadline) {
  const auto deadline = context.deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) {
    return absl::Now() + default_deadline;
  }
  return absl::FromChrono(deadline);
}

}  // namespace gavel::rpc
