// SPDX-License-Identifier: Apache-2.0
// The program: reads the command line, runs one use case, turns its outcome into an exit code.
// 0 done (broken promises are a result, not an error) · 1 something wrong in the input · 2 wrong usage · 3
// the machine failed.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <sstream>

#include "app/language/local_day.h"
#include "app/language/swedish.h"
#include "app/terminal/harmless_stream.h"
#include "main/argument_order.h"
#include "main/commands.h"
#include "main/version.h"

namespace handslag::cli {
namespace {

constexpr int kUsage = 2;
constexpr int kMachine = 3;

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::Invalid:
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
    case ErrorCode::Limit:
    case ErrorCode::Unauthenticated:
    case ErrorCode::Forbidden:
      return 1;
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout:
    case ErrorCode::Corrupt:
    case ErrorCode::Internal:
      return kMachine;
  }
  return kMachine;
}

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The first of the variables that say which language people want, as POSIX orders them.
app::Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = from_environment(name);
    if (!value.empty()) return value.rfind("sv", 0) == 0 ? app::Language::Swedish : app::Language::English;
  }
  return app::Language::English;
}

int columns_of_terminal() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 100;
}

// Where a stream ends in a terminal, what it is shown is made harmless. For as long as this lives.
class HarmlessWhereShown {
 public:
  HarmlessWhereShown(std::ostream& stream, int descriptor) : stream_(stream), own_(stream.rdbuf()) {
    if (isatty(descriptor) == 0) return;
    harmless_.emplace(*own_, descriptor == STDERR_FILENO ? app::HarmlessStream::Drawing::Progress
                                                         : app::HarmlessStream::Drawing::Nothing);
    stream_.rdbuf(&*harmless_);
  }
  ~HarmlessWhereShown() {
    stream_.flush();
    stream_.rdbuf(own_);
  }
  HarmlessWhereShown(const HarmlessWhereShown&) = delete;
  HarmlessWhereShown& operator=(const HarmlessWhereShown&) = delete;

 private:
  std::ostream& stream_;
  std::streambuf* own_;
  std::optional<app::HarmlessStream> harmless_;
};

app::Terminal terminal_of_process() {
  app::Terminal terminal;
  terminal.out = &std::cout;
  terminal.notes = &std::cerr;
  terminal.colour = isatty(STDOUT_FILENO) != 0 && from_environment("NO_COLOR").empty();
  terminal.is_live = isatty(STDERR_FILENO) != 0;
  terminal.width = columns_of_terminal();
  terminal.language = language_of_environment();
  return terminal;
}

void add_general_options(CLI::App& app, Choice& choice) {
  app.add_option("--data", choice.session.data, "The data directory (or HANDSLAG_DATA)")
      ->envname("HANDSLAG_DATA")
      ->type_name("DIR");
  add_time(app, "--now", choice.session.now, "The clock, instead of what the sources say");
  app.add_option_function<std::string>(
         "--lang",
         [&choice](const std::string& name) {
           choice.session.terminal.language = name == "sv" ? app::Language::Swedish : app::Language::English;
         },
         "Language of what people read, but for --help: en or sv (default: the environment's)")
      ->check(CLI::IsMember({"en", "sv"}))
      ->type_name("sv|en");
  app.add_flag_callback(
      "--no-colour,--no-color", [&choice] { choice.session.terminal.colour = false; }, "No colours");
  app.set_version_flag("--version", kVersion);
}

constexpr const char* kExamples =
    "Examples:\n"
    "  handslag demo --data demo-data                                 make a telecom group to look at\n"
    "  handslag --data demo-data gap --promises packs/telecom         promised, delivered, the gap\n"
    "  handslag --data demo-data explain module-within-a-week --promises packs/telecom --verdict broken "
    "--limit "
    "5\n"
    "  handslag --data mine import orders.csv --map orders.toml       your own events\n"
    "Exit codes: 0 done, 1 something wrong in the input, 2 wrong usage, 3 the machine failed.";

