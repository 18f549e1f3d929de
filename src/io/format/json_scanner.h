// SPDX-License-Identifier: Apache-2.0
// Bytes to JSON texts: the lines of a file, or, where it begins with a bracket, the elements of its list.
// Only cuts; whether a text is JSON is for simdjson. One thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "io/format/limits.h"
#include "io/format/record_buffer.h"

namespace handslag::format {

struct JsonText {
  std::uint64_t line = 0;    // where it begins, from 1
  std::string_view text;     // not blank; 64 bytes behind it may be read. Lives until the next one is read
  bool is_too_long = false;  // text is then only the beginning
};

class JsonScanner {
 public:
  /// Keeps `source`.
  JsonScanner(runtime::ByteSource& source, const Limits& limits);

  /// Reads the next text; false at the end. Invalid where a list is never closed or is no list.
  Result<bool> next();
  const JsonText& text() const { return text_; }

 private:
  enum class Shape : std::uint8_t { Unknown, Lines, List, Done };

  Result<bool> next_line();
  Result<bool> next_element();
  Result<char> next_character();
  Result<bool> scan_element();
  bool step(char c);
  void finish(std::size_t end);
  Error cut_short() const;

  RecordBuffer input_;
  Shape shape_ = Shape::Unknown;
  std::uint64_t line_ = 1;
  bool is_first_element_ = true;
  std::size_t depth_ = 0;
  bool is_in_text_ = false;
  bool is_escaped_ = false;
  JsonText text_;
};

}  // namespace handslag::format
