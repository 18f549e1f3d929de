// SPDX-License-Identifier: Apache-2.0
// How an identifier is shown to who may not see it: enough to tell two apart on the phone, not enough to find
// the person. Pure and total.
#pragma once

#include <string>
#include <string_view>

namespace handslag::app {

/// By the identifier's type (its scope after @ counts for nothing) and value:
///   email          anna.ek@example.se   → a…@e….se
///   phone          070-123 45 67        → …67
///   identity       19811218-9876        → 1981****      811218-9876 → 81****
///     (personnummer, samordningsnummer, organisationsnummer; the century is never guessed)
///   anything else  A-10017              → …17           up to five characters → …
/// A value that does not look like its type is shown as "…".
std::string masked(std::string_view type, std::string_view value);

}  // namespace handslag::app
