// SPDX-License-Identifier: Apache-2.0
// Words that several texts count, in English and Swedish, singular and plural: one place for them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/terminal/terminal.h"

namespace handslag::app {

struct Noun {
  std::string_view one, many, swedish_one, swedish_many;

  std::string_view of(std::uint64_t count, Language language) const {
    if (language == Language::Swedish) return count == 1 ? swedish_one : swedish_many;
    return count == 1 ? one : many;
  }
};

inline constexpr Noun kEvents{"event", "events", "händelse", "händelser"};
inline constexpr Noun kRecords{"record", "records", "post", "poster"};
inline constexpr Noun kImports{"import", "imports", "import", "importer"};
inline constexpr Noun kFiles{"file", "files", "fil", "filer"};
inline constexpr Noun kDays{"day", "days", "dag", "dagar"};
inline constexpr Noun kTimes{"time", "times", "gång", "gånger"};
inline constexpr Noun kPromiseCount{"promise", "promises", "löfte", "löften"};
inline constexpr Noun kErrors{"error", "errors", "fel", "fel"};
inline constexpr Noun kFaults{"fault", "faults", "fel", "fel"};

/// "1 event", "4,750 events"; "1 händelse", "4 750 händelser".
std::string counted(std::uint64_t count, const Noun& noun, Language language);

}  // namespace handslag::app
