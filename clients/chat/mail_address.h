// Mail addresses as they may stand in headers and SMTP commands.
#pragma once

#include <string>
#include <string_view>

namespace gavel::chat {

// True for `local@domain` in ASCII, with nothing that could end a header line or a command:
// letters, digits and `.!#$%&'*+/=?^_{|}~-` before the `@`, letters, digits, `.` and `-` behind it;
// at most 254 characters. Quoted local parts and address literals are not taken.
bool IsMailAddress(std::string_view text);

// `example.org` of `ana@example.org`.
std::string DomainOf(std::string_view address);

}  // namespace gavel::chat
