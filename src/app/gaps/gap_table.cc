// SPDX-License-Identifier: Apache-2.0
#include "app/gaps/gap_table.h"

#include <fmt/format.h>

#include <cmath>

#include "app/gaps/target_words.h"
#include "app/language/numbers.h"

namespace handslag::app {
namespace {

constexpr int kNumbers = 10;  // width of a number's column
constexpr int kTrend = 12;    // periods in the trend
constexpr int kState = 11;

struct Widths {
  int name = 0, bar = 0, trend = 0;
};

// The name of a cut, the bar and the trend share what the numbers leave; on a narrow terminal the drawings go
// first.
Widths widths_for(const Terminal& terminal) {
  constexpr int kShare = 8, kGaps = 4, kLeastName = 16, kLeastBar = 10;
  const int rest = std::min(terminal.width, 130) - 3 * kNumbers - kShare - kState - kGaps;
  if (rest < kLeastName + kLeastBar) return {std::max(kLeastName, rest), 0, 0};
  if (rest < kLeastName + kLeastBar + kTrend) return {rest - kLeastBar, kLeastBar, 0};
  const int bar = std::clamp((rest - kTrend) / 2, kLeastBar, 30);
  return {rest - kTrend - bar, bar, kTrend};
}

Paint paint_of(gap::TargetState state) {
  switch (state) {
    case gap::TargetState::Kept:
    case gap::TargetState::OnCourse:
      return Paint::Good;
    case gap::TargetState::Missed:
    case gap::TargetState::OffCourse:
      return Paint::Bad;
    case gap::TargetState::None:
    case gap::TargetState::TooFew:
      break;
  }
  return Paint::Quiet;
}

// Delivered from the left, late after it, the rest of the gap empty; its length is all that is settled.
std::string bar(const gap::Summary& summary, int width, const Terminal& terminal) {
  if (summary.settled() == 0) return std::string(static_cast<std::size_t>(width), ' ');
  const auto cells = [&summary, width](std::int64_t count) {
    return static_cast<int>(
        std::lround(static_cast<double>(count) * width / static_cast<double>(summary.settled())));
  };
  const int kept = cells(summary.kept);
  const int late = std::min(width - kept, cells(summary.late));
  std::string text;
  for (int i = 0; i < kept; ++i) text += "█";
  text = painted(terminal, Paint::Good, text);
  std::string rest;
  for (int i = 0; i < late; ++i) rest += "▒";
  text += painted(terminal, Paint::Late, rest);
  rest.clear();
  for (int i = kept + late; i < width; ++i) rest += "·";
  return text + painted(terminal, Paint::Bad, rest);
}

// The rates of the last periods, from the floor to the ceiling of a line.
std::string trend(const std::vector<gap::PeriodSummary>& periods) {
  static constexpr const char* kLevels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string text;
  const std::size_t first = periods.size() > kTrend ? periods.size() - kTrend : 0;
  for (std::size_t i = first; i < periods.size(); ++i) {
    const auto& rate = periods[i].summary.rate;
    text += rate ? kLevels[std::min(7, static_cast<int>(*rate * 8))] : " ";
  }
  return left(text, kTrend);
}

std::string gap_share(const gap::Summary& summary) {
  return summary.settled() == 0 ? "–" : std::to_string(summary.settled() - summary.kept);
}

void print_figures(const std::string& title, const gap::Summary& summary, const std::string& drawn_trend,
                   const Widths& widths, const Terminal& terminal) {
  const Language language = terminal.language;
  const auto number = [language](std::int64_t count) {
    return right(count_text(static_cast<std::uint64_t>(count), language), kNumbers);
  };
  const bool is_empty = summary.settled() == 0;
  const bool fits = columns_of(title) <= widths.name;
  if (!fits) *terminal.out << title << '\n';  // Why: a value cut short may look like another
  *terminal.out << left(fits ? title : "", widths.name) << ' ' << number(summary.settled())
                << number(summary.kept)
                << painted(terminal, Paint::Strong,
                           is_empty ? right(gap_share(summary), kNumbers)
                                    : number(summary.settled() - summary.kept))
                << right(share_text(summary.rate, language), 8) << ' ' << bar(summary, widths.bar, terminal)
                << ' ' << left(drawn_trend, widths.trend) << ' '
                << painted(terminal, paint_of(summary.target_state),
                           state_text(summary.target_state, terminal))
                << '\n';
}

std::string late_text(const gap::Summary& summary, const Terminal& terminal) {
  std::string text =
      fmt::format("{} {}", count_text(static_cast<std::uint64_t>(summary.late), terminal.language),
                  terminal.say("late", "för sent"));
  if (!summary.late_by) return text;
  const double median = static_cast<double>(summary.late_by->median_us) / 1e6;
  return text +
         fmt::format(" ({} {})", terminal.say("median", "median"), duration_text(median, terminal.language));
}

// What the line above leaves out: the verdicts beside kept.
std::string details_of(const PromiseGap& line, const Terminal& terminal) {
  const gap::Summary& summary = line.numbers.total;
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : " · ") + part; };
  const auto count = [&](std::int64_t number, std::string_view word) {
    if (number == 0) return;
    add(fmt::format("{} {}", count_text(static_cast<std::uint64_t>(number), terminal.language), word));
  };
  if (summary.late > 0) add(late_text(summary, terminal));
  count(summary.broken, terminal.say("broken", "brutna"));
  count(summary.pending, terminal.say("pending", "pågår"));
  count(summary.overdue, terminal.say("overdue", "över tiden"));
  count(summary.void_, terminal.say("void", "upphävda"));
  count(summary.unknown, terminal.say("unknown", "oavgjorda"));
  count(summary.rescued, terminal.say("rescued", "räddade"));
  count(summary.customers_with_broken, terminal.say("customers let down", "kunder svikna"));
  if (summary.instances == 0) {
    add(std::string(terminal.say("no occasion: no event put it in force",
                                 "inget tillfälle: ingen händelse har utlöst det")));
  }
  return text;
}

