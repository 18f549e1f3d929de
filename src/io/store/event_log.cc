// SPDX-License-Identifier: Apache-2.0
#include "io/store/event_log.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "io/store/dictionaries.h"
#include "io/store/duck_database.h"
#include "io/store/import_removal.h"
#include "io/store/import_writer.h"

namespace handslag::store {
namespace {

constexpr const char* kImportColumns =
    "SELECT import, file_name, digest, map_digest, source, started, finished, now, history_start, "
    "complete_through, "
    "events, duplicates, rejected, future_events, first_event, last_event, removed, live_through FROM "
    "imports ";

ImportRecord read_import(const DuckChunk& chunk, std::size_t row) {
  ImportRecord record;
  record.number = chunk.column<std::uint32_t>(0)[row];
  record.header.file_name = chunk.text(1, row);
  record.header.digest = chunk.text(2, row);
  record.header.map_digest = chunk.text(3, row);
  record.header.source = chunk.text(4, row);
  record.header.started = *chunk.time(5, row);
  record.finished = *chunk.time(6, row);
  record.header.now = *chunk.time(7, row);
  record.header.history_start = chunk.time(8, row);
  record.header.complete_through = chunk.time(9, row);
  record.events = chunk.column<std::uint64_t>(10)[row];
  record.duplicates = chunk.column<std::uint64_t>(11)[row];
  record.rejected = chunk.column<std::uint64_t>(12)[row];
  record.future_events = chunk.column<std::uint64_t>(13)[row];
  record.first_event = chunk.time(14, row);
  record.last_event = chunk.time(15, row);
  record.removed = chunk.time(16, row);
  record.header.is_live = !chunk.is_null(17, row);
  return record;
}

Result<std::vector<ImportRecord>> read_imports(DuckConnection& connection, const std::string& condition,
                                               const std::vector<DuckValue>& values) {
  std::vector<ImportRecord> records;
  HANDSLAG_CHECK_STATUS(
      each_chunk(connection, kImportColumns + condition, values, [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) records.push_back(read_import(chunk, row));
        return Status();
      }));
  return records;
}

Error read_only() {
  return {ErrorCode::Forbidden, "the data directory is open for reading; nothing can be written to it"};
}

// One transaction. Why by range: an import's rows are consecutive, and a range is found without reading them.
// The dictionary of a log that is being written.
class DictionaryTexts final : public model::Texts {
 public:
  explicit DictionaryTexts(std::shared_ptr<const Dictionaries> dictionaries)
      : dictionaries_(std::move(dictionaries)) {}

  std::string_view text(std::uint32_t code) const override {
    return code < dictionaries_->texts.size() ? dictionaries_->texts.text(code) : std::string_view();
  }
  std::optional<std::uint32_t> code(std::string_view text) const override {
    const auto found = dictionaries_->texts.find(text);
    return found == model::kNoText ? std::nullopt : found;
  }