int report(const Error& error, app::Language language) {
  std::cout.flush();
  std::cerr << "handslag: " << app::in_language(error.message, language) << '\n';
  return exit_code(error.code);
}

// Why before the command line is read: its faults are told in this language too.
void take_language(int argc, char** argv, app::Language& language) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const std::string_view next = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--lang=sv" || (word == "--lang" && next == "sv")) language = app::Language::Swedish;
    if (word == "--lang=en" || (word == "--lang" && next == "en")) language = app::Language::English;
  }
}

int run(int argc, char** argv) {
  const HarmlessWhereShown results(std::cout, STDOUT_FILENO), notes(std::cerr, STDERR_FILENO);
  CLI::App app("Handslag: what was promised, what was delivered, where the gap is", "handslag");
  Choice choice;
  choice.session.terminal = terminal_of_process();
  take_language(argc, argv, choice.session.terminal.language);
  app.footer(kExamples);
  app.require_subcommand(0, 1);
  add_general_options(app, choice);
  add_questions(app, choice);
  add_intake(app, choice);
  add_promises(app, choice);
  add_server(app, choice);
  add_access(app, choice);
  add_upkeep(app, choice);
  add_completion(app, choice);
  try {
    std::vector<std::string> words = command_first(app, argc, argv);
    std::reverse(words.begin(), words.end());  // as CLI11 wants a list
    app.parse(std::move(words));
  } catch (const CLI::ParseError& problem) {
    std::ostringstream said;
    const int code = app.exit(problem, std::cout, said);
    std::cerr << app::in_language(said.str(), choice.session.terminal.language);
    return code == 0 ? 0 : kUsage;
  }
  if (!choice.run) {
    std::cout << app.help();
    return argc > 1 ? kUsage : 0;
  }
  const Status status = choice.run();
  std::cout.flush();
  const app::Language language = choice.session.terminal.language;
  if (!status.ok()) return report(status.error(), language);
  if (!std::cout)
    return report(unavailable("the output could not be written; is the disk full or the pipe closed?"),
                  language);
  return 0;
}

}  // namespace

CLI::App* add_command(CLI::App& parent, const std::string& name, const std::string& what,
                      const std::string& examples) {
  CLI::App* command = parent.add_subcommand(name, what);
  command->fallthrough();
  if (!examples.empty()) command->footer("Examples:\n" + examples);
  return command;
}

CLI::Validator whole_number() {
  const auto check = [](std::string& text) {
    const bool is_whole = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    return is_whole ? std::string() : "\"" + text + "\" is no whole number from 0";
  };
  return {check, "N"};
}

void need_data(const Choice& choice) {
  if (choice.session.data.empty()) {
    throw CLI::RequiredError("--data DIR (or the variable HANDSLAG_DATA): the data directory");
  }
}

CLI::Option* add_time(CLI::App& command, const std::string& name, std::optional<Timestamp>& target,
                      const std::string& what, OfDay of_day) {
  return command
      .add_option_function<std::string>(
          name,
          [name, &target, of_day](const std::string& text) {
            const auto is_ours = [](Timestamp time) { return time >= kFirstTime && time <= kLastTime; };
            target = parse_rfc3339(text);
            if (target && !is_ours(*target)) target.reset();
            if (const auto date = parse_date(text); date && is_ours({date->days * kMicrosPerDay})) {
              target = of_day == OfDay::Start ? app::start_of_local_day(*date) : app::end_of_local_day(*date);
              target = std::clamp(*target, kFirstTime, kLastTime);  // the zone may reach over the edge
            }
            if (!target) {
              throw CLI::ValidationError(
                  name, "\"" + text +
                            "\" is no instant; write 2026-11-21T10:00:00+01:00 or a date, of the years 0001 "
                            "to 9999");
            }
          },
          what)
      ->type_name("T");
}

}  // namespace handslag::cli

int main(int argc, char** argv) {
  try {
    return handslag::cli::run(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << "handslag: the machine failed: " << failure.what() << '\n';
    return handslag::cli::kMachine;
  }
}
