// SPDX-License-Identifier: Apache-2.0
#include "app/gaps/gap_html.h"

#include <fmt/format.h>

#include <cmath>

#include "app/gaps/page_style.h"
#include "app/gaps/target_words.h"
#include "app/language/html.h"
#include "app/language/numbers.h"
#include "pure/promise/format.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMostGroups = 15;   // the worst; the JSON has all
constexpr std::size_t kMostPeriods = 36;  // the newest

class HtmlPage {
 public:
  HtmlPage(const GapReport& report, const Terminal& terminal) : report_(report), terminal_(terminal) {}

  std::string write() {
    head();
    overview();
    for (const PromiseGap& line : report_.promises) section(line);
    foot();
    return std::move(html_);
  }

 private:
  std::string_view say(std::string_view english, std::string_view swedish) const {
    return terminal_.say(english, swedish);
  }
  std::string count(std::int64_t number) const {
    return count_text(static_cast<std::uint64_t>(number), terminal_.language);
  }
  std::string share(const std::optional<double>& part) const { return share_text(part, terminal_.language); }
  void add(std::string_view text) { html_ += text; }

  void head() {
    const std::string_view title = say("Promised, delivered, and the gap", "Lovat, levererat och gapet");
    const std::string known = report_.complete_through == kNoTime
                                  ? "–"
                                  : local_text(report_.complete_through, *report_.promises.front().rules);
    add(fmt::format(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\"><title>{}</title><style>{}</style></"
        "head>\n<body>\n<header><h1>{}</h1>",
        say("en", "sv"), title, kPageStyle, title));
    add(fmt::format("<p class=\"soft\">{} {}", say("All is known through", "Allt är känt till"), known));
    if (report_.options.from)
      add(fmt::format(" · {} {}", say("from", "från"), format_rfc3339(*report_.options.from)));
    if (report_.options.to)
      add(fmt::format(" · {} {}", say("to", "till"), format_rfc3339(*report_.options.to)));
    add(fmt::format("</p><p class=\"legend\">{}</p></header>\n", legend()));
  }

  std::string legend() const {
    const auto mark = [](std::string_view name, std::string_view word) {
      return fmt::format("<span><i class=\"i-{}\"></i>{}</span>", name, word);
    };
    return mark("kept", say("kept: delivered in time", "hållet: levererat i tid")) +
           mark("late", say("late", "för sent")) + mark("broken", say("broken", "brutet")) +
           mark("open", say("open: not yet settled", "öppet: inte avgjort än"));
  }

  // One stacked bar: how all that is settled or open went. The length is the amount, from zero.
  std::string bar(const gap::Summary& summary, int height) const {
    const std::int64_t whole = summary.settled() + summary.open();
    if (whole == 0) return "";
    std::string svg = fmt::format(
        "<svg viewBox=\"0 0 400 {0}\" preserveAspectRatio=\"none\" style=\"height:{0}px\" role=\"img\" "
        "aria-label=\"{1}\">",
        height, html_escaped(spoken(summary)));
    double x = 0;
    const std::pair<const char*, std::int64_t> parts[] = {
        {"kept", summary.kept}, {"late", summary.late}, {"broken", summary.broken}, {"open", summary.open()}};
    for (const auto& [name, amount] : parts) {
      const double width = 400.0 * static_cast<double>(amount) / static_cast<double>(whole);
      if (amount > 0)
        svg += fmt::format("<rect class=\"{}-fill\" x=\"{:.2f}\" y=\"0\" width=\"{:.2f}\" height=\"{}\"/>",
                           name, x, width, height);
      x += width;
    }
    return svg + "</svg>";
  }

  std::string spoken(const gap::Summary& summary) const {
    return fmt::format("{} {}, {} {}, {} {}, {} {}", say("kept", "hållna"), count(summary.kept),
                       say("late", "för sent"), count(summary.late), say("broken", "brutna"),
                       count(summary.broken), say("open", "öppna"), count(summary.open()));
  }

  std::string state(gap::TargetState target_state) const {
    const std::string_view text = state_text(target_state, terminal_);
    if (text.empty()) return "";
    return fmt::format("<span class=\"state {}\">{}</span>", gap::target_state_name(target_state), text);
  }

