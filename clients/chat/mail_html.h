// Messages as an HTML page with inline styles, the only ones that mail programs keep.
#pragma once

#include <string>
#include <string_view>

#include "clients/chat/message.h"

namespace gavel::chat {

// `text` as it may stand in an element or a quoted attribute.
std::string HtmlEscape(std::string_view text);

// Title, status, summary, fields, rows and links, one below the other. Every text is escaped; links
// are the message's own.
std::string HtmlPage(const Message& message);

}  // namespace gavel::chat
