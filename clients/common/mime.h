// The forms of RFC 5322, 2045 and 2047 that one mail needs. Pure: the same input makes the same
// bytes, so that a mail that is sent again is the same mail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace gavel::client {

// `text` (UTF-8, lines ended by `\n`) as quoted-printable: lines of at most 76 characters, each
// ended by CRLF. No line begins with a dot or with `From `, which some servers change on the way.
std::string QuotedPrintable(std::string_view text);

// `Name: value` for free text (UTF-8, one line), ended by CRLF and folded at 76 characters: as it
// is where that is plain ASCII, else as encoded words. Nothing in `text` can end the header.
std::string HeaderLine(std::string_view name, std::string_view text);

// `Tue, 08 Dec 2026 10:00:00 +0100`
std::string MailDate(absl::Time time, const absl::TimeZone& zone);

struct MimePart {
  std::string type;  // `text/plain`
  std::string text;  // UTF-8.
};

// The header lines about the body, and the body: one `multipart/alternative` with `parts`, the one
// that says least first. `boundary` must not occur in them.
std::string MultipartAlternative(const std::vector<MimePart>& parts, const std::string& boundary);

}  // namespace gavel::client
