// SPDX-License-Identifier: Apache-2.0
#include "io/format/parquet.h"

#include <duckdb.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "base/text.h"
#include "io/format/json_event.h"
#include "io/runtime/file.h"

namespace handslag::format {
namespace {

std::string in_quotes(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) {
    out += c;
    if (c == quote) out += c;
  }
  return out + quote;
}

// DuckDB in memory, allowed to read one file and nothing else of the machine.
class OneFileDatabase {
 public:
  OneFileDatabase() = default;
  ~OneFileDatabase() {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
  }
  OneFileDatabase(const OneFileDatabase&) = delete;
  OneFileDatabase& operator=(const OneFileDatabase&) = delete;

  Status open(const std::string& path) {
    char* message = nullptr;
    duckdb_config config = nullptr;
    duckdb_create_config(&config);
    const duckdb_state opened = duckdb_open_ext(nullptr, &database_, config, &message);
    duckdb_destroy_config(&config);
    Error error{ErrorCode::Internal,
                std::string("DuckDB does not start: ") + (message != nullptr ? message : "")};
    duckdb_free(message);
    if (opened != DuckDBSuccess || duckdb_connect(database_, &connection_) != DuckDBSuccess) return error;
    for (const std::string& sql :
         {"SET allowed_paths = [" + in_quotes(path, '\'') + "]",
          std::string("SET enable_external_access = false"), std::string("SET memory_limit = '1GB'"),
          std::string("SET threads = 1"), std::string("SET lock_configuration = true")}) {
      duckdb_result result;
      const duckdb_state done = duckdb_query(connection_, sql.c_str(), &result);
      if (done != DuckDBSuccess) error.message = std::string("DuckDB: ") + duckdb_result_error(&result);
      duckdb_destroy_result(&result);
      if (done != DuckDBSuccess) return error;
    }
    return {};
  }

  duckdb_connection connection() const { return connection_; }

 private:
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

// A query's result, read chunk by chunk as DuckDB makes it.
class StreamedResult {
 public:
  StreamedResult() = default;
  ~StreamedResult() {
    if (has_result_) duckdb_destroy_result(&result_);
    duckdb_destroy_pending(&pending_);
    duckdb_destroy_prepare(&statement_);
  }
  StreamedResult(const StreamedResult&) = delete;
  StreamedResult& operator=(const StreamedResult&) = delete;

  Status run(duckdb_connection connection, const std::string& sql) {
    if (duckdb_prepare(connection, sql.c_str(), &statement_) != DuckDBSuccess) {
      return invalid(std::string("is no Parquet that can be read: ") +
                     first_line(duckdb_prepare_error(statement_)));
    }
    if (duckdb_pending_prepared_streaming(statement_, &pending_) != DuckDBSuccess) {
      return invalid(std::string("cannot be read: ") + first_line(duckdb_pending_error(pending_)));
    }
    has_result_ = true;
    if (duckdb_execute_pending(pending_, &result_) != DuckDBSuccess) return failed();
    return {};
  }

  /// Null at the end; the caller destroys it.
  Result<duckdb_data_chunk> next() {
    duckdb_data_chunk chunk = duckdb_fetch_chunk(result_);
    if (chunk == nullptr && duckdb_result_error(&result_) != nullptr &&
        *duckdb_result_error(&result_) != '\0') {
      return failed();
    }
    return chunk;
  }

  duckdb_result& result() { return result_; }

 private:
  static std::string first_line(const char* text) {
    const std::string all = text != nullptr ? text : "unknown fault";
    return all.substr(0, all.find('\n'));
  }
  Error failed() {
    return invalid("the Parquet file is damaged: " + first_line(duckdb_result_error(&result_)));
  }

  duckdb_prepared_statement statement_ = nullptr;
  duckdb_pending_result pending_ = nullptr;
  duckdb_result result_{};
  bool has_result_ = false;
};

// The type that a column is asked for as; the few that cell_at() knows.
const char* cast_of(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
      return "BOOLEAN";
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
      return "BIGINT";
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL:
      return "DOUBLE";
    case DUCKDB_TYPE_DATE:
      return "DATE";
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
      return "TIMESTAMP";
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return "TIMESTAMPTZ";
    default:
      return "VARCHAR";
  }
}

TableCell text_cell(const duckdb_string_t& text) {
  duckdb_string_t copy = text;
  const char* data = duckdb_string_is_inlined(copy) ? text.value.inlined.inlined : text.value.pointer.ptr;
  return TableCell::of_typed_text({data, duckdb_string_t_length(copy)});
}

class ParquetReader {
 public:
  ParquetReader(Table& table, const Limits& limits, ReadOutput& output)
      : table_(table), limits_(limits), output_(output) {}

  Status read(const std::string& path) {
    HANDSLAG_CHECK_STATUS(database_.open(path));
    const std::string from = " FROM read_parquet(" + in_quotes(path, '\'') + ")";
    HANDSLAG_TRY(columns, select_list(from));
    HANDSLAG_CHECK_STATUS(table_.check_columns());
    HANDSLAG_TRY(rows, count_rows(from));
    HANDSLAG_TRY(bytes, runtime::file_size_bytes(path));
    StreamedResult result;
    HANDSLAG_CHECK_STATUS(result.run(database_.connection(), "SELECT " + columns + from));
    for (idx_t i = 0; i < types_.size(); ++i) types_[i] = duckdb_column_type(&result.result(), i);
    for (;;) {
      HANDSLAG_TRY(chunk, result.next());
      if (chunk == nullptr) return output_.progress(bytes);
      const Status given = give(chunk);
      duckdb_destroy_data_chunk(&chunk);
      HANDSLAG_CHECK_STATUS(given);
      const double share =
          static_cast<double>(record_) / static_cast<double>(std::max<std::uint64_t>(rows, 1));
      HANDSLAG_CHECK_STATUS(output_.progress(static_cast<std::uint64_t>(share * static_cast<double>(bytes))));
    }
  }

