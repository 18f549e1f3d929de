// SPDX-License-Identifier: Apache-2.0
#include "io/store/records.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/text.h"
#include "io/runtime/digest.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

constexpr const char* kPromiseColumns =
    "SELECT id, version, text, from_us, published_at_us, published_by, why, withdrawn_at_us, withdrawn_by, "
    "withdrawn_why, digest FROM promise_versions";

// Of all that never changes. Written to disk (promise_versions.digest); never change what it covers.
std::string digest_of(const PromiseVersion& version) {
  return runtime::digest_of_text(version.id + "\n" + std::to_string(version.version) + "\n" +
                                 std::to_string(version.from.us) + "\n" + version.text);
}

// Versions of older layouts have no digest.
Result<PromiseVersion> read_promise(const SqliteStatement& row) {
  PromiseVersion version;
  version.id = row.text(0);
  version.version = static_cast<std::uint32_t>(row.integer(1));
  version.text = row.text(2);
  version.from = row.time(3);
  version.published_at = row.time(4);
  version.published_by = row.text(5);
  version.why = row.text(6);
  version.withdrawn_at = row.optional_time(7);
  version.withdrawn_by = row.text(8);
  version.withdrawn_why = row.text(9);
  if (const std::string digest = row.text(10); !digest.empty() && digest != digest_of(version)) {
    return Error{ErrorCode::Corrupt,
                 "version " + std::to_string(version.version) + " of the promise \"" + version.id +
                     "\" is not what was published (its digest differs); restore the data "
                     "directory from a backup (handslag restore)"};
  }
  return version;
}

Result<std::vector<PromiseVersion>> read_promises(SqliteStatement query) {
  std::vector<PromiseVersion> versions;
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return versions;
    HANDSLAG_TRY(version, read_promise(query));
    versions.push_back(std::move(version));
  }
}

Result<std::vector<PromiseVersion>> versions_of(SqliteDatabase& database, const std::string& id) {
  HANDSLAG_TRY(query,
               database.prepare((std::string(kPromiseColumns) + " WHERE id = ? ORDER BY version").c_str()));
  query.bind(id);
  return read_promises(std::move(query));
}

Status check_next(const std::vector<PromiseVersion>& versions, const PromiseVersion& draft) {
  if (versions.empty()) return {};
  const PromiseVersion& latest = versions.back();
  if (!latest.withdrawn_at && latest.text == draft.text) {
    return Error{ErrorCode::Conflict, "version " + std::to_string(latest.version) + " of \"" + draft.id +
                                          "\" says the same already; nothing is published"};
  }
  if (draft.from <= latest.from) {
    return Error{ErrorCode::Conflict, "a new version of \"" + draft.id + "\" must apply from after " +
                                          format_rfc3339(latest.from) + ", where version " +
                                          std::to_string(latest.version) + " begins"};
  }
  return {};
}

Status insert_promise(SqliteDatabase& database, const PromiseVersion& version) {
  HANDSLAG_TRY(insert, database.prepare(
                           "INSERT INTO promise_versions (id, version, text, from_us, "
                           "published_at_us, published_by, why, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  insert.bind(version.id).bind(std::int64_t{version.version}).bind(version.text).bind(version.from);
  insert.bind(version.published_at).bind(version.published_by).bind(version.why);
  insert.bind(digest_of(version));
  return insert.run();
}

// The raw row, cut between code points.
std::string_view shortened(std::string_view raw) {
  if (raw.size() <= kRejectRawBytes) return raw;
  std::size_t end = kRejectRawBytes;
  while (end > 0 && (static_cast<unsigned char>(raw[end]) & 0xC0U) == 0x80U) --end;
  return raw.substr(0, end);
}

}  // namespace

Result<PromiseVersion> PromiseRecords::publish(const PromiseVersion& draft) {
  HANDSLAG_TRY(versions, publish(std::vector<PromiseVersion>{draft}));
  return std::move(versions.front());
}

Result<std::vector<PromiseVersion>> PromiseRecords::publish(const std::vector<PromiseVersion>& drafts) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(database_));
  std::vector<PromiseVersion> published;
  for (const PromiseVersion& draft : drafts) {
    HANDSLAG_TRY(earlier, versions_of(database_, draft.id));
    HANDSLAG_CHECK_STATUS(check_next(earlier, draft));
    PromiseVersion& version = published.emplace_back(draft);
    version.version = static_cast<std::uint32_t>(earlier.size()) + 1;
    version.withdrawn_at.reset();
    HANDSLAG_CHECK_STATUS(insert_promise(database_, version));
  }
  HANDSLAG_CHECK_STATUS(transaction.commit());
  return published;
}

Result<PromiseVersion> PromiseRecords::withdraw(const std::string& id, Timestamp when, const std::string& by,
                                                const std::string& why) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(database_));
  HANDSLAG_TRY(all_versions, versions(id));
  PromiseVersion latest = all_versions.back();
  if (latest.withdrawn_at) {
    return not_found("\"" + id + "\" was withdrawn already, on " + format_rfc3339(*latest.withdrawn_at));
  }
  latest.withdrawn_at = when;
  latest.withdrawn_by = by;
  latest.withdrawn_why = why;
  HANDSLAG_TRY(update, database_.prepare("UPDATE promise_versions SET withdrawn_at_us = ?, withdrawn_by = ?, "
                                         "withdrawn_why = ? WHERE id = ? AND version = ?"));
  update.bind(when).bind(by).bind(why).bind(id).bind(std::int64_t{latest.version});
  HANDSLAG_CHECK_STATUS(update.run());
  HANDSLAG_CHECK_STATUS(transaction.commit());
  return latest;
}

