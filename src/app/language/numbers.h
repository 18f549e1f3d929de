// SPDX-License-Identifier: Apache-2.0
// Counts, shares, durations and instants as people write them in English and Swedish.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/terminal/terminal.h"
#include "base/time.h"
#include "pure/model/time_rules.h"
#include "pure/model/verdict.h"

namespace handslag::app {

/// "4,750" or "4 750" (with a no-break space).
std::string count_text(std::uint64_t count, Language language);

/// "66.7 %" or "66,7 %"; "–" for none. Never rounds to 100 % what is less, nor to 0 % what is more.
std::string share_text(std::optional<double> share, Language language);

/// The two largest units: "1 d 9 h", "3 h 20 min", "45 s"; in Swedish "1 dygn 9 h". The sign is dropped.
std::string duration_text(double seconds, Language language);

/// "2026-03-02 10:00" in the zone of the rules; seconds where they are not zero; the last microsecond of a
/// day as "2026-03-02 24:00".
std::string local_text(Timestamp time, const model::TimeRules& rules);

/// "March", "mars"; 1 is January.
std::string_view month_word(int month, Language language);

/// "kept", "hållet": a verdict as people say it (the table of words in ARCHITECTURE.md).
std::string_view verdict_word(model::Verdict verdict, Language language);

}  // namespace handslag::app
