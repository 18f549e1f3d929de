// SPDX-License-Identifier: Apache-2.0
#include "app/terminal/harmless_stream.h"

#include <string_view>
#include <utility>

namespace handslag::app {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

enum class Look { Harmless, Harmful, Unfinished, Torn };  // Torn: its last byte belongs to what follows

bool is_control(unsigned char byte) {
  return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
}

// The colours of painted() (terminal.cc); all else a stranger may have written to hide something.
Look look_at_escape(std::string_view held) {
  constexpr std::string_view kOurs[] = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[34m"};
  for (const std::string_view ours : kOurs) {
    if (held == ours) return Look::Harmless;
    if (ours.starts_with(held)) return Look::Unfinished;
  }
  return Look::Harmful;
}

// How progress is drawn (app/intake/progress.cc): over the line that stands there.
Look look_at_return(std::string_view held) {
  constexpr std::string_view kNewLine = "\r\n", kAnew = "\r\x1b[K";
  if (held == kNewLine || held == kAnew) return Look::Harmless;
  return kNewLine.starts_with(held) || kAnew.starts_with(held) ? Look::Unfinished : Look::Harmful;
}

// U+0080 to U+009F, controls of eight bits; U+202A to U+202E and U+2066 to U+2069, which turn the direction.
Look look_at_wide(std::string_view held) {
  const auto byte = [held](std::size_t i) { return static_cast<unsigned char>(held[i]); };
  if (held.size() > 1 && (byte(held.size() - 1) & 0xC0U) != 0x80U) return Look::Torn;
  if (held.size() == 1) return Look::Unfinished;
  if (byte(0) == 0xC2) return byte(1) <= 0x9F ? Look::Harmful : Look::Harmless;
  if (byte(1) != 0x80 && byte(1) != 0x81) return Look::Harmless;
  if (held.size() == 2) return Look::Unfinished;
  const bool turns =
      byte(1) == 0x80 ? byte(2) >= 0xAA && byte(2) <= 0xAE : byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return turns ? Look::Harmful : Look::Harmless;
}

Look look_at(std::string_view held, HarmlessStream::Drawing drawing) {
  const auto first = static_cast<unsigned char>(held[0]);
  if (first == 0x1B) return look_at_escape(held);
  if (first == '\r' && drawing == HarmlessStream::Drawing::Progress) return look_at_return(held);
  if (first == 0xC2 || first == 0xE2) return look_at_wide(held);
  return is_control(first) ? Look::Harmful : Look::Harmless;
}

bool put(std::streambuf& to, std::string_view text) {
  return to.sputn(text.data(), static_cast<std::streamsize>(text.size())) ==
         static_cast<std::streamsize>(text.size());
}

}  // namespace

HarmlessStream::~HarmlessStream() {
  flush_held();
}

bool HarmlessStream::flush_held() {
  const std::string held = std::exchange(held_, {});
  if (held.empty()) return true;
  return put(terminal_,
             is_control(static_cast<unsigned char>(held.front())) ? kReplacement : std::string_view(held));
}

bool HarmlessStream::pass(char byte) {
  held_ += byte;
  const Look look = look_at(held_, drawing_);
  if (look == Look::Unfinished) return true;
  const std::string held = std::exchange(held_, {});
  if (look == Look::Torn) return put(terminal_, kReplacement) && pass(byte);
  if (look == Look::Harmless) return put(terminal_, held);
  if (!put(terminal_, kReplacement)) return false;
  if (!is_control(static_cast<unsigned char>(held.front()))) return true;
  for (const char rest : std::string_view(held).substr(1))  // what followed is text, or begins anew
    if (!pass(rest)) return false;
  return true;
}

HarmlessStream::int_type HarmlessStream::overflow(int_type byte) {
  if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
  return pass(traits_type::to_char_type(byte)) ? byte : traits_type::eof();
}

int HarmlessStream::sync() {
  return terminal_.pubsync();
}

}  // namespace handslag::app
