// SPDX-License-Identifier: Apache-2.0
// Events that have arrived since a load, in the order of their arrival. It only grows, and what it holds
// never changes; so another thread reads a copy (share) while this goes on growing. Internal to
// live_columns.h.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "pure/model/columns.h"

namespace handslag::timeline {

/// Where an event has a value, in the order in which a guard prefers them: the last counts.
enum class ValuePlace : std::uint8_t { Attribute = 0, Key = 1, Fixed = 2 };

/// What orders events of one instant and rank (P-2).
struct RowOrder {
  std::string source;
  std::int64_t sequence = 0;
  std::string id;
  friend auto operator<=>(const RowOrder&, const RowOrder&) = default;
};

struct StoredValue {
  std::uint16_t name = 0;  // an index into the names that are kept
  ValuePlace place = ValuePlace::Attribute;
  model::Cell cell;
};

struct ArrivedEvent {
  Timestamp time, known;
  std::uint32_t row = 0;
  model::TypeCode type = 0;
  model::CustomerIndex customer =
      0;  // whose it was when it arrived; she may have been joined to another since
  RowOrder order;
  std::uint32_t first_value = 0, values = 0;  // for ArrivedEvents::values()
};

/// One thread writes; a shared copy is for any one other thread.
class ArrivedEvents {
 public:
  /// Values in the order of ValuePlace.
  void add(ArrivedEvent event, std::span<const StoredValue> values);
  std::size_t size() const { return size_; }
  const ArrivedEvent& operator[](std::size_t i) const { return chunks_[i / kInChunk]->events[i % kInChunk]; }
  std::span<const StoredValue> values(std::size_t i) const {
    const Chunk& chunk = *chunks_[i / kInChunk];
    const ArrivedEvent& event = chunk.events[i % kInChunk];
    return std::span(chunk.values).subspan(event.first_value, event.values);
  }
  /// The value of a name as a guard sees it; Missing where the event has none.
  model::Cell value(std::size_t i, std::uint16_t name) const;
  /// The same events. Cost: a pointer for each thousand of them, and a copy of the last thousand.
  ArrivedEvents share() const;
  /// Without texts. Cost: O(events / 1,000).
  std::size_t size_bytes() const;

 private:
  static constexpr std::size_t kInChunk = 1024;
  struct Chunk {
    std::vector<ArrivedEvent> events;
    std::vector<StoredValue> values;
  };
  // Shared with copies, but for the last: only that one grows.
  std::vector<std::shared_ptr<Chunk>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace handslag::timeline
