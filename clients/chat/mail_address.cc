#include "clients/chat/mail_address.h"

#include <algorithm>
#include <cctype>

namespace gavel::chat {
namespace {

constexpr size_t kMostChars = 254;  // RFC 5321 §4.5.3.1.3, without the brackets.
constexpr std::string_view kLocalMarks = ".!#$%&'*+/=?^_{|}~-";
constexpr std::string_view kDomainMarks = ".-";

bool IsMadeOf(std::string_view text, std::string_view marks) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && (std::isalnum(byte) != 0 || marks.find(c) != std::string_view::npos);
  });
}

}  // namespace

bool IsMailAddress(std::string_view text) {
  const size_t at = text.find('@');
  if (at == std::string_view::npos || text.size() > kMostChars) return false;
  return IsMadeOf(text.substr(0, at), kLocalMarks) && IsMadeOf(text.substr(at + 1), kDomainMarks);
}

std::string DomainOf(std::string_view address) {
  return std::string(address.substr(address.find('@') + 1));
}

}  // namespace gavel::chat
