// SPDX-License-Identifier: Apache-2.0
#include "app/settings/put_settings.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/access/operator_notes.h"
#include "app/evaluate/evaluation.h"
#include "app/settings/settings.h"
#include "app/user_name.h"
#include "io/runtime/file.h"

namespace handslag::app {
namespace {

constexpr SettingsFile kFiles[] = {SettingsFile::Types, SettingsFile::Units, SettingsFile::Calendars};

Result<SettingsFile> file_for(const std::string& path) {
  const std::string stem = std::filesystem::path(path).stem().string();
  for (const SettingsFile file : kFiles) {
    if (settings_file_name(file) == stem) return file;
  }
  return invalid(fmt::format(
      "{}: settings are named types.toml, units.toml or calendars.toml (contract/settings.md)", path));
}

}  // namespace

Status show_settings(const Session& session) {
  HANDSLAG_TRY(directory, open_for_reading(session, "settings"));
  for (const SettingsFile file : kFiles) {
    const std::string_view name = settings_file_name(file);
    HANDSLAG_TRY(text, directory.settings(name));
    *session.terminal.out << painted(session.terminal, Paint::Strong,
                                     fmt::format("# {}\n", directory.settings_path(name)))
                          << (text.empty()
                                  ? std::string(session.terminal.say("# not set: the defaults apply\n",
                                                                     "# inte satt: standardvärdena gäller\n"))
                                  : text)
                          << '\n';
  }
  return {};
}

Status put_settings(const Session& session, const std::string& file) {
  HANDSLAG_TRY(which, file_for(file));
  HANDSLAG_TRY(text, runtime::read_small_file(file, kMaxSettingsBytes));
  Settings checked;
  HANDSLAG_CHECK_STATUS(read_settings_text(which, file, text, checked));
  HANDSLAG_TRY(calendars, calendar::Calendars::create(checked.calendars));
  HANDSLAG_TRY(directory, store::DataDirectory::open(session.data, store::Mode::Create, "settings put",
                                                     current_time(session)));
  const std::string name(settings_file_name(which));
  HANDSLAG_TRY(notes, OperatorNotes::open(directory, session));
  HANDSLAG_CHECK_STATUS(directory.put_settings(name, text, current_time(session), user_name()));
  HANDSLAG_CHECK_STATUS(notes.note(store::AuditVerb::SettingsChanged, name));
  *session.terminal.out << fmt::format(
      fmt::runtime(
          session.terminal.say("{} applies from the next question on.\n", "{} gäller från nästa fråga.\n")),
      directory.settings_path(name));
  return {};
}

}  // namespace handslag::app
