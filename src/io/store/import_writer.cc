// SPDX-License-Identifier: Apache-2.0
#include "io/store/import_writer.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "io/runtime/digest.h"
#include "io/store/content_hash.h"
#include "io/store/event_limits.h"
#include "io/store/import_rehearsal.h"
#include "pure/model/texts.h"

namespace handslag::store {
namespace {

constexpr duckdb_type kCode = DUCKDB_TYPE_UINTEGER;
constexpr std::size_t kRejectBatch = 1000;
constexpr std::uint32_t kMostCodes = std::numeric_limits<std::uint32_t>::max() - 2;
constexpr std::uint8_t kReplaces = 1, kVoids = 2;  // written to disk (corrections.kind); never renumber

std::string id_prefix(const ImportHeader& header) {
  return runtime::digest_of_text(header.digest + "\n" + header.map_digest).substr(0, 12);
}

// What attributes.moment holds of a value that is neither text nor number.
std::int64_t moment_of(const model::Value& value) {
  if (const auto* instant = std::get_if<Timestamp>(&value)) return instant->us;
  if (const auto* date = std::get_if<Date>(&value)) return date->days;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  return 0;
}

}  // namespace

std::string derived_id(const ImportHeader& header, std::uint64_t record, std::uint32_t part) {
  return id_prefix(header) + ":" + std::to_string(record) + "." + std::to_string(part);
}

bool may_be_derived_id(std::string_view id) {
  constexpr std::size_t kDigits = 12;
  return id.size() > kDigits && id[kDigits] == ':';
}

Result<std::unique_ptr<ImportWriter>> LogImportWriter::begin(std::shared_ptr<DuckDatabase> database,
                                                             Dictionaries& dictionaries,
                                                             RejectRecords rejects,
                                                             const ImportHeader& header) {
  HANDSLAG_TRY(connection, database->connect());
  HANDSLAG_CHECK_STATUS(connection.run("BEGIN TRANSACTION"));
  return std::unique_ptr<ImportWriter>(
      new LogImportWriter(std::move(database), std::move(connection), dictionaries, rejects, header));
}

LogImportWriter::LogImportWriter(std::shared_ptr<DuckDatabase> database, DuckConnection connection,
                                 Dictionaries& dictionaries, RejectRecords rejects,
                                 const ImportHeader& header)
    : database_(std::move(database)),
      connection_(std::move(connection)),
      dictionaries_(dictionaries),
      mark_(dictionaries.mark()),
      rejects_(rejects),
      appender_(connection_),
      texts_(appender_, "texts", {kCode, DUCKDB_TYPE_VARCHAR}),
      identifiers_(appender_, "identifiers", {kCode, kCode, DUCKDB_TYPE_VARCHAR}),
      subjects_(appender_, "subjects", {kCode, kCode}),
      events_(appender_, "events",
              {kCode, kCode, kCode, kCode, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_UBIGINT, kCode,
               DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_TIMESTAMP, DUCKDB_TYPE_BIGINT, kCode, kCode, kCode, kCode,
               kCode, DUCKDB_TYPE_UBIGINT}),
      keys_(appender_, "keys", {kCode, kCode, kCode}),
      attributes_(appender_, "attributes",
                  {kCode, kCode, DUCKDB_TYPE_UTINYINT, kCode, DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_BIGINT}),
      corrections_(appender_, "corrections", {kCode, DUCKDB_TYPE_UTINYINT, DUCKDB_TYPE_VARCHAR}),
      brought_again_(appender_, "brought_again", {kCode, kCode, DUCKDB_TYPE_UBIGINT, kCode}) {
  record_.number = dictionaries.next_import;
  record_.header = header;
  if (header.complete_through)
    record_.header.complete_through = std::min(*header.complete_through, header.now);
}

LogImportWriter::~LogImportWriter() {
  if (committed_) return;
  appender_.give_up();
  (void)connection_.run("ROLLBACK").ok();    // Why: a lost connection rolls back as well
  (void)rejects_.drop(record_.number).ok();  // Why: what stays is dropped when the directory is next opened
  dictionaries_.go_back(mark_);
}

bool LogImportWriter::refuse(std::string reason) {
  refusal_ = std::move(reason);
  return false;
}

void LogImportWriter::note_failure(Status status) {
  if (failure_.ok() && !status.ok()) failure_ = std::move(status);
}

Result<Added> LogImportWriter::add(const model::Event& event) {
  if (!within_limits(event)) return Added::Refused;
  const bool interned = intern(event);
  if (!failure_.ok()) return Error(failure_.error());
  if (!interned) return Added::Refused;
  codes_.content = 0;
  if (!event.id.empty()) {
    codes_.content = content_hash(event);
    HANDSLAG_TRY(known, know_id(event.id, codes_.content, NoteId::Yes));
    if (known.as == KnownAs::Same) {
      HANDSLAG_CHECK_STATUS(store_again(event, known.row));
      ++record_.duplicates;
      widen_span(event.time);  // Why: a file that brings nothing new still says how far its source has come
      return Added::Duplicate;
    }
    if (known.as == KnownAs::Other) {
      refuse(conflict_text(event));
      return Added::Conflict;
    }
  }
  HANDSLAG_CHECK_STATUS(store(event));
  count(event);
  return Added::Added;
}

Result<Added> LogImportWriter::check(const model::Event& event) {
  const bool fits = within_limits(event) && intern(event);
  if (!failure_.ok()) return Error(failure_.error());
  if (!fits) return Added::Refused;
  if (event.id.empty()) return Added::Added;
  HANDSLAG_TRY(known, know_id(event.id, content_hash(event), NoteId::No));
  if (known.as == KnownAs::Other) refuse(conflict_text(event));
  if (known.as == KnownAs::New) return Added::Added;
  return known.as == KnownAs::Same ? Added::Duplicate : Added::Conflict;
}

AddedEvent LogImportWriter::added() const {
  AddedEvent event;
  event.row = dictionaries_.next_row - 1;
  event.subject = codes_.subject;
  if (codes_.subject != 0) event.identifiers = members_;
  event.source = codes_.source;
  event.type = codes_.type;
  event.unit = codes_.unit;
  event.channel = codes_.channel;
  event.touchpoint = codes_.touchpoint;
  event.agent = codes_.agent;
  event.keys = codes_.keys;
  event.attributes = codes_.attributes;
  return event;
}

Result<std::optional<RowNumber>> LogImportWriter::row_of(const std::string& id) {
  HANDSLAG_TRY(known, know_id(id, 0, NoteId::No));
  return known.as == KnownAs::New ? std::nullopt : std::optional(known.row);
}

bool LogImportWriter::within_limits(const model::Event& event) {
  if (auto fault = shape_fault(event)) return refuse(std::move(*fault));
  if (dictionaries_.next_row >= kMostCodes) return refuse("the log holds as many events as it can");
  return true;
}

bool LogImportWriter::intern(const model::Event& event) {
  return intern_fixed(event) && intern_values(event) && intern_subject(event);
}

bool LogImportWriter::intern_fixed(const model::Event& event) {
  return intern_limited(event.source, dictionaries_.sources, kMaxSources, "sources", source_,
                        codes_.source) &&
         intern_limited(event.type, dictionaries_.types, kMaxTypes, "event types", type_, codes_.type) &&
         intern_repeated(event.unit, unit_, codes_.unit) &&
         intern_repeated(event.channel, channel_, codes_.channel) &&
         intern_repeated(event.touchpoint, touchpoint_, codes_.touchpoint) &&
         intern_repeated(event.agent, agent_, codes_.agent);
}

bool LogImportWriter::intern_values(const model::Event& event) {
  codes_.keys.clear();
  if (key_names_.size() < event.keys.size()) key_names_.resize(event.keys.size());
  if (attribute_names_.size() < event.data.size()) attribute_names_.resize(event.data.size());
  for (std::size_t i = 0; i < event.keys.size(); ++i) {
    const model::Key& key = event.keys[i];
    auto& codes = codes_.keys.emplace_back();
    if (!intern_repeated(key.name, key_names_[i], codes.first) || !intern_text(key.value, codes.second))
      return false;
    if (codes.second == model::kNoText) codes_.keys.pop_back();
  }
  codes_.attributes.clear();
  for (std::size_t i = 0; i < event.data.size(); ++i) {
    const model::Attribute& attribute = event.data[i];
    auto& codes = codes_.attributes.emplace_back();
    if (!intern_repeated(attribute.name, attribute_names_[i], codes.first)) return false;
    const auto* text = std::get_if<std::string>(&attribute.value);
    if (text != nullptr && !intern_text(*text, codes.second)) return false;
    if (auto fault = value_fault(attribute)) return refuse(std::move(*fault));
  }
  return true;
}

bool LogImportWriter::intern_repeated(std::string_view text, Recent& recent, std::uint32_t& code) {
  if (text != recent.text) {
    std::uint32_t found = 0;
    if (!intern_text(text, found)) return false;
    recent.text = text;
    recent.code = found;
  }
  code = recent.code;
  return true;
}

bool LogImportWriter::intern_limited(std::string_view text, std::unordered_set<std::uint32_t>& in_use,
                                     std::size_t most, const char* what, Recent& recent,
                                     std::uint32_t& code) {
  if (text == recent.text) {
    code = recent.code;
    return true;
  }
  if (!intern_text(text, code)) return false;
  if (!in_use.contains(code) && in_use.size() >= most) {
    return refuse("more than " + std::to_string(most) + " different " + what +
                  " in one data directory; does the map take a column of values for one of names?");
  }
  in_use.insert(code);
  recent.text = text;
  recent.code = code;
  return true;
}

bool LogImportWriter::intern_text(std::string_view text, std::uint32_t& code) {
  code = model::kNoText;
  if (text.empty()) return true;
  if (const auto known = dictionaries_.texts.find(text)) {
    code = *known;
    return true;
  }
  if (auto fault = text_fault(text)) return refuse(std::move(*fault));
  if (dictionaries_.texts.size() >= kMostCodes)
    return refuse("the log holds as many different texts as it can");
  code = dictionaries_.texts.add(text);
  texts_.put(0, code);
  texts_.put_text(1, text);
  note_failure(texts_.end_row());
  return true;
}

bool LogImportWriter::intern_identifier(const model::Identifier& identifier, Recent& kind,
                                        std::uint32_t& number) {
  std::uint32_t type = 0;
  if (identifier.type.empty() || identifier.value.empty())
    return refuse("an identifier without a type or a value");
  if (!intern_limited(identifier.type, dictionaries_.identifier_types, kMaxTypes, "identifier types", kind,
                      type)) {
    return false;
  }
  const std::string_view key = identifier_key(type, identifier.value, key_scratch_);
  if (const auto known = dictionaries_.identifiers.find(key)) {
    number = *known;
    return true;
  }
  if (auto fault = identifier_fault(identifier)) return refuse(std::move(*fault));
  if (dictionaries_.identifiers.size() >= kMostCodes)
    return refuse("the log holds as many identifiers as it can");
  number = dictionaries_.identifiers.add(key);
  identifiers_.put(0, number);
  identifiers_.put(1, type);
  identifiers_.put_text(2, identifier.value);
  note_failure(identifiers_.end_row());
  return true;
}

bool LogImportWriter::intern_subject(const model::Event& event) {
  codes_.subject = 0;
  if (event.subject.empty()) return true;
  sorted_subject_.clear();
  for (const model::Identifier& identifier : event.subject) sorted_subject_.push_back(&identifier);
  std::sort(sorted_subject_.begin(), sorted_subject_.end(),
            [](const auto* a, const auto* b) { return *a < *b; });
  if (identifier_kinds_.size() < sorted_subject_.size()) identifier_kinds_.resize(sorted_subject_.size());
  members_.clear();
  for (std::size_t i = 0; i < sorted_subject_.size(); ++i) {
    std::uint32_t number = 0;
    if (!intern_identifier(*sorted_subject_[i], identifier_kinds_[i], number)) return false;
    if (members_.empty() || members_.back() != number) members_.push_back(number);
  }
  note_failure(store_subject());
  return true;
}

// The subject's number, and its rows where it is new.
Status LogImportWriter::store_subject() {
  if (const auto known = dictionaries_.find_subject(members_)) {
    codes_.subject = *known;
    return {};
  }
  codes_.subject = dictionaries_.add_subject(members_);
  for (const std::uint32_t member : members_) {
    subjects_.put(0, codes_.subject);
    subjects_.put(1, member);
    HANDSLAG_CHECK_STATUS(subjects_.end_row());
  }
  return {};
}

// Of the source at hand.
Result<Known> LogImportWriter::know_id(const std::string& id, std::uint64_t content, NoteId note) {
  if (!dictionaries_.known_ids) {
    // Why another connection: this import has stored no id yet, and our own connection is at work.
    HANDSLAG_TRY(connection, database_->connect());
    HANDSLAG_CHECK_STATUS(dictionaries_.load_known_ids(connection));
  }
  const auto has_this_id = [&](std::uint32_t row) {
    const Result<bool> same = row_has_id(row, id);
    if (!same.ok()) note_failure(same.error());
    return same.ok() && *same;
  };
  const std::uint64_t hash = id_hash(codes_.source, id);
  KnownIds& ids = *dictionaries_.known_ids;
  HANDSLAG_TRY(known, note == NoteId::No ? ids.look(hash, content, has_this_id)
                                         : ids.note(hash, content, dictionaries_.next_row, has_this_id));
  if (!failure_.ok()) return Error(failure_.error());
  return known;
}

Result<bool> LogImportWriter::row_has_id(std::uint32_t row, const std::string& id) {
  if (row >= mark_.next_row) HANDSLAG_CHECK_STATUS(events_.flush());
  HANDSLAG_CHECK_STATUS(appender_.drain());
  HANDSLAG_TRY(rows, connection_.query("SELECT 1 FROM events WHERE event = ? AND source = ? AND id = ?",
                                       {std::int64_t{row}, std::int64_t{codes_.source}, id}));
  HANDSLAG_TRY(chunk, rows.next());
  return chunk.size() > 0;
}

Status LogImportWriter::store(const model::Event& event) {
  HANDSLAG_CHECK_STATUS(store_event(event));
  const std::uint32_t row = dictionaries_.next_row;
  for (const auto& [name, text] : codes_.keys) {
    keys_.put(0, row);
    keys_.put(1, name);
    keys_.put(2, text);
    HANDSLAG_CHECK_STATUS(keys_.end_row());
  }
  for (std::size_t i = 0; i < event.data.size(); ++i) {
    HANDSLAG_CHECK_STATUS(store_attribute(event.data[i], codes_.attributes[i]));
  }
  if (!event.replaces.empty()) HANDSLAG_CHECK_STATUS(store_correction(kReplaces, event.replaces));
  if (!event.voids.empty()) HANDSLAG_CHECK_STATUS(store_correction(kVoids, event.voids));
  ++dictionaries_.next_row;
  return {};
}

Status LogImportWriter::store_event(const model::Event& event) {
  events_.put(0, dictionaries_.next_row);
  events_.put(1, record_.number);
  events_.put(2, codes_.source);
  events_.put(3, codes_.type);
  events_.put_text(4, event.id);
  events_.put(5, event.record);
  events_.put(6, event.part);
  events_.put(7, event.time.us);
  if (event.known) {
    events_.put(8, event.known->us);
  } else {
    events_.put_null(8);
  }
  events_.put(9, event.sequence);
  events_.put(10, codes_.subject);
  events_.put(11, codes_.unit);
  events_.put(12, codes_.channel);
  events_.put(13, codes_.touchpoint);
  events_.put(14, codes_.agent);
  events_.put(15, codes_.content);
  return events_.end_row();
}

Status LogImportWriter::store_attribute(const model::Attribute& attribute,
                                        std::pair<std::uint32_t, std::uint32_t> codes) {
  const auto* number = std::get_if<double>(&attribute.value);
  attributes_.put(0, dictionaries_.next_row);
  attributes_.put(1, codes.first);
  attributes_.put(2, static_cast<std::uint8_t>(model::kind_of(attribute.value)));
  attributes_.put(3, codes.second);
  attributes_.put(4, number == nullptr ? 0.0 : *number);
  attributes_.put(5, moment_of(attribute.value));
  return attributes_.end_row();
}

// Why: where the import that brought it first is taken out, the event stays as this one's.
Status LogImportWriter::store_again(const model::Event& event, std::uint32_t row) {
  if (row >= mark_.next_row) return {};
  brought_again_.put(0, record_.number);
  brought_again_.put(1, row);
  brought_again_.put(2, event.record);
  brought_again_.put(3, event.part);
  return brought_again_.end_row();
}

Status LogImportWriter::store_correction(std::uint8_t kind, const std::string& target) {
  corrections_.put(0, dictionaries_.next_row);
  corrections_.put(1, kind);
  corrections_.put_text(2, target);
  return corrections_.end_row();
}

// P-5: an event later than now takes no part in what the source is complete for.
void LogImportWriter::count(const model::Event& event) {
  ++record_.events;
  const bool future = event.time > record_.header.now;
  record_.future_events += future ? 1 : 0;
  record_.first_event = std::min(record_.first_event.value_or(event.time), event.time);
  record_.last_event = std::max(record_.last_event.value_or(event.time), event.time);
  ++sources_[codes_.source].events;
  widen_span(event.time);
}

void LogImportWriter::widen_span(Timestamp time) {
  SourceSpan& span = sources_[codes_.source];
  span.first = std::min({span.first, time, record_.header.now});
  if (time <= record_.header.now) span.last = std::max(span.last, time);
}

// P-5: a file without events that is complete through some instant says so of the source it stands for.
void LogImportWriter::note_source_without_events() {
  const auto source = dictionaries_.texts.find(record_.header.source);
  if (!sources_.empty() || !record_.header.complete_through || !source) return;
  sources_[*source] = {0, *record_.header.complete_through, *record_.header.complete_through};
}

Status LogImportWriter::reject(Reject reject) {
  ++record_.rejected;
  kept_rejects_.push_back(std::move(reject));
  return kept_rejects_.size() >= kRejectBatch ? write_rejects() : Status();
}

Status LogImportWriter::write_rejects() {
  if (kept_rejects_.empty()) return {};
  HANDSLAG_CHECK_STATUS(rejects_.add(record_.number, kept_rejects_));
  kept_rejects_.clear();
  return {};
}

Status LogImportWriter::flush() {
  for (ChunkBuilder* table :
       {&texts_, &identifiers_, &subjects_, &events_, &keys_, &attributes_, &corrections_, &brought_again_}) {
    HANDSLAG_CHECK_STATUS(table->flush());
  }
  return appender_.finish();
}

Status LogImportWriter::write_summary() {
  note_source_without_events();
  for (const auto& [source, span] : sources_) {
    const Timestamp last = span.last == kNoTime ? span.first : span.last;
    HANDSLAG_CHECK_STATUS(connection_.run("INSERT INTO import_sources VALUES (?, ?, ?, ?, ?)",
                                          {std::int64_t{record_.number}, std::int64_t{source},
                                           static_cast<std::int64_t>(span.events), span.first, last}));
  }
  const ImportHeader& header = record_.header;
  return connection_.run(
      "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
      {std::int64_t{record_.number},
       header.file_name,
       header.digest,
       header.map_digest,
       header.source,
       id_prefix(header),
       header.started,
       record_.finished,
       header.now,
       duck_value(header.history_start),
       duck_value(header.complete_through),
       static_cast<std::int64_t>(record_.events),
       static_cast<std::int64_t>(record_.duplicates),
       static_cast<std::int64_t>(record_.rejected),
       static_cast<std::int64_t>(record_.future_events),
       duck_value(record_.first_event),
       duck_value(record_.last_event),
       std::int64_t{mark_.next_row},
       std::int64_t{dictionaries_.next_row},
       live_through_ ? DuckValue(static_cast<std::int64_t>(*live_through_)) : DuckValue()});
}

Result<ImportRecord> LogImportWriter::commit_live(Timestamp finished, std::uint64_t position) {
  live_through_ = position;
  return commit(finished);
}

// The rejects first: until the log has committed, nobody counts them (contract/storage.md).
Result<ImportRecord> LogImportWriter::commit(Timestamp finished) {
  record_.finished = finished;
  HANDSLAG_CHECK_STATUS(flush());
  HANDSLAG_CHECK_STATUS(write_rejects());
  HANDSLAG_CHECK_STATUS(write_summary());
  HANDSLAG_CHECK_STATUS(connection_.run("COMMIT"));
  committed_ = true;
  ++dictionaries_.next_import;
  return record_;
}

}  // namespace handslag::store
