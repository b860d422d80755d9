#include "engine/base/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace gavel {
namespace {

// Fetched once: OpenSSL 3 otherwise looks the algorithm up, under a lock, for every digest. Never
// freed, since a digest may still be computed while static objects are destroyed.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

std::string Sha256(std::string_view bytes) {
  std::string digest(32, '\0');
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                 nullptr, Algorithm(), nullptr);
  // Only a broken OpenSSL installation or exhausted memory gets here; a wrong hash would be worse.
  if (done != 1) throw std::runtime_error("OpenSSL cannot compute SHA-256");
  return digest;
}

std::string Sha256Hex(std::string_view bytes) { return ToHex(Sha256(bytes)); }

std::string HmacSha256(std::string_view key, std::string_view bytes) {
  std::string code(32, '\0');
  const unsigned char* const done =
      HMAC(Algorithm(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
           reinterpret_cast<unsigned char*>(code.data()), nullptr);
  if (done == nullptr) throw std::runtime_error("OpenSSL cannot compute HMAC-SHA256");
  return code;
}

std::string ToHex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace gavel
