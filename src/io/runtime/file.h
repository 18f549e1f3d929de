// SPDX-License-Identifier: Apache-2.0
// Sources of bytes: files, bytes in memory, and looking at the first bytes of a source before reading it.
// Inflating is in file_gzip.h. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace handslag::runtime {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the front of `room` (not empty): how many bytes; 0 only at the end.
  virtual Result<std::size_t> read(std::span<char> room) = 0;
  /// How many bytes of the underlying file are read so far: compressed ones where it is compressed.
  virtual std::uint64_t consumed() const = 0;
};

/// A regular file or a pipe. NotFound, or Unavailable where it may not be read.
Result<std::unique_ptr<ByteSource>> open_file(const std::string& path);

/// The size of a regular file; 0 for a pipe.
Result<std::uint64_t> file_size_bytes(const std::string& path);

/// All of a small text file, such as a map; Limit where it is larger than `limit_bytes`.
Result<std::string> read_small_file(const std::string& path, std::size_t limit_bytes);

/// Bytes in memory. Keeps the view: the bytes must outlive the source.
std::unique_ptr<ByteSource> bytes_source(std::string_view bytes);

struct Peeked {
  std::string head;  // the first bytes; fewer than asked for only where the source is shorter
  std::unique_ptr<ByteSource> source;  // gives everything, the head included
};
/// Looks at the first bytes of a source.
Result<Peeked> peek(std::unique_ptr<ByteSource> source, std::size_t head_bytes);

}  // namespace handslag::runtime
