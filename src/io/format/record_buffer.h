// SPDX-License-Identifier: Apache-2.0
// The bytes of the record at hand, of a source that is read in chunks: what the scanners of CSV and JSON
// stand on. One thread. Memory: one record, at most about twice the limit, and a chunk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/runtime/file.h"

namespace handslag::format {

class RecordBuffer {
 public:
  /// Keeps `source`. A record of more than `record_bytes` loses all but its beginning.
  RecordBuffer(runtime::ByteSource& source, std::size_t record_bytes);

  std::size_t begin = 0;  // of the record
  std::size_t at = 0;     // scanned so far; begin ≤ at ≤ end
  std::size_t end = 0;    // of the bytes that are there

  const char* data() const { return bytes_.data(); }
  char operator[](std::size_t i) const { return bytes_[i]; }
  bool is_at_end() const { return is_at_end_; }

  /// A record begins where the scanning stands.
  void start_record();
  /// Reads more; begin, at and end move. At the end of the source, is_at_end() holds afterwards.
  Status refill();
  /// True where the record at hand is longer than it may be: record() is only its beginning, all else may be
  /// lost.
  bool is_too_long(std::size_t record_end) const {
    return !beginning_.empty() || record_end - begin > record_bytes_;
  }
  /// The record at hand, up to `record_end`.
  std::string_view record(std::size_t record_end) const;

 private:
  runtime::ByteSource& source_;
  std::size_t record_bytes_;
  std::vector<char> bytes_;  // with room behind `end` that may be read but means nothing
  std::string beginning_;
  bool is_at_end_ = false;
};

}  // namespace handslag::format
