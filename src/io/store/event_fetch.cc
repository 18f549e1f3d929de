// SPDX-License-Identifier: Apache-2.0
// Whole events out of the log, for people to look at: EventLog::fetch and rows_of.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "io/store/dictionaries.h"
#include "io/store/duck_database.h"
#include "io/store/event_log.h"

namespace handslag::store {
namespace {

constexpr std::size_t kRowsAtOnce = 1000;

template <typename Numbers>
std::string in_list(const Numbers& numbers) {
  std::string list = " IN (";
  for (const auto number : numbers) list += std::to_string(number) + ",";
  list.back() = ')';
  return list;
}

model::Value value_of(model::ValueKind kind, std::string text, double number, std::int64_t moment) {
  switch (kind) {
    case model::ValueKind::Text:
      return text;
    case model::ValueKind::Number:
      return number;
    case model::ValueKind::Instant:
      return Timestamp{moment};
    case model::ValueKind::Boolean:
      return moment != 0;
    case model::ValueKind::Date:
      return Date{static_cast<std::int32_t>(moment)};
    case model::ValueKind::Missing:
      break;
  }
  return {};
}

// Gathers events that still name their texts by code, then puts the texts in.
class Fetcher {
 public:
  Fetcher(DuckConnection& connection, std::vector<RowNumber> rows)
      : connection_(connection),
        between_(" WHERE event BETWEEN " + std::to_string(rows.front()) + " AND " +
                 std::to_string(rows.back()) + " AND event" + in_list(rows)) {}

  Status fetch(std::unordered_map<RowNumber, model::Event>& into) {
    HANDSLAG_CHECK_STATUS(read_events());
    HANDSLAG_CHECK_STATUS(read_named());
    HANDSLAG_CHECK_STATUS(read_corrections());
    HANDSLAG_CHECK_STATUS(read_subjects());
    HANDSLAG_CHECK_STATUS(read_texts());
    for (auto& [row, stored] : stored_) into.emplace(row, complete(stored));
    return {};
  }

 private:
  struct Named {
    std::uint32_t name = 0, text = 0;
    model::ValueKind kind = model::ValueKind::Missing;
    double number = 0;
    std::int64_t moment = 0;
  };
  struct Stored {
    model::Event event;
    std::uint32_t source = 0, type = 0, unit = 0, channel = 0, touchpoint = 0, agent = 0, subject = 0;
    std::vector<Named> keys, attributes;
  };

  Status read_events() {
    return each_chunk(
        connection_,
        "SELECT event, source, type, unit, channel, touchpoint, agent, subject, time, known, sequence, "
        "record, part, CASE WHEN id = '' THEN (SELECT id_prefix FROM imports i WHERE i.import = "
        "e.import) || ':' || record || '.' || part ELSE id END FROM events e" +
            between_,
        [&](const DuckChunk& chunk) {
          for (std::size_t row = 0; row < chunk.size(); ++row) read_event(chunk, row);
          return Status();
        });
  }

  void read_event(const DuckChunk& chunk, std::size_t row) {
    Stored& stored = stored_[chunk.column<std::uint32_t>(0)[row]];
    std::uint32_t* const codes[] = {&stored.source,  &stored.type,       &stored.unit,
                                    &stored.channel, &stored.touchpoint, &stored.agent};
    for (std::size_t i = 0; i < std::size(codes); ++i)
      *codes[i] = wanted_text(chunk.column<std::uint32_t>(i + 1)[row]);
    stored.subject = chunk.column<std::uint32_t>(7)[row];
    stored.event.time = *chunk.time(8, row);
    stored.event.known = chunk.time(9, row);
    stored.event.sequence = chunk.column<std::int64_t>(10)[row];
    stored.event.record = chunk.column<std::uint64_t>(11)[row];
    stored.event.part = chunk.column<std::uint32_t>(12)[row];
    stored.event.id = chunk.text(13, row);
  }

