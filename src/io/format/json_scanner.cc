// SPDX-License-Identifier: Apache-2.0
#include "io/format/json_scanner.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace handslag::format {
namespace {

bool is_json_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

JsonScanner::JsonScanner(runtime::ByteSource& source, const Limits& limits)
    : input_(source, limits.record_bytes) {}

Result<bool> JsonScanner::next() {
  if (shape_ == Shape::Unknown) {
    while (input_.end < 3 && !input_.is_at_end()) HANDSLAG_CHECK_STATUS(input_.refill());
    if (std::string_view(input_.data(), input_.end).starts_with("\xEF\xBB\xBF")) input_.at = 3;
    HANDSLAG_TRY(first, next_character());
    shape_ = first == '[' ? Shape::List : Shape::Lines;
    if (first == '[') ++input_.at;
  }
  if (shape_ == Shape::Done) return false;
  return shape_ == Shape::List ? next_element() : next_line();
}

// The next character that is not white space, which stays where it is; '\0' at the end.
Result<char> JsonScanner::next_character() {
  for (;;) {
    for (; input_.at < input_.end; ++input_.at) {
      const char c = input_[input_.at];
      if (!is_json_space(c)) return c;
      if (c == '\n') ++line_;
    }
    if (input_.is_at_end()) return '\0';
    input_.start_record();
    HANDSLAG_CHECK_STATUS(input_.refill());
  }
}

Result<bool> JsonScanner::next_line() {
  HANDSLAG_TRY(first, next_character());
  if (first == '\0' && input_.at == input_.end) return false;
  input_.start_record();
  for (;;) {
    const char* from = input_.data() + input_.at;
    const auto* found = static_cast<const char*>(std::memchr(from, '\n', input_.end - input_.at));
    input_.at = found != nullptr ? static_cast<std::size_t>(found - input_.data()) : input_.end;
    if (found != nullptr || input_.is_at_end()) {
      finish(input_.at);
      return true;
    }
    HANDSLAG_CHECK_STATUS(input_.refill());
  }
}

Result<bool> JsonScanner::next_element() {
  HANDSLAG_TRY(first, next_character());
  if (first == ',' && !is_first_element_) {
    ++input_.at;
    HANDSLAG_TRY(behind, next_character());
    first = behind;
  }
  if (first == '\0') return cut_short();
  if (first == ']') {
    ++input_.at;
    HANDSLAG_TRY(behind, next_character());
    if (behind != '\0') {
      return invalid("line " + std::to_string(line_) +
                     ": text follows the end of the list; give one list in a file");
    }
    shape_ = Shape::Done;
    return false;
  }
  is_first_element_ = false;
  return scan_element();
}

Result<bool> JsonScanner::scan_element() {
  input_.start_record();
  const std::uint64_t begins_at = line_;
  depth_ = 0;
  is_in_text_ = is_escaped_ = false;
  for (;;) {
    for (; input_.at < input_.end; ++input_.at) {
      if (!step(input_[input_.at])) continue;
      const std::uint64_t ends_at = line_;
      line_ = begins_at;
      finish(input_.at);
      line_ = ends_at;
      return true;
    }
    if (input_.is_at_end()) return cut_short();
    HANDSLAG_CHECK_STATUS(input_.refill());
  }
}

// True where the element ends before `c`.
bool JsonScanner::step(char c) {
  if (c == '\n') ++line_;
  if (is_in_text_) {
    is_in_text_ = c != '"' || is_escaped_;
    is_escaped_ = c == '\\' && !is_escaped_;
    return false;
  }
  if (c == '"') is_in_text_ = true;
  if (depth_ == 0 && (c == ',' || c == ']')) return true;
  if (c == '{' || c == '[') ++depth_;
  if ((c == '}' || c == ']') && depth_ > 0) --depth_;
  return false;
}

void JsonScanner::finish(std::size_t end) {
  text_.line = line_;
  text_.text = trimmed(input_.record(end));
  text_.is_too_long = input_.is_too_long(end);
}

Error JsonScanner::cut_short() const {
  return invalid("line " + std::to_string(line_) +
                 ": the file ends in the middle of its list; copy the file again");
}

}  // namespace handslag::format
