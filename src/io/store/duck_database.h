// SPDX-License-Identifier: Apache-2.0
// DuckDB with owners and Results. Internal to io/store.
//
//   HANDSLAG_TRY(rows, connection.query("SELECT code, text FROM texts"));
//   while (true) {
//     HANDSLAG_TRY(chunk, rows.next());
//     if (chunk.size() == 0) break;
//     const std::uint32_t* codes = chunk.column<std::uint32_t>(0);  // chunk.size() of them
//   }
#pragma once

#include <duckdb.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace handslag::store {

/// One row group's worth or less of a result. Its pointers and views live as long as it does.
class DuckChunk {
 public:
  explicit DuckChunk(duckdb_data_chunk chunk = nullptr) : chunk_(chunk) {}

  std::size_t size() const { return chunk_ == nullptr ? 0 : duckdb_data_chunk_get_size(chunk_.get()); }
  template <typename T>
  const T* column(idx_t index) const {
    return static_cast<const T*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk_.get(), index)));
  }
  std::string_view text(idx_t index, std::size_t row) const;
  bool is_null(idx_t index, std::size_t row) const;
  duckdb_data_chunk get() const { return chunk_.get(); }
  std::optional<Timestamp> time(idx_t index, std::size_t row) const;

 private:
  struct Destroy {
    void operator()(duckdb_data_chunk chunk) const { duckdb_destroy_data_chunk(&chunk); }
  };
  std::unique_ptr<_duckdb_data_chunk, Destroy> chunk_;
};

/// A result that is computed while it is read. The connection must not run anything else until it is
/// destroyed.
class DuckRows {
 public:
  explicit DuckRows(duckdb_result result, std::string path);
  DuckRows(DuckRows&& other) noexcept;
  ~DuckRows();
  DuckRows& operator=(DuckRows&&) = delete;

  /// Empty at the end.
  Result<DuckChunk> next();

 private:
  duckdb_result result_{};
  std::string path_;
  bool owned_ = true;
};

/// A value for a `?`.
using DuckValue = std::variant<std::monostate, std::int64_t, std::string, Timestamp>;

inline DuckValue duck_value(const std::optional<Timestamp>& time) {
  return time ? DuckValue(*time) : DuckValue(std::monostate());
}

/// One thread at a time.
class DuckConnection {
 public:
  Result<DuckRows> query(const std::string& sql, const std::vector<DuckValue>& values = {});
  /// For statements whose rows, if any, do not matter.
  Status run(const std::string& sql, const std::vector<DuckValue>& values = {});
  duckdb_connection get() const { return connection_.get(); }
  Error error(const std::string& reason) const;
  /// Where the database's file lies.
  std::string folder() const;

 private:
  friend class DuckDatabase;
  struct Disconnect {
    void operator()(duckdb_connection connection) const { duckdb_disconnect(&connection); }
  };
  DuckConnection(duckdb_connection connection, std::string path)
      : connection_(connection), path_(std::move(path)) {}

  std::unique_ptr<_duckdb_connection, Disconnect> connection_;
  std::string path_;
};

enum class DuckMode { Read, Write };

/// Any thread; closed when the last owner lets go, which also writes what the log still holds into the file.
/// While the file is small DuckDB works on the threads of those who ask it, alone; later also on its own.
class DuckDatabase {
 public:
  /// For writing: made where it is missing.
  static Result<std::shared_ptr<DuckDatabase>> open(const std::string& path, DuckMode mode);
  ~DuckDatabase();
  DuckDatabase(const DuckDatabase&) = delete;
  DuckDatabase& operator=(const DuckDatabase&) = delete;

  Result<DuckConnection> connect();
  DuckMode mode() const { return mode_; }

 private:
  DuckDatabase(duckdb_database database, std::string path, DuckMode mode, bool is_small)
      : database_(database), path_(std::move(path)), mode_(mode), is_small_(is_small) {}

  duckdb_database database_;
  std::string path_;
  DuckMode mode_;
  std::atomic<bool> is_small_;
};

/// Calls take(chunk), which returns a Status, for every chunk of a query.
template <typename Take>
Status each_chunk(DuckConnection& connection, const std::string& sql, const std::vector<DuckValue>& values,
                  Take take) {
  HANDSLAG_TRY(rows, connection.query(sql, values));
  while (true) {
    HANDSLAG_TRY(chunk, rows.next());
    if (chunk.size() == 0) return {};
    HANDSLAG_CHECK_STATUS(take(chunk));
  }
}
template <typename Take>
Status each_chunk(DuckConnection& connection, const std::string& sql, Take take) {
  return each_chunk(connection, sql, {}, std::move(take));
}

/// The Error that a reason in DuckDB's words means.
Error duck_error(const std::string& path, const std::string& reason);

}  // namespace handslag::store
