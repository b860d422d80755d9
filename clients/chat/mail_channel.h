// A mailing list, and the mailboxes of people. Posts only: what was mailed stays as it was, so
// cards are not mailed at all.
//
// A mail server cannot be asked what arrived. Where the answer to the end of a mail is lost, the
// mail is sent once more with the same Message-ID, and not again after that: at most two copies
// arrive, recognisably the same mail, and none does only where both answers and both mails got
// lost.
#pragma once

#include <memory>
#include <utility>

#include "clients/chat/channel.h"
#include "clients/chat/mail.h"
#include "clients/chat/smtp.h"

namespace gavel::chat {

class MailChannel final : public Channel {
 public:
  MailChannel(MailSender sender, std::unique_ptr<MailTransport> transport)
      : sender_(std::move(sender)), transport_(std::move(transport)) {}

  Abilities abilities() const override { return {.cards = false, .recognisable = true}; }
  SendResult Post(const Message& message, const PostOptions& options) override;

 private:
  const MailSender sender_;
  const std::unique_ptr<MailTransport> transport_;
};

}  // namespace gavel::chat
