// SPDX-License-Identifier: Apache-2.0
#include "app/language/swedish.h"

#include <optional>
#include <utility>
#include <vector>

namespace handslag::app {
namespace {

constexpr std::string_view kHole = "{}";
constexpr std::size_t kMostInHole = 300;

// {} takes over what stands there, in order. Neither may begin or end with it. What is part of another phrase
// stands behind it.
struct Phrase {
  std::string_view english, swedish;
};

constexpr Phrase kPhrases[] = {
    // ---- rows of tables
    {"the row has {} cells, the header {}; put cells that hold the separator in quotes",
     "raden har {} celler, rubrikraden {}; sätt celler som innehåller skiljetecknet inom citattecken"},
    {"the row has {} cells, the header {}; add the cells, or say short_rows = \"missing\" in the map's "
     "[format] "
     "if the rest is empty",
     "raden har {} celler, rubrikraden {}; lägg till cellerna, eller skriv short_rows = \"missing\" i "
     "kartans "
     "[format] om resten är tomt"},
    {"the row is not UTF-8; say encoding = \"windows-1252\" (or another) in the map's [format]",
     "raden är inte UTF-8; skriv encoding = \"windows-1252\" (eller en annan) i kartans [format]"},
    {"the cell that names the event's type is empty; correct it, or filter such rows out",
     "cellen med händelsens typ är tom; rätta den, eller filtrera bort sådana rader"},
    {"the cell of the event's id is empty; correct it, or leave id out of the map",
     "cellen med händelsens id är tom; rätta den, eller utelämna id ur kartan"},
    {"no source; say source = \"…\" in the map, or --source",
     "källa saknas; skriv source = \"…\" i kartan, eller --source"},
    {"is empty; a CSV file begins with a header that names its columns",
     "är tom; en CSV-fil börjar med en rubrikrad som namnger kolumnerna"},
    {"the table has no column ", "tabellen har ingen kolumn "},
    // ---- times and values
    {"the cell is not a time as the format \"{}\" has it; correct it, or say format = \"…\" in the map",
     "cellen är ingen tid enligt formatet \"{}\"; rätta den, eller skriv format = \"…\" i kartan"},
    {"is not a time as the format \"{}\" has it; correct it, or say format = \"…\" in the map",
     "är ingen tid enligt formatet \"{}\"; rätta den, eller skriv format = \"…\" i kartan"},
    {"the cell names a day that does not exist; correct it at the source",
     "cellen anger en dag som inte finns; rätta den i källan"},
    {"names a day that does not exist; correct it at the source",
     "anger en dag som inte finns; rätta den i källan"},
    {"the cell is a time without a zone; say zone = \"Europe/Stockholm\" (or another) in the map",
     "cellen är en tid utan zon; skriv zone = \"Europe/Stockholm\" (eller en annan) i kartan"},
    {"is a time without a zone; say zone = \"Europe/Stockholm\" (or another) in the map",
     "är en tid utan zon; skriv zone = \"Europe/Stockholm\" (eller en annan) i kartan"},
    {"is a local time that daylight saving skips, so it names no instant; correct it at the source, or the "
     "zone "
     "in the map",
     "är en lokal tid som sommartiden hoppar över och som därför inte finns; rätta den i källan, eller zonen "
     "i "
     "kartan"},
    {"the cell is no day such as 2026-12-01, or a day that does not exist; correct it",
     "cellen är ingen dag som 2026-12-01, eller en dag som inte finns; rätta den"},
    {"the cell is none of true, false, yes, no, ja, nej, 1, 0; correct it",
     "cellen är inget av true, false, yes, no, ja, nej, 1, 0; rätta den"},
    // ---- our own events
    {"is no JSON object; an event is one: ", "är inget JSON-objekt; en händelse är ett: "},
    {"is not JSON ({}); one event is one line", "är inte JSON ({}); en händelse är en rad"},
    {"is longer than {} bytes; one event is one line", "är längre än {} byte; en händelse är en rad"},
    {"is missing; say when it happened, such as ", "saknas; skriv när det hände, till exempel "},
    {"is missing; say what happened, such as ", "saknas; skriv vad som hände, till exempel "},
    {"is missing; say which system it comes from, or import with --source",
     "saknas; skriv vilket system den kommer från, eller importera med --source"},
    {"is no field of an event; did you mean \"{}\"? Attributes of your own belong in \"data\"",
     "är inget fält i en händelse; menade du \"{}\"? Egna attribut hör hemma i \"data\""},
    {"is no field of an event Attributes of your own belong in \"data\"",
     "är inget fält i en händelse. Egna attribut hör hemma i \"data\""},
    // ---- what the store refuses
    {"the id \"{}\" of source \"{}\" is there already with other content; a correction has an id of its own "
     "and "
     "names this one in \"replaces\"",
     "id \"{}\" från källan \"{}\" finns redan med annat innehåll; en rättelse har ett eget id och anger "
     "detta i "
     "\"replaces\""},
    {"the event has no source; name one with --source or in the map",
     "händelsen har ingen källa; ange en med --source eller i kartan"},
    {"the time lies outside the years 0001 to 9999", "tiden ligger utanför åren 0001 till 9999"},
    {"an id is longer than {} bytes", "ett id är längre än {} byte"},
    {"a text is longer than {} bytes", "en text är längre än {} byte"},
    {"an identifier is longer than {} bytes", "en identifierare är längre än {} byte"},
    {" records cannot be used, more than --most-rejected {}; nothing of the file was stored. The first: ",
     " poster kan inte användas, mer än --most-rejected {}; inget av filen lagrades. Den första: "},
    {". --dry-run shows more.", ". --dry-run visar fler."},
    // ---- the data directory and its locks
    {"there is no data directory {}; handslag import and handslag demo make one",
     "det finns ingen datakatalog {}; handslag import och handslag demo gör en"},
    {"another handslag is reading {}; wait until it is done or stop it",
     "en annan handslag läser {}; vänta tills den är klar eller stoppa den"},
    {"a server ({}) has {} open; ask it (handslag ask /v1/gap), or stop it",
     "en server ({}) har {} öppen; fråga den (handslag ask /v1/gap) eller stoppa den"},
    {"another handslag ({}) is writing to {}; wait until it is done or stop it",
     "en annan handslag ({}) skriver till {}; vänta tills den är klar eller stoppa den"},
    {"; another process has it open, wait until it is done",
     "; en annan process har den öppen, vänta tills den är klar"},
    {"; the disk is full: free some space, then run the same command again",
     "; disken är full: gör plats och kör samma kommando igen"},
    {"; free some space, then run the same command again", "; gör plats och kör samma kommando igen"},
    {"; check the disk, who owns the file and who may write there",
     "; se efter disken, vem som äger filen och vem som får skriva där"},
    {"; check who owns it and who may write there", "; se efter vem som äger den och vem som får skriva där"},
    {"; restore the data directory from a backup (handslag restore)",
     "; återställ datakatalogen från en säkerhetskopia (handslag restore)"},
    // ---- usage
    {"Run with --help for more information.", "Kör med --help för mer."},
    {"The following argument was not expected: ", "Följande argument väntades inte: "},
    {"The following arguments were not expected: ", "Följande argument väntades inte: "},
    {" is required", " krävs"},
    {" is no whole number from 0", " är inget heltal från 0"},
    {" is no share from 0 to 1", " är ingen andel från 0 till 1"},
    {" is no instant; write 2026-11-21T10:00:00+01:00 or a date, of the years 0001 to 9999",
     " är ingen tidpunkt; skriv 2026-11-21T10:00:00+01:00 eller ett datum, i åren 0001 till 9999"},
    {"did you mean ", "menade du "},
};

std::vector<std::string_view> pieces_of(std::string_view phrase) {
  std::vector<std::string_view> pieces;
  for (std::size_t hole = 0; (hole = phrase.find(kHole)) != std::string_view::npos;) {
    pieces.push_back(phrase.substr(0, hole));
    phrase.remove_prefix(hole + kHole.size());
  }
  pieces.push_back(phrase);
  return pieces;
}

struct Match {
  std::size_t from = 0, to = 0;
  std::vector<std::string_view> taken_over;
};

std::optional<Match> find(std::string_view message, std::size_t from,
                          const std::vector<std::string_view>& pieces) {
  Match match;
  match.from = message.find(pieces.front(), from);
  if (match.from == std::string_view::npos) return std::nullopt;
  match.to = match.from + pieces.front().size();
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const std::size_t next = message.find(pieces[i], match.to);
    if (next == std::string_view::npos || next - match.to > kMostInHole) return std::nullopt;
    match.taken_over.push_back(message.substr(match.to, next - match.to));
    match.to = next + pieces[i].size();
  }
  return match;
}

std::string replaced(std::string_view message, const Phrase& phrase) {
  const auto english = pieces_of(phrase.english);
  const auto swedish = pieces_of(phrase.swedish);
  std::string text;
  std::size_t done = 0;
  while (const auto match = find(message, done, english)) {
    text += message.substr(done, match->from - done);
    for (std::size_t i = 0; i < swedish.size(); ++i) {
      text += swedish[i];
      if (i < match->taken_over.size() && i + 1 < swedish.size()) text += match->taken_over[i];
    }
    done = match->to;
  }
  text += message.substr(done);
  return text;
}

}  // namespace

std::string in_language(std::string_view message, Language language) {
  std::string text(message);
  if (language == Language::English) return text;
  for (const Phrase& phrase : kPhrases) text = replaced(text, phrase);
  return text;
}

}  // namespace handslag::app
