// Messages as mails: who, what id, which headers.
//
// A mail says what it is: its Message-ID is made from the message's group key alone. A mail that is
// sent again because its answer was lost is the same mail, byte for byte where the server's answers
// were, so mail programs and archives show it once.
#pragma once

#include <string>

#include "clients/chat/message.h"

namespace gavel::chat {

struct Mail {
  std::string from;  // Addresses of the envelope.
  std::string to;
  std::string bytes;  // Headers and body, lines ended by CRLF.
};

struct MailSender {
  std::string from;     // Address.
  std::string list;     // Address of those who read along; empty: only people are written to.
  std::string list_id;  // Of the `List-Id` header of mails to the list; empty for none.
};

// `<packet.2026-12-10-media.5f2c…@example.org>`: of the message, or of a topic that no mail has.
// `domain` is the sender's.
std::string MessageId(const std::string& key, const std::string& domain);

// What the subject says: the title, then the word of what happened.
std::string SubjectOf(const Message& message);

// To the message's recipient, or to the list. `multipart/alternative`: the document's Markdown and
// HTML where the message carries one, else what the message says.
Mail MailOf(const Message& message, const MailSender& sender);

}  // namespace gavel::chat
