// SPDX-License-Identifier: Apache-2.0
// `handslag serve`: the living system, until a signal ends it. What is on its way is answered first.
#pragma once

#include "app/serve/settings.h"
#include "app/session.h"
#include "base/result.h"

namespace handslag::app {

/// Returns when a signal has ended it.
Status serve(const Session& session, ServeSettings settings);

}  // namespace handslag::app
