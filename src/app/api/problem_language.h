// SPDX-License-Identifier: Apache-2.0
// A refusal in the caller's own language: the layers below say what is wrong in English, and the pages show
// it as it comes. Pure; any thread.
#pragma once

#include "app/terminal/terminal.h"
#include "io/http/message.h"

namespace handslag::app {

/// Puts title, detail and each of the errors of a problem document into `language`, as far as in_language()
/// knows the words. What is no problem document is left alone.
void tell_in(Language language, http::Response& response);

}  // namespace handslag::app
