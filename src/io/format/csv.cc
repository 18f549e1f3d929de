// SPDX-License-Identifier: Apache-2.0
#include "io/format/csv.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "io/format/csv_scanner.h"
#include "io/format/encoding.h"

namespace handslag::format {
namespace {

std::string explain(CsvFault fault, const Limits& limits) {
  switch (fault) {
    case CsvFault::None:
      return {};
    case CsvFault::TooLong:
      return "the row is longer than " + std::to_string(limits.record_bytes) +
             " bytes; most likely a quote is opened here and never closed";
    case CsvFault::TooManyCells:
      return "the row has more than " + std::to_string(limits.columns) + " cells; is the separator right?";
    case CsvFault::QuoteNeverClosed:
      return "a quote is opened in this row and never closed, so that the rest of the file reads as one "
             "cell; close "
             "it, or say quote = \"\" in the map's [format]";
    case CsvFault::TextBehindQuote:
      return "text follows a closing quote; double the quotes inside a cell (\"\"), or say quote = \"\" in "
             "the map's "
             "[format]";
  }
  return {};
}

// Of bytes that are not UTF-8, what can be read anyway; one more than is kept, so that the cut shows.
std::string_view readable(std::string_view raw, std::string& text) {
  text = raw.substr(0, kRawBytes + 1);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) < 0; }, '?');
  return text;
}

class CsvReader {
 public:
  CsvReader(CsvScanner& scanner, const FormatOptions& options, const Limits& limits, ReadOutput& output)
      : scanner_(scanner), options_(options), limits_(limits), output_(output) {}

  Result<std::vector<std::string>> header() {
    if (!options_.columns.empty()) return options_.columns;
    std::vector<std::string> names;
    HANDSLAG_TRY(has_row, next());
    if (!has_row) return names;
    const CsvRow& row = scanner_.row();
    if (row.fault != CsvFault::None) return invalid("the header: " + explain(row.fault, limits_));
    if (!simdjson::validate_utf8(row.raw.data(), row.raw.size())) {
      return invalid(
          "the header is not UTF-8; say encoding = \"windows-1252\" (or another) in the map's [format]");
    }
    for (std::string_view cell : row.cells) names.emplace_back(trimmed(cell));
    return names;
  }

  Status rows(Table& table) {
    for (;;) {
      HANDSLAG_TRY(has_row, next());
      if (!has_row) return {};
      HANDSLAG_CHECK_STATUS(one_row(table));
    }
  }

 private:
  // The next row that is not blank.
  Result<bool> next() {
    for (;;) {
      HANDSLAG_TRY(has_row, scanner_.next());
      if (!has_row || !scanner_.row().is_blank()) return has_row;
    }
  }

  Status one_row(Table& table) {
    const CsvRow& row = scanner_.row();
    // Why: nobody can say how many records the open quote has swallowed.
    if (row.fault == CsvFault::QuoteNeverClosed) {
      return invalid("line " + std::to_string(row.line) + ": " + explain(row.fault, limits_));
    }
    const RecordPlace place{++record_, row.line};
    if (auto fault = fault_of(row, table); fault) {
      output_.count_record();
      return output_.reject(place, std::move(*fault), is_text_ ? row.raw : readable(row.raw, readable_));
    }
    cells_.clear();
    for (std::string_view cell : row.cells) cells_.push_back(TableCell::of_text(cell));
    return table.row(place, cells_, row.raw);
  }

  std::optional<Fault> fault_of(const CsvRow& row, const Table& table) {
    is_text_ = simdjson::validate_utf8(row.raw.data(), row.raw.size());
    if (row.fault != CsvFault::None) return Fault{"", explain(row.fault, limits_)};
    if (!is_text_) {
      return Fault{
          "", "the row is not UTF-8; say encoding = \"windows-1252\" (or another) in the map's [format]"};
    }
    if (std::memchr(row.raw.data(), '\0', row.raw.size()) != nullptr) {
      return Fault{"",
                   "the row holds a NUL byte; clean the file, or say encoding = \"utf-16le\" if it is that"};
    }
    if (row.cells.size() != table.columns()) {
      if (auto fault = count_fault(row, table)) return fault;
    }
    if (row.raw.size() <= limits_.cell_bytes) return std::nullopt;
    return long_cell_fault(row, table);
  }

  std::optional<Fault> count_fault(const CsvRow& row, const Table& table) const {
    const std::string counts =
        std::to_string(row.cells.size()) + " cells, the header " + std::to_string(table.columns());
    if (row.cells.size() > table.columns()) {
      return Fault{"", "the row has " + counts + "; put cells that hold the separator in quotes"};
    }
    if (options_.short_rows_are_missing) return std::nullopt;
    return Fault{
        "",
        "the row has " + counts +
            "; add the cells, or say short_rows = \"missing\" in the map's [format] if the rest is empty"};
  }

  std::optional<Fault> long_cell_fault(const CsvRow& row, const Table& table) const {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].size() <= limits_.cell_bytes) continue;
      return Fault{table.column_name(i), "the cell has " + std::to_string(row.cells[i].size()) +
                                             " bytes, at most " + std::to_string(limits_.cell_bytes) +
                                             " are taken; is a quote missing, or is it no text?"};
    }
    return std::nullopt;
  }

  CsvScanner& scanner_;
  const FormatOptions& options_;
  const Limits& limits_;
  ReadOutput& output_;
  std::vector<TableCell> cells_;
  std::uint64_t record_ = 0;
  bool is_text_ = true;
  std::string readable_;
};

struct Opened {
  runtime::Peeked peeked;  // in UTF-8
  CsvDialect dialect;
};

Result<Opened> open_text(runtime::Peeked peeked, const FormatOptions& options, ReadOutput& output) {
  constexpr std::size_t kSampleBytes = 64 * 1024;
  const auto named = encoding_from_name(options.encoding);
  const Encoding encoding = named ? *named : detect_encoding(peeked.head);
  if (!named && encoding == Encoding::Windows1252) output.warn(WarningKind::GuessedEncoding, {});
  auto text = decode(std::move(peeked.source), encoding, peeked.head);
  HANDSLAG_TRY(decoded, runtime::peek(std::move(text), kSampleBytes));
  CsvDialect dialect;
  if (options.quote) dialect.quote = options.quote->empty() ? '\0' : options.quote->front();
  const bool is_whole = decoded.head.size() < kSampleBytes;
  dialect.separator = options.separator.empty() ? detect_separator(decoded.head, dialect.quote, is_whole)
                                                : options.separator.front();
  return Opened{std::move(decoded), dialect};
}

}  // namespace

Status read_csv(runtime::Peeked peeked, const Map* map, const TableSetting& setting, const Limits& limits,
                ReadOutput& output) {
  const FormatOptions options = map != nullptr ? map->format : FormatOptions{};
  HANDSLAG_TRY(opened, open_text(std::move(peeked), options, output));
  CsvScanner scanner(*opened.peeked.source, opened.dialect, limits);
  CsvReader reader(scanner, options, limits, output);
  HANDSLAG_TRY(header, reader.header());
  if (header.empty()) return invalid("is empty; a CSV file begins with a header that names its columns");
  Map own;
  if (map == nullptr) {
    HANDSLAG_TRY(native, native_csv_map(header));
    own = std::move(native);
    map = &own;
  }
  HANDSLAG_TRY(table, Table::create(*map, setting, limits, output));
  for (const std::string& name : header) HANDSLAG_CHECK_STATUS(table->add_header_column(name));
  HANDSLAG_CHECK_STATUS(table->check_columns());
  return reader.rows(*table);
}

}  // namespace handslag::format
