// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/doctor.h"

#include <fmt/format.h>

#include "app/evaluate/evaluation.h"
#include "app/language/numbers.h"
#include "app/language/words.h"
#include "base/text.h"
#include "io/runtime/disk.h"
#include "io/store/load_corrections.h"
#include "pure/calendar/zone.h"
#include "pure/promise/patterns.h"

namespace handslag::app {
namespace {

constexpr std::uint64_t kLittleDiskBytes = 1ULL << 30;
constexpr std::int64_t kStaleSourceDays = 7;

// Prints findings as they come and counts the faults.
class Findings {
 public:
  explicit Findings(const Terminal& terminal) : terminal_(terminal) {}

  void fine(const std::string& text) { print(Paint::Good, terminal_.say("ok", "ok"), text); }
  void warn(const std::string& text) { print(Paint::Late, terminal_.say("look", "se på"), text); }
  void fault(const std::string& text) {
    print(Paint::Bad, terminal_.say("fault", "fel"), text);
    ++faults_;
  }
  std::size_t faults() const { return faults_; }
  std::string say(std::string_view english, std::string_view swedish) const {
    return std::string(terminal_.say(english, swedish));
  }
  Language language() const { return terminal_.language; }

 private:
  void print(Paint paint, std::string_view mark, const std::string& text) {
    *terminal_.out << painted(terminal_, paint, left(mark, 6)) << text << '\n';
  }
  const Terminal& terminal_;
  std::size_t faults_ = 0;
};

void examine_machine(const std::string& path, Findings& findings) {
  const auto zone = calendar::Zone::open(model::kDefaultZone);
  if (zone.ok())
    findings.fine(findings.say("time zones are installed", "tidszoner finns"));
  else
    findings.fault(zone.error().message);
  const auto free = runtime::free_disk_bytes(path);
  if (!free.ok()) return findings.fault(free.error().message);
  const std::string text = fmt::format(fmt::runtime(findings.say("{} free for {}", "{} ledigt för {}")),
                                       runtime::format_bytes(*free), path);
  if (*free < kLittleDiskBytes)
    findings.warn(text + findings.say("; an import may need more", "; en import kan behöva mer"));
  else
    findings.fine(text);
}

void examine_mail(const ServeOptions& options, Findings& findings) {
  const auto settings = read_serve_settings(options);
  if (!settings.ok()) return findings.fault(settings.error().message);
  const mail::MailServer& server = settings->mail.server;
  if (server.host.empty()) {
    findings.fine(findings.say("no mail is sent: the server's configuration has no [mail]",
                               "ingen e-post skickas: serverns inställningar har ingen [mail]"));
    return;
  }
  const Status greeted = mail::greet(server);
  if (!greeted.ok()) return findings.fault(greeted.error().message);
  findings.fine(
      fmt::format(fmt::runtime(findings.say("mail can be sent by {}:{}", "e-post kan skickas via {}:{}")),
                  server.host, server.port));
}

Status examine_stores(store::DataDirectory& directory, Findings& findings) {
  HANDSLAG_TRY(damages, directory.inspect());
  for (const std::string& damage : damages) findings.fault(damage);
  if (damages.empty())
    findings.fine(findings.say("event log and records read whole", "händelselogg och register läses hela"));
  return {};
}

Status examine_imports(store::DataDirectory& directory, Findings& findings) {
  HANDSLAG_TRY(imports, directory.log().imports());
  std::uint64_t standing = 0, rejected = 0, future = 0;
  for (const store::ImportRecord& record : imports) {
    if (record.removed) continue;
    ++standing;
    rejected += record.rejected;
    future += record.future_events;
  }
  if (standing == 0) {
    findings.warn(findings.say("nothing has come in yet: handslag --data DIR import FILE…",
                               "inget har kommit in än: handslag --data KATALOG import FIL…"));
    return {};
  }
  findings.fine(counted(standing, kImports, findings.language()));
  if (rejected > 0)
    findings.warn(fmt::format(
        fmt::runtime(findings.say("{} records could not be used: handslag --data DIR rejects",
                                  "{} poster kunde inte användas: handslag --data KATALOG rejects")),
        count_text(rejected, findings.language())));
  if (future > 0)
    findings.warn(fmt::format(
        fmt::runtime(findings.say(
            "{} events are dated after their import; they move no horizon. Are their dates right?",
            "{} händelser är daterade efter sin import; de flyttar ingen horisont. Stämmer datumen?")),
        count_text(future, findings.language())));
  return {};
}

// Why: beside the others, not beside the clock: files are as old as they are. But a row dated 2099 is no
// news.
void examine_sources(const store::LogSummary& summary, Timestamp now, Findings& findings) {
  Timestamp newest = kFirstTime;
  for (const store::SourceSummary& source : summary.sources)
    if (source.last_event <= now) newest = std::max(newest, source.last_event);
  for (const store::SourceSummary& source : summary.sources) {
    const std::string text = fmt::format(
        fmt::runtime(findings.say("source {}: {}, the last {}", "källa {}: {}, den sista {}")), source.source,
        counted(source.events, kEvents, findings.language()), format_rfc3339(source.last_event));
    const std::int64_t days_behind = (newest.us - source.last_event.us) / kMicrosPerDay;
    if (days_behind < kStaleSourceDays) {
      findings.fine(text);
    } else {
      findings.warn(
          text +
          fmt::format(fmt::runtime(findings.say("; {} behind the newest source. Is it still sending?",
                                                "; {} efter den nyaste källan. Sänder den fortfarande?")),
                      counted(static_cast<std::uint64_t>(days_behind), kDays, findings.language())));
    }
  }
}

// Why: they are in the log and on no timeline, and no question would ever tell.
Status examine_corrections(store::DataDirectory& directory, Findings& findings) {
  constexpr std::size_t kNamed = 5;
  HANDSLAG_TRY(rows, store::find_correction_circles(directory.log()));
  if (rows.empty()) return {};
  const std::vector<store::RowNumber> shown(
      rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), kNamed)));
  HANDSLAG_TRY(events, directory.log().fetch(shown));
  std::string names;
  for (const model::Event& event : events)
    names += fmt::format("{}{} {}", names.empty() ? "" : ", ", event.source, event.id);
  if (rows.size() > kNamed) names += ", …";
  findings.warn(fmt::format(
      fmt::runtime(findings.say(
          "{} replace or void themselves or each other in a circle, so none of them stands: {}",
          "{} ersätter eller upphäver sig själva eller varandra i en ring, så ingen av dem gäller: {}")),
      counted(rows.size(), kEvents, findings.language()), names));
  return {};
}

