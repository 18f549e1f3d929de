// SPDX-License-Identifier: Apache-2.0
#include "io/mail/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace handslag::mail {
namespace {

struct Unsent {
  const std::string& text;
  std::size_t offset = 0;
};

std::size_t give(char* into, std::size_t one, std::size_t count, void* unsent_pointer) {
  auto& unsent = *static_cast<Unsent*>(unsent_pointer);
  const std::size_t size = std::min(one * count, unsent.text.size() - unsent.offset);
  std::memcpy(into, unsent.text.data() + unsent.offset, size);
  unsent.offset += size;
  return size;
}

void set_server(CURL* handle, const MailServer& server) {
  const char* scheme = server.encryption == Encryption::Tls ? "smtps://" : "smtp://";
  const std::string url = scheme + server.host + ":" + std::to_string(server.port);
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(server.timeout.count()));
  if (server.encryption == Encryption::StartTls)
    curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!server.user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, server.password.c_str());
  }
  if (!server.authorities_path.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, server.authorities_path.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  }
}

// Why by the code alone: what servers say in words often repeats the address.
Error error_of(CURL* handle, CURLcode code, const MailServer& server) {
  const std::string place = "the mail server " + server.host + ":" + std::to_string(server.port);
  long answer = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer);
  if (code == CURLE_OPERATION_TIMEDOUT) return {ErrorCode::Timeout, place + " did not answer in time"};
  if (code == CURLE_LOGIN_DENIED)
    return {ErrorCode::Unauthenticated, place + " refuses user and password; check [mail]"};
  if (code == CURLE_USE_SSL_FAILED)
    return unavailable(place + " offers no TLS; say tls = \"none\" in [mail] only where nobody can listen");
  if (answer >= 500) return invalid(place + " refuses the mail for good (" + std::to_string(answer) + ")");
  if (answer >= 400) return unavailable(place + " refuses the mail for now (" + std::to_string(answer) + ")");
  return unavailable("cannot reach " + place + ": " + curl_easy_strerror(code));
}

using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;

Result<Handle> handle_for(const MailServer& server) {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  Handle handle(curl_easy_init(), curl_easy_cleanup);
  if (kReady != CURLE_OK || handle == nullptr) return Error{ErrorCode::Internal, "libcurl cannot be set up"};
  set_server(handle.get(), server);
  return handle;
}

Status perform(CURL* handle, const MailServer& server) {
  const CURLcode code = curl_easy_perform(handle);
  if (code == CURLE_OK) return {};
  return error_of(handle, code, server);
}

}  // namespace

Status send_mail(const MailServer& server, const std::string& from, const std::string& to,
                 const std::string& message) {
  HANDSLAG_TRY(handle, handle_for(server));
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> recipients(
      curl_slist_append(nullptr, ("<" + to + ">").c_str()), curl_slist_free_all);
  const std::string sender = "<" + from + ">";
  Unsent unsent{message};
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, give);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &unsent);
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  return perform(handle.get(), server);
}

Status greet(const MailServer& server) {
  HANDSLAG_TRY(handle, handle_for(server));
  curl_easy_setopt(handle.get(), CURLOPT_NOBODY, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_CUSTOMREQUEST, "NOOP");
  return perform(handle.get(), server);
}

}  // namespace handslag::mail
