// SPDX-License-Identifier: Apache-2.0
// What the lower layers say, in Swedish. They speak English, in errors and in the reasons of rejected
// records, which are kept as they are; people are told in their own language, at the last moment. One place
// for the words: a phrase here must stand in the source that says it.
#pragma once

#include <string>
#include <string_view>

#include "app/terminal/terminal.h"

namespace handslag::app {

/// `message` in the language asked for: known phrases are put into Swedish, the rest (paths, names, numbers)
/// stays as it is. A message of which a part would stay English stays English as a whole. English:
/// unchanged.
std::string in_language(std::string_view message, Language language);

}  // namespace handslag::app
