// SPDX-License-Identifier: Apache-2.0
#include "app/access/read_password.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <string_view>

#include "app/access/password.h"

namespace handslag::app {
namespace {

// The terminal shows nothing of what is typed while this lives.
class Unseen {
 public:
  Unseen() {
    is_terminal_ = tcgetattr(STDIN_FILENO, &before_) == 0;
    if (!is_terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Unseen() {
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool is_terminal_ = false;
};

Result<std::string> read_line() {
  std::string line;
  char c = 0;
  while (std::cin.get(c) && c != '\n') {
    line += c;
    if (line.size() > kMostPasswordBytes) return invalid("the password is longer than 1,024 bytes");
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) return invalid("no password came on the standard input");
  return line;
}

Result<std::string> ask(const Terminal& terminal, std::string_view prompt) {
  *terminal.notes << prompt << std::flush;
  const Unseen unseen;
  Result<std::string> line = read_line();
  *terminal.notes << '\n';
  return line;
}

}  // namespace

Result<std::string> read_password(const Terminal& terminal) {
  if (isatty(STDIN_FILENO) == 0) return read_line();
  HANDSLAG_TRY(first, ask(terminal, terminal.say("Password: ", "Lösenord: ")));
  HANDSLAG_TRY(again, ask(terminal, terminal.say("Once more: ", "En gång till: ")));
  if (first != again) return invalid("the two passwords differ; nothing is changed");
  return first;
}

}  // namespace handslag::app
