// SPDX-License-Identifier: Apache-2.0
#include "app/language/words.h"

#include <gtest/gtest.h>

#include "app/language/swedish.h"

namespace handslag::app {
namespace {

TEST(Words, CountOneAndMany) {
  EXPECT_EQ(counted(1, kEvents, Language::English), "1 event");
  EXPECT_EQ(counted(0, kEvents, Language::English), "0 events");
  EXPECT_EQ(counted(4'750, kEvents, Language::English), "4,750 events");
  EXPECT_EQ(counted(1, kEvents, Language::Swedish), "1 händelse");
  EXPECT_EQ(counted(2, kRecords, Language::Swedish), "2 poster");
}

TEST(Swedish, KeepsWhatStandsInAPhrase) {
  const std::string message =
      "a.csv: line 3: the row has 4 cells, the header 3; put cells that hold the separator in quotes";
  EXPECT_EQ(in_language(message, Language::Swedish),
            "a.csv: line 3: raden har 4 celler, rubrikraden 3; sätt celler som innehåller skiljetecknet inom "
            "citattecken");
  EXPECT_EQ(in_language(message, Language::English), message);
}

TEST(Swedish, LeavesWhatItDoesNotKnow) {
  EXPECT_EQ(in_language("something else {} happened", Language::Swedish), "something else {} happened");
  EXPECT_EQ(in_language("", Language::Swedish), "");
}

}  // namespace
}  // namespace handslag::app
