#include "clients/chat/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "clients/chat/http.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

using Kind = SendResult::Kind;

// How far a mail has been handed to the server.
struct Upload {
  std::string_view rest;
  bool ended = false;  // Its end was asked for: from here on the server may have taken it.
};

size_t OnRead(char* buffer, size_t size, size_t count, void* user) {
  auto* const upload = static_cast<Upload*>(user);
  const size_t bytes = std::min(size * count, upload->rest.size());
  std::memcpy(buffer, upload->rest.data(), bytes);
  upload->rest.remove_prefix(bytes);
  if (bytes == 0) upload->ended = true;
  return bytes;
}

Kind KindOf(CURLcode code, long smtp, bool ended) {
  if (code == CURLE_OK) return Kind::kDone;
  if (smtp >= 500 && smtp < 600) return Kind::kRefused;
  if (smtp >= 400) return Kind::kNotSent;
  return ended ? Kind::kUnknown : Kind::kNotSent;
}

void SetOptions(CURL* easy, const CurlSmtp::Options& options, const std::string& url) {
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(options.timeout)));
  // After a time-out libcurl says QUIT and waits for an answer as long as for any other.
  curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   std::max(1L, static_cast<long>(absl::ToInt64Seconds(options.timeout))));
  const bool starts = options.security == MailSecurity::kStartTls;
  curl_easy_setopt(easy, CURLOPT_USE_SSL,
                   static_cast<long>(starts ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (options.user.empty()) return;
  curl_easy_setopt(easy, CURLOPT_USERNAME, options.user.c_str());
  curl_easy_setopt(easy, CURLOPT_PASSWORD, options.password.Reveal().c_str());
}

// Never the server's own words: they may repeat an address or more.
std::string ReasonOf(CURLcode code, long smtp) {
  if (smtp >= 400) return fmt::format("SMTP {}", smtp);
  return curl_easy_strerror(code);
}

}  // namespace

SendResult CurlSmtp::Send(const Mail& mail) {
  const std::unique_ptr<CURL, void (*)(CURL*)> easy(curl_easy_init(), curl_easy_cleanup);
  const bool tls = options_.security == MailSecurity::kTls;
  const std::string url = fmt::format("{}://{}", tls ? "smtps" : "smtp", options_.server);
  SetOptions(easy.get(), options_, url);
  const std::string to = fmt::format("<{}>", mail.to);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> recipients(
      curl_slist_append(nullptr, to.c_str()), curl_slist_free_all);
  const std::string from = fmt::format("<{}>", mail.from);
  Upload upload{.rest = mail.bytes};
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(easy.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_READFUNCTION, OnRead);
  curl_easy_setopt(easy.get(), CURLOPT_READDATA, &upload);

  const CURLcode code = curl_easy_perform(easy.get());
  long smtp = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &smtp);
  SendResult result;
  result.kind = KindOf(code, smtp, upload.ended);
  if (result.kind != Kind::kDone) result.reason = ReasonOf(code, smtp);
  return result;
}

absl::Status CheckMailServer(const std::string& server, MailSecurity security) {
  const char* const scheme = security == MailSecurity::kNone ? "http" : "https";
  if (CheckUrl(fmt::format("{}://{}", scheme, server)).ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "`server` is HOST:PORT; `security: none` only goes to this machine");
}

}  // namespace gavel::chat
