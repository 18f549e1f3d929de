// SPDX-License-Identifier: Apache-2.0
#include "io/store/import_rehearsal.h"

#include <filesystem>
#include <utility>

#include "io/store/content_hash.h"
#include "io/store/dictionaries.h"
#include "io/store/duck_database.h"
#include "io/store/event_limits.h"

namespace handslag::store {

struct ImportRehearsal::Rehearsed {
  std::optional<DuckConnection> connection;  // of the log
  std::unique_ptr<Dictionaries> dictionaries = std::make_unique<Dictionaries>();
  std::uint32_t first_row = 0;  // of those rehearsed
};

ImportRehearsal::ImportRehearsal() : rehearsed_(std::make_unique<Rehearsed>()) {}
ImportRehearsal::~ImportRehearsal() = default;

Result<std::unique_ptr<ImportRehearsal>> ImportRehearsal::create(EventLog* log) {
  std::unique_ptr<ImportRehearsal> made(new ImportRehearsal());
  Rehearsed& rehearsed = *made->rehearsed_;
  if (log == nullptr) {
    HANDSLAG_TRY(ids, KnownIds::create(std::filesystem::temp_directory_path().string(), 0));
    rehearsed.dictionaries->known_ids = std::move(ids);
    return made;
  }
  HANDSLAG_TRY(connection, log->database()->connect());
  HANDSLAG_TRY(dictionaries, Dictionaries::load(connection));
  HANDSLAG_CHECK_STATUS(dictionaries->load_known_ids(connection));
  rehearsed.dictionaries = std::move(dictionaries);
  rehearsed.first_row = rehearsed.dictionaries->next_row;
  rehearsed.connection = std::move(connection);
  return made;
}

Added ImportRehearsal::refuse(std::string reason) {
  refusal_ = std::move(reason);
  return Added::Refused;
}

std::uint32_t ImportRehearsal::source_code(const std::string& source) {
  Interner& texts = rehearsed_->dictionaries->texts;
  const auto known = texts.find(source);
  return known ? *known : texts.add(source);
}

// Rows of the rehearsal have no text to ask: 96 bits of hash have to do.
Result<bool> ImportRehearsal::row_has_id(std::uint32_t row, std::uint32_t source, const std::string& id) {
  if (row >= rehearsed_->first_row) return true;
  HANDSLAG_TRY(rows,
               rehearsed_->connection->query("SELECT 1 FROM events WHERE event = ? AND source = ? AND id = ?",
                                             {std::int64_t{row}, std::int64_t{source}, id}));
  HANDSLAG_TRY(chunk, rows.next());
  return chunk.size() > 0;
}

Result<Added> ImportRehearsal::check(const model::Event& event) {
  if (auto fault = limits_fault(event)) return refuse(std::move(*fault));
  if (event.id.empty()) return Added::Added;
  const std::uint32_t source = source_code(event.source);
  Status failure;
  const auto has_this_id = [&](std::uint32_t row) {
    const Result<bool> same = row_has_id(row, source, event.id);
    if (!same.ok()) failure = same.error();
    return same.ok() && *same;
  };
  HANDSLAG_TRY(known, rehearsed_->dictionaries->known_ids->look(id_hash(source, event.id),
                                                                content_hash(event), has_this_id));
  if (!failure.ok()) return std::move(failure).error();
  if (known.as == KnownAs::Same) return Added::Duplicate;
  if (known.as == KnownAs::New) return Added::Added;
  refusal_ = conflict_text(event);
  return Added::Conflict;
}

Result<Added> ImportRehearsal::add(const model::Event& event) {
  HANDSLAG_TRY(what, check(event));
  if (what != Added::Added) return what;
  Dictionaries& dictionaries = *rehearsed_->dictionaries;
  const KnownIds::HasThisId never = [](std::uint32_t) { return false; };
  if (!event.id.empty()) {
    HANDSLAG_TRY(noted, dictionaries.known_ids->note(id_hash(source_code(event.source), event.id),
                                                     content_hash(event), dictionaries.next_row, never));
    HANDSLAG_CHECK(noted.as == KnownAs::New, "check has looked");
  }
  ++dictionaries.next_row;
  return what;
}

std::string conflict_text(const model::Event& event) {
  return "the id \"" + event.id + "\" of source \"" + event.source +
         "\" is there already with other content; a correction has an id of its own and names this one in "
         "\"replaces\"";
}

}  // namespace handslag::store
