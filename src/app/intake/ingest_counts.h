// SPDX-License-Identifier: Apache-2.0
// How many live events became what, by source, for the metrics. The names of sources come from outside, so
// only so many of them are kept, and only such as look like one (letters, digits, . _ -, a letter first: no
// address, no number of a person); all others count as "other". Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "pure/model/event.h"

namespace handslag::app {

enum class IngestOutcome : std::uint8_t { Accepted, Rejected, Refused };
inline constexpr std::size_t kIngestOutcomes = 3;
/// "accepted": on disk (one sent twice too). "rejected": not an event, kept with its reason. "refused": too
/// much at once, or the disk failed; the sender was told to send it again.
std::string_view outcome_name(IngestOutcome outcome);

class IngestCounts {
 public:
  explicit IngestCounts(std::size_t most_sources = 50) : most_sources_(most_sources) {}

  /// By the sources of the events. Cost: a comparison an event.
  void add(const std::vector<model::Event>& events, IngestOutcome outcome);
  void add(std::string_view source, IngestOutcome outcome, std::uint64_t events);

  using BySource = std::map<std::string, std::array<std::uint64_t, kIngestOutcomes>, std::less<>>;
  BySource counts() const;

 private:
  void add_locked(std::string_view source, IngestOutcome outcome, std::uint64_t events);

  const std::size_t most_sources_;
  mutable std::mutex mutex_;  // guards what follows
  BySource counts_;
};

}  // namespace handslag::app
