// SPDX-License-Identifier: Apache-2.0
#include "io/store/dictionaries.h"

#include <algorithm>
#include <string>

#include "io/store/content_hash.h"

namespace handslag::store {
namespace {

Error out_of_order(const char* table) {
  return {ErrorCode::Corrupt, std::string("the event log's table ") + table +
                                  " is not as it was written; restore the data directory from a backup"};
}

// How many rows a query counts.
Result<std::size_t> count_of(DuckConnection& connection, const char* what) {
  std::size_t count = 0;
  HANDSLAG_CHECK_STATUS(each_chunk(connection, std::string("SELECT count(*) FROM ") + what,
                                   [&](const DuckChunk& chunk) -> Status {
                                     count = static_cast<std::size_t>(chunk.column<std::int64_t>(0)[0]);
                                     return {};
                                   }));
  return count;
}

Status load_texts(DuckConnection& connection, Interner& texts) {
  HANDSLAG_CHECK_STATUS(each_chunk(connection, "SELECT code, text FROM texts ORDER BY code",
                                   [&](const DuckChunk& chunk) -> Status {
                                     for (std::size_t row = 0; row < chunk.size(); ++row) {
                                       const std::uint32_t code = texts.append(chunk.text(1, row));
                                       if (chunk.column<std::uint32_t>(0)[row] != code)
                                         return out_of_order("texts");
                                     }
                                     return {};
                                   }));
  texts.index();
  return {};
}

Status load_identifiers(DuckConnection& connection, Dictionaries& into) {
  std::string key;
  const auto take = [&](const DuckChunk& chunk) -> Status {
    for (std::size_t row = 0; row < chunk.size(); ++row) {
      const std::uint32_t type = chunk.column<std::uint32_t>(1)[row];
      into.identifier_types.insert(type);
      const auto number = into.identifiers.append(identifier_key(type, chunk.text(2, row), key));
      if (chunk.column<std::uint32_t>(0)[row] != number) return out_of_order("identifiers");
    }
    return {};
  };
  HANDSLAG_CHECK_STATUS(
      each_chunk(connection, "SELECT identifier, type, value FROM identifiers ORDER BY identifier", take));
  into.identifiers.index();
  return {};
}

// Why no ORDER BY: the members of a subject lie in the order of (type, value), as they were written.
Status load_subjects(DuckConnection& connection, Dictionaries& into) {
  std::vector<std::uint32_t> members;
  std::uint32_t subject = 1;
  const auto add = [&] { return into.add_subject(members) == subject; };
  const auto take = [&](const DuckChunk& chunk) -> Status {
    for (std::size_t row = 0; row < chunk.size(); ++row) {
      const std::uint32_t number = chunk.column<std::uint32_t>(0)[row];
      if (number != subject) {
        if (!add() || number != subject + 1) return out_of_order("subjects");
        members.clear();
        subject = number;
      }
      members.push_back(chunk.column<std::uint32_t>(1)[row]);
    }
    return {};
  };
  HANDSLAG_CHECK_STATUS(each_chunk(connection, "SELECT subject, identifier FROM subjects", take));
  return members.empty() || add() ? Status() : out_of_order("subjects");
}

Status load_distinct(DuckConnection& connection, const std::string& column,
                     std::unordered_set<std::uint32_t>& into) {
  return each_chunk(connection, "SELECT DISTINCT " + column + " FROM events",
                    [&](const DuckChunk& chunk) -> Status {
                      const auto* codes = chunk.column<std::uint32_t>(0);
                      into.insert(codes, codes + chunk.size());
                      return {};
                    });
}

std::string_view bytes_of(std::span<const std::uint32_t> numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

}  // namespace

std::string_view identifier_key(std::uint32_t type_code, std::string_view value, std::string& scratch) {
  scratch.assign(reinterpret_cast<const char*>(&type_code), sizeof type_code);
  scratch.append(value);
  return scratch;
}

Result<std::unique_ptr<Dictionaries>> Dictionaries::load(DuckConnection& connection) {
  auto loaded = std::make_unique<Dictionaries>();
  HANDSLAG_CHECK_STATUS(load_texts(connection, loaded->texts));
  HANDSLAG_CHECK_STATUS(load_identifiers(connection, *loaded));
  HANDSLAG_CHECK_STATUS(load_subjects(connection, *loaded));
  HANDSLAG_CHECK_STATUS(load_distinct(connection, "type", loaded->types));
  HANDSLAG_CHECK_STATUS(load_distinct(connection, "source", loaded->sources));
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection,
      "SELECT coalesce(max(import), 0)::UINTEGER, coalesce(max(end_row), 0)::UINTEGER FROM imports",
      [&](const DuckChunk& chunk) -> Status {
        loaded->next_import = chunk.column<std::uint32_t>(0)[0] + 1;
        loaded->next_row = chunk.column<std::uint32_t>(1)[0];
        return {};
      }));
  return loaded;
}

std::optional<std::uint32_t> Dictionaries::find_subject(std::span<const std::uint32_t> members) const {
  // OPTIMIZATION: most subjects are one identifier, whose number leads to them at once.
  if (members.size() == 1) {
    const std::uint32_t subject = members[0] < single_.size() ? single_[members[0]] : 0;
    return subject == 0 ? std::nullopt : std::optional(subject);
  }
  const auto group = groups_.find(bytes_of(members));
  return group ? std::optional(grouped_[*group]) : std::nullopt;
}

std::uint32_t Dictionaries::add_subject(std::span<const std::uint32_t> members) {
  const std::uint32_t subject = next_subject_++;
  if (members.size() != 1) {
    groups_.add(bytes_of(members));
    grouped_.push_back(subject);
    return subject;
  }
  if (members[0] >= single_.size())
    single_.resize(std::max<std::size_t>(members[0] + 1, single_.size() * 3 / 2), 0);
  single_[members[0]] = subject;
  return subject;
}

Status Dictionaries::load_known_ids(DuckConnection& connection) {
  HANDSLAG_TRY(expected, count_of(connection, "events WHERE id <> ''"));
  HANDSLAG_TRY(loaded, KnownIds::create(connection.folder(), expected));
  // Why false: all ids of the log are different, so equal hashes are different ids.
  const KnownIds::HasThisId never = [](std::uint32_t) { return false; };
  const auto take = [&](const DuckChunk& chunk) -> Status {
    for (std::size_t row = 0; row < chunk.size(); ++row) {
      const std::uint64_t id = id_hash(chunk.column<std::uint32_t>(0)[row], chunk.text(1, row));
      HANDSLAG_CHECK_STATUS(
          loaded.note(id, chunk.column<std::uint64_t>(2)[row], chunk.column<std::uint32_t>(3)[row], never));
    }
    return {};
  };
  HANDSLAG_CHECK_STATUS(
      each_chunk(connection, "SELECT source, id, content, event FROM events WHERE id <> ''", take));
  known_ids = std::move(loaded);
  return {};
}

void Dictionaries::go_back(const Mark& mark) {
  texts.truncate(mark.texts);
  identifiers.truncate(mark.identifiers);
  next_subject_ = mark.subjects;
  while (grouped_.back() >= next_subject_) grouped_.pop_back();
  groups_.truncate(static_cast<std::uint32_t>(grouped_.size()));
  for (std::uint32_t& subject : single_) subject = subject < mark.subjects ? subject : 0;
  for (auto* in_use : {&types, &sources, &identifier_types}) {
    std::erase_if(*in_use, [&](std::uint32_t code) { return code >= mark.texts; });
  }
  next_row = mark.next_row;
  known_ids.reset();
}

}  // namespace handslag::store
