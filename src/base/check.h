// SPDX-License-Identifier: Apache-2.0
// Checks for our own bugs: a broken invariant ends the program, also in release, because a restart is better
// than a wrong answer. Never for what comes from outside: that is a Result (base/result.h).
#pragma once

namespace handslag {

/// Prints the failed condition with its place and ends the program.
[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);

}  // namespace handslag

#define HANDSLAG_CHECK(condition, why) \
  ((condition) ? static_cast<void>(0) : ::handslag::check_failed(#condition, why, __FILE__, __LINE__))

#ifdef NDEBUG
#define HANDSLAG_DCHECK(condition, why) static_cast<void>(0)
#else
#define HANDSLAG_DCHECK(condition, why) HANDSLAG_CHECK(condition, why)
#endif
