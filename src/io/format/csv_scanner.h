// SPDX-License-Identifier: Apache-2.0
// Bytes to rows of cells, for any separator and quote. Knows no header, no encoding and no map. One thread.
//
// (1) A row ends at LF, CR or CRLF outside quotes. A quote opens only at the start of a cell; a doubled one
// inside
//     quotes is one quote; anywhere else it is an ordinary character.
// (2) A row with a fault is still a row: the scanner finds its end and goes on behind it.
// (3) Memory: one row (at most Limits::record_bytes) and a chunk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/format/limits.h"
#include "io/format/record_buffer.h"

namespace handslag::format {

struct CsvDialect {
  char separator = ',';
  char quote = '"';  // '\0': no quotes at all
};

enum class CsvFault : std::uint8_t { None, TooLong, TooManyCells, QuoteNeverClosed, TextBehindQuote };

/// One row. The views live until the next row is read.
struct CsvRow {
  std::uint64_t line = 0;               // where it begins, from 1
  std::string_view raw;                 // without the line end; of a TooLong row only the beginning
  std::vector<std::string_view> cells;  // unquoted
  CsvFault fault = CsvFault::None;

  bool is_blank() const { return cells.size() == 1 && raw.empty(); }
};

class CsvScanner {
 public:
  /// Keeps `source`, which must give UTF-8 (or at least ASCII for separator, quote and line ends).
  CsvScanner(runtime::ByteSource& source, CsvDialect dialect, const Limits& limits);

  /// Reads the next row; false at the end. Fails only where the source does.
  Result<bool> next();
  const CsvRow& row() const { return row_; }

 private:
  enum class State : std::uint8_t { CellStart, Plain, Quoted, QuoteInQuoted };
  struct Span {
    std::size_t begin;  // from the start of the row
    std::size_t end;
    bool has_doubled_quotes;
  };

  bool scan();
  bool scan_plain();
  void scan_quoted();
  bool scan_behind_quote();
  bool end_cell(std::size_t end, char ending);
  bool finish_at_end();
  void finish_row(std::size_t end);
  std::string_view unquoted(std::string_view cell);

  CsvDialect dialect_;
  Limits limits_;
  bool is_plain_[256];  // by byte: neither separator nor line end

  RecordBuffer input_;
  bool skip_line_feed_ = false;  // the row before ended with CR

  State state_ = State::CellStart;
  std::size_t cell_begin_ = 0;  // from the start of the row
  bool has_doubled_quotes_ = false;
  std::uint64_t line_ = 1;
  std::vector<Span> spans_;
  std::string unquoted_;
  CsvRow row_;
};

/// The separator (comma, semicolon, tab or bar) under which the first rows of `head` have most evenly most
/// cells; comma where none divides them. `is_whole`: head is all of the file.
char detect_separator(std::string_view head, char quote, bool is_whole);

}  // namespace handslag::format
