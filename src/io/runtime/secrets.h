// SPDX-License-Identifier: Apache-2.0
// Random secrets, SHA-256 and a comparison whose time tells nothing (libsodium). Passwords are not here:
// they need a slow hash (app/access/password.h). Any thread.
#pragma once

#include <string>
#include <string_view>

namespace handslag::runtime {

/// 256 random bits of the system as 43 characters of A–Z a–z 0–9 - _. Nobody guesses one, so that a plain
/// SHA-256 of it may be stored.
std::string random_secret();

/// 64 hexadecimal digits in lower case. About a microsecond for a short text.
std::string sha256(std::string_view bytes);

/// HMAC-SHA-512-256 of `text` under the SHA-256 of `key`, as 43 characters: a second secret from a first one,
/// that does not lead back to it.
std::string derived_secret(std::string_view key, std::string_view text);

/// Takes the same time wherever the two differ; only their lengths show.
bool is_same_secret(std::string_view a, std::string_view b);

}  // namespace handslag::runtime
