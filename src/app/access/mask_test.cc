// SPDX-License-Identifier: Apache-2.0
#include "app/access/mask.h"

#include <gtest/gtest.h>

namespace handslag::app {
namespace {

TEST(Masked, ShowsOfAnEmailTheFirstLettersAndTheEnd) {
  EXPECT_EQ(masked("email", "anna.ek@example.se"), "a…@e….se");
  EXPECT_EQ(masked("email", "a@b.se"), "a…@b….se");
  EXPECT_EQ(masked("email", "åsa@mejl.foretag.com"), "å…@m….com");
  EXPECT_EQ(masked("email@crm", "anna.ek@example.se"), "a…@e….se");
}

TEST(Masked, ShowsOfAPhoneTheTwoLastDigits) {
  EXPECT_EQ(masked("phone", "070-123 45 67"), "…67");
  EXPECT_EQ(masked("phone", "+46701234567"), "…67");
  EXPECT_EQ(masked("phone", "112"), "…");
}

TEST(Masked, ShowsOfAnIdentityNumberTheYearAlone) {
  EXPECT_EQ(masked("personnummer", "19811218-9876"), "1981****");
  EXPECT_EQ(masked("personnummer", "198112189876"), "1981****");
  EXPECT_EQ(masked("personnummer", "811218-9876"), "81****");
  EXPECT_EQ(masked("personnummer", "121212+1212"), "12****");
  EXPECT_EQ(masked("samordningsnummer", "19701063-2391"), "1970****");
  EXPECT_EQ(masked("personnummer", "1981"), "…");
  EXPECT_EQ(masked("personnummer", "okänt"), "…");
}

TEST(Masked, ShowsOfAnythingElseTheEnd) {
  EXPECT_EQ(masked("customer_no@billing", "A-10017"), "…17");
  EXPECT_EQ(masked("customer_no@webshop", "77"), "…");
  EXPECT_EQ(masked("address", "Storgatan 1, 111 22 Stockholm"), "…");
  EXPECT_EQ(masked("customer_no@webshop", "anna.ek@example.se"), "a…@e….se");
}

TEST(Masked, ShowsNothingOfWhatItDoesNotUnderstand) {
  EXPECT_EQ(masked("email", ""), "…");
  EXPECT_EQ(masked("email", "no address"), "…");
  EXPECT_EQ(masked("email", "@example.se"), "…");
  EXPECT_EQ(masked("email", "anna@localhost"), "…");
  EXPECT_EQ(masked("email", "anna@.se"), "…");
  EXPECT_EQ(masked("", "\xff\xfe\xff\xfe\xff\xfe\xff"), "…");
}

}  // namespace
}  // namespace handslag::app
