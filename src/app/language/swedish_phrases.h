// SPDX-License-Identifier: Apache-2.0
// The words behind swedish.h. Not for you: in_language() reads them.
#pragma once

#include <span>
#include <string_view>

namespace handslag::app {

/// {} takes over what stands there, in order. Neither text begins or ends with it.
struct Phrase {
  std::string_view english, swedish;
};

/// In the order in which they are looked for: what is part of another phrase stands behind it.
std::span<const Phrase> swedish_phrases();

/// swedish_answers.cc: the same for what a server refuses. Before the others.
std::span<const Phrase> swedish_answers();

}  // namespace handslag::app