  Status read_named() {
    HANDSLAG_CHECK_STATUS(
        each_chunk(connection_, "SELECT event, name, text FROM keys" + between_, [&](const DuckChunk& chunk) {
          for (std::size_t row = 0; row < chunk.size(); ++row) {
            stored_[chunk.column<std::uint32_t>(0)[row]].keys.push_back(named(chunk, row));
          }
          return Status();
        }));
    return each_chunk(connection_,
                      "SELECT event, name, text, kind, number, moment FROM attributes" + between_,
                      [&](const DuckChunk& chunk) {
                        for (std::size_t row = 0; row < chunk.size(); ++row) {
                          Named read = named(chunk, row);
                          read.kind = static_cast<model::ValueKind>(chunk.column<std::uint8_t>(3)[row]);
                          read.number = chunk.column<double>(4)[row];
                          read.moment = chunk.column<std::int64_t>(5)[row];
                          stored_[chunk.column<std::uint32_t>(0)[row]].attributes.push_back(read);
                        }
                        return Status();
                      });
  }

  Named named(const DuckChunk& chunk, std::size_t row) {
    Named read;
    read.name = wanted_text(chunk.column<std::uint32_t>(1)[row]);
    read.text = wanted_text(chunk.column<std::uint32_t>(2)[row]);
    return read;
  }

  Status read_corrections() {
    return each_chunk(connection_, "SELECT event, kind, target FROM corrections" + between_,
                      [&](const DuckChunk& chunk) {
                        for (std::size_t row = 0; row < chunk.size(); ++row) {
                          model::Event& event = stored_[chunk.column<std::uint32_t>(0)[row]].event;
                          const bool replaces = chunk.column<std::uint8_t>(1)[row] == 1;
                          (replaces ? event.replaces : event.voids) = chunk.text(2, row);
                        }
                        return Status();
                      });
  }

  // Why in two steps: a join would read every identifier of the log.
  Status read_subjects() {
    std::unordered_set<std::uint32_t> wanted;
    for (const auto& [row, stored] : stored_) wanted.insert(stored.subject);
    if (wanted.empty()) return {};
    std::unordered_multimap<std::uint32_t, std::uint32_t> subjects_of;
    std::unordered_set<std::uint32_t> identifiers;
    const auto take_member = [&](const DuckChunk& chunk) {
      for (std::size_t row = 0; row < chunk.size(); ++row) {
        const std::uint32_t identifier = chunk.column<std::uint32_t>(1)[row];
        subjects_of.emplace(identifier, chunk.column<std::uint32_t>(0)[row]);
        identifiers.insert(identifier);
      }
      return Status();
    };
    HANDSLAG_CHECK_STATUS(
        each_chunk(connection_, "SELECT subject, identifier FROM subjects WHERE subject" + in_list(wanted),
                   take_member));
    if (identifiers.empty()) return {};
    const auto take_identifier = [&](const DuckChunk& chunk) {
      for (std::size_t row = 0; row < chunk.size(); ++row) {
        const auto [from, to] = subjects_of.equal_range(chunk.column<std::uint32_t>(0)[row]);
        const std::uint32_t type = wanted_text(chunk.column<std::uint32_t>(1)[row]);
        for (auto at = from; at != to; ++at) subjects_[at->second].emplace_back(type, chunk.text(2, row));
      }
      return Status();
    };
    return each_chunk(
        connection_,
        "SELECT identifier, type, value FROM identifiers WHERE identifier" + in_list(identifiers),
        take_identifier);
  }

  Status read_texts() {
    if (texts_.empty()) return {};
    std::vector<std::uint32_t> codes;
    for (const auto& [code, text] : texts_) codes.push_back(code);
    return each_chunk(connection_, "SELECT code, text FROM texts WHERE code" + in_list(codes),
                      [&](const DuckChunk& chunk) {
                        for (std::size_t row = 0; row < chunk.size(); ++row) {
                          texts_[chunk.column<std::uint32_t>(0)[row]] = chunk.text(1, row);
                        }
                        return Status();
                      });
  }

