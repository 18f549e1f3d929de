// SPDX-License-Identifier: Apache-2.0
#include "app/demo/survey_words.h"

#include <array>
#include <string_view>

#include "app/demo/shares.h"

namespace handslag::demo {
namespace {

using Texts = std::array<const char*, 6>;

struct Written {
  std::string_view reason;
  Texts unhappy;
};

constexpr Written kWritten[] = {
    {"delivery",
     {"Det sas två dagar. Sen hörde jag ingenting förrän jag ringde själv.",
      "Ingen kunde säga var paketet var, inte ens ungefär.",
      "Jag tog ledigt från jobbet för leveransen. Ingen kom, och ingen ringde.",
      "Varför lovar ni en dag om ni inte vet? Säg hellre som det är.",
      "Fick tre meddelanden om att det var försenat, men aldrig när det skulle komma.",
      "Vi stod utan i två veckor. Att jag betalar ändå verkar ingen tycka är konstigt."}},
    {"activation",
     {"Jag skrev in kortnumret på webben och fick läsa upp det igen i telefon, två gånger.",
      "Det står att det tar fem minuter. Det tog en kväll och ett samtal.",
      "Ni frågar efter samma nummer varje gång. Kan ingen skriva upp det?",
      "På webben stod att något gick fel, men inte vad.",
      "Har ni själva provat er egen aktivering någon gång?",
      "Jag gav upp på webben och fick vänta i kö i stället."}},
    {"invoice",
     {"Det blev fel på fakturan igen. Jag ska inte behöva räkna åt er.",
      "Det var rättat, sa ni förra månaden. Det var det inte.",
      "Jag fick en påminnelse på en faktura som ni själva hade dragit tillbaka.",
      "Ingen kunde förklara varför priset hade ändrats.",
      "Man blir skickad mellan avdelningar så fort det gäller pengar.",
      "Två fakturor för samma sak, och jag fick bevisa det själv."}},
    {"technical",
     {"Jag fick starta om allting för tredje gången, fast jag sa att jag redan hade gjort det.",
      "Den jag pratade med ville hjälpa till men fick inte. Det är ju inte hennes fel.",
      "Var tionde minut försvinner bilden. Men allt ser bra ut, säger ni.",
      "De sa att någon skulle ringa upp. Ingen ringde.",
      "Jag fick berätta allt från början för var och en av dem.",
      "Vi betalar för något som fungerar ibland."}},
    {"outage",
     {"Inget stod på webben, så jag satt i kö för att få höra att det var ett avbrott.",
      "Jag arbetar hemma. Säg när det är lagat, inte att ni beklagar.",
      "Min granne visste mer än er kundtjänst.", "Tredje avbrottet i år, och ingen har sagt varför.",
      "Ni visste om det hela morgonen. Ett meddelande hade räckt.",
      "Allt låg nere och det enda som kom fram var er reklam."}},
    {"",
     {"Jag fick olika svar beroende på vem jag pratade med.",
      "Ni ber mig mejla i stället. Då får jag börja om från början.", "Det låter så enkelt i reklamen.",
      "Kan ingen bara ta tag i det och höra av sig när det är klart?",
      "Jag blev kopplad tre gånger och fick berätta allt varje gång.",
      "Hade jag kunnat byta hade jag gjort det."}},
};

constexpr Texts kNeither = {"Det löste sig till slut, men jag fick ringa själv.",
                            "Snäll i telefonen. Men kön var lång.",
                            "Helt okej. Det hade varit bra att få veta i förväg.",
                            "Det blev gjort, en dag senare än ni sa.",
                            "Bra hjälp när jag väl kom fram.",
                            "Inget att klaga på, men inget att minnas heller."};

constexpr Texts kHappy = {"Jag ringde, fick svar, klart. Så ska det vara.",
                          "Hon sa att hon skulle höra av sig på fredag, och det gjorde hon.",
                          "Det kom en dag tidigare än ni sa!",
                          "Den jag pratade med visste redan vad det gällde.",
                          "Tack för att någon tog tag i det på riktigt.",
                          "Allt fungerade från första dagen."};

const Texts& unhappy_about(std::string_view reason) {
  for (const Written& it : kWritten)
    if (it.reason == reason) return it.unhappy;
  return std::end(kWritten)[-1].unhappy;
}

}  // namespace

const char* survey_words(const char* reason, std::int32_t score, Random& random) {
  if (!random.chance(score <= 6 ? share::kWritesUnhappy : share::kWritesOtherwise)) return nullptr;
  const Texts& texts = score <= 6 ? unhappy_about(reason) : score <= 8 ? kNeither : kHappy;
  return texts[random.below(static_cast<std::uint32_t>(texts.size()))];
}

}  // namespace handslag::demo
