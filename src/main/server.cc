// SPDX-License-Identifier: Apache-2.0
// serve, config.
#include "app/serve/serve.h"
#include "main/commands.h"

namespace handslag::cli {

void add_server(CLI::App& app, Choice& choice) {
  struct Options {
    std::string config;
    std::vector<std::string> listen;
  };
  auto options = std::make_shared<Options>();
  CLI::App* serve =
      add_command(app, "serve", "Take events over the network, tell verdicts as they happen",
                  "  handslag --data mine serve\n"
                  "  handslag --data mine serve --listen 127.0.0.1:8080 --config handslag.toml");
  serve->add_option("--listen", options->listen, "Where to listen; loopback unless told otherwise")
      ->type_name("ADDRESS:PORT");
  serve->add_option("--config", options->config, "Settings of the server (contract/settings.md)")
      ->type_name("FILE");
  serve->callback([&choice, options] {
    need_data(choice);
    choice.run = [&choice, options]() -> Status {
      HANDSLAG_TRY(settings, app::read_serve_settings(options->config));
      if (!options->listen.empty()) settings.listen = options->listen;
      return app::serve(choice.session, std::move(settings));
    };
  });
  CLI::App* config = add_command(app, "config", "The server's settings as they hold: file, then environment",
                                 "  handslag config --config handslag.toml");
  config->add_option("--config", options->config, "Settings of the server")->type_name("FILE");
  config->callback([&choice, options] {
    choice.run = [&choice, options] { return app::show_config(choice.session, options->config); };
  });
}

}  // namespace handslag::cli
