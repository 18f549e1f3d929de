// SPDX-License-Identifier: Apache-2.0
// settings, backup, restore, doctor, audit.
#include "app/access/audit_questions.h"
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

void add_audit(CLI::App& app, Choice& choice) {
  CLI::App* audit = add_command(app, "audit", "Who did what to whom, when and why; and whether that is whole",
                                "  handslag --data mine audit verify\n"
                                "  handslag --data mine audit list --who anna --from 2026-11-01");
  audit->require_subcommand(1);
  CLI::App* verify = add_command(
      *audit, "verify", "Find the first line that was changed, put in or taken out",
      "  handslag --data mine audit verify\n"
      "  handslag --data mine audit verify --head 4312:ab12…    as it was written down elsewhere");
  auto head = std::make_shared<std::string>();
  verify->add_option("--head", *head, "A head that an earlier verification told")->type_name("N:HASH");
  verify->callback([&choice, head] {
    need_data(choice);
    choice.run = [&choice, head] { return app::verify_audit(choice.session, *head); };
  });
  CLI::App* list = add_command(*audit, "list", "What the trail says, the newest lines last",
                               "  handslag --data mine audit list --whom c-000042 --json\n"
                               "  handslag --data mine audit list --who key:4 --limit 0");
  auto options = std::make_shared<app::AuditListOptions>();
  list->add_option("--who", options->who, "A login, or key:4, operator:root, system")->type_name("WHO");
  list->add_option("--whom", options->whom, "The customer or thing it was done to")->type_name("WHOM");
  list->add_option("--what", options->what, "Only this, such as card.read")->type_name("VERB");
  add_time(*list, "--from", options->from, "From then on");
  add_time(*list, "--to", options->to, "Up to then", OfDay::End);
  list->add_option("--limit", options->limit, "The newest so many; 0: all")
      ->check(whole_number())
      ->capture_default_str();
  list->add_flag("--json", options->json, "JSON");
  list->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::list_audit(choice.session, *options); };
  });
}

}  // namespace

void add_upkeep(CLI::App& app, Choice& choice) {
  add_settings(app, choice);
  add_copies(app, choice);
  add_audit(app, choice);
  CLI::App* doctor = add_command(app, "doctor", "What is wrong with this installation and its data",
                                 "  handslag --data mine doctor --config /etc/handslag/handslag.toml");
  auto server = std::make_shared<app::ServeOptions>();
  doctor->add_option("--config", server->config, "Settings of the server: whether mail can be sent by them")
      ->type_name("FILE");
  doctor->callback([&choice, server] {
    need_data(choice);
    choice.run = [&choice, server] { return app::examine(choice.session, *server); };
  });
}

}  // namespace handslag::cli
