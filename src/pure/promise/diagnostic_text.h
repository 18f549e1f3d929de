// SPDX-License-Identifier: Apache-2.0
// The words of the diagnostics in both languages. {0} is an argument, {1|} the arguments from there on joined
// by "or". Not for you unless you add a code: see diagnostic.h.
#pragma once

#include <string_view>

#include "pure/promise/diagnostic.h"

namespace handslag::promise {

struct DiagnosticText {
  DiagnosticCode code{};
  Severity severity = Severity::Error;
  std::string_view name, english, swedish;
};

const DiagnosticText& text_of(DiagnosticCode code);

/// What an argument that begins with "@" stands for: "@event" → "an event type". The argument itself where
/// unknown.
std::string_view noun(std::string_view argument, Language language);

}  // namespace handslag::promise
