// SPDX-License-Identifier: Apache-2.0
#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace handslag {

void check_failed(const char* condition, const char* why, const char* file, int line) {
  std::fprintf(stderr, "handslag: a fault of ours: %s (%s) at %s:%d\n", why, condition, file, line);
  std::abort();
}

}  // namespace handslag