  // With its parts behind, where it names any: these begin with the state's word.
  std::string target_standing(const PromiseGap& line) const {
    const gap::TargetState target_state = line.numbers.total.target_state;
    const std::string text = target_parts_text(line, report_, terminal_);
    if (text.empty()) return state(target_state);
    return fmt::format("<span class=\"state {}\">{}</span>", gap::target_state_name(target_state),
                       html_escaped(text));
  }

  // A cell that on a phone carries its column's name itself.
  static std::string labelled(std::string_view label, const std::string& content) {
    return fmt::format("<td data-label=\"{}\">{}</td>", label, content);
  }

  std::string unit_name(const std::string& id) const {
    const auto& units = report_.settings->units;
    const auto unit = units.find(id);
    return unit == units.end() ? id : unit->second.name;
  }

  std::string target_text(const PromiseGap& line) const {
    return line.promise->target ? share(line.promise->target->share) + " " : std::string();
  }

  // On a line of its own, below the state.
  std::string parts(const PromiseGap& line) const {
    const std::string text = target_parts_text(line, report_, terminal_);
    return text.empty() ? "" : fmt::format("<br><span class=\"soft parts\">{}</span>", html_escaped(text));
  }

  void overview() {
    const std::string_view heads[] = {say("Promised", "Lovat"), say("Delivered", "Levererat"),
                                      say("Gap", "Gap"), say("Share", "Andel")};
    add(fmt::format("<table class=\"overview\"><thead><tr><th scope=\"col\">{}</th>",
                    say("Promise", "Kundlöfte")));
    for (const std::string_view head : heads) add(fmt::format("<th scope=\"col\">{}</th>", head));
    add(fmt::format("<th class=\"hide-small\"></th><th scope=\"col\">{}</th></tr></thead><tbody>\n",
                    say("Target", "Mål")));
    for (const PromiseGap& line : report_.promises) {
      const gap::Summary& all = line.numbers.total;
      add(fmt::format("<tr><td><a href=\"#{}\">{}</a><br><span class=\"soft\">{}</span></td>",
                      html_escaped(line.promise->id), html_escaped(line.promise->title),
                      html_escaped(unit_name(line.promise->kept_by))));
      add(labelled(heads[0], count(all.settled())) + labelled(heads[1], count(all.kept)) +
          labelled(heads[2], "<b>" + count(all.settled() - all.kept) + "</b>") +
          labelled(heads[3], share(all.rate)));
      add(fmt::format("<td class=\"bar hide-small\">{}</td><td>{}</td></tr>\n", bar(all, 14),
                      target_text(line) + state(all.target_state) + parts(line)));
    }
    add("</tbody></table>\n");
  }

  void section(const PromiseGap& line) {
    const promise::Promise& promise = *line.promise;
    add(fmt::format("<section id=\"{}\"><h2>{}</h2>", html_escaped(promise.id), html_escaped(promise.title)));
    for (const promise::Claim& claim : promise.claims) {
      add(fmt::format(
          "<blockquote>{}{}</blockquote>", html_escaped(claim.wording),
          claim.at.empty() ? "" : fmt::format(" <span class=\"soft\">{}</span>", html_escaped(claim.at))));
    }
    const auto spelling =
        terminal_.language == Language::Swedish ? promise::Language::Swedish : promise::Language::English;
    add(fmt::format("<p class=\"soft\">{} <b>{}</b> · {}</p>", say("kept by", "hålls av"),
                    html_escaped(unit_name(promise.kept_by)),
                    html_escaped(promise::format_rule(promise, spelling))));
    const gap::Summary& all = line.numbers.total;
    if (all.instances == 0) {
      add(fmt::format("<p class=\"empty\">{}</p></section>\n",
                      say("No occasion: no event put this promise in force.",
                          "Inget tillfälle: ingen händelse har utlöst löftet.")));
      return;
    }
    three(all);
    add(bar(all, 22));
    facts(line);
    periods(line);
    groups(line);
    add("</section>\n");
  }

