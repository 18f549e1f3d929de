// SPDX-License-Identifier: Apache-2.0
#include "io/store/chunk_appender.h"

#include <utility>

namespace handslag::store {
namespace {

// Why 64: a chunk is some 100 kB, and a stall of the disk should not stop the reader at once.
constexpr std::size_t kMostQueued = 64;

std::string reason_of(duckdb_appender appender) {
  duckdb_error_data error = duckdb_appender_error_data(appender);
  const char* message = duckdb_error_data_message(error);
  std::string reason = message == nullptr ? "rows cannot be stored" : message;
  duckdb_destroy_error_data(&error);
  return reason;
}

}  // namespace

ChunkAppender::ChunkAppender(DuckConnection& connection)
    : connection_(connection), worker_([this] { work(); }) {}

void ChunkAppender::give_up() {
  {
    const std::lock_guard lock(mutex_);
    queue_.clear();
  }
  stop();
  appenders_.clear();
}

Status ChunkAppender::push(const char* table, DuckChunk chunk) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kMostQueued || failed_; });
  if (failed_) return error_;
  queue_.push_back({table, std::move(chunk)});
  changed_.notify_all();
  return {};
}

Status ChunkAppender::drain() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return (queue_.empty() && !busy_) || failed_; });
  if (failed_) return error_;
  return flush_all();
}

Status ChunkAppender::finish() {
  HANDSLAG_CHECK_STATUS(drain());
  stop();
  appenders_.clear();
  return {};
}

void ChunkAppender::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (worker_.joinable()) worker_.join();
}

void ChunkAppender::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return !queue_.empty() || stopping_; });
    if (queue_.empty() || failed_) return;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    busy_ = true;
    changed_.notify_all();
    lock.unlock();
    Status stored = store(job);
    lock.lock();
    busy_ = false;
    if (!stored.ok()) {
      failed_ = true;
      error_ = std::move(stored).error();
    }
    changed_.notify_all();
    if (failed_) return;
  }
}

Status ChunkAppender::store(const Job& job) {
  Appender& appender = appenders_[job.table];
  if (!appender) {
    duckdb_appender created = nullptr;
    const duckdb_state state = duckdb_appender_create(connection_.get(), nullptr, job.table, &created);
    appender.reset(created);
    if (state != DuckDBSuccess) return connection_.error(reason_of(created));
  }
  if (duckdb_append_data_chunk(appender.get(), job.chunk.get()) != DuckDBSuccess) {
    return connection_.error(reason_of(appender.get()));
  }
  return {};
}

Status ChunkAppender::flush_all() {
  for (const auto& [table, appender] : appenders_) {
    if (duckdb_appender_flush(appender.get()) != DuckDBSuccess)
      return connection_.error(reason_of(appender.get()));
  }
  return {};
}

ChunkBuilder::ChunkBuilder(ChunkAppender& appender, const char* table, std::vector<duckdb_type> types)
    : appender_(appender), table_(table), types_(std::move(types)), data_(types_.size()) {
  start_chunk();
}

void ChunkBuilder::start_chunk() {
  std::vector<duckdb_logical_type> logical;
  for (const duckdb_type type : types_) logical.push_back(duckdb_create_logical_type(type));
  chunk_ = DuckChunk(duckdb_create_data_chunk(logical.data(), logical.size()));
  for (duckdb_logical_type& type : logical) duckdb_destroy_logical_type(&type);
  for (std::size_t column = 0; column < types_.size(); ++column) {
    data_[column] = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk_.get(), column));
  }
  row_ = 0;
}

void ChunkBuilder::put_text(std::size_t column, std::string_view value) {
  duckdb_vector_assign_string_element_len(duckdb_data_chunk_get_vector(chunk_.get(), column), row_,
                                          value.data(), value.size());
}

void ChunkBuilder::put_null(std::size_t column) {
  duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_.get(), column);
  duckdb_vector_ensure_validity_writable(vector);
  duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row_);
}

Status ChunkBuilder::end_row() {
  ++row_;
  return row_ == duckdb_vector_size() ? flush() : Status();
}

Status ChunkBuilder::flush() {
  if (row_ == 0) return {};
  duckdb_data_chunk_set_size(chunk_.get(), row_);
  HANDSLAG_CHECK_STATUS(appender_.push(table_, std::move(chunk_)));
  start_chunk();
  return {};
}

}  // namespace handslag::store
