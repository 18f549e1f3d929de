// SPDX-License-Identifier: Apache-2.0
#include "app/terminal/harmless_stream.h"

#include <gtest/gtest.h>

#include <ostream>
#include <sstream>

namespace handslag::app {
namespace {

std::string shown_on_a_terminal(std::string_view text) {
  std::ostringstream terminal;
  {
    HarmlessStream harmless(*terminal.rdbuf());
    std::ostream(&harmless) << text << std::flush;
  }
  return terminal.str();
}

TEST(HarmlessStream, LeavesTextColoursAndClearedLinesAsTheyAre) {
  for (const std::string text : {"", "Åsa — 10\u00a0000 kr “x” █▒·\t…\r\n", "\x1b[31mred\x1b[0m\x1b[1;4m",
                                 "\r\x1b[K3 s left", "عربي עברית \xE2\x80\x8F"})
    EXPECT_EQ(shown_on_a_terminal(text), text);
}

TEST(HarmlessStream, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(shown_on_a_terminal("a\x07\x08z"), "a��z");
  EXPECT_EQ(shown_on_a_terminal("\x1b]0;PWNED\x07"), "�]0;PWNED�");
  EXPECT_EQ(shown_on_a_terminal("\x1b[2J\x1b[3Kx"), "�[2J�[3Kx");
  EXPECT_EQ(shown_on_a_terminal("\x1b\x1b[31mx"), "�\x1b[31mx");
  EXPECT_EQ(shown_on_a_terminal("\xC2\x9B"
                                "2J\x7F"),
            "�2J�");
  EXPECT_EQ(shown_on_a_terminal("\xE2\x80\xAE"
                                "abc\xE2\x81\xA6"),
            "�abc�");
  EXPECT_EQ(shown_on_a_terminal("end\x1b"), "end�");
  EXPECT_EQ(shown_on_a_terminal("\x1b[11111111111m"), "�[11111111111m");
}

}  // namespace
}  // namespace handslag::app
