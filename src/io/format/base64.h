// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648, section 4). Total; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace handslag::format {

/// With padding.
std::string base64(std::string_view bytes);

/// Padding may be missing; nothing for any other fault, white space among them.
std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace handslag::format
