// SPDX-License-Identifier: Apache-2.0
// Numbers of people are from the official test series of Skatteverket (Testpersonnummer,
// Testsamordningsnummer), or have a date that does not exist.
#include "pure/identity/swedish_number.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace handslag::identity {
namespace {

const Date kAsOf = date_from_civil({2026, 3, 1});

std::string read(std::string_view text, Date today = kAsOf) {
  const Result<SwedishNumber> number = read_swedish_number(text, today);
  if (!number) return number.error().message;
  const char* const kinds[] = {"person ", "coordination ", "organisation "};
  return kinds[static_cast<int>(number->kind)] + number->canonical;
}

TEST(SwedishNumber, ReadsAPersonInEveryFormThatPeopleType) {
  for (const char* text : {"196808199266", "19680819-9266", "6808199266", "680819-9266", " 680819 9266 ",
                           "1968-08-19-9266", "1968.08.19-9266", "1968 08 19 92 66",
                           "19680819\xE2\x80\x93"
                           "9266",
                           "680819\xE2\x88\x92"
                           "9266",
                           "680819\xC2\xA0"
                           "9266",
                           "196808199266#", "1968/08/19 9266", "19680819+9266"}) {
    EXPECT_EQ(read(text), "person 196808199266") << text;
  }
}

TEST(SwedishNumber, TakesTheLatestCenturyThatHasBegun) {
  EXPECT_EQ(read("000201-2383"), "person 200002012383");
  EXPECT_EQ(read("300101-6595"), "person 193001016595");
  EXPECT_EQ(read("300101-6595", date_from_civil({2029, 12, 31})), "person 193001016595");
}

TEST(SwedishNumber, TakesTheCenturyBeforeForAPlus) {
  const Date in_2030 = date_from_civil({2030, 1, 1});
  EXPECT_EQ(read("300101+6595", in_2030), "person 193001016595");
  EXPECT_EQ(read("300101-6595", in_2030), "person 203001016595");
  EXPECT_EQ(read("140168+2396"), "coordination 191401682396");
  // In the year she turns a hundred, before her birthday and with a hyphen.
  EXPECT_EQ(read("301229-9263", in_2030), "person 193012299263");
  EXPECT_EQ(read("301229+9263", in_2030), "person 193012299263");
}

TEST(SwedishNumber, ReadsCoordinationNumbersAlsoWithAnUnknownMonthOrDay) {
  EXPECT_EQ(read("19140168-2396"), "coordination 191401682396");
  EXPECT_EQ(read("191500882392"), "coordination 191500882392");
  EXPECT_EQ(read("191711602399"), "coordination 191711602399");
}

TEST(SwedishNumber, ReadsOrganisationNumbersAlsoWithTheirPrefix) {
  for (const char* text : {"202100-5489", "2021005489", "16202100-5489", "162021005489", "202100 5489"}) {
    EXPECT_EQ(read(text), "organisation 202100-5489") << text;
  }
}

struct Wrong {
  const char* text;
  const char* part_of_message;
};

TEST(SwedishNumber, SaysWhatIsWrongWithoutQuotingIt) {
  const Wrong kWrong[] = {{"", "missing"},
                          {" # ", "missing"},
                          {"680819", "too short"},
                          {"19680819", "too short"},
                          {"680819926", "too short"},
                          {"68081999266", "one digit is missing or too many"},
                          {"1968081992666", "too long"},
                          {"196802309266", "a date that does not exist"},
                          {"681319-9266", "a date that does not exist"},
                          {"680800-9266", "a date that does not exist"},
                          {"680019-9266", "a date that does not exist"},
                          {"680893-9266", "a date that does not exist"},
                          {"20261231-9266", "has not come"},
                          {"680819-9267", "check digit"},
                          {"19680819-9276", "check digit"},
                          {"202100-5488", "check digit"},
                          {"16680819-9266", "no organisation number"},
                          {"022100-5489", "no organisation number"},
                          {"186808199266000", "too long"},
                          {"216808199266", "the 1800s"},
                          {"680819-R266", "reserve number"},
                          {"19680819-A26B", "reserve number"},
                          {"991968081234", "reserve number"},
                          {"karin", "letters"},
                          {"68A819-9266", "letters"},
                          {"68+08199266", "wrong place"},
                          {"+46701740605", "phone number"},
                          {"680819_9266", "a sign"},
                          {"680819+-+9266", "a sign"},
                          {"680819-9266\xC3\xA5", "a sign"}};
  for (const Wrong& wrong : kWrong) {
    const Result<SwedishNumber> number = read_swedish_number(wrong.text, kAsOf);
    ASSERT_FALSE(number.ok()) << wrong.text;
    const std::string& message = number.error().message;
    EXPECT_EQ(number.error().code, ErrorCode::Invalid);
    EXPECT_NE(message.find(wrong.part_of_message), std::string::npos) << wrong.text << ": " << message;
    EXPECT_EQ(message.find("6808"), std::string::npos) << message;
    EXPECT_EQ(message.find("9266"), std::string::npos) << message;
  }
  EXPECT_NE(read(std::string(100, '1')).find("too long"), std::string::npos);
}

TEST(SwedishNumber, IsSpelledAsSourcesWriteIt) {
  EXPECT_EQ(spellings({SwedishKind::Person, "196808199266"}, kAsOf),
            (std::vector<std::string>{"196808199266", "19680819-9266", "6808199266", "680819-9266"}));
  EXPECT_EQ(spellings({SwedishKind::Coordination, "191401682396"}, kAsOf).back(), "140168+2396");
  EXPECT_EQ(spellings({SwedishKind::Organisation, "202100-5489"}, kAsOf),
            (std::vector<std::string>{"202100-5489", "2021005489", "162021005489"}));
}

TEST(SwedishNumber, ReadsEverySpellingBack) {
  for (const char* text : {"193001016595", "196808199266", "200701022386", "191401682396", "202100-5489"}) {
    const Result<SwedishNumber> number = read_swedish_number(text, kAsOf);
    ASSERT_TRUE(number.ok()) << text;
    for (const std::string& spelling : spellings(*number, kAsOf)) {
      // Why: of somebody over a hundred, ten digits without a plus are somebody else's.
      const bool loses_century = spelling == "1401682396" || spelling == "140168-2396";
      EXPECT_EQ(read(spelling) == read(text), !loses_century) << spelling;
    }
  }
}

}  // namespace
}  // namespace handslag::identity
