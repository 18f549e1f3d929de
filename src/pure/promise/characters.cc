// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/characters.h"

#include <algorithm>
#include <array>
#include <span>

namespace handslag::promise {
namespace {

struct Range {
  char32_t first, last;
};

bool is_in(char32_t code, std::span<const Range> ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [code](const Range& range) { return code >= range.first && code <= range.last; });
}

constexpr std::array<Range, 9> kSpaces{{{0x09, 0x0D},
                                        {0x20, 0x20},
                                        {0x85, 0x85},
                                        {0xA0, 0xA0},
                                        {0x1680, 0x1680},
                                        {0x2000, 0x200A},
                                        {0x2028, 0x2029},
                                        {0x202F, 0x202F},
                                        {0x205F, 0x205F}}};

// Above ASCII: punctuation, symbols, controls, private and unassigned planes. The rest are letters, digits
// and marks.
constexpr std::array<Range, 17> kNoWord{{{0x80, 0xA9},
                                         {0xAB, 0xB4},
                                         {0xB6, 0xB9},
                                         {0xBB, 0xBF},
                                         {0xD7, 0xD7},
                                         {0xF7, 0xF7},
                                         {0x1680, 0x1680},
                                         {0x2000, 0x206F},
                                         {0x20A0, 0x20CF},
                                         {0x2190, 0x2BFF},
                                         {0x2E00, 0x2E7F},
                                         {0x3000, 0x3004},
                                         {0x3008, 0x3020},
                                         {0xE000, 0xF8FF},
                                         {0xFE10, 0xFE1F},
                                         {0xFEFF, 0xFEFF},
                                         {0xFFF0, 0xFFFF}}};

constexpr std::array<Range, 5> kZeroWidth{
    {{0x300, 0x36F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}}};

constexpr std::array<Range, 9> kWide{{{0x1100, 0x115F},
                                      {0x2E80, 0xA4CF},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},
                                      {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x1FAFF},
                                      {0x20000, 0x3FFFD}}};

}  // namespace

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::uint8_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {lead, 1, false};
  char32_t code = lead & (length == 2 ? 0x1FU : length == 3 ? 0x0FU : 0x07U);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {lead, 1, false};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (overlong || surrogate || code > 0x10FFFF) return {lead, 1, false};
  return {code, length, true};
}

bool is_word_character(char32_t code) {
  if (code < 0x80) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') ||
           code == '_';
  }
  return code < 0x1F000 ? !is_in(code, kNoWord) : code >= 0x20000 && code < 0xE0000;
}

bool is_space_character(char32_t code) {
  return is_in(code, kSpaces) || code == 0x3000 || code == 0xFEFF;
}

bool is_curly_quote(char32_t code) {
  return (code >= 0x201C && code <= 0x201F) || code == 0xAB || code == 0xBB;
}

int columns_of(char32_t code) {
  if (code < 0x300) return 1;
  if (is_in(code, kZeroWidth)) return 0;
  return is_in(code, kWide) ? 2 : 1;
}

}  // namespace handslag::promise
