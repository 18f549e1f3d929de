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

// What people meet on the pages, as the routes and registers put it together.
TEST(Swedish, IsWholeInAServersRefusals) {
  const std::vector<std::pair<std::string, std::string>> both = {
      {"login or password is wrong", "fel inloggning eller lösenord"},
      {"too many failed attempts; try again in 4 s", "för många misslyckade försök; försök igen om 4 s"},
      {"the login \"anna\" is taken; choose another", "inloggningen \"anna\" är upptagen; välj en annan"},
      {"/values/what: fill in what (Vad är det?) (and 2 more)",
       "/values/what: fyll i what (Vad är det?) (och 2 till)"},
      {"the last change of case-1 cannot be undone: 15 minutes have passed; change the record on by its own "
       "ways",
       "den senaste ändringen av case-1 kan inte ångras: 15 minuter har gått; ändra posten vidare på vanligt "
       "sätt"},
      {"case-1 is answered and cannot become \"taken\"; from there it can become reopened, closed",
       "case-1 är answered och kan inte bli \"taken\"; därifrån kan den bli reopened, closed"},
      {"offer-2 cannot become sent yet: waits for acknowledged, which is open",
       "offer-2 kan inte bli sent än: väntar på acknowledged, som är open"},
      {"case-1 has been changed since version 2 (it is version 3); read it again, then change it",
       "case-1 har ändrats sedan version 2 (den är version 3); läs den igen och ändra sedan"},
      {"\"limit\" must be a whole number from 1 to 1000", "\"limit\" måste vara ett heltal från 1 till 1000"},
      {"this has been already; promise a time to come", "det har redan varit; lova en tid som kommer"}};
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
