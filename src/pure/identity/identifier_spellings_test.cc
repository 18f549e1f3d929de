// SPDX-License-Identifier: Apache-2.0
// Phone numbers are from the series that PTS keeps for fiction; identity numbers as in
// swedish_number_test.cc.
#include "pure/identity/identifier_spellings.h"

#include <gtest/gtest.h>

namespace handslag::identity {
namespace {

const Date kToday = date_from_civil({2026, 3, 1});

std::vector<std::string> candidates(const std::string& type, const std::string& text) {
  std::vector<std::string> values;
  for (const model::Identifier& one : normalise_identifier({type, text}, kToday)) {
    EXPECT_EQ(one.type, type);
    values.push_back(one.value);
  }
  return values;
}

using Values = std::vector<std::string>;

TEST(NormaliseIdentifier, PutsAnEmailInLowerCase) {
  EXPECT_EQ(candidates("email", " Karin@Example.SE "), (Values{"karin@example.se", "Karin@Example.SE"}));
  EXPECT_EQ(candidates("email", "karin@example.se"), (Values{"karin@example.se"}));
}

TEST(NormaliseIdentifier, FindsASwedishPhoneNumberInEveryForm) {
  const Values four = {"+46701740605", "0701740605", "0046701740605", "46701740605"};
  for (const char* text :
       {"0701740605", "070-174 06 05", "070/174.06.05", "+46701740605", "+46 70 174 06 05",
        "+46 (0)70-174 06 05", "0046701740605", "0046 (0)70-1740605", "46701740605", "(070) 174 06 05"}) {
    Values found = candidates("phone@billing", text);
    ASSERT_GE(found.size(), 4U) << text;
    if (found.back() == text) found.resize(4);
    EXPECT_EQ(found, four) << text;
  }
}

TEST(NormaliseIdentifier, AsksWithAndWithoutTheZeroAfterTheCountryCode) {
  const Values found = candidates("phone", "+460701740605");
  ASSERT_GE(found.size(), 5U);
  EXPECT_EQ(found[0], "+46701740605");
  EXPECT_EQ(found[4], "+460701740605");
}

TEST(NormaliseIdentifier, KeepsPhoneNumbersOfOtherCountriesAndShortOnes) {
  EXPECT_EQ(candidates("phone", "+47 22 00 00 00"),
            (Values{"+4722000000", "004722000000", "4722000000", "+47 22 00 00 00"}));
  EXPECT_EQ(candidates("phone", "112"), (Values{"112"}));
  EXPECT_EQ(candidates("phone", "+46 70 call me"), (Values{"+46 70 call me"}));
  EXPECT_EQ(candidates("phone", "+4670174060512345"), (Values{"+4670174060512345"}));
}

TEST(NormaliseIdentifier, SpellsAnIdentityNumberInAllWays) {
  EXPECT_EQ(candidates("personnummer", "680819 9266"),
            (Values{"196808199266", "19680819-9266", "6808199266", "680819-9266", "680819 9266"}));
  EXPECT_EQ(candidates("personnummer", "680819-R266"), (Values{"680819R266", "680819-R266"}));
}

TEST(NormaliseIdentifier, LeavesOtherTypesAsTyped) {
  EXPECT_EQ(candidates("customer_no@nord", " F 0042 "), (Values{"F 0042", "F0042"}));
  EXPECT_TRUE(candidates("customer_no", "  ").empty());
}

Values guessed(std::string_view text) {
  Values names;
  for (const Guess& guess : guess_identifier(text, kToday)) {
    EXPECT_FALSE(guess.spellings.empty());
    names.push_back(guess.name);
  }
  return names;
}

TEST(GuessIdentifier, OrdersWhatATextMayBe) {
  EXPECT_EQ(guessed("karin@example.se"), (Values{"email", "customer_no", "order"}));
  EXPECT_EQ(guessed("680819-9266"), (Values{"personnummer", "customer_no", "order"}));
  EXPECT_EQ(guessed("19140168-2396"), (Values{"samordningsnummer", "personnummer", "customer_no", "order"}));
  EXPECT_EQ(guessed("202100-5489"), (Values{"organisationsnummer", "customer_no", "order"}));
  EXPECT_EQ(guessed("070-174 06 05"), (Values{"phone", "customer_no", "order", "personnummer"}));
  EXPECT_EQ(guessed("A-1001"), (Values{"customer_no", "order"}));
  EXPECT_EQ(guessed("680819-9267"), (Values{"customer_no", "order", "personnummer"}));
  EXPECT_TRUE(guessed(" ").empty());
  EXPECT_EQ(guess_identifier("A-1001", kToday).back().of, GuessOf::Key);
}

TEST(GuessIdentifier, TakesTenDigitsWithAZeroForAPersonWhereTheCheckDigitFits) {
  EXPECT_EQ(guessed("0002012383"), (Values{"personnummer", "customer_no", "order"}));
  EXPECT_EQ(guessed("0512312380"), (Values{"personnummer", "phone", "customer_no", "order"}));
}

TEST(GuessIdentifier, TakesAMobileNumberForAPhoneThoughItMayBeACoordinationNumber) {
  // 070-174 06 07 reads as a coordination number of 14 January 2007 whose check digit fits.
  EXPECT_EQ(guessed("0701740607"),
            (Values{"phone", "samordningsnummer", "personnummer", "customer_no", "order"}));
}

}  // namespace
}  // namespace handslag::identity
