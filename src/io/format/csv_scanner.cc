// SPDX-License-Identifier: Apache-2.0
#include "io/format/csv_scanner.h"

#include <algorithm>
#include <cstring>

namespace handslag::format {

CsvScanner::CsvScanner(runtime::ByteSource& source, CsvDialect dialect, const Limits& limits)
    : dialect_(dialect), limits_(limits), input_(source, limits.record_bytes) {
  std::fill(std::begin(is_plain_), std::end(is_plain_), true);
  for (char c : {dialect.separator, '\n', '\r'}) is_plain_[static_cast<unsigned char>(c)] = false;
}

Result<bool> CsvScanner::next() {
  input_.start_record();
  row_.line = line_;
  row_.fault = CsvFault::None;
  spans_.clear();
  state_ = State::CellStart;
  for (;;) {
    if (scan()) return true;
    if (input_.is_at_end()) return finish_at_end();
    HANDSLAG_CHECK_STATUS(input_.refill());
  }
}

// True at the end of a row, false at the end of the buffer.
bool CsvScanner::scan() {
  if (skip_line_feed_ && input_.at < input_.end) {
    skip_line_feed_ = false;
    if (input_[input_.at] == '\n') input_.begin = ++input_.at;
  }
  while (input_.at < input_.end) {
    switch (state_) {
      case State::CellStart:
        has_doubled_quotes_ = false;
        if (dialect_.quote != '\0' && input_[input_.at] == dialect_.quote) {
          cell_begin_ = ++input_.at - input_.begin;
          state_ = State::Quoted;
        } else {
          cell_begin_ = input_.at - input_.begin;
          state_ = State::Plain;
        }
        break;
      case State::Plain:
        if (scan_plain()) return true;
        break;
      case State::Quoted:
        scan_quoted();
        break;
      case State::QuoteInQuoted:
        if (scan_behind_quote()) return true;
        break;
    }
  }
  return false;
}

bool CsvScanner::scan_plain() {
  const char* from = input_.data() + input_.at;
  const char* const end = input_.data() + input_.end;
  while (from != end && is_plain_[static_cast<unsigned char>(*from)]) ++from;
  input_.at = static_cast<std::size_t>(from - input_.data());
  if (input_.at == input_.end) return false;
  return end_cell(input_.at, input_[input_.at]);
}

void CsvScanner::scan_quoted() {
  const char* from = input_.data() + input_.at;
  const auto* found = static_cast<const char*>(std::memchr(from, dialect_.quote, input_.end - input_.at));
  const char* to = found != nullptr ? found : input_.data() + input_.end;
  line_ += static_cast<std::uint64_t>(std::count(from, to, '\n'));
  input_.at = static_cast<std::size_t>(to - input_.data());
  if (found == nullptr) return;
  ++input_.at;
  state_ = State::QuoteInQuoted;
}

bool CsvScanner::scan_behind_quote() {
  const char c = input_[input_.at];
  if (!is_plain_[static_cast<unsigned char>(c)]) return end_cell(input_.at - 1, c);
  if (c == dialect_.quote) {
    has_doubled_quotes_ = true;
    state_ = State::Quoted;
  } else {
    row_.fault = CsvFault::TextBehindQuote;
    state_ = State::Plain;
  }
  ++input_.at;
  return false;
}

// The cell ends at `end`; `ending`, a separator or a line end, stands where the scanning does.
bool CsvScanner::end_cell(std::size_t end, char ending) {
  if (spans_.size() == limits_.columns) {
    if (row_.fault == CsvFault::None) row_.fault = CsvFault::TooManyCells;
  } else {
    spans_.push_back({cell_begin_, end - input_.begin, has_doubled_quotes_});
  }
  state_ = State::CellStart;
  const std::size_t row_end = input_.at++;
  if (ending == dialect_.separator) return false;
  ++line_;
  skip_line_feed_ = ending == '\r';
  finish_row(row_end);
  return true;
}

bool CsvScanner::finish_at_end() {
  if (state_ == State::CellStart && spans_.empty()) return false;
  if (state_ == State::Quoted) {
    row_.fault = CsvFault::QuoteNeverClosed;
    spans_.clear();
  } else if (state_ == State::CellStart) {  // behind the last separator
    cell_begin_ = input_.at - input_.begin;
    has_doubled_quotes_ = false;
  }
  if (spans_.size() < limits_.columns) {
    const std::size_t end = (state_ == State::QuoteInQuoted ? input_.at - 1 : input_.at) - input_.begin;
    spans_.push_back({std::min(cell_begin_, end), end, has_doubled_quotes_});
  }
  finish_row(input_.at);
  state_ = State::CellStart;
  spans_.clear();
  return true;
}

void CsvScanner::finish_row(std::size_t end) {
  row_.cells.clear();
  unquoted_.clear();
  row_.raw = input_.record(end);
  if (input_.is_too_long(end)) {
    row_.fault = CsvFault::TooLong;
    return;
  }
  // Why: cells point into unquoted_, which must not move while the row is put together.
  if (unquoted_.capacity() < row_.raw.size()) unquoted_.reserve(row_.raw.size());
  for (const Span& span : spans_) {
    const std::string_view cell = row_.raw.substr(span.begin, span.end - span.begin);
    row_.cells.push_back(span.has_doubled_quotes ? unquoted(cell) : cell);
  }
}

std::string_view CsvScanner::unquoted(std::string_view cell) {
  const std::size_t begin = unquoted_.size();
  for (std::size_t i = 0; i < cell.size(); ++i) {
    unquoted_.push_back(cell[i]);
    if (cell[i] == dialect_.quote) ++i;  // the second of two
  }
  return std::string_view(unquoted_).substr(begin);
}

char detect_separator(std::string_view head, char quote, bool is_whole) {
  constexpr std::size_t kRows = 50;
  char best = ',';
  std::size_t best_even = 0, best_cells = 1;
  for (char separator : {',', ';', '\t', '|'}) {
    auto source = runtime::bytes_source(head);
    CsvScanner scanner(*source, {separator, quote}, Limits{});
    std::vector<std::size_t> counts;
    while (counts.size() <= kRows) {
      auto more = scanner.next();
      if (!more.ok() || !*more) break;
      if (!scanner.row().is_blank()) counts.push_back(scanner.row().cells.size());
    }
    if (!is_whole && counts.size() > 1) counts.pop_back();  // the last row may be cut
    if (counts.empty() || counts.front() < 2) continue;
    const auto same = static_cast<std::size_t>(std::count(counts.begin(), counts.end(), counts.front()));
    const std::size_t even = 100 * same / counts.size();
    if (even > best_even || (even == best_even && counts.front() > best_cells)) {
      best = separator;
      best_even = even;
      best_cells = counts.front();
    }
  }
  return best;
}

}  // namespace handslag::format
