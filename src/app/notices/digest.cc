// SPDX-License-Identifier: Apache-2.0
#include "app/notices/digest.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/language/html.h"
#include "app/language/numbers.h"
#include "app/language/words.h"

namespace handslag::app {
namespace {

using Item = store::DigestItem::State;

constexpr std::int64_t kBurstUs = 2 * kMicrosPerSecond;
constexpr std::int64_t kMinuteUs = kMicrosPerMinute;
constexpr std::int64_t kMorningUs = 7 * 60 * kMinuteUs;

constexpr Noun kBroken{"broken promise", "broken promises", "brutet löfte", "brutna löften"};
constexpr Noun kNearBreach{"promise near its breach", "promises near their breach", "löfte nära att brytas",
                           "löften nära att brytas"};
constexpr Noun kNotices{"notice", "notices", "underrättelse", "underrättelser"};
constexpr Noun kOthers{"other", "others", "till", "till"};

bool is_swedish(Language language) {
  return language == Language::Swedish;
}

std::string member(const Json& data, const char* name) {
  const auto found = data.find(name);
  return found != data.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Json data_of(const store::DigestItem& item) {
  Json data = Json::parse(item.data, nullptr, false);
  return data.is_object() ? data : Json::object();
}

std::string_view occasion_word(const std::string& occasion, Language language) {
  constexpr std::string_view kWords[][3] = {
      {"created", "new", "ny"},
      {"comment", "commented on", "kommenterad"},
      {"overdue", "past due", "över tiden"},
      {"escalated", "escalated: nobody has answered", "eskalerad: ingen har svarat"}};
  for (const auto& [id, english, swedish] : kWords) {
    if (occasion == id) return is_swedish(language) ? swedish : english;
  }
  return occasion;
}

std::string item_line(const store::DigestItem& item, Timestamp made, Language language,
                      const model::TimeRules& rules) {
  const Json data = data_of(item);
  if (item.kind == "notice") {
    return fmt::format("{}  {}: {}", local_text(item.at, rules), member(data, "record"),
                       occasion_word(member(data, "occasion"), language));
  }
  const std::string what = fmt::format("{}, {} {}", member(data, "title"),
                                       is_swedish(language) ? "kund" : "customer", member(data, "customer"));
  if (item.due == kNoTime) return what;
  const std::string due = local_text(item.due, rules);
  if (item.state == Item::Broken)
    return fmt::format(fmt::runtime(is_swedish(language) ? "{}  brutet: {}" : "{}  broken: {}"), due, what);
  const double left = static_cast<double>(item.due.us - made.us) / 1e6;
  if (left <= 0) return fmt::format("{}  {}", due, what);
  return fmt::format(fmt::runtime(is_swedish(language) ? "{}  (om {})  {}" : "{}  (in {})  {}"), due,
                     duration_text(left, language), what);
}

std::string subject_of(const Digest& digest, Language language) {
  std::string subject;
  const auto add = [&](std::uint64_t count, const Noun& noun) {
    if (count > 0) subject += (subject.empty() ? "" : ", ") + counted(count, noun, language);
  };
  add(digest.counts.broken, kBroken);
  add(digest.counts.near, kNearBreach);
  add(digest.counts.notices, kNotices);
  return subject + " – " + digest.unit_name;
}

}  // namespace

DigestText digest_text(const Digest& digest, Language language, const model::TimeRules& rules) {
  DigestText made;
  made.subject = subject_of(digest, language);
  made.text = made.subject + "\n\n";
  made.html =
      fmt::format("<!doctype html><html lang=\"{}\"><body><h1 style=\"font-size:1.2em\">{}</h1><ul>\n",
                  is_swedish(language) ? "sv" : "en", html_escaped(made.subject));
  for (const store::DigestItem& item : digest.items) {
    const std::string line = item_line(item, digest.made, language, rules);
    made.text += line + "\n";
    made.html += "<li>" + html_escaped(line) + "</li>\n";
  }
  made.html += "</ul>\n";
  const std::uint64_t more =
      digest.counts.all() - std::min<std::uint64_t>(digest.counts.all(), digest.items.size());
  if (more > 0) {
    const std::string rest =
        (is_swedish(language) ? "… och " : "… and ") + counted(more, kOthers, language) + ".";
    made.text += rest + "\n";
    made.html += "<p>" + html_escaped(rest) + "</p>\n";
  }
  const std::string_view foot = is_swedish(language)
                                    ? "Varje löfte nämns en gång, och en gång till om det bryts. Handslag"
                                    : "Each promise is named once, and once more if it breaks. Handslag";
  made.text += fmt::format("\n-- \n{}\n", foot);
  made.html += fmt::format("<p><small>{}</small></p></body></html>\n", foot);
  return made;
}

Json digest_json(const Digest& digest) {
  Json items = Json::array();
  for (const store::DigestItem& it : digest.items) {
    Json item{{"kind", it.kind},
              {"state", it.state == Item::Broken ? "broken" : "near"},
              {"due", time_json(it.due)}};
    if (it.kind == "notice") item = Json{{"kind", it.kind}, {"at", time_json(it.at)}};
    const Json data = data_of(it);
    for (const auto& [name, value] : data.items()) {
      if (!item.contains(name)) item[name] = value;
    }
    items.push_back(std::move(item));
  }
  const std::uint64_t named = items.size();
  return {{"unit", digest.unit},
          {"made", time_json(digest.made)},
          {"broken", digest.counts.broken},
          {"near", digest.counts.near},
          {"notices", digest.counts.notices},
          {"items", std::move(items)},
          {"more", digest.counts.all() - std::min(digest.counts.all(), named)}};
}

Timestamp digest_time(Interval interval, Timestamp first_item, std::optional<Timestamp> last_sent,
                      const model::TimeRules& rules) {
  const Timestamp gathered{first_item.us + kBurstUs};
  if (interval == Interval::Daily) {
    const Timestamp after = last_sent ? std::max(*last_sent, first_item) : first_item;
    const Date day = rules.local_day(after);
    const Timestamp morning{rules.start_of_day(day).us + kMorningUs};
    if (after <= morning) return morning;
    return {rules.start_of_day({day.days + 1}).us + kMorningUs};
  }
  if (!last_sent) return gathered;
  const std::int64_t pause = interval == Interval::Hourly ? 60 * kMinuteUs : kMinuteUs;
  return std::max(gathered, Timestamp{last_sent->us + pause});
}

}  // namespace handslag::app
