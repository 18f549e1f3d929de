// SPDX-License-Identifier: Apache-2.0
#include "app/terminal/terminal.h"

#include "base/text.h"

namespace handslag::app {
namespace {

std::string_view code_of(Paint paint) {
  switch (paint) {
    case Paint::Good:
      return "\x1b[34m";  // Why: blue and red-orange stay apart for the colour-blind
    case Paint::Late:
      return "\x1b[33m";
    case Paint::Bad:
      return "\x1b[31m";
    case Paint::Quiet:
      return "\x1b[2m";
    case Paint::Strong:
      return "\x1b[1m";
  }
  return "";
}

// The longest prefix of `text` of at most `width` code points.
std::string_view cut(std::string_view text, int width) {
  std::size_t at = 0;
  for (int seen = 0; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (starts && seen++ == width) break;
  }
  return text.substr(0, at);
}

std::string fitted(std::string_view text, int width) {
  if (columns_of(text) <= width) return std::string(text);
  return width < 1 ? std::string() : std::string(cut(text, width - 1)) + "…";
}

}  // namespace

std::string painted(const Terminal& terminal, Paint paint, std::string_view text) {
  if (!terminal.colour) return std::string(text);
  return std::string(code_of(paint)) + std::string(text) + "\x1b[0m";
}

int columns_of(std::string_view text) {
  return static_cast<int>(count_code_points(text));
}

std::string left(std::string_view text, int width) {
  std::string filled = fitted(text, width);
  filled.append(static_cast<std::size_t>(std::max(0, width - columns_of(filled))), ' ');
  return filled;
}

std::string right(std::string_view text, int width) {
  const std::string kept = fitted(text, width);
  return std::string(static_cast<std::size_t>(std::max(0, width - columns_of(kept))), ' ') + kept;
}

}  // namespace handslag::app
