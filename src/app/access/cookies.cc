// SPDX-License-Identifier: Apache-2.0
#include "app/access/cookies.h"

#include "base/text.h"

namespace handslag::app {

std::string_view cookie_name(Transport transport) {
  return transport == Transport::Secure ? "__Host-handslag" : "handslag";
}

std::string session_cookie(std::string_view token, Transport transport, Framing framing) {
  const bool is_secure = transport == Transport::Secure;
  const bool is_framed = is_secure && framing == Framing::Others;
  return std::string(cookie_name(transport)) + "=" + std::string(token) + "; Path=/; HttpOnly; " +
         (is_framed ? "SameSite=None; Partitioned" : "SameSite=Lax") + (is_secure ? "; Secure" : "");
}

std::string ended_cookie(Transport transport, Framing framing) {
  return session_cookie("", transport, framing) + "; Max-Age=0";
}

std::optional<std::string_view> token_in_cookies(std::string_view cookies, Transport transport) {
  std::optional<std::string_view> token;
  for (const std::string_view part : split(cookies, ';')) {
    const std::string_view cookie = trimmed(part);
    const std::size_t equals = cookie.find('=');
    if (equals == std::string_view::npos || cookie.substr(0, equals) != cookie_name(transport)) continue;
    const std::string_view value = cookie.substr(equals + 1);
    if (token && *token != value) return std::nullopt;
    token = value;
  }
  if (token && token->empty()) return std::nullopt;
  return token;
}

}  // namespace handslag::app
