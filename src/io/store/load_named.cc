// SPDX-License-Identifier: Apache-2.0
#include "io/store/load_named.h"

#include <algorithm>
#include <vector>

#include "pure/timeline/names.h"

namespace handslag::store {
namespace {

using model::EventIndex;
using timeline::NamedColumn;

constexpr EventIndex kNotThere = 0xFFFF'FFFF;

struct Stored {
  std::uint32_t text;
  model::ValueKind kind;
  double number;
  std::int64_t moment;
};

model::Cell cell_of(const Stored& stored) {
  switch (stored.kind) {
    case model::ValueKind::Text:
      return model::Cell::text(stored.text);
    case model::ValueKind::Number:
      return model::Cell::number(stored.number);
    case model::ValueKind::Instant:
      return model::Cell::instant({stored.moment});
    case model::ValueKind::Boolean:
      return model::Cell::boolean(stored.moment != 0);
    case model::ValueKind::Date:
      return model::Cell::date({static_cast<std::int32_t>(stored.moment)});
    case model::ValueKind::Missing:
      break;
  }
  return {};
}

// Names asked for, by their text code.
using ByCode = std::unordered_map<std::uint32_t, NamedColumn*>;

class NamedLoader {
 public:
  NamedLoader(DuckConnection& connection, const model::ColumnNeeds& needs, std::uint64_t rows,
              model::Columns& columns)
      : connection_(connection), columns_(columns), named_(columns, needs), place_(rows, kNotThere) {
    for (EventIndex e = 0; e < columns.events(); ++e) place_[columns.row[e]] = e;
    for (auto& [name, column] : named_.all()) {
      if (const auto code = columns.texts->code(name)) by_code_.emplace(*code, &column);
    }
  }

  // In the order that NamedColumn requires.
  Status load() {
    if (!by_code_.empty()) {
      HANDSLAG_CHECK_STATUS(load_attributes());
      HANDSLAG_CHECK_STATUS(load_keys());
    }
    for (const char* field : {"unit", "channel", "touchpoint", "agent", "source", "type"}) {
      HANDSLAG_CHECK_STATUS(load_fixed(field));
    }
    return {};
  }

  Status load_known() {
    columns_.known = columns_.time;
    const auto take = [&](const DuckChunk& chunk) {
      const auto* rows = chunk.column<std::uint32_t>(0);
      const auto* times = chunk.column<std::int64_t>(1);
      for (std::size_t i = 0; i < chunk.size(); ++i) {
        if (place(rows[i]) != kNotThere) columns_.known[place(rows[i])] = {times[i]};
      }
      return Status();
    };
    HANDSLAG_CHECK_STATUS(
        each_chunk(connection_, "SELECT event, known FROM events WHERE known IS NOT NULL", take));
    if (columns_.known == columns_.time) columns_.known = {};
    return {};
  }

 private:
  // Why a bound: rows may come in while the load reads; they are not of this load.
  EventIndex place(std::uint32_t row) const { return row < place_.size() ? place_[row] : kNotThere; }

  std::string of_names() const {
    std::string condition = " WHERE name IN (";
    for (const auto& [code, column] : by_code_) condition += std::to_string(code) + ",";
    condition.back() = ')';
    return condition;
  }

  Status load_attributes() {
    const auto take = [&](const DuckChunk& chunk) {
      const auto* rows = chunk.column<std::uint32_t>(0);
      const auto* names = chunk.column<std::uint32_t>(1);
      const auto* texts = chunk.column<std::uint32_t>(2);
      const auto* kinds = chunk.column<std::uint8_t>(3);
      const auto* numbers = chunk.column<double>(4);
      const auto* moments = chunk.column<std::int64_t>(5);
      for (std::size_t i = 0; i < chunk.size(); ++i) {
        if (place(rows[i]) == kNotThere) continue;
        const Stored stored{texts[i], static_cast<model::ValueKind>(kinds[i]), numbers[i], moments[i]};
        column(names[i]).set_attribute(place(rows[i]), cell_of(stored));
      }
      return Status();
    };
    return each_chunk(connection_,
                      "SELECT event, name, text, kind, number, moment FROM attributes" + of_names(), take);
  }

  Status load_keys() {
    return each_chunk(connection_, "SELECT event, name, text FROM keys" + of_names(),
                      [&](const DuckChunk& chunk) {
                        const auto* rows = chunk.column<std::uint32_t>(0);
                        const auto* names = chunk.column<std::uint32_t>(1);
                        const auto* texts = chunk.column<std::uint32_t>(2);
                        for (std::size_t i = 0; i < chunk.size(); ++i) {
                          if (place(rows[i]) != kNotThere) column(names[i]).set_key(place(rows[i]), texts[i]);
                        }
                        return Status();
                      });
  }

  Status load_fixed(const std::string& field) {
    NamedColumn* fixed = named_.find(field);
    if (fixed == nullptr || !fixed->guard) return {};
    return each_chunk(connection_, "SELECT event, " + field + " FROM events WHERE " + field + " <> 0",
                      [&](const DuckChunk& chunk) {
                        const auto* rows = chunk.column<std::uint32_t>(0);
                        const auto* texts = chunk.column<std::uint32_t>(1);
                        for (std::size_t i = 0; i < chunk.size(); ++i) {
                          if (place(rows[i]) != kNotThere) fixed->set_fixed(place(rows[i]), texts[i]);
                        }
                        return Status();
                      });
  }

  // OPTIMIZATION: names follow each other in runs and in turns; most often the last one is asked for again.
  NamedColumn& column(std::uint32_t code) {
    if (code != last_code_) {
      last_code_ = code;
      last_column_ = by_code_.at(code);
    }
    return *last_column_;
  }

  DuckConnection& connection_;
  model::Columns& columns_;
  timeline::NamedColumns named_;
  std::vector<EventIndex> place_;  // by row
  ByCode by_code_;
  std::uint32_t last_code_ = 0;
  NamedColumn* last_column_ = nullptr;
};

}  // namespace

Status load_named_columns(DuckConnection& connection, const model::ColumnNeeds& needs, const Kinds& kinds,
                          model::Columns& columns) {
  const bool known = needs.known && kinds.known_differs;
  if (!known && needs.keys.empty() && needs.names.empty() && needs.attributes.empty()) return {};
  NamedLoader loader(connection, needs, kinds.rows, columns);
  if (known) HANDSLAG_CHECK_STATUS(loader.load_known());
  return loader.load();
}

Status TiedIds::load(DuckConnection& connection) {
  if (ids_.empty()) return {};
  const auto [first, last] = std::minmax_element(
      ids_.begin(), ids_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return each_chunk(
      connection,
      "SELECT e.event, CASE WHEN e.id = '' THEN i.id_prefix || ':' || e.record || '.' || e.part ELSE "
      "e.id END FROM events e JOIN imports i USING (import) WHERE e.event BETWEEN " +
          std::to_string(first->first) + " AND " + std::to_string(last->first),
      [&](const DuckChunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
          const auto wanted = ids_.find(chunk.column<std::uint32_t>(0)[row]);
          if (wanted != ids_.end()) wanted->second = chunk.text(1, row);
        }
        return Status();
      });
}

}  // namespace handslag::store