// What promises can be written about: most frequent first.
void tell_types(const store::LogSummary& summary, Findings& findings) {
  constexpr std::size_t kShown = 40;
  std::vector<store::TypeSummary> types = summary.types;
  std::stable_sort(types.begin(), types.end(),
                   [](const auto& a, const auto& b) { return a.events > b.events; });
  if (types.empty()) return;
  std::string text;
  for (std::size_t i = 0; i < std::min(types.size(), kShown); ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", types[i].type,
                        count_text(types[i].events, findings.language()));
  if (types.size() > kShown)
    text += fmt::format(fmt::runtime(findings.say(" and {} more", " och {} till")), types.size() - kShown);
  findings.fine(fmt::format(fmt::runtime(findings.say("event types: {}", "händelsetyper: {}")), text));
}

bool is_sent(const promise::TypePattern& pattern, const std::vector<std::string_view>& sent) {
  return std::any_of(sent.begin(), sent.end(), [&pattern](std::string_view type) {
    return pattern.is_prefix ? type.starts_with(pattern.text) : type == pattern.text;
  });
}

void examine_promises(const PromiseSet& promises, const Settings& settings, const store::LogSummary& summary,
                      Findings& findings) {
  std::vector<std::string_view> sent;
  for (const store::TypeSummary& type : summary.types) sent.push_back(type.type);
  for (std::uint32_t id = 0; id < promises.ids().size(); ++id) {
    const promise::Promise& promise = promises.newest(id);
    bool is_fine = true;
    promise::for_each_pattern(promise.rule, [&](const promise::EventPattern& pattern) {
      if (is_sent(pattern.type, sent)) return;
      is_fine = false;
      const auto near = nearest_word(pattern.type.text, sent);
      findings.warn(fmt::format(
          fmt::runtime(
              findings.say("promise {}: no source sends \"{}\"{}", "löfte {}: ingen källa sänder \"{}\"{}")),
          promise.id, pattern.type.text,
          near ? fmt::format(fmt::runtime(findings.say(" (did you mean \"{}\"?)", " (menade du \"{}\"?)")),
                             *near)
               : ""));
    });
    if (!promise.kept_by.empty() && !settings.units.empty() && !settings.units.contains(promise.kept_by)) {
      is_fine = false;
      findings.warn(fmt::format(fmt::runtime(findings.say("promise {}: units.toml knows no unit \"{}\"",
                                                          "löfte {}: units.toml känner ingen enhet \"{}\"")),
                                promise.id, promise.kept_by));
    }
    if (is_fine) findings.fine(fmt::format(fmt::runtime(findings.say("promise {}", "löfte {}")), promise.id));
  }
}

}  // namespace

Status examine(const Session& session, const ServeOptions& server) {
  Findings findings(session.terminal);
  examine_machine(session.data, findings);
  examine_mail(server, findings);
  HANDSLAG_TRY(directory, open_for_reading(session, "doctor"));
  HANDSLAG_CHECK_STATUS(examine_stores(directory, findings));
  HANDSLAG_CHECK_STATUS(examine_imports(directory, findings));
  auto settings = read_settings(directory.path());
  if (settings.ok()) {
    const auto calendars = calendar::Calendars::create(settings->calendars);
    if (!calendars.ok()) findings.fault(calendars.error().message);
  } else {
    findings.fault(settings.error().message);
    settings = Settings{};
  }
  HANDSLAG_TRY(summary, directory.log().summary());
  examine_sources(summary, current_time(session), findings);
  tell_types(summary, findings);
  HANDSLAG_CHECK_STATUS(examine_corrections(directory, findings));
  auto promises = promises_in_force(directory);
  if (!promises.ok())
    findings.fault(promises.error().message);
  else if (promises->empty())
    findings.warn(findings.say("no promise is in force: handslag --data DIR promise publish PATH",
                               "inget löfte gäller: handslag --data KATALOG promise publish SÖKVÄG"));
  else
    examine_promises(*promises, *settings, summary, findings);
  if (findings.faults() == 0) return {};
  return invalid(fmt::format("{} {}", counted(findings.faults(), kFaults, findings.language()),
                             findings.say("found", "funna")));
}

}  // namespace handslag::app
