// SPDX-License-Identifier: Apache-2.0
// import, imports, rejects, demo: what comes in.
#include <cstdlib>

#include "app/demo/make_demo.h"
#include "app/intake/import_files.h"
#include "app/intake/imports.h"
#include "app/intake/send_files.h"
#include "main/commands.h"

namespace handslag::cli {
namespace {

void add_import(CLI::App& app, Choice& choice) {
  CLI::App* command = add_command(
      app, "import", "Files in: JSON lines, CSV, XES, each also with gzip, and Parquet",
      "  handslag --data mine import orders.csv --map orders.toml --dry-run      what would come of it\n"
      "  handslag --data mine import orders.csv --map orders.toml\n"
      "  handslag --data mine import events.jsonl log.xes.gz --complete-through 2026-10-31T23:59:59Z\n"
      "  HANDSLAG_API_KEY=hs_… handslag import orders.csv --map orders.toml --server http://127.0.0.1:8080");
  auto options = std::make_shared<app::ImportOptions>();
  command->add_option("files", options->files, "The files")->required()->type_name("FILE…");
  command->add_option("--map", options->map, "How a table becomes events (contract/map.md)")
      ->type_name("MAP.toml");
  command
      ->add_option("--source", options->source,
                   "The system the events come from; default: the map's, else the file's name")
      ->type_name("S");
  command->add_option("--zone", options->zone, "Zone of times that name none, such as Europe/Stockholm")
      ->type_name("ZONE");
  add_time(*command, "--complete-through", options->complete_through,
           "All up to here has arrived; default: the last event", OfDay::End);
  add_time(*command, "--history-start", options->history_start,
           "All since here is there; default: the first event");
  command
      ->add_option("--most-rejected", options->most_rejected,
                   "Stop when a larger share of the records cannot be used")
      ->check(CLI::Validator(
          [](std::string& text) {
            double share = 0;
            const bool is_share = CLI::detail::lexical_cast(text, share) && share >= 0 && share <= 1;
            return is_share ? std::string() : "\"" + text + "\" is no share from 0 to 1";
          },
          "SHARE"))
      ->capture_default_str();
  command->add_flag("--dry-run", options->dry_run,
                    "Show the first events and what would be rejected; store nothing");
  command
      ->add_option("--server", options->server,
                   "Send to a running server instead; the key stands in HANDSLAG_API_KEY")
      ->type_name("URL");
  command->callback([&choice, options] {
    const bool is_sent = !options->server.empty() && !options->dry_run;
    if (!options->dry_run && !is_sent) need_data(choice);
    choice.run = [&choice, options, is_sent] {
      if (!is_sent) return app::import_files(choice.session, *options);
      if (const char* key = std::getenv("HANDSLAG_API_KEY")) options->key = key;
      return app::send_files(choice.session, *options);
    };
  });
}

void add_imports(CLI::App& app, Choice& choice) {
  CLI::App* command = add_command(app, "imports", "What came in when; taking a wrong file back out",
                                  "  handslag --data mine imports\n"
                                  "  handslag --data mine imports remove 3");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "JSON");
  auto number = std::make_shared<std::uint32_t>(0);
  CLI::App* remove = add_command(*command, "remove", "Take an import's events back out", "");
  remove->add_option("number", *number, "Its number in the list")
      ->required()
      ->check(whole_number())
      ->type_name("N");
  command->callback([&choice, remove, json, number] {
    need_data(choice);
    choice.run = [&choice, json, number, is_removal = remove->parsed()] {
      if (is_removal) return app::remove_import(choice.session, *number);
      return app::list_imports(choice.session, *json ? app::Form::JsonText : app::Form::Text);
    };
  });
}

void add_rejects(CLI::App& app, Choice& choice) {
  CLI::App* command =
      add_command(app, "rejects", "Records that could not be used, each with file, line and reason",
                  "  handslag --data mine rejects --import 3 --limit 0");
  auto options = std::make_shared<app::RejectsOptions>();
  command->add_option("--import", options->import, "Of this import alone")
      ->check(whole_number())
      ->type_name("N");
  command->add_option("--limit", options->limit, "How many at the most; 0: all")
      ->check(whole_number())
      ->capture_default_str();
  command->add_flag("--json", options->json, "JSON");
  command->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::list_rejects(choice.session, *options); };
  });
}

void add_demo(CLI::App& app, Choice& choice) {
  CLI::App* command = add_command(app, "demo", "Make a telecom group of two merged companies to look at",
                                  "  handslag demo --data demo-data\n"
                                  "  handslag demo --data small --customers 500 --months 3 --seed 7");
  auto options = std::make_shared<app::MakeDemoOptions>();
  command->add_option("--customers", options->customers)
      ->check(CLI::Range(1, 5'000'000))
      ->capture_default_str();
  command->add_option("--months", options->months)->check(CLI::Range(1, 120))->capture_default_str();
  command->add_option("--seed", options->seed, "The same seed gives the same data")
      ->check(whole_number())
      ->capture_default_str();
  command->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::make_demo(choice.session, *options); };
  });
}

}  // namespace

void add_intake(CLI::App& app, Choice& choice) {
  add_import(app, choice);
  add_imports(app, choice);
  add_rejects(app, choice);
  add_demo(app, choice);
}

}  // namespace handslag::cli
