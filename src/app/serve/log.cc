// SPDX-License-Identifier: Apache-2.0
#include "app/serve/log.h"

#include <algorithm>
#include <system_error>

#include "base/text.h"
#include "io/runtime/clock.h"

namespace handslag::app {
namespace {

constexpr std::string_view kLibrary = "Error: ";
constexpr std::string_view kLeftOut = "…";
constexpr std::ptrdiff_t kMostDigits = 5;  // six begin a telephone number

bool may_be_a_value(std::string_view word) {
  return word.find('@') != std::string_view::npos ||
         std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) > kMostDigits;
}

// What the operating system says in it ("No space left on device"); that names nobody.
std::string said_by_system(std::string_view text) {
  constexpr int kMostErrors = 200;
  for (int number = 1; number < kMostErrors; ++number) {
    const std::string said = ": " + std::generic_category().message(number);
    if (text.find(said) != std::string_view::npos) return said;
  }
  return {};
}

// Why all behind the first quote: an apostrophe in a name would turn the others around.
std::string without_quoted(std::string_view text) {
  const std::size_t quote = text.find_first_of("'\"");
  if (quote == std::string_view::npos) return std::string(text);
  return std::string(text.substr(0, quote)) + std::string(kLeftOut) + said_by_system(text);
}

}  // namespace

std::string without_values(std::string_view message) {
  const std::size_t library = std::min(message.find(kLibrary), message.size());
  const std::string text = std::string(message.substr(0, library)) + without_quoted(message.substr(library));
  std::string kept;
  for (const std::string_view word : split(text, ' ')) {
    if (!kept.empty()) kept += ' ';
    kept += may_be_a_value(word) ? kLeftOut : word;
  }
  return kept;
}

void Log::write(const Json& line) {
  const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  const std::lock_guard lock(mutex_);
  out_ << text << std::flush;
}

void Log::say(const char* level, std::string_view message) {
  write({{"ts", format_rfc3339(runtime::WallClock().now())}, {"level", level}, {"msg", message}});
}

void Log::fail(std::string_view what, std::string_view message) {
  say("error", std::string(what) + ": " + without_values(message));
}

void Log::answer(const http::AccessRecord& record) {
  if (record.status < 500 && record.route != "") return;
  Json line{{"ts", format_rfc3339(runtime::WallClock().now())},
            {"level", record.status < 500 ? "info" : "error"},
            {"msg", "answered"},
            {"method", record.method},
            {"route", record.route},
            {"status", record.status},
            {"dur_us", record.micros},
            {"request_id", record.request_id}};
  if (record.status >= 500) line["reason"] = without_values(record.reason);
  write(line);
}

}  // namespace handslag::app
