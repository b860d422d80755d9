// SHA-256 (FIPS 180-4) of bytes in memory, and HMAC (RFC 2104) on it.
#pragma once

#include <string>
#include <string_view>

namespace gavel {

// The 32 raw bytes.
std::string Sha256(std::string_view bytes);

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

// The 32 raw bytes of HMAC-SHA256.
std::string HmacSha256(std::string_view key, std::string_view bytes);

// Two lower-case hexadecimal digits per byte.
std::string ToHex(std::string_view bytes);

}  // namespace gavel