void print_promise(const PromiseGap& line, const GapReport& report, const Widths& widths,
                   const Terminal& terminal) {
  const promise::Promise& promise = *line.promise;
  const std::string who = promise.kept_by.empty() ? "" : " · " + promise.kept_by;
  *terminal.out << painted(terminal, Paint::Strong, promise.title)
                << painted(terminal, Paint::Quiet, "  " + promise.id + who) << '\n';
  const std::string target = promise.target
                                 ? fmt::format("  {} {}", terminal.say("target", "mål"),
                                               share_text(promise.target->share, terminal.language))
                                 : std::string();
  print_figures(target, line.numbers.total, trend(line.numbers.periods), widths, terminal);
  const std::string parts = target_parts_text(line, report, terminal);
  if (!parts.empty()) {
    *terminal.out << "  " << painted(terminal, paint_of(line.numbers.total.target_state), parts) << '\n';
  }
  const std::string details = details_of(line, terminal);
  if (!details.empty()) *terminal.out << painted(terminal, Paint::Quiet, "  " + details) << '\n';
}

void print_cuts(const PromiseGap& line, const GapReport& report, const Widths& widths,
                const Terminal& terminal) {
  const std::string no_trend(kTrend, ' ');
  for (const auto& [unit, summary] : line.by_unit) {
    print_figures(fmt::format("    {} {}", terminal.say("unit", "enhet"), unit), summary, no_trend, widths,
                  terminal);
  }
  for (const gap::GroupSummary& group : line.numbers.groups) {
    print_figures(fmt::format("    {} {}", group.by, group_text(group.value, report)), group.summary,
                  no_trend, widths, terminal);
  }
  if (!report.shows_periods) return;
  for (const gap::PeriodSummary& period : line.numbers.periods) {
    print_figures("    " + period_label(periods_of(report), period, *line.rules), period.summary, no_trend,
                  widths, terminal);
  }
}

void print_heading(const GapReport& report, const Widths& widths, const Terminal& terminal) {
  const std::string known = report.complete_through == kNoTime
                                ? "–"
                                : local_text(report.complete_through, *report.promises.front().rules);
  *terminal.out << painted(terminal, Paint::Strong,
                           terminal.say("Promised, delivered, and the gap", "Lovat, levererat och gapet"))
                << fmt::format("   {} {}\n\n", terminal.say("all is known through", "allt är känt till"),
                               known);
  const std::string heading = left(terminal.say("promise", "kundlöfte"), widths.name) + " " +
                              right(terminal.say("promised", "lovat"), kNumbers) +
                              right(terminal.say("delivered", "levererat"), kNumbers) +
                              right(terminal.say("gap", "gap"), kNumbers) + right("%", 8) + " " +
                              left(terminal.say("█kept ▒late ·broken", "█hållet ▒sent ·brutet"), widths.bar) +
                              " " + left(terminal.say("by period", "per period"), widths.trend) + " " +
                              std::string(terminal.say("target", "mål"));
  *terminal.out << painted(terminal, Paint::Quiet, heading) << '\n';
}

}  // namespace

void print_gap_table(const GapReport& report, const Terminal& terminal) {
  const Widths widths = widths_for(terminal);
  print_heading(report, widths, terminal);
  for (const PromiseGap& line : report.promises) {
    print_promise(line, report, widths, terminal);
    print_cuts(line, report, widths, terminal);
  }
}

}  // namespace handslag::app
