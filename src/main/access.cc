// SPDX-License-Identifier: Apache-2.0
// person, key: who may come in.
#include "app/access/administration.h"
#include "main/commands.h"

namespace handslag::cli {
namespace {

constexpr const char* kRolesHelp =
    "A role, of a unit (owner:sales) or of all (analyst): front_line, owner, analyst, steward, leader, "
    "administrator. May be repeated";

void add_login(CLI::App& command, app::PersonOptions& options) {
  command.add_option("login", options.login, "The login")->required()->type_name("LOGIN");
}

void add_protected(CLI::App& command, app::PersonOptions& options) {
  command.add_flag_callback(
      "--protected", [&options] { options.opens_protected = true; }, "May open protected identities");
}

void add_person_add(CLI::App& person, Choice& choice) {
  CLI::App* command = add_command(
      person, "add", "A new person; the password is asked for, or the first line of the input",
      "  handslag --data mine person add anna --name \"Anna Ek\" --role owner:sales --role front_line\n"
      "  pwgen 20 1 | handslag --data mine person add eva --role administrator");
  auto options = std::make_shared<app::PersonOptions>();
  add_login(*command, *options);
  command->add_option("--name", options->name, "As people read it; default: the login")->type_name("NAME");
  command->add_option("--role", options->roles, kRolesHelp)->type_name("ROLE[:UNIT]");
  add_protected(*command, *options);
  command->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::add_person(choice.session, *options); };
  });
}

void add_person_roles(CLI::App& person, Choice& choice) {
  CLI::App* command = add_command(person, "roles", "Set a person's roles anew; they count at once",
                                  "  handslag --data mine person roles anna --role leader:sales\n"
                                  "  handslag --data mine person roles anna --protected");
  auto options = std::make_shared<app::PersonOptions>();
  add_login(*command, *options);
  command->add_option("--role", options->roles, kRolesHelp)->type_name("ROLE[:UNIT]");
  add_protected(*command, *options);
  command->add_flag_callback(
      "--not-protected", [options] { options->opens_protected = false; },
      "May no longer open protected identities");
  command->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::change_roles(choice.session, *options); };
  });
}

void add_person_disable(CLI::App& person, Choice& choice) {
  CLI::App* command =
      add_command(person, "disable", "Let a person in no more, and end the sessions; nobody is ever deleted",
                  "  handslag --data mine person disable anna\n"
                  "  handslag --data mine person disable anna --undo");
  auto options = std::make_shared<app::PersonOptions>();
  auto undo = std::make_shared<bool>(false);
  add_login(*command, *options);
  command->add_flag("--undo", *undo, "Let the person in again");
  command->callback([&choice, options, undo] {
    need_data(choice);
    choice.run = [&choice, options, undo] {
      return app::enable_person(choice.session, options->login, *undo);
    };
  });
}

void add_person_password(CLI::App& person, Choice& choice) {
  CLI::App* command = add_command(person, "password", "Set a person's password, asked for or from the input",
                                  "  handslag --data mine person password anna");
  auto options = std::make_shared<app::PersonOptions>();
  add_login(*command, *options);
  command->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::change_password_of(choice.session, options->login); };
  });
}

using List = Status (*)(const app::Session&, app::Form);

void add_list(CLI::App& parent, Choice& choice, const char* what, List list) {
  CLI::App* command = add_command(parent, "list", what, "");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "JSON");
  command->callback([&choice, json, list] {
    need_data(choice);
    choice.run = [&choice, json, list] {
      return list(choice.session, *json ? app::Form::Json : app::Form::Text);
    };
  });
}

void add_key_add(CLI::App& key, Choice& choice) {
  CLI::App* command =
      add_command(key, "add", "A new key; it is shown once",
                  "  handslag --data mine key add \"web shop\" --source shop --scope events.send\n"
                  "  handslag --data mine key add Prometheus --scope metrics.read");
  auto options = std::make_shared<app::KeyOptions>();
  command->add_option("name", options->name, "What people call it")->required()->type_name("NAME");
  command->add_option("--source", options->source, "The source it speaks for")->type_name("S");
  command
      ->add_option("--scope", options->scopes,
                   "What it may do: events.send, gap.read, promises.read, card.read, customers.identify, "
                   "stream.read, results.read, rejects.read, files.import, metrics.read. May be repeated")
      ->required()
      ->type_name("SCOPE");
  command->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::add_key(choice.session, *options); };
  });
}

void add_key_revoke(CLI::App& key, Choice& choice) {
  CLI::App* command =
      add_command(key, "revoke", "Let a key in no more", "  handslag --data mine key revoke 3");
  auto number = std::make_shared<std::int64_t>(0);
  command->add_option("number", *number, "Its number in the list")->required()->type_name("N");
  command->callback([&choice, number] {
    need_data(choice);
    choice.run = [&choice, number] { return app::revoke_key(choice.session, *number); };
  });
}

}  // namespace

void add_access(CLI::App& app, Choice& choice) {
  CLI::App* person =
      add_command(app, "person", "People who may sign in, and their roles",
                  "  handslag --data mine person add anna --name \"Anna Ek\" --role owner:sales\n"
                  "  handslag --data mine person list");
  person->require_subcommand(1);
  add_person_add(*person, choice);
  add_list(*person, choice, "Everybody, the disabled too", app::list_people);
  add_person_disable(*person, choice);
  add_person_roles(*person, choice);
  add_person_password(*person, choice);
  CLI::App* key =
      add_command(app, "key", "Keys by which other systems call",
                  "  handslag --data mine key add \"web shop\" --source shop --scope events.send\n"
                  "  handslag --data mine key list");
  key->require_subcommand(1);
  add_key_add(*key, choice);
  add_list(*key, choice, "All keys, the revoked too", app::list_keys);
  add_key_revoke(*key, choice);
}

}  // namespace handslag::cli
