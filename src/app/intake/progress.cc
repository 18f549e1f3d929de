// SPDX-License-Identifier: Apache-2.0
#include "app/intake/progress.h"

#include <fmt/format.h>

#include "app/language/numbers.h"

namespace handslag::app {

std::string Progress::line(std::uint64_t count, std::uint64_t done, std::uint64_t whole,
                           double seconds) const {
  const Language language = terminal_.language;
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(count) / seconds);
  std::string text =
      fmt::format("{} {}  {}/s", count_text(count, language), what_, count_text(rate, language));
  if (whole == 0 || done == 0) return text;
  const double share = static_cast<double>(done) / static_cast<double>(whole);
  text += fmt::format("  {}", share_text(share, language));
  const double left = seconds / share - seconds;
  return text + fmt::format("  {} {}", duration_text(left, language), terminal_.say("left", "kvar"));
}

void Progress::show(std::uint64_t count, std::uint64_t done, std::uint64_t whole) {
  using namespace std::chrono_literals;
  const auto now = Clock::now();
  if (now - last_ < (terminal_.is_live ? 200ms : 10'000ms)) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const std::string text = line(count, done, whole, seconds);
  *terminal_.notes << (terminal_.is_live ? "\r\x1b[K" + text : text + "\n") << std::flush;
}

void Progress::done() {
  if (terminal_.is_live) *terminal_.notes << "\r\x1b[K" << std::flush;
}

}  // namespace handslag::app
