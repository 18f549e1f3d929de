// SPDX-License-Identifier: Apache-2.0
#include "app/language/words.h"

#include "app/language/numbers.h"

namespace handslag::app {

std::string counted(std::uint64_t count, const Noun& noun, Language language) {
  return count_text(count, language) + " " + std::string(noun.of(count, language));
}

}  // namespace handslag::app
