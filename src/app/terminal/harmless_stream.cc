// SPDX-License-Identifier: Apache-2.0
#include "app/terminal/harmless_stream.h"

#include <string_view>
#include <utility>

namespace handslag::app {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

enum class Look { Harmless, Harmful, Unfinished };

bool is_control(unsigned char byte) {
  return (byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7F;
}

// ESC [ digits ; m colours, ESC [ K clears the rest of the line; nothing else is ours.
Look look_at_escape(std::string_view held) {
  constexpr std::size_t kLongest = 12;
  if (held.size() == 1) return Look::Unfinished;
  if (held[1] != '[' || held.size() > kLongest) return Look::Harmful;
  if (held.size() == 2) return Look::Unfinished;
  const char last = held.back();
  if (last == 'm' || (last == 'K' && held.size() == 3)) return Look::Harmless;
  return (last >= '0' && last <= '9') || last == ';' ? Look::Unfinished : Look::Harmful;
}

// U+0080 to U+009F, controls of eight bits; U+202A to U+202E and U+2066 to U+2069, which turn the direction.
Look look_at(std::string_view held) {
  const auto byte = [held](std::size_t i) { return static_cast<unsigned char>(held[i]); };
  if (byte(0) == 0x1B) return look_at_escape(held);
  if (byte(0) == 0xC2)
    return held.size() == 1 ? Look::Unfinished : byte(1) <= 0x9F ? Look::Harmful : Look::Harmless;
  if (byte(0) != 0xE2) return is_control(byte(0)) ? Look::Harmful : Look::Harmless;
  if (held.size() == 1) return Look::Unfinished;
  if (byte(1) != 0x80 && byte(1) != 0x81) return Look::Harmless;
  if (held.size() == 2) return Look::Unfinished;
  const bool turns =
      byte(1) == 0x80 ? byte(2) >= 0xAA && byte(2) <= 0xAE : byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return turns ? Look::Harmful : Look::Harmless;
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
  return put(terminal_, held.front() == '\x1b' ? kReplacement : std::string_view(held));
}

bool HarmlessStream::pass(char byte) {
  held_ += byte;
  const Look look = look_at(held_);
  if (look == Look::Unfinished) return true;
  const std::string held = std::exchange(held_, {});
  if (look == Look::Harmless) return put(terminal_, held);
  if (!put(terminal_, kReplacement)) return false;
  if (held.front() != '\x1b') return true;
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