 private:
  // All columns, each as a type that cell_at() knows; tells the table of them.
  Result<std::string> select_list(const std::string& from) {
    StreamedResult none;
    HANDSLAG_CHECK_STATUS(none.run(database_.connection(), "SELECT *" + from + " LIMIT 0"));
    std::string list;
    const idx_t columns = duckdb_column_count(&none.result());
    for (idx_t i = 0; i < columns; ++i) {
      const std::string name = duckdb_column_name(&none.result(), i);
      HANDSLAG_CHECK_STATUS(table_.add_header_column(name));
      list +=
          (i > 0 ? ", " : "") + in_quotes(name, '"') + "::" + cast_of(duckdb_column_type(&none.result(), i));
    }
    types_.resize(columns);
    return list;
  }

  Result<std::uint64_t> count_rows(const std::string& from) {
    StreamedResult result;
    HANDSLAG_CHECK_STATUS(result.run(database_.connection(), "SELECT count(*)::BIGINT" + from));
    HANDSLAG_TRY(chunk, result.next());
    if (chunk == nullptr) return std::uint64_t{0};
    const auto* counts =
        static_cast<const std::int64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0)));
    const auto count = static_cast<std::uint64_t>(counts[0]);
    duckdb_destroy_data_chunk(&chunk);
    return count;
  }

  Status give(duckdb_data_chunk chunk) {
    const idx_t rows = duckdb_data_chunk_get_size(chunk);
    columns_.clear();
    for (idx_t i = 0; i < types_.size(); ++i) {
      duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
      columns_.push_back({types_[i], duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector)});
    }
    for (idx_t row = 0; row < rows; ++row) {
      HANDSLAG_CHECK_STATUS(give_row(row));
    }
    return {};
  }

  Status give_row(idx_t row) {
    cells_.clear();
    large_.clear();
    const RecordPlace place{++record_, 0};
    for (const Column& column : columns_) cells_.push_back(cell_at(column, row));
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].text.size() <= limits_.cell_bytes) continue;
      output_.count_record();
      return output_.reject(
          place,
          {table_.column_name(i),
           "the cell is longer than " + std::to_string(limits_.cell_bytes) + " bytes; shorten it"},
          {});
    }
    return table_.row(place, cells_, {});
  }

  struct Column {
    duckdb_type type;
    const void* data;
    const std::uint64_t* validity;
  };

  TableCell cell_at(const Column& column, idx_t row) {
    if (column.validity != nullptr && ((column.validity[row / 64] >> (row % 64)) & 1U) == 0) return {};
    switch (column.type) {
      case DUCKDB_TYPE_BOOLEAN:
        return TableCell::of(TableCell::Kind::Boolean, static_cast<const bool*>(column.data)[row] ? 1 : 0);
      case DUCKDB_TYPE_BIGINT:
        return integer_cell(static_cast<const std::int64_t*>(column.data)[row]);
      case DUCKDB_TYPE_DOUBLE: {
        const double number = static_cast<const double*>(column.data)[row];
        return std::isfinite(number) ? TableCell::of_number(number) : TableCell{};
      }
      case DUCKDB_TYPE_DATE:
        return time_cell(TableCell::Kind::Date, static_cast<const std::int32_t*>(column.data)[row],
                         kMicrosPerDay);
      case DUCKDB_TYPE_TIMESTAMP:
        return time_cell(TableCell::Kind::LocalTime, static_cast<const std::int64_t*>(column.data)[row], 1);
      case DUCKDB_TYPE_TIMESTAMP_TZ:
        return time_cell(TableCell::Kind::Instant, static_cast<const std::int64_t*>(column.data)[row], 1);
      default:
        return text_cell(static_cast<const duckdb_string_t*>(column.data)[row]);
    }
  }

  TableCell integer_cell(std::int64_t number) {
    if (is_exact(number)) return TableCell::of_number(static_cast<double>(number));
    return TableCell::of_typed_text(large_.emplace_back(std::to_string(number)));
  }

  // A time outside the years 1 to 9999 (infinity among them) is a text that is no time.
  static TableCell time_cell(TableCell::Kind kind, std::int64_t number, std::int64_t unit_us) {
    if (number < kFirstTime.us / unit_us || number > kLastTime.us / unit_us) {
      return TableCell::of_typed_text("out of range");
    }
    return TableCell::of(kind, number);
  }

  Table& table_;
  const Limits& limits_;
  ReadOutput& output_;
  OneFileDatabase database_;
  std::vector<duckdb_type> types_;
  std::vector<Column> columns_;
  std::vector<TableCell> cells_;
  std::deque<std::string> large_;  // whole numbers too large to be exact
  std::uint64_t record_ = 0;
};

}  // namespace

Status read_parquet(const std::string& path, const Map& map, const TableSetting& setting,
                    const Limits& limits, ReadOutput& output) {
  HANDSLAG_TRY(table, Table::create(map, setting, limits, output));
  ParquetReader reader(*table, limits, output);
  return reader.read(path);
}

}  // namespace handslag::format