  void three(const gap::Summary& all) {
    add(fmt::format(
        "<div class=\"three\"><div><b>{}</b>{}</div><div class=\"delivered\"><b>{}</b>{} ({})</div><div "
        "class=\"gap\"><b>{}</b>{}</div></div>\n",
        count(all.settled()), say("promised", "lovat"), count(all.kept), say("delivered", "levererat"),
        share(all.rate), count(all.settled() - all.kept), say("the gap", "gapet")));
  }

  void facts(const PromiseGap& line) {
    const gap::Summary& all = line.numbers.total;
    std::string text = fmt::format("{} {} · {} {}", count(all.late), say("late", "för sent"),
                                   count(all.broken), say("broken", "brutna"));
    const auto more = [&](std::int64_t number, std::string_view word) {
      if (number > 0) text += fmt::format(" · {} {}", count(number), word);
    };
    more(all.pending, say("pending", "pågår"));
    more(all.overdue, say("overdue (unconfirmed)", "över tiden (obekräftat)"));
    more(all.void_, say("void", "upphävda"));
    more(all.unknown, say("unknown", "kan inte avgöras"));
    more(all.rescued, say("rescued by extra effort", "räddade genom extra insats"));
    add(fmt::format("<p>{}</p><p>", text));
    if (line.promise->target)
      add(fmt::format("{} {} {} · ", say("Target", "Mål"), share(line.promise->target->share),
                      target_standing(line)));
    if (all.wilson)
      add(fmt::format("{} {}–{} · ", say("95 % interval", "95 % intervall"), share(all.wilson->low),
                      share(all.wilson->high)));
    if (all.open() > 0 && all.certainty)
      add(fmt::format("{} {}–{} · ", say("can still become", "kan ännu bli"), share(all.certainty->low),
                      share(all.certainty->high)));
    add(fmt::format("{} {} {} {} {}", count(all.customers_with_broken), say("of", "av"), count(all.customers),
                    say("customers let down", "kunder svikna"), lateness(all)));
    add("</p>\n");
  }

  std::string lateness(const gap::Summary& all) const {
    if (!all.late_by) return "";
    const auto text = [this](std::int64_t us) {
      return duration_text(static_cast<double>(us) / 1e6, terminal_.language);
    };
    return fmt::format("· {} {}, 90 %: {}", say("late by: median", "för sent med: median"),
                       text(all.late_by->median_us), text(all.late_by->percentile_90_us));
  }

  // ---- the chart by period: a column each from zero, its 95 % interval as a whisker, the target as a line

  void periods(const PromiseGap& line) {
    const auto& all = line.numbers.periods;
    if (all.size() < 2) return;
    const std::span<const gap::PeriodSummary> shown(
        all.data() + (all.size() > kMostPeriods ? all.size() - kMostPeriods : 0),
        std::min(all.size(), kMostPeriods));
    add(fmt::format("<h3>{}</h3><p class=\"soft\">{}</p>",
                    say("Delivered, share by period", "Levererat, andel per period"),
                    say("Thin line: 95 % interval. Dashed: the target. Pale: not all is settled yet.",
                        "Tunn linje: 95 % intervall. Streckad: målet. Blek: allt är inte avgjort än.")));
    chart(line, shown);
    add(
        fmt::format("<details><summary>{}</summary><div class=\"wide\"><table><thead><tr><th "
                    "scope=\"col\">{}</th>{}</tr></thead><tbody>",
                    say("As a table", "Som tabell"), say("Period", "Period"), figure_heads()));
    for (const gap::PeriodSummary& period : shown)
      figure_row(period_label(periods_of(report_), period, *line.rules), period.summary);
    add("</tbody></table></div></details>\n");
  }

