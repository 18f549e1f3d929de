// SPDX-License-Identifier: Apache-2.0
// The subcommands. Each function here declares one group of them with its options, help and examples, and
// says what runs when it is chosen: a use case of src/app.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/serve/ask_server.h"
#include "app/session.h"
#include "base/result.h"

namespace handslag::cli {

/// What the command line chose; filled while it is read, run afterwards.
struct Choice {
  app::Session session;
  std::function<Status()> run;
};

/// gap, explain, timeline, backtest
void add_questions(CLI::App& app, Choice& choice);
/// import, imports, rejects, demo
void add_intake(CLI::App& app, Choice& choice);
/// promise check, format, publish, list, show, withdraw
void add_promises(CLI::App& app, Choice& choice);
/// person add, list, disable, roles, password; key add, list, revoke
void add_access(CLI::App& app, Choice& choice);
/// serve, config, ask
void add_server(CLI::App& app, Choice& choice);
/// settings, backup, restore, doctor, audit verify, audit list
void add_upkeep(CLI::App& app, Choice& choice);
/// completion bash|zsh|fish
void add_completion(CLI::App& app, Choice& choice);

/// Declares a subcommand whose options may be mixed with the program's own.
CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& what,
                      const std::string& examples);

/// A usage error where no data directory is named. To be called when the command line has been read.
void need_data(const Choice& choice);

/// `--server URL`: a running server answers instead, asked with the key in HANDSLAG_API_KEY.
CLI::Option* add_server_address(CLI::App& command, app::ServerAddress& server);
/// A usage error where neither a server nor a data directory is named, or --now with a server, which has its
/// own clock. To be called when the command line has been read.
void need_data_or_server(const Choice& choice, const app::ServerAddress& server);

/// Digits alone: the option reader would take -1 for the largest number.
CLI::Validator whole_number();

/// Which instant of it a bare date means.
enum class OfDay { Start, End };

/// An instant as people type it: RFC 3339, or a date (a day in Stockholm). Wrong text is a usage error.
CLI::Option* add_time(CLI::App& command, const std::string& name, std::optional<Timestamp>& target,
                      const std::string& what, OfDay of_day = OfDay::Start);

}  // namespace handslag::cli
