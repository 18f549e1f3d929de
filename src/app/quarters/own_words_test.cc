// SPDX-License-Identifier: Apache-2.0
#include "app/quarters/own_words.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

TEST(OwnWords, WhatTellsNothingStands) {
  for (const char* words :
       {"Jag fick ringa 4 gånger. Ingen visste något.", "Inte ens på TV, tyvärr!",
        "They said two days. It took 12, and nobody called.", "det var bra (till slut)"}) {
    EXPECT_EQ(masked_words(words).text, words);
    EXPECT_EQ(masked_words(words).gaps, 0U);
  }
}

TEST(OwnWords, NamesNumbersAndAddressesAreLeftOut) {
  const struct {
    const char *words, *text;
    std::size_t gaps;
  } cases[] = {
      {"Jag pratade med Karin Ek om det", "Jag pratade med … om det", 1},
      {"Karin lovade mig ett svar. Ingen ringde.", "… lovade mig ett svar. Ingen ringde.", 1},
      {"Nu har Åke, min man, väntat i två veckor", "Nu har …, min man, väntat i två veckor", 1},
      {"ring mig på 070 12 34 så får vi se", "ring mig på … så får vi se", 1},
      {"mitt nummer är 811218-9876 och ni frågar igen", "mitt nummer är … och ni frågar igen", 1},
      {"order A-1001 kom aldrig till oss", "order … kom aldrig till oss", 1},
      {"skriv till (anna@example.se) så snart ni kan", "skriv till (…) så snart ni kan", 1},
      {"vi bor hos o'Neill sedan i våras", "vi bor hos … sedan i våras", 1},
      {"de sa att Łukasz skulle ringa upp", "de sa att … skulle ringa upp", 1},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(masked_words(one.words).text, one.text);
    EXPECT_EQ(masked_words(one.words).gaps, one.gaps) << one.words;
  }
}

TEST(OwnWords, TooLittleIsNothing) {
  for (const char* words : {"", "   ", "Bra!", "Karin Ek, Storgatan", "KARIN EK VAR BRA", "… – !"})
    EXPECT_EQ(masked_words(words).text, "") << words;
}

TEST(OwnWords, WhatIsLongEndsAtAWholeWord) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "väntade ";
  const std::string text = masked_words(words).text;
  EXPECT_LE(text.size(), kMostOwnWords);
  EXPECT_TRUE(text.ends_with("väntade…")) << text;
  EXPECT_EQ(masked_words(std::string(1000, 'a')).text, "");
}

}  // namespace
}  // namespace handslag::app
