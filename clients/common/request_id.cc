#include "clients/common/request_id.h"

#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <random>

#include "fmt/format.h"

namespace gavel::client {
namespace {

using Uuid = std::array<uint8_t, 16>;

std::string Format(Uuid bytes, uint8_t version) {
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0F) | (version << 4));
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3F) | 0x80);
  std::string text;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", bytes[i]);
  }
  return text;
}

}  // namespace

std::string NewRequestId() {
  std::random_device random;
  Uuid bytes;
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return Format(bytes, 4);
}

std::string DeriveRequestId(const std::vector<std::string>& parts) {
  std::string input;
  for (const std::string& part : parts) input += fmt::format("{}:{}", part.size(), part);
  std::array<uint8_t, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(input.data()), input.size(), digest.data());
  Uuid bytes;
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = digest[i];
  return Format(bytes, 8);
}

}  // namespace gavel::client
