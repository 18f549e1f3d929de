// SPDX-License-Identifier: Apache-2.0
// Text into HTML.
#pragma once

#include <string>
#include <string_view>

namespace handslag::app {

/// Also for attributes in double quotes.
std::string html_escaped(std::string_view text);

}  // namespace handslag::app
