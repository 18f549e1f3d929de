// SPDX-License-Identifier: Apache-2.0
// The tags of an XML file, one after the other, in UTF-8. Knows no XES. One thread.
//
// (1) Checked: that tags are whole and match, that names, values and references are what XML allows, that one
//     element holds all. Text between tags is nothing to our formats: skipped, not checked.
// (2) A document type ends the reading: its entities could fill the machine.
// (3) Memory: one tag (at most `tag_bytes`), the names of the open elements, and a chunk.
// OPTIMIZATION: expat needs 0.45 s for the 74 MB of bpic2012, this 0.1 s; what it saves is told in bench/.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/format/record_buffer.h"

namespace handslag::format {

struct XmlAttribute {
  std::string_view name;
  std::string_view value;  // references resolved, white space as spaces
};

enum class XmlToken : std::uint8_t { Start, End, FileEnd };

class XmlScanner {
 public:
  /// Keeps `source`, which must give UTF-8 without a byte order mark.
  XmlScanner(runtime::ByteSource& source, std::size_t tag_bytes);

  /// The next tag. An empty element, <a/>, gives both. Invalid, without the line, where the file is not
  /// well-formed or declares a document type; Limit where a tag is too long. After an error: not again.
  Result<XmlToken> next();

  /// Of a Start, until the next call.
  std::string_view name() const { return name_; }
  std::span<const XmlAttribute> attributes() const { return attributes_; }
  /// Where the tag at hand, or the fault, begins; from 1.
  std::uint64_t line() const { return line_; }

 private:
  struct Value {  // a quoted value: the places of its quotes, from the beginning of the tag
    std::size_t open;
    std::size_t close;
  };

  bool skip_text();
  Result<bool> has_ahead(std::size_t bytes);
  Result<XmlToken> tag();
  Status skip_until(std::string_view ending);
  Status declaration();
  Result<std::string_view> whole_tag();
  bool find_tag_end();
  Status check_tag_size() const;
  Result<XmlToken> start_tag(std::string_view inside);
  Result<XmlToken> end_tag(std::string_view inside);
  Status take_attributes(std::string_view inside);
  Result<std::string_view> resolved(std::string_view value);
  void count_lines(std::size_t from, std::size_t to);

  RecordBuffer input_;
  std::size_t tag_bytes_;
  char quote_ = '\0';          // while looking for a tag's end: the one that is open
  std::vector<Value> values_;  // of the tag at hand
  std::string resolved_;       // values with references; never moves while a tag is at hand
  std::string_view name_;
  std::vector<XmlAttribute> attributes_;
  std::string open_names_;               // of the open elements, outermost first
  std::vector<std::size_t> open_sizes_;  // of open_names_ before each
  bool is_closing_ = false;              // the End of an empty element comes next
  bool has_root_ = false;
  bool is_blank_ = true;  // outside the root: nothing but white space so far
  std::uint64_t line_ = 1, next_line_ = 1;
};

/// The encoding that the declaration in `head`, the beginning of a file, names, in lower case; empty where it
/// names none.
std::string xml_encoding(std::string_view head);

}  // namespace handslag::format
