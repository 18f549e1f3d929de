// SPDX-License-Identifier: Apache-2.0
#include "main/argument_order.h"

#include <algorithm>

namespace handslag::cli {
namespace {

// The most that it takes in any command: one name means one thing in all of them. 0 for a flag.
int most_values(const CLI::App& app, const std::string& name) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->check_name(name)) return option->get_items_expected_max();
  }
  int most = 0;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    most = std::max(most, most_values(*command, name));
  return most;
}

const CLI::App* command_named(const CLI::App& parent, const std::string& word) {
  const auto found = parent.get_subcommands([&word](const CLI::App* it) { return it->check_name(word); });
  return found.empty() ? nullptr : found.front();
}

bool is_option(const std::string& word) {
  return word.size() > 1 && word.front() == '-';
}

class Reading {
 public:
  Reading(const CLI::App& app, int argc, char** argv)
      : app_(app), command_(&app), words_(argv + std::min(argc, 1), argv + argc) {}

  std::vector<std::string> command_first() {
    while (at_ < words_.size() && words_[at_] != "--") {
      if (is_option(words_[at_])) {
        pass_option();
        continue;
      }
      const CLI::App* named = command_named(*command_, words_[at_]);
      if (named == nullptr) break;
      command_ = named;
      names_.push_back(words_[at_++]);
    }
    rest_.insert(rest_.end(), words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end());
    names_.insert(names_.end(), rest_.begin(), rest_.end());
    return std::move(names_);
  }

 private:
  void pass_option() {
    const std::string& option = words_[at_];
    int values = option.find('=') == std::string::npos ? most_values(app_, option) : 0;
    rest_.push_back(words_[at_++]);
    for (bool is_first = true; values > 0 && at_ < words_.size(); --values, is_first = false) {
      const bool ends =
          is_option(words_[at_]) || (!is_first && command_named(*command_, words_[at_]) != nullptr);
      if (ends) return;
      rest_.push_back(words_[at_++]);
    }
  }

  const CLI::App& app_;
  const CLI::App* command_;
  const std::vector<std::string> words_;
  std::size_t at_ = 0;
  std::vector<std::string> names_, rest_;
};

}  // namespace

std::vector<std::string> command_first(const CLI::App& app, int argc, char** argv) {
  return Reading(app, argc, argv).command_first();
}

}  // namespace handslag::cli
