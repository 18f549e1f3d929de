// SPDX-License-Identifier: Apache-2.0
// An event as one source saw it, in full. Readers (io/format) fill one, the event log stores it, timelines
// hold the hot part of it in columns (pure/model/columns.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "pure/model/value.h"

namespace handslag::model {

/// Type and value by which a source knows someone: {"email", "a@example.se"}, {"customer_no@billing", "77"}.
struct Identifier {
  std::string type;
  std::string value;
  friend auto operator<=>(const Identifier&, const Identifier&) = default;
};

/// A key correlates events: {"order", "A-1001"}.
struct Key {
  std::string name;
  std::string value;
  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Attribute {
  std::string name;
  Value value;  // never Missing
  friend bool operator==(const Attribute&, const Attribute&) = default;
};

struct Event {
  std::string source;  // never empty
  /// As the source gave it; (source, id) is unique. Empty in an event just read from a file that names none:
  /// the event log then derives "<file digest>:<record>.<part>".
  std::string id;
  std::string type;  // never empty
  Timestamp time;    // when it happened
  /// `time` was worked out here, by when the event came: sent again it comes out otherwise, and is the same.
  bool is_time_ours = false;
  /// When we learned of it. Absent in imported events: they count as known from their own time (P-17).
  std::optional<Timestamp> known;
  std::int64_t sequence = 0;        // the source's own, else the record's number in its file, from 1
  std::vector<Identifier> subject;  // empty: the event belongs to the organisation (P-1)
  std::string unit, channel, touchpoint, agent;  // empty means missing
  std::vector<Key> keys;                         // names distinct
  std::vector<Attribute> data;                   // names distinct
  std::string replaces, voids;  // id of an event of the same source that this corrects or withdraws

  std::uint64_t record = 0;  // where it stood in its file, from 1; 0 where it came in no file
  std::uint32_t part = 0;    // which of the events that one record gave, from 1

  /// Empties every field and keeps the memory, so that a reader allocates nothing per event.
  void clear();
};

}  // namespace handslag::model
