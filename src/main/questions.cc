// SPDX-License-Identifier: Apache-2.0
// gap, explain, timeline, backtest: what people ask.
#include <filesystem>

#include "app/backtest/backtest.h"
#include "app/explain/explain.h"
#include "app/gaps/report_gap.h"
#include "app/timelines/show_timeline.h"
#include "main/commands.h"

namespace handslag::cli {
namespace {

constexpr const char* kPromisesHelp =
    "Promise files and folders; without it, the promises in force in the data directory";

void add_gap(CLI::App& app, Choice& choice) {
  CLI::App* command = add_command(
      app, "gap", "Promised, delivered, and the gap between them",
      "  handslag --data demo-data gap --promises packs/telecom\n"
      "  handslag --data demo-data gap --promises packs/telecom --by channel --each month\n"
      "  handslag --data demo-data gap --promises packs/telecom --from 2026-07-01 --to 2026-10-01 --json\n"
      "  handslag --data demo-data gap --promises packs/telecom --html report.html --lang sv\n"
      "  HANDSLAG_API_KEY=hs_… handslag gap --server http://127.0.0.1:8080 --each month");
  auto options = std::make_shared<app::GapOptions>();
  auto server = std::make_shared<app::ServerAddress>();
  CLI::Option* promises =
      command->add_option("--promises", options->promises, kPromisesHelp)->type_name("PATH…");
  add_server_address(*command, *server)->excludes(promises);
  add_time(*command, "--from", options->from, "Only what fell due from here on (by start: was activated)");
  add_time(*command, "--to", options->to, "… and before here");
  command
      ->add_option("--by", options->by,
                   "Cut by unit, channel, source, a key or an attribute of the activation")
      ->delimiter(',')
      ->type_name("NAME");
  command
      ->add_option_function<std::string>(
          "--each", [options](const std::string& name) { options->each = app::period_named(name); },
          "Cut by day, week, month, quarter or year")
      ->check(CLI::IsMember({"day", "week", "month", "quarter", "year"}))
      ->type_name("PERIOD");
  CLI::Option* json = command->add_flag("--json", options->json, "JSON (contract/gap.schema.json)");
  command->add_option("--html", options->html, "Write one self-contained page to FILE")
      ->type_name("FILE")
      ->excludes(json);
  command->callback([&choice, options, server] {
    need_data_or_server(choice, *server);
    choice.run = [&choice, options, server] {
      return server->url.empty() ? app::report_gap(choice.session, *options)
                                 : app::report_gap_of(*server, choice.session, *options);
    };
  });
}

// `explain --promises a.promise kept-word`: the list has taken the promise's id; give it back.
void take_back_positional(app::ExplainOptions& options) {
  if (!options.promise.empty() || options.promises.size() < 2) return;
  std::error_code failure;
  if (std::filesystem::exists(options.promises.back(), failure)) return;
  options.promise = options.promises.back();
  options.promises.pop_back();
}

void add_why(CLI::App& command, std::string& why, CLI::Option* address) {
  command
      .add_option("--why", why, "Why the customer is looked at; the server notes it, and demands it of a key")
      ->type_name("TEXT")
      ->needs(address);
}

void add_explain(CLI::App& app, Choice& choice) {
  CLI::App* command = add_command(app, "explain", "The promises behind the figures, each with its reason",
                                  "  handslag --data demo-data explain module-within-a-week --promises "
                                  "packs/telecom --verdict broken --limit 5\n"
                                  "  handslag --data demo-data explain one-contact-is-enough --promises "
                                  "packs/telecom --customer email:karin@example.se");
  auto options = std::make_shared<app::ExplainOptions>();
  auto server = std::make_shared<app::ServerAddress>();
  command->add_option("promise", options->promise, "The promise's id")->type_name("PROMISE");
  CLI::Option* promises =
      command->add_option("--promises", options->promises, kPromisesHelp)->type_name("PATH…");
  auto why = std::make_shared<std::string>();
  CLI::Option* address = add_server_address(*command, *server);
  address->excludes(promises);
  add_why(*command, *why, address);
  command->add_option("--customer", options->customer, "One customer: her id (c42) or type:value")
      ->type_name("C");
  command
      ->add_option_function<std::string>(
          "--verdict",
          [options](const std::string& name) { options->verdict = model::verdict_from_name(name); },
          "kept, late, broken, pending, overdue, void or unknown")
      ->check(CLI::IsMember({"kept", "late", "broken", "pending", "overdue", "void", "unknown"}))
      ->type_name("VERDICT");
  command->add_option("--limit", options->limit, "How many at the most; 0: all")
      ->check(whole_number())
      ->capture_default_str();
  command->add_flag("--json", options->json, "JSON (contract/explain.schema.json)");
  command->callback([&choice, options, server, why] {
    take_back_positional(*options);
    if (options->promise.empty()) throw CLI::RequiredError("PROMISE: the id of the promise to explain");
    need_data_or_server(choice, *server);
    choice.run = [&choice, options, server, why] {
      return server->url.empty() ? app::explain(choice.session, *options)
                                 : app::explain_of(*server, choice.session, *options, *why);
    };
  });
}

void add_timeline(CLI::App& app, Choice& choice) {
  CLI::App* command =
      add_command(app, "timeline", "One customer's events in order",
                  "  handslag --data demo-data timeline email:karin@example.se\n"
                  "  handslag --data demo-data timeline c42 --as-known-at 2026-05-03\n"
                  "  HANDSLAG_API_KEY=hs_… handslag timeline c42 --server http://127.0.0.1:8080 "
                  "--why \"call 4711\"");
  auto options = std::make_shared<app::TimelineOptions>();
  command
      ->add_option("customer", options->customer,
                   "Her id (c42) or type:value; organisation: the events that name nobody")
      ->required()
      ->type_name("CUSTOMER");
  add_time(*command, "--as-known-at", options->as_known_at, "Only what could be known then");
  command->add_flag("--json", options->json,
                    "JSON: an array of events as they came in (contract/event.schema.json)");
  auto server = std::make_shared<app::ServerAddress>();
  auto why = std::make_shared<std::string>();
  CLI::Option* address = add_server_address(*command, *server);
  add_why(*command, *why, address);
  command->callback([&choice, options, server, why] {
    need_data_or_server(choice, *server);
    choice.run = [&choice, options, server, why] {
      return server->url.empty() ? app::show_timeline(choice.session, *options)
                                 : app::show_timeline_of(*server, choice.session, *options, *why);
    };
  });
}

void add_backtest(CLI::App& app, Choice& choice) {
  CLI::App* command =
      add_command(app, "backtest", "A draft over all history beside the version in force",
                  "  handslag --data demo-data backtest draft.promise\n"
                  "  handslag --data demo-data backtest draft.promise --against delivered-as-promised");
  auto options = std::make_shared<app::BacktestOptions>();
  command->add_option("draft", options->draft, "The draft's file")->required()->type_name("DRAFT.promise");
  command
      ->add_option("--against", options->against, "A promise in force; default: the one with the draft's id")
      ->type_name("ID");
  command->add_option("--limit", options->limit, "Changed instances to list; 0: all")
      ->check(whole_number())
      ->capture_default_str();
  command->add_flag("--json", options->json, "JSON");
  command->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options] { return app::backtest(choice.session, *options); };
  });
}

}  // namespace

void add_questions(CLI::App& app, Choice& choice) {
  add_gap(app, choice);
  add_explain(app, choice);
  add_timeline(app, choice);
  add_backtest(app, choice);
}

}  // namespace handslag::cli