Result<std::vector<PromiseVersion>> PromiseRecords::all() {
  HANDSLAG_TRY(query, database_.prepare((std::string(kPromiseColumns) + " ORDER BY id, version").c_str()));
  return read_promises(std::move(query));
}

Result<std::vector<PromiseVersion>> PromiseRecords::versions(const std::string& id) {
  HANDSLAG_TRY(found, versions_of(database_, id));
  if (!found.empty()) return found;
  HANDSLAG_TRY(known, all());
  std::set<std::string_view> distinct;
  for (const PromiseVersion& version : known) distinct.insert(version.id);
  const std::vector<std::string_view> ids(distinct.begin(), distinct.end());
  const auto nearest = nearest_word(id, ids);
  return not_found("no promise \"" + id + "\" is published here" +
                   (nearest ? "; did you mean \"" + std::string(*nearest) + "\"?" : ""));
}

Status RejectRecords::add(std::uint32_t import, const std::vector<Reject>& rejects) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(database_));
  HANDSLAG_TRY(insert,
               database_.prepare("INSERT INTO rejects (import, line, record, column_name, reason, raw) "
                                 "VALUES (?, ?, ?, ?, ?, ?)"));
  for (const Reject& reject : rejects) {
    insert.bind(std::int64_t{import}).bind(static_cast<std::int64_t>(reject.line));
    insert.bind(static_cast<std::int64_t>(reject.record)).bind(reject.column).bind(reject.reason);
    insert.bind(shortened(reject.raw));
    HANDSLAG_CHECK_STATUS(insert.run());
  }
  return transaction.commit();
}

Status RejectRecords::drop(std::uint32_t import) {
  HANDSLAG_TRY(remove, database_.prepare("DELETE FROM rejects WHERE import = ?"));
  return remove.bind(std::int64_t{import}).run();
}

Status RejectRecords::keep_only(const std::vector<std::uint32_t>& standing) {
  HANDSLAG_TRY(query, database_.prepare("SELECT DISTINCT import FROM rejects"));
  std::vector<std::uint32_t> left_over;
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) break;
    const auto import = static_cast<std::uint32_t>(query.integer(0));
    if (!std::binary_search(standing.begin(), standing.end(), import)) left_over.push_back(import);
  }
  for (const std::uint32_t import : left_over) HANDSLAG_CHECK_STATUS(drop(import));
  return {};
}

Result<std::vector<StoredReject>> RejectRecords::list(std::optional<std::uint32_t> import,
                                                      std::uint64_t offset, std::uint64_t limit) {
  HANDSLAG_TRY(query,
               database_.prepare("SELECT import, line, record, column_name, reason, raw FROM rejects "
                                 "WHERE (import = ?1 OR ?1 = 0) AND import <= ?4 ORDER BY import DESC, "
                                 "number LIMIT ?2 OFFSET ?3"));
  query.bind(std::int64_t{import.value_or(0)}).bind(static_cast<std::int64_t>(limit));
  query.bind(static_cast<std::int64_t>(offset)).bind(std::int64_t{last_import_});
  std::vector<StoredReject> rejects;
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return rejects;
    rejects.push_back(
        {static_cast<std::uint32_t>(query.integer(0)),
         {static_cast<std::uint64_t>(query.integer(1)), static_cast<std::uint64_t>(query.integer(2)),
          query.text(3), query.text(4), query.text(5)}});
  }
}

Result<std::uint64_t> RejectRecords::count(std::optional<std::uint32_t> import) {
  HANDSLAG_TRY(query, database_.prepare(
                          "SELECT count(*) FROM rejects WHERE (import = ?1 OR ?1 = 0) AND import <= ?2"));
  query.bind(std::int64_t{import.value_or(0)}).bind(std::int64_t{last_import_});
  HANDSLAG_TRY(row, query.step());
  HANDSLAG_CHECK(row, "count(*) always gives a row");
  return static_cast<std::uint64_t>(query.integer(0));
}

Status SettingsRecords::note(const std::string& name, const std::string& text, Timestamp when,
                             const std::string& by) {
  HANDSLAG_TRY(transaction, SqliteTransaction::begin(database_));
  HANDSLAG_TRY(earlier, history(name));
  if (!earlier.empty() && earlier.back().text == text) return {};
  HANDSLAG_TRY(insert,
               database_.prepare("INSERT INTO settings_history (name, version, text, set_at_us, set_by) "
                                 "VALUES (?, ?, ?, ?, ?)"));
  insert.bind(name).bind(static_cast<std::int64_t>(earlier.size() + 1)).bind(text).bind(when).bind(by);
  HANDSLAG_CHECK_STATUS(insert.run());
  return transaction.commit();
}

Result<std::vector<SettingsVersion>> SettingsRecords::history(const std::string& name) {
  HANDSLAG_TRY(query, database_.prepare("SELECT name, version, text, set_at_us, set_by FROM settings_history "
                                        "WHERE name = ? ORDER BY version"));
  query.bind(name);
  std::vector<SettingsVersion> versions;
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return versions;
    versions.push_back({query.text(0), static_cast<std::uint32_t>(query.integer(1)), query.text(2),
                        query.time(3), query.text(4)});
  }
}

}  // namespace handslag::store
