#include "clients/chat/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>
#include <string_view>

namespace gavel::chat {
namespace {

constexpr long kTimeoutSeconds = 15;

struct Incoming {
  size_t cap = 0;
  HttpAnswer answer;
  bool overflowed = false;
};

size_t OnBody(char* data, size_t size, size_t count, void* user) {
  auto* incoming = static_cast<Incoming*>(user);
  const size_t bytes = size * count;
  if (incoming->answer.body.size() + bytes > incoming->cap) {
    incoming->overflowed = true;
    return 0;
  }
  incoming->answer.body.append(data, bytes);
  return bytes;
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  return std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
    return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
  });
}

// `Retry-After` in seconds; the date form is not used by chat services.
size_t OnHeader(char* data, size_t size, size_t count, void* user) {
  const std::string_view line(data, size * count);
  constexpr std::string_view kName = "retry-after:";
  if (StartsWithIgnoringCase(line, kName)) {
    std::string_view value = line.substr(kName.size());
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    int seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error == std::errc() && seconds >= 0) {
      static_cast<Incoming*>(user)->answer.retry_after = absl::Seconds(seconds);
    }
  }
  return size * count;
}

bool NothingWasSent(CURLcode code) {
  return code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST ||
         code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_SSL_CONNECT_ERROR ||
         code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_URL_MALFORMAT ||
         code == CURLE_UNSUPPORTED_PROTOCOL;
}

void SetOptions(CURL* easy, const HttpRequest& request, curl_slist* headers, Incoming& incoming) {
  curl_easy_reset(easy);
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "127.0.0.1,::1,localhost");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  // On a connection that is used again libcurl silently repeats a request whose answer is lost, and
  // a post that had arrived would appear twice.
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, kTimeoutSeconds);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "gavel-bot");
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, OnBody);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &incoming);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, OnHeader);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &incoming);
}

}  // namespace

CurlHttp::CurlHttp() : easy_(curl_easy_init()) {}
CurlHttp::~CurlHttp() { curl_easy_cleanup(easy_); }

absl::StatusOr<HttpAnswer> CurlHttp::Post(const HttpRequest& request) {
  if (absl::Status status = CheckUrl(request.url); !status.ok()) {
    return absl::FailedPreconditionError(status.message());
  }
  // An empty `Expect:` keeps libcurl from waiting a second for a `100 Continue`.
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const std::string& header : request.headers) list = curl_slist_append(list, header.c_str());
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(list, curl_slist_free_all);

  Incoming incoming{.cap = request.answer_cap, .answer = {}, .overflowed = false};
  SetOptions(easy_, request, headers.get(), incoming);
  const CURLcode code = curl_easy_perform(easy_);
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  incoming.answer.status = static_cast<int>(status);
  if (code == CURLE_OK) return incoming.answer;
  if (incoming.overflowed) return absl::UnknownError("the answer is over the size limit");
  const std::string reason = curl_easy_strerror(code);
  if (NothingWasSent(code)) return absl::FailedPreconditionError(reason);
  return absl::UnknownError(reason);
}

absl::Status CheckUrl(const std::string& url) {
  // libcurl's own parser: what it will connect to is what is judged (`http://127.0.0.1@evil/`).
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::string();
    const std::unique_ptr<char, void (*)(void*)> owner(text, curl_free);
    return std::string(text);
  };
  const bool valid = curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
  const std::string scheme = valid ? part(CURLUPART_SCHEME) : "";
  const std::string host = valid ? part(CURLUPART_HOST) : "";
  const bool local = host == "127.0.0.1" || host == "[::1]" || host == "localhost";
  if (scheme == "https" || (scheme == "http" && local)) return absl::OkStatus();
  return absl::InvalidArgumentError("the address must begin with https://");
}

}  // namespace gavel::chat
