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

/// In pages of their own alone, or in frames of another origin's pages too, where a browser sends no other
/// cookie than one that says so, and keeps it apart for each page around (Partitioned). Over TLS only.
enum class Framing : std::uint8_t { None, Others };

/// "__Host-handslag" over TLS, so that no other host or path of the domain can set it; else "handslag".
std::string_view cookie_name(Transport transport);

/// The value of a Set-Cookie field: HttpOnly, SameSite=Lax, Path=/, and Secure over TLS. Without an age: the
/// browser forgets it at its end, and the server after its own limits in any case.
std::string session_cookie(std::string_view token, Transport transport, Framing framing);
/// Takes it away.
std::string ended_cookie(Transport transport, Framing framing);

/// The session token in the value of a Cookie field; nothing where there is none, or two that differ.
std::optional<std::string_view> token_in_cookies(std::string_view cookies, Transport transport);

}  // namespace handslag::app
