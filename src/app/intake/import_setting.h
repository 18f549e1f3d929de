// SPDX-License-Identifier: Apache-2.0
// What all files of one `import` share, whether they go into a data directory or to a server.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/intake/import_files.h"
#include "io/format/read_events.h"
#include "pure/calendar/calendars.h"

namespace handslag::app {

struct ImportSetting {
  const Session& session;
  const ImportOptions& options;
  std::optional<format::Map> map;
  std::string map_digest;
  std::unique_ptr<calendar::Calendars> calendars;
};

/// Keeps its arguments. Errors: Invalid (options that do not go together, the map, the zone), NotFound, …
Result<ImportSetting> read_import_setting(const Session& session, const ImportOptions& options);

/// Of events that name none: the command line's, the map's, or the file's name up to the first dot.
std::string source_of(const ImportSetting& setting, const std::string& path);
/// Keeps the zones and the setting's map.
format::ReadRequest request_for(const ImportSetting& setting, const std::string& path,
                                const model::LocalTimesSource& zones);
/// Invalid for a pipe and the like: it cannot be read twice, and a file is, for its digest.
Status require_regular(const std::string& path);
void print_warnings(const format::ReadSummary& summary, const Terminal& terminal);

}  // namespace handslag::app
