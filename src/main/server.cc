// SPDX-License-Identifier: Apache-2.0
// serve, config, ask.
#include <cstdlib>

#include "app/serve/ask_server.h"
#include "app/serve/serve.h"
#include "main/commands.h"

namespace handslag::cli {
namespace {

void add_ask(CLI::App& app, Choice& choice) {
  CLI::App* command =
      add_command(app, "ask", "What a running server answers; the key stands in HANDSLAG_API_KEY",
                  "  HANDSLAG_API_KEY=hs_… handslag ask /v1/gap --server http://127.0.0.1:8080\n"
                  "  HANDSLAG_API_KEY=hs_… handslag ask \"/v1/promises/on-time/instances?verdict=broken\"\n"
                  "  handslag ask /          what there is");
  auto options = std::make_shared<app::AskOptions>();
  options->server = "http://127.0.0.1:8080";
  command->add_option("path", options->path, "The path, with its query")->required()->type_name("PATH");
  command->add_option("--server", options->server, "Where it answers")
      ->type_name("URL")
      ->capture_default_str();
  command->callback([&choice, options] {
    choice.run = [&choice, options] {
      if (const char* key = std::getenv("HANDSLAG_API_KEY")) options->key = key;
      return app::ask_server(choice.session, *options);
    };
  });
}

}  // namespace

CLI::Option* add_server_address(CLI::App& command, app::ServerAddress& server) {
  return command
      .add_option_function<std::string>(
          "--server",
          [&server](const std::string& url) {
            server.url = url;
            if (const char* key = std::getenv("HANDSLAG_API_KEY")) server.key = key;
          },
          "Ask a running server instead; the key stands in HANDSLAG_API_KEY")
      ->type_name("URL");
}

void need_data_or_server(const Choice& choice, const app::ServerAddress& server) {
  if (server.url.empty()) return need_data(choice);
  if (choice.session.now) throw CLI::ValidationError("--now", "with --server the server's clock holds");
}

void add_server(CLI::App& app, Choice& choice) {
  auto options = std::make_shared<app::ServeOptions>();
  const auto add_options = [options](CLI::App& command) {
    command.add_option("--listen", options->listen, "Where to listen; loopback unless told otherwise")
        ->type_name("ADDRESS:PORT");
    command.add_option("--config", options->config, "Settings of the server (contract/settings.md)")
        ->type_name("FILE");
  };
  CLI::App* serve =
      add_command(app, "serve", "Take events over the network, tell verdicts as they happen",
                  "  handslag --data mine serve\n"
                  "  handslag --data mine serve --listen 127.0.0.1:8080 --config handslag.toml");
  add_options(*serve);
  serve->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options]() -> Status {
      HANDSLAG_TRY(settings, app::read_serve_settings(*options));
      return app::serve(choice.session, std::move(settings));
    };
  });
  CLI::App* config =
      add_command(app, "config", "The server's settings as they hold, and where each comes from",
                  "  handslag config --config handslag.toml");
  add_options(*config);
  config->callback([&choice, options] {
    choice.run = [&choice, options] { return app::show_config(choice.session, *options); };
  });
  add_ask(app, choice);
}

}  // namespace handslag::cli
