// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/arrived_events.h"

#include <utility>

namespace handslag::timeline {

void ArrivedEvents::add(ArrivedEvent event, std::span<const StoredValue> values) {
  if (size_ % kInChunk == 0) {
    chunks_.push_back(std::make_shared<Chunk>());
    chunks_.back()->events.reserve(kInChunk);
  }
  Chunk& last = *chunks_.back();
  event.first_value = static_cast<std::uint32_t>(last.values.size());
  event.values = static_cast<std::uint32_t>(values.size());
  last.values.insert(last.values.end(), values.begin(), values.end());
  last.events.push_back(std::move(event));
  ++size_;
}

model::Cell ArrivedEvents::value(std::size_t i, std::uint16_t name) const {
  model::Cell last;
  for (const StoredValue& it : values(i)) {
    if (it.name == name) last = it.cell;
  }
  return last;
}

ArrivedEvents ArrivedEvents::share() const {
  ArrivedEvents shared = *this;
  if (size_ % kInChunk != 0) shared.chunks_.back() = std::make_shared<Chunk>(*chunks_.back());
  return shared;
}

std::size_t ArrivedEvents::size_bytes() const {
  std::size_t bytes = 0;
  for (const auto& chunk : chunks_)
    bytes += chunk->events.capacity() * sizeof(ArrivedEvent) + chunk->values.capacity() * sizeof(StoredValue);
  return bytes;
}

}  // namespace handslag::timeline
