// SPDX-License-Identifier: Apache-2.0
#include "app/gaps/target_words.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "app/language/numbers.h"

namespace handslag::app {
namespace {

struct PeriodWords {
  std::string_view one, many;
};

PeriodWords period_words(promise::Period period, Language language) {
  static constexpr std::array<PeriodWords, 6> kEnglish{{{"", ""},
                                                        {"day", "days"},
                                                        {"week", "weeks"},
                                                        {"month", "months"},
                                                        {"quarter", "quarters"},
                                                        {"year", "years"}}};
  static constexpr std::array<PeriodWords, 6> kSwedish{{{"", ""},
                                                        {"dag", "dagar"},
                                                        {"vecka", "veckor"},
                                                        {"månad", "månader"},
                                                        {"kvartal", "kvartal"},
                                                        {"år", "år"}}};
  return (language == Language::Swedish ? kSwedish : kEnglish)[static_cast<std::size_t>(period)];
}

// "of 12 months", "of 4 by channel", "of 40 by channel and month".
std::string whole_text(std::int64_t all, const promise::Target& target, const Terminal& terminal) {
  const PeriodWords period = period_words(target.each, terminal.language);
  std::string text = fmt::format("{} {}", terminal.say("of", "av"),
                                 count_text(static_cast<std::uint64_t>(all), terminal.language));
  if (target.per.empty()) return fmt::format("{} {}", text, all == 1 ? period.one : period.many);
  std::vector<std::string_view> names;
  for (const promise::Name& name : target.per) names.push_back(name.text);
  if (target.each != promise::Period::None) names.push_back(period.one);
  text += fmt::format(" {} ", terminal.say("by", "per"));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? terminal.say(" and ", " och ") : ", ";
    text += names[i];
  }
  return text;
}

std::string part_name(const gap::TargetPart& part, const PromiseGap& line, const GapReport& report,
                      const Terminal& terminal) {
  std::string name;
  const auto add = [&name](const std::string& word) { name += (name.empty() ? "" : ", ") + word; };
  for (const model::Cell& value : part.values) add(group_text(value, report));
  if (part.from == kNoTime) return name;
  const auto each = static_cast<gap::Period>(line.promise->target->each);
  if (each == gap::Period::Month) {
    const CivilDay day = civil_from_date(line.rules->local_day(part.from));
    add(fmt::format("{} {}", month_word(static_cast<int>(day.month), terminal.language), day.year));
  } else {
    add(period_label(each, {part.from, part.to, {}}, *line.rules));
  }
  return name;
}

}  // namespace

std::string target_parts_text(const PromiseGap& line, const GapReport& report, const Terminal& terminal) {
  const gap::Summary& all = line.numbers.total;
  if (!all.target_parts || all.target_parts->all() == 0) return "";
  const gap::TargetParts& parts = *all.target_parts;
  const std::pair<gap::TargetState, std::int64_t> counts[] = {
      {gap::TargetState::Missed, parts.missed},      {gap::TargetState::OffCourse, parts.off_course},
      {gap::TargetState::OnCourse, parts.on_course}, {gap::TargetState::Kept, parts.kept},
      {gap::TargetState::TooFew, parts.too_few},     {gap::TargetState::None, parts.unsettled}};
  std::string text;
  for (const auto& [state, count] : counts) {
    if (count == 0) continue;
    const std::string_view word = state == gap::TargetState::None
                                      ? terminal.say("not settled", "inget avgjort")
                                      : state_text(state, terminal);
    const bool is_first = text.empty();
    text += fmt::format("{}{} {} {}", is_first ? "" : ", ", word, terminal.say("in", "i"),
                        count_text(static_cast<std::uint64_t>(count), terminal.language));
    if (is_first) text += " " + whole_text(parts.all(), *line.promise->target, terminal);
    if (is_first && parts.worst) {
      text += fmt::format(" ({}: {} {})", terminal.say("worst", "sämst"),
                          part_name(*parts.worst, line, report, terminal),
                          share_text(parts.worst->rate(), terminal.language));
    }
  }
  return text;
}

}  // namespace handslag::app
