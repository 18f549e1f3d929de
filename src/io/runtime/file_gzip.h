// SPDX-License-Identifier: Apache-2.0
// Inflates gzip while it is read, with limits against files made to fill the machine. One thread.
#pragma once

#include "io/runtime/file.h"

namespace handslag::runtime {

struct InflateLimits {
  std::uint64_t inflated_bytes = 256ULL << 30U;
  /// Inflated bytes for each compressed one, once `ratio_from_bytes` are inflated. Tables and logs reach 10
  /// to 100.
  std::uint64_t ratio = 250;
  std::uint64_t ratio_from_bytes = 64ULL << 20U;
};

/// True where `head` begins as gzip does.
bool is_gzip(std::string_view head);

/// The inflated bytes of `compressed`; several gzip members on end are one. Reading fails with Invalid where
/// the bytes are not gzip or end too early, with Limit at a limit.
std::unique_ptr<ByteSource> inflate_gzip(std::unique_ptr<ByteSource> compressed, InflateLimits limits);

}  // namespace handslag::runtime
