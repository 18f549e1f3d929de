// SPDX-License-Identifier: Apache-2.0
// What an installation says of its own world: ranks of event types, which identifiers several people share,
// the names of its units, its calendars. They live in DIR/settings/{types,units,calendars}.toml, and
// `handslag settings put` is the one way in: it reads the file first and refuses one that is wrong. The
// files' form: contract/settings.md.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pure/model/calendar_definition.h"

namespace handslag::app {

struct Unit {
  std::string name;    // as people read it; the id where the file says none
  std::string parent;  // id of the unit it belongs to; empty without
};

struct Settings {
  std::map<std::string, std::int32_t> type_ranks;  // P-2; 0 for the rest
  std::vector<std::string> shared_identifiers{"phone", "address", "device", "household"};
  std::map<std::string, Unit> units;
  std::vector<model::CalendarDefinition> calendars;
};

inline constexpr std::size_t kMaxSettingsBytes = 1 << 20;  // of one file

enum class SettingsFile : std::uint8_t { Types, Units, Calendars };
/// "types", "units", "calendars": the file is this and ".toml".
std::string_view settings_file_name(SettingsFile file);

/// The settings of a data directory; defaults for files that are not there. Invalid with file, line, column
/// and remedy.
Result<Settings> read_settings(const std::string& data_directory);

/// Reads one file's text into `settings`. `name` stands in errors.
Status read_settings_text(SettingsFile file, const std::string& name, std::string_view text,
                          Settings& settings);

}  // namespace handslag::app
