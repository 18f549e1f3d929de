// SPDX-License-Identifier: Apache-2.0
// What the lower layers say, in Swedish. They speak English, in errors and in the reasons of rejected
// records, which are kept as they are; people are told in their own language, at the last moment. One place
// for the words: a phrase here must stand in the source that says it.
#pragma once

#include <string>
#include <string_view>

#include "app/terminal/terminal.h"

namespace handslag::app {

/// `message` in the language asked for: known phrases are put into Swedish, the rest (paths, names, numbers,
/// what nobody has put into Swedish yet) stays as it is. English: unchanged.
std::string in_language(std::string_view message, Language language);

}  // namespace handslag::app
