// SPDX-License-Identifier: Apache-2.0
// Promises → text in the one canonical layout. format(parse(text)) loses nothing, comments included, and
// formatting twice changes nothing.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "pure/promise/ast.h"
#include "pure/promise/diagnostic.h"

namespace handslag::promise {

/// The whole file in canonical layout, in the spelling (English or Swedish) that it has. Invalid where it
/// does not parse: the caller shows parse()'s diagnostics.
Result<std::string> format_file(std::string_view text);

/// One promise without comments, in the spelling asked for.
std::string format_promise(const Promise& promise, Language spelling);

/// The rule alone on one line: "when order.placed then order.delivered no later than promised_at, same
/// order".
std::string format_rule(const Promise& promise, Language spelling);

}  // namespace handslag::promise
