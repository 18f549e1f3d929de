// SPDX-License-Identifier: Apache-2.0
#include "app/intake/import_setting.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/language/swedish.h"
#include "app/language/words.h"
#include "app/settings/settings.h"
#include "io/runtime/digest.h"
#include "io/runtime/file.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMapBytes = 1 << 20;

Result<Settings> settings_for(const Session& session) {
  std::error_code failure;
  if (session.data.empty() || !std::filesystem::exists(session.data, failure)) return Settings{};
  return read_settings(session.data);
}

Status read_map_into(ImportSetting& setting) {
  if (setting.options.map.empty()) return {};
  HANDSLAG_TRY(text, runtime::read_small_file(setting.options.map, kMapBytes));
  HANDSLAG_TRY(map, format::parse_map(text, setting.options.map));
  setting.map = std::move(map);
  setting.map_digest = runtime::digest_of_text(text);
  return {};
}

}  // namespace

Result<ImportSetting> read_import_setting(const Session& session, const ImportOptions& options) {
  if (options.history_start && options.complete_through && *options.history_start > *options.complete_through)
    return invalid("--history-start must not stand after --complete-through");
  ImportSetting setting{session, options, std::nullopt, {}, nullptr};
  HANDSLAG_CHECK_STATUS(read_map_into(setting));
  HANDSLAG_TRY(settings, settings_for(session));
  HANDSLAG_TRY(calendars, calendar::Calendars::create(settings.calendars));
  setting.calendars = std::move(calendars);
  if (!options.zone.empty()) {
    const auto zone = setting.calendars->zone(options.zone);
    if (!zone.ok()) return zone.error();
  }
  return setting;
}

std::string source_of(const ImportSetting& setting, const std::string& path) {
  if (!setting.options.source.empty()) return setting.options.source;
  if (setting.map && !setting.map->source.empty()) return setting.map->source;
  const std::string name = std::filesystem::path(path).filename().string();
  return name.substr(0, name.find('.'));
}

format::ReadRequest request_for(const ImportSetting& setting, const std::string& path,
                                const model::LocalTimesSource& zones) {
  format::ReadRequest request;
  request.path = path;
  request.map = setting.map ? &*setting.map : nullptr;
  request.source = source_of(setting, path);
  request.zone = setting.options.zone;
  request.zones = &zones;
  return request;
}

Status require_regular(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::exists(path, failure) || std::filesystem::is_regular_file(path, failure)) return {};
  return invalid(path + ": is no regular file. Write what it gives to a file and import that.");
}

void print_warnings(const format::ReadSummary& summary, const Terminal& terminal) {
  for (const format::Warning& warning : summary.warnings) {
    const std::string what = fmt::format("  {}: {}{}", terminal.say("note", "obs"),
                                         in_language(format::warning_text(warning.kind), terminal.language),
                                         warning.detail.empty() ? "" : " [" + warning.detail + "]");
    if (warning.first_line == 0) {
      *terminal.notes << what << '\n';
      continue;
    }
    *terminal.notes << fmt::format(
        fmt::runtime(terminal.say("{} ({}, first at line {})\n", "{} ({}, först på rad {})\n")), what,
        counted(warning.count, kTimes, terminal.language), warning.first_line);
  }
}

}  // namespace handslag::app