  void chart(const PromiseGap& line, std::span<const gap::PeriodSummary> shown) {
    constexpr double kWidth = 760, kHeight = 190, kLeft = 54, kTop = 10, kBottom = 28;
    const double plot = kHeight - kTop - kBottom;
    const double step = (kWidth - kLeft) / static_cast<double>(shown.size());
    const auto y = [&](double part) { return kTop + plot * (1 - part); };
    add(fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", kWidth, kHeight,
                    say("Share delivered by period; the table below has the numbers",
                        "Andel levererat per period; tabellen nedan har talen")));
    for (const double part : {0.0, 0.5, 1.0}) {
      add(
          fmt::format("<line class=\"axis\" x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/><text "
                      "class=\"soft\" x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{} %</text>",
                      kLeft, kWidth, y(part), y(part), kLeft - 6, y(part) + 4, static_cast<int>(part * 100)));
    }
    const std::size_t every = (shown.size() + 11) / 12;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const double x = kLeft + step * static_cast<double>(i);
      column(shown[i].summary, x, step, y, period_label(periods_of(report_), shown[i], *line.rules));
      if (i % every == 0) {
        add(fmt::format("<text class=\"soft\" x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                        x + step / 2, kHeight - 8, period_label(periods_of(report_), shown[i], *line.rules)));
      }
    }
    if (line.promise->target) {
      const double at = y(line.promise->target->share);
      add(
          fmt::format("<line class=\"target-line\" x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\"><title>{} "
                      "{}</title></line>",
                      kLeft, kWidth, at, at, say("target", "mål"), share(line.promise->target->share)));
    }
    add("</svg>");
  }

  template <typename Y>
  void column(const gap::Summary& summary, double x, double step, const Y& y, const std::string& label) {
    if (!summary.rate) return;
    const double width = std::min(step * 0.7, 48.0);
    const double left_edge = x + (step - width) / 2;
    add(fmt::format(
        "<rect class=\"kept-fill{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
        "height=\"{:.1f}\"><title>{}: {} ({} / {})</title></rect>",
        summary.open() > 0 ? " unsettled" : "", left_edge, y(*summary.rate), width, y(0) - y(*summary.rate),
        label, share(summary.rate), count(summary.kept), count(summary.settled())));
    if (summary.wilson) {
      add(fmt::format("<line class=\"whisker\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>",
                      x + step / 2, y(summary.wilson->low), y(summary.wilson->high)));
    }
  }

  // ---- cuts

  std::string figure_heads() const {
    std::string heads;
    for (const std::string_view word :
         {say("Promised", "Lovat"), say("Delivered", "Levererat"), say("Gap", "Gap"), std::string_view("%"),
          say("Open", "Öppna"), std::string_view("")}) {
      heads += fmt::format("<th scope=\"col\">{}</th>", word);
    }
    return heads;
  }

  void figure_row(const std::string& name, const gap::Summary& summary) {
    add(
        fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td><b>{}</b></td><td>{}</td><td>{}</td><td "
                    "class=\"bar\">{}</td></tr>",
                    html_escaped(name), count(summary.settled()), count(summary.kept),
                    count(summary.settled() - summary.kept), share(summary.rate), count(summary.open()),
                    bar(summary, 12)));
  }

  void groups(const PromiseGap& line) {
    for (const std::string& by : report_.options.by) {
      std::size_t shown = 0, found = 0;
      add(
          fmt::format("<h3>{} {}</h3><div class=\"wide\"><table><thead><tr><th "
                      "scope=\"col\">{}</th>{}</tr></thead><tbody>",
                      say("By", "Per"), html_escaped(by), html_escaped(by), figure_heads()));
      if (by == kByUnit) {
        for (const auto& [unit, summary] : line.by_unit) figure_row(unit_name(unit), summary);
      }
      for (const gap::GroupSummary& group : line.numbers.groups) {
        if (group.by != by || ++found > kMostGroups) continue;
        ++shown;
        figure_row(group_text(group.value, report_), group.summary);
      }
      add("</tbody></table></div>");
      if (shown < found)
        add(fmt::format("<p class=\"soft\">{} {} {}</p>", shown, say("worst of", "sämsta av"), found));
    }
  }

  void foot() {
    add(fmt::format(
        "<p class=\"soft\" style=\"margin-top:3rem\">{}</p></body></html>\n",
        say("The gap is what was promised and not delivered in time. Void and unknown stand outside. Made by "
            "Handslag on one machine; nothing on this page comes from another.",
            "Gapet är det som lovats och inte levererats i tid. Upphävda och oavgjorda räknas inte med. "
            "Gjord av Handslag på en maskin; inget på sidan hämtas från någon annan.")));
  }

  const GapReport& report_;
  const Terminal& terminal_;
  std::string html_;
};

}  // namespace

std::string gap_page(const GapReport& report, const Terminal& terminal) {
  return HtmlPage(report, terminal).write();
}

}  // namespace handslag::app
