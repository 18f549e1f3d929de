// SPDX-License-Identifier: Apache-2.0
// Options may stand anywhere: CLI11 reads those of a command only behind its name, so the name is put first.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace handslag::cli {

/// The words behind the program's name, those that name the command ("promise", "publish") first, all others
/// in their order. As they were where no command is named, or something else stands before it that is neither
/// an option nor an option's value.
std::vector<std::string> command_first(const CLI::App& app, int argc, char** argv);

}  // namespace handslag::cli
