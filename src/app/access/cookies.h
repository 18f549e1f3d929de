// SPDX-License-Identifier: Apache-2.0
// The session's cookie: what the server says, and what it reads from a browser. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace handslag::app {

/// Over TLS (or behind a proxy that speaks it), or in the clear on this very machine.
enum class Transport : std::uint8_t { Secure, Clear };

/// "__Host-handslag" over TLS, so that no other host or path of the domain can set it; else "handslag".
std::string_view cookie_name(Transport transport);

/// The value of a Set-Cookie field: HttpOnly, SameSite=Lax, Path=/, and Secure over TLS. Without an age: the
/// browser forgets it at its end, and the server after its own limits in any case.
std::string session_cookie(std::string_view token, Transport transport);
/// Takes it away.
std::string ended_cookie(Transport transport);

/// The session token in the value of a Cookie field; nothing where there is none, or two that differ.
std::optional<std::string_view> token_in_cookies(std::string_view cookies, Transport transport);

}  // namespace handslag::app
