// SPDX-License-Identifier: Apache-2.0
#include "app/api/who_calls.h"

#include "app/access/cookies.h"
#include "io/format/segment.h"

namespace handslag::app {
namespace {

constexpr std::string_view kBearer = "Bearer ";

bool changes_something(http::Method method) {
  return method != http::Method::Get && method != http::Method::Head && method != http::Method::Options;
}

std::optional<std::string> key_of_request(const http::Request& request) {
  const std::string* authorization = request.header("authorization");
  if (authorization == nullptr) return std::nullopt;
  if (authorization->starts_with(kBearer)) return authorization->substr(kBearer.size());
  const format::WireHeader header{"authorization", *authorization};
  format::WireRequest wire;
  wire.headers = {&header, 1};
  return format::write_key(wire);
}

std::optional<std::string_view> session_of_request(const http::Request& request) {
  const std::string* cookies = request.header("cookie");
  const Transport transport = request.is_secure ? Transport::Secure : Transport::Clear;
  return cookies == nullptr ? std::nullopt : token_in_cookies(*cookies, transport);
}

}  // namespace

Result<Caller> who_calls(const Access& access, const http::Request& request) {
  if (const auto key = key_of_request(request)) return access.keys->caller_of_key(*key);
  const auto token = session_of_request(request);
  if (!token) return Caller{};
  HANDSLAG_TRY(caller, access.accounts->caller_of_session(*token));
  if (!changes_something(request.method)) return caller;
  const std::string* csrf = request.header("x-csrf-token");
  if (csrf == nullptr || !Accounts::csrf_holds(*token, *csrf)) {
    return Error{ErrorCode::Forbidden,
                 "the header X-CSRF-Token is missing or is not this session's; GET /v1/session tells it"};
  }
  return caller;
}

Result<Caller> who_called(const Access& access, const http::Request& request) {
  if (const auto key = key_of_request(request)) return access.keys->caller_of_key(*key);
  const auto token = session_of_request(request);
  if (!token) return Caller{};
  return access.accounts->caller_of_session(*token, Accounts::Counting::None);
}

}  // namespace handslag::app
