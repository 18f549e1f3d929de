// SPDX-License-Identifier: Apache-2.0
// The server's log: a line of JSON each, for journald and whoever else collects them. No personal data. Any
// thread.
#pragma once

#include <mutex>
#include <ostream>
#include <string>
#include <string_view>

#include "app/language/json.h"
#include "io/http/server.h"

namespace handslag::app {

/// A message that a library may have had a part in, without what may be a value of somebody's: "…" in the
/// place of what stands in quotes behind a library's "Error: ", and of words with an @ or six digits.
std::string without_values(std::string_view message);

class Log {
 public:
  explicit Log(std::ostream& out) : out_(out) {}  // keeps it

  /// `message` is our own, and holds nothing that came from outside.
  void say(const char* level, std::string_view message);
  /// An error, without_values(); `what` is our own and says what fails.
  void fail(std::string_view what, std::string_view message);
  /// What goes well is counted and not written; from 500 on the line says why.
  void answer(const http::AccessRecord& record);

 private:
  void write(const Json& line);

  std::ostream& out_;  // guarded by mutex_
  std::mutex mutex_;
};

}  // namespace handslag::app
