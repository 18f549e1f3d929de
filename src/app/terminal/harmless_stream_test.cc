// SPDX-License-Identifier: Apache-2.0
#include "app/terminal/harmless_stream.h"

#include <gtest/gtest.h>

#include <ostream>
#include <sstream>

namespace handslag::app {
namespace {

using Drawing = HarmlessStream::Drawing;

std::string shown_on_a_terminal(std::string_view text, Drawing drawing = Drawing::Nothing) {
  std::ostringstream terminal;
  {
    HarmlessStream harmless(*terminal.rdbuf(), drawing);
    std::ostream(&harmless) << text << std::flush;
  }
  return terminal.str();
}

TEST(HarmlessStream, LeavesTextAndOurColoursAsTheyAre) {
  for (const std::string text : {"", "Åsa — 10\u00a0000 kr “x” █▒·\t…\n",
                                 "\x1b[31mred\x1b[0m\x1b[1mstrong\x1b[0m", "عربي עברית \xE2\x80\x8F", "日本"})
    EXPECT_EQ(shown_on_a_terminal(text), text);
}

TEST(HarmlessStream, DrawsOverALineOnlyWhereProgressIsDrawn) {
  EXPECT_EQ(shown_on_a_terminal("\r\x1b[K3 s left\r\n", Drawing::Progress), "\r\x1b[K3 s left\r\n");
  EXPECT_EQ(shown_on_a_terminal("1\rkept", Drawing::Progress), "1�kept");
  EXPECT_EQ(shown_on_a_terminal("1\r\x1b[Kkept\r"), "1��[Kkept�");
  EXPECT_EQ(shown_on_a_terminal("end\r", Drawing::Progress), "end�");
}

TEST(HarmlessStream, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(shown_on_a_terminal("a\x07\x08z"), "a��z");
  EXPECT_EQ(shown_on_a_terminal("\x1b]0;PWNED\x07"), "�]0;PWNED�");
  EXPECT_EQ(shown_on_a_terminal("\x1b[2J\x1b[3Kx"), "�[2J�[3Kx");
  EXPECT_EQ(shown_on_a_terminal("\x1b[8mhidden\x1b[1;4m"), "�[8mhidden�[1;4m");
  EXPECT_EQ(shown_on_a_terminal("\x1b\x1b[31mx"), "�\x1b[31mx");
  EXPECT_EQ(shown_on_a_terminal("\xC2\x9B"
                                "2J\x7F"),
            "�2J�");
  EXPECT_EQ(shown_on_a_terminal("\xE2\x80\xAE"
                                "abc\xE2\x81\xA6"),
            "�abc�");
  EXPECT_EQ(shown_on_a_terminal("end\x1b"), "end�");
}

TEST(HarmlessStream, LooksAnewAtWhatFollowsATornCharacter) {
  EXPECT_EQ(shown_on_a_terminal("\xE2\x1b[2J"), "��[2J");
  EXPECT_EQ(shown_on_a_terminal("\xE2\x80\x1b[2J"), "��[2J");
  EXPECT_EQ(shown_on_a_terminal("\xC2\xC2\x9Bx"), "��x");
  EXPECT_EQ(shown_on_a_terminal("\xC2\xE2\x80\xAEx"), "��x");
  EXPECT_EQ(shown_on_a_terminal("\xE2z"), "�z");
}

}  // namespace
}  // namespace handslag::app
