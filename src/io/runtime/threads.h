// SPDX-License-Identifier: Apache-2.0
// Work in equal parts, a thread each.
#pragma once

#include <functional>

#include "base/result.h"

namespace handslag::runtime {

/// Runs work(0) … work(parts − 1), the first in the caller's thread, each other in one of its own (or in the
/// caller's, where the system has no more threads), and gives the first error by number. What a part throws
/// is an error too: Unavailable where memory is short, else Internal. REQUIRES: parts > 0.
Status on_threads(unsigned parts, const std::function<Status(unsigned)>& work);

}  // namespace handslag::runtime
