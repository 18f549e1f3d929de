// SPDX-License-Identifier: Apache-2.0
#include "io/store/load_horizons.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace handslag::store {
namespace {

struct SourceAndType {
  std::string source, type;
  std::uint32_t source_code, type_code;
};

// " WHERE …" of what lies in imports; all of them where nothing else is asked for.
std::string of_wanted_imports(const LoadOptions& options) {
  return options.through_import ? " WHERE import <= " + std::to_string(*options.through_import) : "";
}

Result<std::vector<SourceAndType>> read_pairs(DuckConnection& connection, const LoadOptions& options) {
  std::vector<SourceAndType> pairs;
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection,
      std::string("SELECT s.text, t.text, p.source, p.type FROM (SELECT DISTINCT source, type FROM events") +
          of_wanted_imports(options) +
          ") p JOIN texts s ON s.code = p.source JOIN texts t ON t.code = p.type",
      [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          pairs.push_back({std::string(chunk.text(0, row)), std::string(chunk.text(1, row)),
                           chunk.column<std::uint32_t>(2)[row], chunk.column<std::uint32_t>(3)[row]});
        }
        return Status();
      }));
  return pairs;
}

template <typename NameOf>
std::map<std::string, std::uint16_t> ranked(const std::vector<SourceAndType>& pairs, NameOf name_of) {
  std::map<std::string, std::uint16_t> ranks;
  for (const SourceAndType& pair : pairs) ranks.emplace(name_of(pair), std::uint16_t{0});
  std::uint16_t next = 0;
  for (auto& [name, rank] : ranks) rank = next++;
  return ranks;
}

// P-5: a file sets its sources' horizons to its first and last event unless told otherwise. Of several
// imports, the earliest start and the latest end count.
Status read_horizons(DuckConnection& connection, const LoadOptions& options,
                     std::map<std::string, model::SourceHorizon>& horizons) {
  return each_chunk(
      connection,
      std::string(
          "SELECT t.text, min(least(coalesce(i.history_start, s.first_event), i.now)), "
          "max(CASE WHEN i.live_through IS NULL THEN coalesce(i.complete_through, s.last_event) END), "
          "bool_and(i.live_through IS NULL) FROM import_sources s JOIN imports i USING "
          "(import) JOIN texts t ON t.code = s.source") +
          of_wanted_imports(options) + " GROUP BY t.text",
      [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          model::SourceHorizon& horizon = horizons[std::string(chunk.text(0, row))];
          horizon.source = chunk.text(0, row);
          horizon.history_start = *chunk.time(1, row);
          horizon.complete_through = chunk.time(2, row).value_or(kNoTime);
          horizon.is_file = chunk.column<bool>(3)[row];
        }
        return Status();
      });
}

void number_types_and_sources(const std::vector<SourceAndType>& pairs, const LoadOptions& options,
                              Kinds& kinds) {
  const auto types = ranked(pairs, [](const SourceAndType& pair) { return pair.type; });
  const auto sources = ranked(pairs, [](const SourceAndType& pair) { return pair.source; });
  for (const auto& [name, code] : types) {
    const auto rank = options.ranks.find(name);
    kinds.types.push_back({name, rank == options.ranks.end() ? 0 : rank->second});
  }
  for (const SourceAndType& pair : pairs) {
    kinds.type_of_text.set(pair.type_code, types.at(pair.type));
    kinds.source_of_text.set(pair.source_code, sources.at(pair.source));
  }
}

}  // namespace

Result<Kinds> load_kinds(DuckConnection& connection, const LoadOptions& options) {
  Kinds kinds;
  HANDSLAG_CHECK_STATUS(each_chunk(connection,
                                   "SELECT (SELECT coalesce(max(end_row), 0)::UBIGINT FROM imports), "
                                   "(SELECT count(known) > 0 FROM events)",
                                   [&](const DuckChunk& chunk) {
                                     kinds.rows = chunk.column<std::uint64_t>(0)[0];
                                     kinds.known_differs = chunk.column<bool>(1)[0];
                                     return Status();
                                   }));
  HANDSLAG_TRY(pairs, read_pairs(connection, options));
  number_types_and_sources(pairs, options, kinds);
  std::map<std::string, model::SourceHorizon> horizons;
  HANDSLAG_CHECK_STATUS(read_horizons(connection, options, horizons));
  for (const SourceAndType& pair : pairs) {
    horizons[pair.source].types.push_back(kinds.type_of_text.at(pair.type_code));
  }
  const Timestamp clock = options.now.value_or(options.wall);
  for (const LiveSource& source : options.live_sources) {
    const auto found = horizons.find(source.name);
    if (found == horizons.end()) continue;
    if (source.history_start) found->second.history_start = *source.history_start;
    model::move_live_horizon(found->second, source.heartbeat_through, source.lag_us, clock);
  }
  for (auto& [name, horizon] : horizons) {
    std::sort(horizon.types.begin(), horizon.types.end());
    kinds.horizons.sources.push_back(std::move(horizon));
  }
  kinds.horizons.now = options.now;
  kinds.horizons.wall = options.wall;
  return kinds;
}

Result<identity::Evidence> load_evidence(DuckConnection& connection, std::size_t subjects) {
  identity::Evidence evidence;
  std::unordered_map<std::uint32_t, std::uint16_t> type_of_code;
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection, "SELECT code, text FROM texts WHERE code IN (SELECT DISTINCT type FROM identifiers)",
      [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          type_of_code[chunk.column<std::uint32_t>(0)[row]] =
              static_cast<std::uint16_t>(evidence.types.size());
          evidence.types.emplace_back(chunk.text(1, row));
        }
        return Status();
      }));
  if (evidence.types.empty()) evidence.types.emplace_back();
  evidence.identifier_type.push_back(0);
  HANDSLAG_CHECK_STATUS(
      each_chunk(connection, "SELECT identifier, type FROM identifiers", [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          const std::uint32_t number = chunk.column<std::uint32_t>(0)[row];
          if (number >= evidence.identifier_type.size()) {
            evidence.identifier_type.resize(number + 1, 0);
          }
          evidence.identifier_type[number] = type_of_code[chunk.column<std::uint32_t>(1)[row]];
        }
        return Status();
      }));
  evidence.offsets.assign(subjects + 1, 0);
  HANDSLAG_CHECK_STATUS(each_chunk(
      connection, "SELECT subject, identifier FROM subjects WHERE subject < " + std::to_string(subjects),
      [&](const DuckChunk& chunk) {
        const auto* numbers = chunk.column<std::uint32_t>(1);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          ++evidence.offsets[chunk.column<std::uint32_t>(0)[row] + 1];
        }
        evidence.members.insert(evidence.members.end(), numbers, numbers + chunk.size());
        return Status();
      }));
  for (std::size_t s = 1; s < evidence.offsets.size(); ++s) evidence.offsets[s] += evidence.offsets[s - 1];
  return evidence;
}

}  // namespace handslag::store
