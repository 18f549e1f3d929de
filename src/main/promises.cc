// SPDX-License-Identifier: Apache-2.0
// promise check, format, publish, list, show, withdraw.
#include "app/promises/registry.h"
#include "main/commands.h"

namespace handslag::cli {
namespace {

void add_check(CLI::App& promise, Choice& choice) {
  CLI::App* command = add_command(promise, "check", "Say what is wrong with promise texts, all in one pass",
                                  "  handslag promise check packs/telecom/*.promise");
  auto paths = std::make_shared<std::vector<std::string>>();
  command->add_option("files", *paths, "Files and folders")->required()->type_name("FILE…");
  command->callback([&choice, paths] {
    choice.run = [&choice, paths] { return app::check_promises(choice.session, *paths); };
  });
}

void add_format(CLI::App& promise, Choice& choice) {
  CLI::App* command = add_command(promise, "format", "Print promise texts in the one canonical layout",
                                  "  handslag promise format mine.promise\n"
                                  "  handslag promise format --write packs/telecom/*.promise");
  auto paths = std::make_shared<std::vector<std::string>>();
  auto mode = std::make_shared<app::FormatMode>(app::FormatMode::Print);
  command->add_option("files", *paths, "Files and folders")->required()->type_name("FILE…");
  command->add_flag_callback(
      "--write", [mode] { *mode = app::FormatMode::Write; }, "Write the files instead of printing");
  command->add_flag_callback(
      "--check", [mode] { *mode = app::FormatMode::Compare; },
      "Name the files that would change, exit 1 if any");
  command->callback([&choice, paths, mode] {
    choice.run = [&choice, paths, mode] { return app::format_promises(choice.session, *paths, *mode); };
  });
}

void add_publish(CLI::App& promise, Choice& choice) {
  CLI::App* command = add_command(
      promise, "publish", "Put promises in force, as new versions where they exist",
      "  handslag --data mine promise publish mine.promise --by ulla --why \"the board's decision\"");
  auto options = std::make_shared<app::PublishOptions>();
  command->add_option("files", options->paths, "Files and folders")->required()->type_name("FILE…");
  add_time(*command, "--from", options->from,
           "In force from here; default: a first version from the beginning, others from now");
  command->add_option("--by", options->by, "Who publishes; default: the user's name");
  command->add_option("--why", options->why, "Why");
  command->add_flag("--dry-run", options->is_trial, "Tell whose verdicts would change; publish nothing");
  command->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::publish_promises(choice.session, *options); };
  });
}

void add_list(CLI::App& promise, Choice& choice) {
  CLI::App* command = add_command(promise, "list", "The promises in force", "");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "JSON");
  auto server = std::make_shared<app::ServerAddress>();
  add_server_address(*command, *server);
  command->callback([&choice, json, server] {
    need_data_or_server(choice, *server);
    choice.run = [&choice, json, server] {
      const app::Form form = *json ? app::Form::JsonText : app::Form::Text;
      return server->url.empty() ? app::list_promises(choice.session, form)
                                 : app::list_promises_of(*server, choice.session, form);
    };
  });
}

void add_show(CLI::App& promise, Choice& choice) {
  CLI::App* command = add_command(promise, "show", "One promise with all its versions", "");
  auto id = std::make_shared<std::string>();
  command->add_option("id", *id)->required()->type_name("ID");
  command->callback([&choice, id] {
    need_data(choice);
    choice.run = [&choice, id] { return app::show_promise(choice.session, *id); };
  });
}

void add_withdraw(CLI::App& promise, Choice& choice) {
  CLI::App* command =
      add_command(promise, "withdraw", "Take a promise out of force from now on; its history stays", "");
  auto id = std::make_shared<std::string>();
  auto why = std::make_shared<std::string>();
  command->add_option("id", *id)->required()->type_name("ID");
  command->add_option("--why", *why, "Why");
  command->callback([&choice, id, why] {
    need_data(choice);
    choice.run = [&choice, id, why] { return app::withdraw_promise(choice.session, *id, *why); };
  });
}

}  // namespace

void add_promises(CLI::App& app, Choice& choice) {
  CLI::App* promise = add_command(app, "promise", "Check, format, publish, list, show and withdraw promises",
                                  "  handslag promise check packs/telecom/*.promise\n"
                                  "  handslag --data mine promise publish packs/telecom\n"
                                  "  handslag --data mine promise list");
  promise->require_subcommand(1);
  add_check(*promise, choice);
  add_format(*promise, choice);
  add_publish(*promise, choice);
  add_list(*promise, choice);
  add_show(*promise, choice);
  add_withdraw(*promise, choice);
}

}  // namespace handslag::cli
