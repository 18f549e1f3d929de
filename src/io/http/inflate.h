// SPDX-License-Identifier: Apache-2.0
// Inflates a request body while it arrives, so that a bomb is noticed at the limit and not after it. Internal
// to the server. One thread.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace handslag::http {

enum class Coding { Gzip, Deflate };

class BodyInflater {
 public:
  /// At most `limit_bytes` come out, and at most `ratio` for each byte in, once a MiB is out.
  BodyInflater(Coding coding, std::uint64_t limit_bytes, std::uint32_t ratio);
  BodyInflater(const BodyInflater&) = delete;
  BodyInflater& operator=(const BodyInflater&) = delete;
  ~BodyInflater();

  /// Appends to `body` what `bytes` holds. Several gzip members on end are one. Error Invalid where it is not
  /// what the coding says, Limit at a limit.
  Status add(std::string_view bytes, std::string& body);
  /// Error Invalid where the end is missing.
  Status finish() const;

 private:
  Status begin(unsigned char first);
  Status drain(std::string& body);
  Status within_limits(const std::string& body) const;

  Coding coding_;
  std::uint64_t limit_bytes_;
  std::uint32_t ratio_;
  std::uint64_t bytes_in_ = 0;
  z_stream stream_{};
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace handslag::http
