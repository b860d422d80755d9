#include "clients/chat/mail_channel.h"

#include "clients/chat/mail_address.h"

namespace gavel::chat {

// `again` is not said: the id says it, and a mail that is sent again must not differ.
SendResult MailChannel::Post(const Message& message, const PostOptions&) {
  const Mail mail = MailOf(message, sender_);
  if (IsMailAddress(mail.to)) return transport_->Send(mail);
  SendResult refused;
  refused.kind = SendResult::Kind::kRefused;
  refused.reason = "no mail address";
  return refused;
}

}  // namespace gavel::chat
