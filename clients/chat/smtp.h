// One mail to one mail server, through libcurl.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "clients/chat/channel.h"
#include "clients/chat/config.h"
#include "clients/chat/mail.h"
#include "clients/chat/secret.h"

namespace gavel::chat {

class MailTransport {
 public:
  virtual ~MailTransport() = default;

  // kDone: the server has taken the mail over. kNotSent: it certainly has not (no connection, a 4xx
  // answer). kUnknown: the whole mail was handed over and the answer was lost. kRefused: a 5xx
  // answer.
  virtual SendResult Send(const Mail& mail) = 0;
};

// A connection per mail. Not thread-safe.
class CurlSmtp final : public MailTransport {
 public:
  struct Options {
    std::string server;  // HOST:PORT.
    MailSecurity security = MailSecurity::kStartTls;
    std::string user;  // Empty for no sign-in.
    Secret password;
    absl::Duration timeout =
        absl::Seconds(60);  // Relays are slow on purpose. As long again to hang up.
  };

  explicit CurlSmtp(Options options) : options_(std::move(options)) {}

  SendResult Send(const Mail& mail) override;

 private:
  const Options options_;
};

// OK where `security` may be used with `server`; else INVALID_ARGUMENT: without TLS everybody on
// the way reads along, so that only goes to this machine.
absl::Status CheckMailServer(const std::string& server, MailSecurity security);

}  // namespace gavel::chat
