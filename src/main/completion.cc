// SPDX-License-Identifier: Apache-2.0
// Shell completion made from the declared commands themselves, so that it cannot fall behind them.
#include <fmt/format.h>

#include "main/commands.h"

namespace handslag::cli {
namespace {

std::string words_of(const CLI::App& command) {
  std::string words;
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; }))
    words += sub->get_name() + " ";
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
  }
  return words;
}

// "handslag promise check" and what may follow it, for each command, outermost first.
void list_commands(const CLI::App& command, const std::string& path, const std::string& inherited,
                   std::vector<std::pair<std::string, std::string>>& found) {
  const std::string words = words_of(command);
  found.emplace_back(path, words + inherited);
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
    list_commands(*sub, path + " " + sub->get_name(), inherited.empty() ? words_of(command) : inherited,
                  found);
  }
}

std::string bash_script(const CLI::App& app) {
  std::vector<std::pair<std::string, std::string>> commands;
  list_commands(app, "handslag", "", commands);
  std::string cases;
  for (const auto& [path, words] : commands) cases += fmt::format("    '{}') words='{}' ;;\n", path, words);
  return "_handslag() {\n"
         "  local word path=handslag words='' next\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    next=\"$path $word\"\n"
         "    case \"$next\" in\n" +
         [&commands] {
           std::string names;
           for (std::size_t i = 1; i < commands.size(); ++i)
             names += fmt::format("{}'{}'", i > 1 ? "|" : "      ", commands[i].first);
           return names + ") path=\"$next\" ;;\n";
         }() +
         "    esac\n"
         "  done\n"
         "  case \"$path\" in\n" +
         cases +
         "  esac\n"
         "  if [[ ${COMP_WORDS[COMP_CWORD]} == -* || ' handslag promise person key audit ' == *\" ${path##* "
         "} \"* ]]; "
         "then\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
         "  fi\n"
         "}\n"
         "complete -o default -F _handslag handslag\n";
}

// For fish's single quotes.
std::string quoted(const std::string& text) {
  std::string safe;
  for (const char c : text) safe += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return safe;
}

std::string fish_script(const CLI::App& app) {
  std::string script;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    script += fmt::format("complete -c handslag -n __fish_use_subcommand -a {} -d '{}'\n", sub->get_name(),
                          quoted(sub->get_description()));
    for (const CLI::Option* option : sub->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        script += fmt::format("complete -c handslag -n '__fish_seen_subcommand_from {}' -l {}\n",
                              sub->get_name(), name);
      }
    }
  }
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames())
      script += fmt::format("complete -c handslag -l {}\n", name);
  }
  return script;
}

std::string script_for(const std::string& shell, const CLI::App& app) {
  if (shell == "fish") return fish_script(app);
  const std::string bash = bash_script(app);
  return shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" + bash : bash;
}

}  // namespace

void add_completion(CLI::App& app, Choice& choice) {
  CLI::App* command = add_command(app, "completion", "Print the completion script of a shell",
                                  "  handslag completion bash > /etc/bash_completion.d/handslag\n"
                                  "  source <(handslag completion bash)");
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([&app, &choice, shell] {
    choice.run = [&app, &choice, shell]() -> Status {
      *choice.session.terminal.out << script_for(*shell, app);
      return {};
    };
  });
}

}  // namespace handslag::cli
