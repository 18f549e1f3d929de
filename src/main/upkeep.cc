// SPDX-License-Identifier: Apache-2.0
// settings, backup, restore, doctor.
#include "app/doctor/doctor.h"
#include "app/settings/put_settings.h"
#include "app/upkeep/copies.h"
#include "main/commands.h"

namespace handslag::cli {
namespace {

void add_settings(CLI::App& app, Choice& choice) {
  CLI::App* command =
      add_command(app, "settings", "Types, units and calendars of this installation (contract/settings.md)",
                  "  handslag --data mine settings\n"
                  "  handslag --data mine settings put calendars.toml");
  auto file = std::make_shared<std::string>();
  CLI::App* put = add_command(*command, "put", "Take in types.toml, units.toml or calendars.toml", "");
  put->add_option("file", *file)->required()->type_name("FILE");
  command->callback([&choice, put, file] {
    need_data(choice);
    choice.run = [&choice, file, is_put = put->parsed()] {
      return is_put ? app::put_settings(choice.session, *file) : app::show_settings(choice.session);
    };
  });
}

void add_copies(CLI::App& app, Choice& choice) {
  auto target = std::make_shared<std::string>();
  CLI::App* backup = add_command(app, "backup", "Copy the whole data directory, consistent, to a new folder",
                                 "  handslag --data mine backup /backups/mine-2026-11-21");
  backup->add_option("target", *target, "A folder that does not exist yet")->required()->type_name("FOLDER");
  backup->callback([&choice, target] {
    need_data(choice);
    choice.run = [&choice, target] { return app::make_backup(choice.session, *target); };
  });
  CLI::App* restore = add_command(app, "restore", "Fill a new data directory from a backup",
                                  "  handslag --data mine restore /backups/mine-2026-11-21");
  restore->add_option("backup", *target, "The backup's folder")->required()->type_name("FOLDER");
  restore->callback([&choice, target] {
    need_data(choice);
    choice.run = [&choice, target] { return app::restore_backup(choice.session, *target); };
  });
}

}  // namespace

void add_upkeep(CLI::App& app, Choice& choice) {
  add_settings(app, choice);
  add_copies(app, choice);
  CLI::App* doctor = add_command(app, "doctor", "What is wrong with this installation and its data",
                                 "  handslag --data mine doctor");
  doctor->callback([&choice] {
    need_data(choice);
    choice.run = [&choice] { return app::examine(choice.session); };
  });
}

}  // namespace handslag::cli
