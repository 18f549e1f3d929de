// SPDX-License-Identifier: Apache-2.0
#include "app/language/words.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

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

// Every sentence that people meet is Swedish from end to end.
TEST(Swedish, IsWhole) {
  const std::vector<std::pair<std::string, std::string>> both = {
      {"m.toml:2: [[event]] 1: unknown key \"tyep\"; did you mean \"type\"?\nm.toml:1: [[event]] 1: needs "
       "type = …",
       "m.toml:2: [[event]] 1: okänd nyckel \"tyep\"; menade du \"type\"?\nm.toml:1: [[event]] 1: behöver "
       "type = …"},
      {"PROMISE: the id of the promise to explain is required\nRun with --help for more information.\n",
       "PROMISE: id för löftet som ska förklaras krävs\nKör med --help för mer.\n"},
      {"--data DIR (or the variable HANDSLAG_DATA): the data directory is required",
       "--data KATALOG (eller variabeln HANDSLAG_DATA): datakatalogen krävs"},
      {"there is no promise \"modul\"; known are a, b", "det finns inget löfte \"modul\"; här finns a, b"},
      {"x.csv: cannot look at: No such file or directory; check the path",
       "x.csv: går inte att se efter: filen eller katalogen finns inte; se efter sökvägen"},
      {"line 3 [tid]: the cell is a local time that daylight saving skips, so it names no instant; correct "
       "it at "
       "the source, or the zone in the map",
       "line 3 [tid]: cellen är en lokal tid som sommartiden hoppar över och som därför inte finns; rätta "
       "den i "
       "källan, eller zonen i kartan"},
      {"local times that daylight saving doubles: the first was taken",
       "lokala tider som sommartiden gör dubbla: den första togs"},
      {"o.csv: these columns are none of an event's own: \"is\", \"what\". Say in a map which columns make "
       "an event: "
       "--map FILE.toml (described in contract/map.md, examples in examples/*/map.toml). Without a map a CSV "
       "file has "
       "the columns type and time, and may have source, id, known, data.NAME",
       "o.csv: dessa kolumner hör inte till en händelse: \"is\", \"what\". Säg i en karta vilka kolumner som "
       "blir en "
       "händelse: --map FIL.toml (beskrivs i contract/map.md, exempel i examples/*/map.toml). Utan karta har "
       "en "
       "CSV-fil kolumnerna type och time, och kan ha source, id, known, data.NAME"},
      {"--lang: fr not in {en,sv}", "--lang: fr är inget av {en,sv}"},
      {"is no field of an event. Attributes of your own belong in \"data\"",
       "är inget fält i en händelse. Egna attribut hör hemma i \"data\""}};
  for (const auto& [english, swedish] : both) EXPECT_EQ(in_language(english, Language::Swedish), swedish);
}

TEST(Swedish, IsNeverHalf) {
  // One phrase is known, the rest is not: all stays English.
  const std::string message =
      "the widget is missing; did you mean the column? Run with --help for more information.";
  EXPECT_EQ(in_language(message, Language::Swedish), message);
  // What stands in quotes, and a path, is no sentence.
  EXPECT_EQ(
      in_language("/the/is.csv: there is no promise \"not the one\"; known are is-it", Language::Swedish),
      "/the/is.csv: det finns inget löfte \"not the one\"; här finns is-it");
}

TEST(Swedish, LeavesWhatItDoesNotKnow) {
  EXPECT_EQ(in_language("something else {} happened", Language::Swedish), "something else {} happened");
  EXPECT_EQ(in_language("", Language::Swedish), "");
}

}  // namespace
}  // namespace handslag::app
