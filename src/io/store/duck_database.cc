// SPDX-License-Identifier: Apache-2.0
#include "io/store/duck_database.h"

#include <filesystem>
#include <utility>

#include "io/runtime/disk.h"

namespace handslag::store {
namespace {

bool says(const std::string& reason, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (reason.find(word) != std::string::npos) return true;
  }
  return false;
}

struct PreparedStatement {
  duckdb_prepared_statement statement = nullptr;
  ~PreparedStatement() { duckdb_destroy_prepare(&statement); }
};

duckdb_state bind(duckdb_prepared_statement statement, idx_t index, const DuckValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return duckdb_bind_int64(statement, index, *number);
  if (const auto* time = std::get_if<Timestamp>(&value))
    return duckdb_bind_timestamp(statement, index, {time->us});
  if (const auto* text = std::get_if<std::string>(&value)) {
    return duckdb_bind_varchar_length(statement, index, text->data(), text->size());
  }
  return duckdb_bind_null(statement, index);
}

// Why: DuckDB shares out groups of 122,880 rows, of which a small file has few; there, whoever asks turns in
// circles until one of DuckDB's own threads has done what she had done herself meanwhile.
constexpr std::uintmax_t kSmallBytes = 16U << 20U;

bool is_small_file(const std::string& path) {
  std::error_code missing;
  const std::uintmax_t bytes = std::filesystem::file_size(path, missing);
  return missing || bytes < kSmallBytes;
}

}  // namespace

Error duck_error(const std::string& path, const std::string& reason) {
  const std::string message = "the event log " + path + ": " + reason;
  if (says(reason, {"Could not set lock"})) {
    return {ErrorCode::Conflict, message + "; another process has it open, wait until it is done"};
  }
  if (says(reason, {"File too large"})) {
    return unavailable(message +
                       "; the system's limit on file sizes (ulimit -f) is too low, or the disk is full");
  }
  const bool may_be_full = says(reason, {"IO Error", "Could not write", "rite all bytes"});
  if (says(reason, {"No space left", "Disk quota", "not enough space"}) ||
      (may_be_full && runtime::is_disk_full(path))) {
    return unavailable(message + "; the disk is full: free some space, then run the same command again");
  }
  if (says(reason, {"not a valid DuckDB", "checksum", "Corrupt", "corrupt", "Serialization Error",
                    "magic bytes", "Could not read enough bytes"})) {
    return {ErrorCode::Corrupt, message + "; restore the data directory from a backup (handslag restore)"};
  }
  if (says(reason, {"Out of Memory", "could not allocate", "failed to allocate"})) {
    return unavailable(message + "; more memory is needed");
  }
  if (says(reason, {"IO Error", "Permission denied"})) {
    return unavailable(message + "; check the disk, who owns the file and who may write there");
  }
  return {ErrorCode::Internal, message};
}

std::string_view DuckChunk::text(idx_t index, std::size_t row) const {
  auto* vector = duckdb_data_chunk_get_vector(chunk_.get(), index);
  auto* strings = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
  return {duckdb_string_t_data(&strings[row]), duckdb_string_t_length(strings[row])};
}

bool DuckChunk::is_null(idx_t index, std::size_t row) const {
  std::uint64_t* validity = duckdb_vector_get_validity(duckdb_data_chunk_get_vector(chunk_.get(), index));
  return validity != nullptr && !duckdb_validity_row_is_valid(validity, row);
}

std::optional<Timestamp> DuckChunk::time(idx_t index, std::size_t row) const {
  if (is_null(index, row)) return std::nullopt;
  return Timestamp{column<std::int64_t>(index)[row]};
}

DuckRows::DuckRows(duckdb_result result, std::string path) : result_(result), path_(std::move(path)) {}

DuckRows::DuckRows(DuckRows&& other) noexcept
    : result_(other.result_), path_(std::move(other.path_)), owned_(std::exchange(other.owned_, false)) {}

DuckRows::~DuckRows() {
  if (owned_) duckdb_destroy_result(&result_);
}

Result<DuckChunk> DuckRows::next() {
  DuckChunk chunk(duckdb_fetch_chunk(result_));
  if (chunk.size() > 0) return chunk;
  const char* reason = duckdb_result_error(&result_);
  if (reason != nullptr && *reason != '\0') return duck_error(path_, reason);
  return DuckChunk();
}

Error DuckConnection::error(const std::string& reason) const {
  return duck_error(path_, reason);
}

std::string DuckConnection::folder() const {
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  return folder.empty() ? "." : folder;
}

Result<DuckRows> DuckConnection::query(const std::string& sql, const std::vector<DuckValue>& values) {
  PreparedStatement prepared;
  if (duckdb_prepare(connection_.get(), sql.c_str(), &prepared.statement) != DuckDBSuccess) {
    return error(duckdb_prepare_error(prepared.statement));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (bind(prepared.statement, i + 1, values[i]) != DuckDBSuccess) return error("cannot bind a value");
  }
  duckdb_result result{};
  const duckdb_state state = duckdb_execute_prepared_streaming(prepared.statement, &result);
  DuckRows rows(result, path_);
  if (state != DuckDBSuccess) {
    const char* reason = duckdb_result_error(&result);
    return error(reason == nullptr ? "a query failed" : reason);
  }
  return rows;
}

Status DuckConnection::run(const std::string& sql, const std::vector<DuckValue>& values) {
  if (!values.empty()) {
    HANDSLAG_TRY(rows, query(sql, values));
    while (true) {
      HANDSLAG_TRY(chunk, rows.next());
      if (chunk.size() == 0) return {};
    }
  }
  duckdb_result result{};
  const duckdb_state state = duckdb_query(connection_.get(), sql.c_str(), &result);
  DuckRows owner(result, path_);
  if (state == DuckDBSuccess) return {};
  const char* reason = duckdb_result_error(&result);
  return error(reason == nullptr ? "a statement failed" : reason);
}

Result<std::shared_ptr<DuckDatabase>> DuckDatabase::open(const std::string& path, DuckMode mode) {
  duckdb_config config = nullptr;
  duckdb_create_config(&config);
  duckdb_set_config(config, "access_mode", mode == DuckMode::Read ? "READ_ONLY" : "READ_WRITE");
  // Why: a data file must not make the program reach for the network or for other files.
  duckdb_set_config(config, "autoinstall_known_extensions", "false");
  duckdb_set_config(config, "autoload_known_extensions", "false");
  const bool is_small = is_small_file(path);
  if (is_small) duckdb_set_config(config, "threads", "1");
  duckdb_database database = nullptr;
  char* reason = nullptr;
  const duckdb_state state = duckdb_open_ext(path.c_str(), &database, config, &reason);
  duckdb_destroy_config(&config);
  if (state == DuckDBSuccess)
    return std::shared_ptr<DuckDatabase>(new DuckDatabase(database, path, mode, is_small));
  Error error = duck_error(path, reason == nullptr ? "cannot be opened" : reason);
  duckdb_free(reason);
  return error;
}

DuckDatabase::~DuckDatabase() {
  duckdb_close(&database_);
}

Result<DuckConnection> DuckDatabase::connect() {
  duckdb_connection connection = nullptr;
  if (duckdb_connect(database_, &connection) != DuckDBSuccess) return duck_error(path_, "cannot connect");
  DuckConnection connected(connection, path_);
  if (is_small_ && !is_small_file(path_) && is_small_.exchange(false))
    HANDSLAG_CHECK_STATUS(connected.run("RESET threads"));
  return connected;
}

}  // namespace handslag::store