 private:
  std::shared_ptr<const Dictionaries> dictionaries_;  // shared with the log, which may be closed before
};

// Sorted names that a query gives in its first column.
Result<std::vector<std::string>> read_names(DuckConnection& connection, const std::string& sql) {
  std::vector<std::string> names;
  HANDSLAG_CHECK_STATUS(each_chunk(connection, sql, [&](const DuckChunk& chunk) {
    for (std::size_t row = 0; row < chunk.size(); ++row) names.emplace_back(chunk.text(0, row));
    return Status();
  }));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

EventLog::EventLog(std::shared_ptr<DuckDatabase> database, RejectRecords rejects)
    : database_(std::move(database)), rejects_(rejects) {}

EventLog::~EventLog() = default;

Result<std::optional<ImportRecord>> EventLog::find_import(const ImportHeader& header) {
  HANDSLAG_TRY(connection, database_->connect());
  HANDSLAG_TRY(found, read_imports(connection, "WHERE digest = ? AND map_digest = ? AND removed IS NULL",
                                   {header.digest, header.map_digest}));
  if (found.empty()) return std::optional<ImportRecord>();
  return std::optional<ImportRecord>(std::move(found.front()));
}

Result<std::unique_ptr<ImportWriter>> EventLog::begin_import(const ImportHeader& header) {
  if (database_->mode() == DuckMode::Read) return read_only();
  HANDSLAG_TRY(earlier, find_import(header));
  if (earlier) {
    return Error{ErrorCode::Conflict, header.file_name + " is here already, as import " +
                                          std::to_string(earlier->number) + " of " +
                                          format_rfc3339(earlier->header.started) + "; nothing is added"};
  }
  HANDSLAG_CHECK_STATUS(load_dictionaries());
  // Why: an earlier import of this number may have ended in a crash, and left rejects behind.
  HANDSLAG_CHECK_STATUS(rejects_.drop(dictionaries_->next_import));
  return LogImportWriter::begin(database_, *dictionaries_, rejects_, header);
}

Status EventLog::load_dictionaries() {
  if (dictionaries_) return {};
  HANDSLAG_TRY(connection, database_->connect());
  HANDSLAG_TRY(loaded, Dictionaries::load(connection));
  dictionaries_ = std::move(loaded);
  return {};
}

Result<std::shared_ptr<const model::Texts>> EventLog::texts() {
  HANDSLAG_CHECK_STATUS(load_dictionaries());
  return std::shared_ptr<const model::Texts>(std::make_shared<DictionaryTexts>(dictionaries_));
}

std::optional<identity::IdentifierNumber> EventLog::identifier_number(
    const model::Identifier& identifier) const {
  const auto type = dictionaries_->texts.find(identifier.type);
  if (!type) return std::nullopt;
  std::string key;
  return dictionaries_->identifiers.find(identifier_key(*type, identifier.value, key));
}

model::Identifier EventLog::identifier(identity::IdentifierNumber number) const {
  std::uint32_t type = 0;
  const std::string_view key = dictionaries_->identifiers.text(number);
  std::memcpy(&type, key.data(), sizeof type);
  return {std::string(dictionaries_->texts.text(type)), std::string(key.substr(sizeof type))};
}

Result<std::vector<std::pair<std::string, std::string>>> EventLog::corrected_ids() {
  HANDSLAG_TRY(connection, database_->connect());
  std::vector<std::pair<std::string, std::string>> ids;
  HANDSLAG_CHECK_STATUS(each_chunk(connection,
                                   "SELECT t.text, c.target FROM corrections c JOIN events e USING (event) "
                                   "JOIN texts t ON t.code = e.source",
                                   [&](const DuckChunk& chunk) {
                                     for (std::size_t row = 0; row < chunk.size(); ++row)
                                       ids.emplace_back(chunk.text(0, row), chunk.text(1, row));
                                     return Status();
                                   }));
  return ids;
}

Result<std::uint64_t> EventLog::live_position() {
  HANDSLAG_TRY(connection, database_->connect());
  HANDSLAG_TRY(rows, connection.query("SELECT coalesce(max(live_through), 0)::UBIGINT FROM imports"));
  HANDSLAG_TRY(chunk, rows.next());
  return chunk.column<std::uint64_t>(0)[0];
}

Result<std::vector<ImportRecord>> EventLog::imports() {
  HANDSLAG_TRY(connection, database_->connect());
  HANDSLAG_TRY(records, read_imports(connection, "ORDER BY import", {}));
  last_import_ = records.empty() ? 0 : records.back().number;
  return records;
}

std::uint32_t EventLog::last_import() const {
  return dictionaries_ ? dictionaries_->next_import - 1 : last_import_;
}

Result<ImportRecord> EventLog::removable_import(std::uint32_t number) {
  HANDSLAG_TRY(connection, database_->connect());
  HANDSLAG_TRY(found, read_imports(connection, "WHERE import = ?", {std::int64_t{number}}));
  if (found.empty()) return not_found("there is no import " + std::to_string(number));
  const ImportRecord& record = found.front();
  if (record.header.is_live) {
    return invalid("import " + std::to_string(number) +
                   " came over the network, not in a file; take single events back with \"voids\"");
  }
  if (record.removed) {
    return not_found("import " + std::to_string(number) + " was taken out already, on " +
                     format_rfc3339(*record.removed));
  }
  return std::move(found.front());
}

Result<RemovedImport> EventLog::remove_import(std::uint32_t number, Timestamp now) {
  if (database_->mode() == DuckMode::Read) return read_only();
  HANDSLAG_TRY(record, removable_import(number));
  HANDSLAG_TRY(connection, database_->connect());
  HANDSLAG_TRY(stayed, remove_rows(connection, number, now));
  record.removed = now;
  if (dictionaries_) dictionaries_->known_ids.reset();
  HANDSLAG_CHECK_STATUS(rejects_.drop(number));
  return RemovedImport{std::move(record), std::move(stayed)};
}

Result<LogSummary> EventLog::summary() {
  HANDSLAG_TRY(connection, database_->connect());
  LogSummary summary;
  HANDSLAG_CHECK_STATUS(each_chunk(connection,
                                   "SELECT t.text, count(*)::UBIGINT, min(e.time), max(e.time) FROM events e "
                                   "JOIN texts t ON t.code = e.source "
                                   "GROUP BY t.text ORDER BY t.text",
                                   [&](const DuckChunk& chunk) {
                                     for (std::size_t row = 0; row < chunk.size(); ++row) {
                                       summary.sources.push_back({std::string(chunk.text(0, row)),
                                                                  chunk.column<std::uint64_t>(1)[row],
                                                                  *chunk.time(2, row), *chunk.time(3, row)});
                                       summary.events += summary.sources.back().events;
                                     }
                                     return Status();
                                   }));
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection,
      "SELECT t.text, count(*)::UBIGINT FROM events e JOIN texts t ON t.code = e.type GROUP BY t.text ORDER "
      "BY t.text",
      [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          summary.types.push_back({std::string(chunk.text(0, row)), chunk.column<std::uint64_t>(1)[row]});
        }
        return Status();
      }));
  const auto names_in = [](const char* column, const char* table) {
    return std::string("SELECT text FROM texts WHERE code IN (SELECT DISTINCT ") + column + " FROM " + table +
           ")";
  };
  HANDSLAG_TRY(identifier_types, read_names(connection, names_in("type", "identifiers")));
  HANDSLAG_TRY(keys, read_names(connection, names_in("name", "keys")));
  HANDSLAG_TRY(attributes, read_names(connection, names_in("name", "attributes")));
  summary.identifier_types = std::move(identifier_types);
  summary.keys = std::move(keys);
  summary.attributes = std::move(attributes);
  return summary;
}

}  // namespace handslag::store