  std::uint32_t wanted_text(std::uint32_t code) {
    texts_.try_emplace(code);
    return code;
  }

  model::Event complete(Stored& stored) {
    model::Event& event = stored.event;
    event.source = texts_[stored.source];
    event.type = texts_[stored.type];
    event.unit = texts_[stored.unit];
    event.channel = texts_[stored.channel];
    event.touchpoint = texts_[stored.touchpoint];
    event.agent = texts_[stored.agent];
    for (const auto& [type, value] : subjects_[stored.subject])
      event.subject.push_back({texts_[type], value});
    std::sort(event.subject.begin(), event.subject.end());
    for (const Named& key : stored.keys) event.keys.push_back({texts_[key.name], texts_[key.text]});
    for (const Named& read : stored.attributes) {
      event.data.push_back(
          {texts_[read.name], value_of(read.kind, texts_[read.text], read.number, read.moment)});
    }
    return std::move(event);
  }

  DuckConnection& connection_;
  std::string between_;
  std::unordered_map<RowNumber, Stored> stored_;
  std::unordered_map<std::uint32_t, std::vector<std::pair<std::uint32_t, std::string>>> subjects_;
  std::unordered_map<std::uint32_t, std::string> texts_;
};

}  // namespace

Result<std::vector<model::Event>> EventLog::fetch(std::span<const RowNumber> rows) {
  HANDSLAG_TRY(connection, database_->connect());
  std::vector<RowNumber> distinct(rows.begin(), rows.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::unordered_map<RowNumber, model::Event> found;
  for (std::size_t from = 0; from < distinct.size(); from += kRowsAtOnce) {
    const auto begin = distinct.begin() + static_cast<std::ptrdiff_t>(from);
    const auto count = std::min(kRowsAtOnce, distinct.size() - from);
    Fetcher fetcher(connection, {begin, begin + static_cast<std::ptrdiff_t>(count)});
    HANDSLAG_CHECK_STATUS(fetcher.fetch(found));
  }
  std::vector<model::Event> events;
  for (const RowNumber row : rows) {
    const auto event = found.find(row);
    if (event == found.end()) return not_found("the event log has no row " + std::to_string(row));
    events.push_back(event->second);
  }
  return events;
}

Result<std::vector<RowNumber>> EventLog::rows_of(const model::Identifier& identifier) {
  HANDSLAG_TRY(connection, database_->connect());
  std::vector<RowNumber> rows;
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection,
      "SELECT event FROM events WHERE subject IN (SELECT subject FROM subjects WHERE identifier IN (SELECT "
      "identifier "
      "FROM identifiers WHERE value = ? AND type IN (SELECT code FROM texts WHERE text = ?))) ORDER BY event",
      {identifier.value, identifier.type}, [&](const DuckChunk& chunk) {
        const auto* events = chunk.column<std::uint32_t>(0);
        rows.insert(rows.end(), events, events + chunk.size());
        return Status();
      }));
  return rows;
}

Result<std::vector<EventLog::AgentDay>> EventLog::days_of_agent(const std::string& agent, Timestamp from) {
  HANDSLAG_TRY(connection, database_->connect());
  std::vector<AgentDay> days;
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection,
      "SELECT t.text, d.day, d.events FROM (SELECT type, CAST(date_trunc('day', time) AS TIMESTAMP) AS day, "
      "count(*) AS events "
      "FROM events WHERE agent IN (SELECT code FROM texts WHERE text = ?) AND time >= make_timestamp(" +
          std::to_string(from.us) +
          ") GROUP BY ALL) d JOIN texts t ON t.code = d.type ORDER BY d.day, t.text",
      {agent}, [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          days.push_back({std::string(chunk.text(0, row)), *chunk.time(1, row),
                          static_cast<std::uint64_t>(chunk.column<std::int64_t>(2)[row])});
        }
        return Status();
      }));
  return days;
}

}  // namespace handslag::store
