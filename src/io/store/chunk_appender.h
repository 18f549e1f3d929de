// SPDX-License-Identifier: Apache-2.0
// Rows into DuckDB's tables, a column at a time, with the work of storing them on a thread of its own.
// Internal to io/store.
//
//   ChunkAppender appender(connection);                 // inside a transaction of the connection
//   ChunkBuilder events(appender, "events", {…types…});
//   events.put<std::uint32_t>(0, 17); …; events.end_row();
//   events.flush(); appender.finish();                  // then commit
#pragma once

#include <duckdb.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "io/store/duck_database.h"

namespace handslag::store {

/// push, drain and finish: one thread, the filling one. While it lives, the connection is its own, but
/// between drain() and the next push().
class ChunkAppender {
 public:
  /// Keeps the connection.
  explicit ChunkAppender(DuckConnection& connection);
  ~ChunkAppender() { give_up(); }
  ChunkAppender(const ChunkAppender&) = delete;
  ChunkAppender& operator=(const ChunkAppender&) = delete;

  /// Takes the chunk over. Waits while much is queued. Error: what storing an earlier chunk failed with.
  Status push(const char* table, DuckChunk chunk);
  /// Waits until all that was pushed is in the transaction, where queries of the connection see it.
  Status drain();
  /// drain, and the thread ends.
  Status finish();
  /// The thread ends; what is not stored yet is dropped. The connection is the caller's again, to roll back.
  void give_up();

 private:
  struct Job {
    const char* table = nullptr;
    DuckChunk chunk;
  };
  struct Destroy {
    void operator()(duckdb_appender appender) const { duckdb_appender_destroy(&appender); }
  };
  using Appender = std::unique_ptr<_duckdb_appender, Destroy>;

  void work();
  Status store(const Job& job);
  Status flush_all();
  void stop();

  DuckConnection& connection_;
  std::map<std::string, Appender, std::less<>> appenders_;  // the working thread's; others while it is idle

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool busy_ = false, stopping_ = false, failed_ = false;
  Error error_;
  std::thread worker_;
};

/// The rows of one table, gathered into chunks. One thread.
class ChunkBuilder {
 public:
  /// Keeps the appender and the table's name. `types`: of all columns, in order.
  ChunkBuilder(ChunkAppender& appender, const char* table, std::vector<duckdb_type> types);

  template <typename T>
  void put(std::size_t column, T value) {
    static_cast<T*>(data_[column])[row_] = value;
  }
  void put_text(std::size_t column, std::string_view value);
  void put_null(std::size_t column);
  /// Pushes the chunk when it is full.
  Status end_row();
  /// Pushes what there is.
  Status flush();

 private:
  void start_chunk();

  ChunkAppender& appender_;
  const char* table_;
  std::vector<duckdb_type> types_;
  DuckChunk chunk_;
  std::vector<void*> data_;
  std::size_t row_ = 0;
};

}  // namespace handslag::store
