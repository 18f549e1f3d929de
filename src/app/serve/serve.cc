// SPDX-License-Identifier: Apache-2.0
#include "app/serve/serve.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>

#include "app/api/api.h"
#include "app/api/front_desk.h"
#include "app/api/hooks.h"
#include "app/api/register_desk.h"
#include "app/api/routes.h"
#include "app/api/services.h"
#include "app/intake/uploads.h"
#include "app/intake/zones.h"
#include "app/quarters/quarters.h"
#include "app/serve/log.h"
#include "app/serve/metrics.h"
#include "app/serve/metrics_listener.h"
#include "app/settings/settings.h"
#include "io/runtime/supervisor.h"
#include "pure/calendar/calendars.h"

namespace handslag::app {
namespace {

constexpr std::chrono::seconds kDrain{10};

sigset_t ending_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
  return set;
}

// For wait_for_end alone.
void keep_signals() {
  const sigset_t set = ending_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

timespec as_timespec(std::chrono::microseconds time) {
  return {time.count() / 1'000'000, (time.count() % 1'000'000) * 1000};
}

// Tells the supervisor that we live, while the watch answers: one that hangs is started again.
class Watchdog {
 public:
  explicit Watchdog(Watch& watch) : watch_(watch) { ask(); }
  void beat() {
    if (has_answered_ != nullptr && !*has_answered_) return;
    if (has_answered_ != nullptr) runtime::tell_supervisor("WATCHDOG=1");
    ask();
  }

 private:
  void ask() {
    const auto answered = std::make_shared<std::atomic<bool>>(false);
    has_answered_ = watch_.ask([answered](Live*, Timestamp) { *answered = true; }) ? answered : nullptr;
  }
  Watch& watch_;
  std::shared_ptr<std::atomic<bool>> has_answered_;  // shared with the question, which may outlive this
};

// Until SIGINT or SIGTERM. SIGHUP reads the certificates again. `each_minute` runs meanwhile.
void wait_for_end(http::Server& server, Log& log, Watch& watch, const std::function<void()>& each_minute) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::microseconds kMinute = std::chrono::minutes(1);
  const sigset_t set = ending_signals();
  const std::chrono::microseconds watchdog = runtime::watchdog_interval();
  const timespec tick = as_timespec(watchdog.count() > 0 ? std::min(kMinute, watchdog / 3) : kMinute);
  Watchdog dog(watch);
  for (auto next_minute = Clock::now() + kMinute;;) {
    const int signal = sigtimedwait(&set, nullptr, &tick);
    if (signal == SIGINT || signal == SIGTERM) return;
    if (signal == SIGHUP) {
      const Status read = server.reload_certificates();
      if (read.ok())
        log.say("info", "certificates read again");
      else
        log.fail("the certificates stay as they were", read.error().message);
    }
    if (watchdog.count() > 0) dog.beat();
    if (Clock::now() < next_minute) continue;
    next_minute = Clock::now() + kMinute;
    each_minute();
  }
}

http::ServerOptions server_options(const ServeSettings& settings, Log& log, RequestTimes& times) {
  http::ServerOptions options;
  options.listen = settings.listen;
  options.threads = settings.threads;
  options.certificate_path = settings.certificate;
  options.key_path = settings.key;
  options.allowed_hosts = settings.allowed_hosts;
  options.trusted_proxies = settings.trusted_proxies;
  options.on_answer = [&log, &times](const http::AccessRecord& record) {
    times.add(record);
    log.answer(record);
  };
  return options;
}

std::string address_of(const ServeSettings& settings, const http::Server& server) {
  const std::string& first = settings.listen.front();
  const std::string host = first.substr(0, first.rfind(':'));
  return fmt::format("{}://{}:{}", settings.certificate.empty() ? "http" : "https", host,
                     server.ports().front());
}

// Nothing where no listener is wanted.
Result<std::unique_ptr<MetricsListener>> listen_for_metrics(const Session& session, const std::string& listen,
                                                            std::function<std::string()> text) {
  if (listen.empty()) return std::unique_ptr<MetricsListener>();
  HANDSLAG_TRY(listener, MetricsListener::start(listen, std::move(text)));
  *session.terminal.out << fmt::format(
                               fmt::runtime(session.terminal.say("Metrics at http://{}:{}/metrics\n",
                                                                 "Mätvärden på http://{}:{}/metrics\n")),
                               listen.substr(0, listen.rfind(':')), listener->port())
                        << std::flush;
  return listener;
}

MetricsReading reading_of(const Services& services, const RequestTimes& times, const http::Server& server) {
  MetricsReading reading{services.version,
                         services.clock.now(),
                         Timestamp{static_cast<std::int64_t>(services.started)},
                         times.times(),
                         services.intake.counts().counts(),
                         services.journal.state(),
                         services.watch.state(),
                         server.counters()};
  read_process(reading);
  return reading;
}

// Where to go and how to come in. The first line says the address: scripts wait for it.
void welcome(const Session& session, const std::string& address, const std::optional<std::string>& token) {
  const Terminal& terminal = session.terminal;
  std::ostream& out = *terminal.out;
  out << fmt::format(fmt::runtime(terminal.say("Handslag answers at {}\n", "Handslag svarar på {}\n")),
                     address);
  if (token) {
    out << fmt::format(
        fmt::runtime(terminal.say(
            "There is no administrator yet. Make the first one within 24 hours, in a browser or with "
            "curl:\n"
            "  {0}/setup#{1}\n"
            "  curl {0}/v1/setup -d "
            "'{{\"token\":\"{1}\",\"login\":\"…\",\"name\":\"…\",\"password\":\"…\"}}'\n",
            "Det finns ingen administratör än. Gör den första inom 24 timmar, i en webbläsare eller med "
            "curl:\n"
            "  {0}/setup#{1}\n"
            "  curl {0}/v1/setup -d "
            "'{{\"token\":\"{1}\",\"login\":\"…\",\"name\":\"…\",\"password\":\"…\"}}'\n")),
        address, *token);
  } else {
    out << fmt::format(
        fmt::runtime(terminal.say(
            "Sign in at {}/ with your login. Who they are: handslag --data {} person list. A forgotten "
            "password: stop this server, then handslag --data {} person password LOGIN\n",
            "Logga in på {}/. Vilka som kan: handslag --data {} person list. Ett glömt lösenord: stoppa "
            "servern, sedan handslag --data {} person password LOGIN\n")),
        address, session.data, session.data);
  }
  out << std::flush;
}

// What fields of registers may name. Where an installation declares no units, any goes.
Surroundings surroundings_of(const Settings& installation, Access& access) {
  Surroundings surroundings;
  surroundings.knows_unit = [units = installation.units](const std::string& unit) {
    return units.empty() || units.contains(unit);
  };
  surroundings.knows_person = [&access](const std::string& person) {
    const auto people = access.accounts->people(operator_caller("serve"));
    return people.ok() &&
           std::any_of(people->begin(), people->end(), [&](const Person& it) { return it.login == person; });
  };
  surroundings.knows_promise = [](const std::string&) { return true; };
  surroundings.person_for = [&access](const std::string& word, const std::string& unit) {
    const auto role = find_role(word);
    const auto people = access.accounts->people(operator_caller("serve"));
    if (!role || !people.ok()) return std::string();
    for (const Person& person : *people) {
      if (person.disabled) continue;
      for (const Grant& grant : person.grants)
        if (grant.role == *role && (grant.unit == unit || grant.unit == kAllUnits)) return person.login;
    }
    return std::string();
  };
  return surroundings;
}

Result<std::unique_ptr<Notices>> start_notices(const store::DataDirectory& directory,
                                               const ServeSettings& settings, const Settings& installation,
                                               const calendar::Calendars& calendars,
                                               const runtime::Clock& clock,
                                               std::shared_ptr<ChangeFeed> feed) {
  HANDSLAG_TRY(records, directory.open_notices());
  const model::TimeRules* rules = calendars.find(model::kDefaultCalendar, model::kDefaultZone);
  if (rules == nullptr)
    return unavailable("the zone Europe/Stockholm is not known to this system; install tzdata");
  const auto unit_name = [units = installation.units](const std::string& unit) {
    const auto found = units.find(unit);
    return found == units.end() || found->second.name.empty() ? unit : found->second.name;
  };
  return Notices::start({std::move(records), std::move(feed), clock, *rules, unit_name, settings.mail,
                         settings.webhooks_to_private_addresses});
}

// What goes by the clock, and a word of what stands still.
void keep_up(const Services& services, Log& log, std::uint64_t& lost_told) {
  const Status kept = services.access.keep_up();
  if (!kept.ok()) log.fail("sessions and keys are not kept up", kept.error().message);
  const Status told = services.registers.run_clock();
  if (!told.ok()) log.fail("the clock of registers stands still", told.error().message);
  const std::string unsent = services.registers.failure();
  if (!unsent.empty()) log.fail("events of registers do not go out", unsent);
  const WatchState state = services.watch.state();
  if (!state.failure.empty()) log.fail("verdicts stand still", state.failure);
  if (const std::uint64_t lost = state.lost_refused - lost_told; lost > 0)
    log.say("error", std::to_string(lost) + " events that the event log refused are lost: as many rejected " +
                         "events wait as may; replay or dismiss some (handslag rejects)");
  lost_told = state.lost_refused;
  const std::string untold = services.notices->state().failure;
  if (!untold.empty()) log.fail("nobody outside is told", untold);
}

// Workers may still ask the watch, so it is the last.
void answer_what_was_asked(Workers& hashers, Workers& workers, Watch& watch) {
  hashers.finish();
  workers.finish();
  watch.ask_and_wait([](Live*, Timestamp) {});
}

}  // namespace

Status serve(const Session& session, ServeSettings settings) {
  keep_signals();  // Why first: threads inherit the mask
  Log log(std::cerr);
  const runtime::WallClock wall;
  HANDSLAG_TRY(directory, store::DataDirectory::open(session.data, store::Mode::Create, "serve", wall.now()));
  HANDSLAG_TRY(hooks, read_hooks(session.data, settings.hook_secrets));
  HANDSLAG_TRY(installation, read_settings(session.data));
  HANDSLAG_TRY(calendars, calendar::Calendars::create(installation.calendars));
  hooks.public_url = settings.public_url;
  const Zones zones(*calendars);
  hooks.zones = &zones;
  HANDSLAG_TRY(access, open_access(directory, wall));
  HANDSLAG_TRY(token, access->accounts->first_token());
  HANDSLAG_TRY(journal, directory.intake());  // the directory's own
  WatchOptions watching;
  watching.live.fixed_now = session.now;
  watching.live.names = quarter_names();  // those of the card and of causes are among them
  watching.live.feed = std::make_shared<ChangeFeed>();
  HANDSLAG_TRY(notices,
               start_notices(directory, settings, installation, *calendars, wall, watching.live.feed));
  watching.live.follower = notices.get();
  HANDSLAG_TRY(watch, Watch::start(directory, *journal, wall, watching));
  LiveIntake intake(*journal, *watch);
  HANDSLAG_TRY(
      desk, RegisterDesk::open(directory, *calendars, wall, intake, surroundings_of(installation, *access)));
  HANDSLAG_TRY(front, FrontDesk::open(directory, *desk, wall.now()));
  desk->tell([&notices] { notices->look_again(); });
  HANDSLAG_TRY(uploads, Uploads::open(session.data));
  Workers workers(2), hashers(1);
  Beats beats;
  std::atomic<bool> stopping{false};
  const Services services{directory,
                          *journal,
                          *watch,
                          intake,
                          *access,
                          workers,
                          beats,
                          hooks,
                          *desk,
                          *front,
                          wall,
                          [&stopping] { return stopping.load(); },
                          HANDSLAG_VERSION,
                          static_cast<std::uint64_t>(wall.now().us),
                          &hashers,
                          notices.get(),
                          uploads.get(),
                          settings.embedded_by};
  Api api(services, all_routes());
  RequestTimes times;
  HANDSLAG_TRY(server, http::Server::start(server_options(settings, log, times), api));
  welcome(session, address_of(settings, *server), token);
  HANDSLAG_TRY(metrics, listen_for_metrics(session, settings.metrics_listen, [&, raw = server.get()] {
                 return metrics_text(reading_of(services, times, *raw));
               }));
  runtime::tell_supervisor("READY=1\nSTATUS=answers at " + address_of(settings, *server));
  std::uint64_t lost_told = 0;
  wait_for_end(*server, log, *watch, [&] { keep_up(services, log, lost_told); });
  log.say("info", "stopping: what is on its way is answered first");
  runtime::tell_supervisor("STOPPING=1");
  stopping = true;
  metrics.reset();
  server->stop(kDrain);
  server.reset();
  answer_what_was_asked(hashers, workers, *watch);
  journal->wait_for_all();  // whose callbacks hand batches to the watch
  return {};
}

}  // namespace handslag::app
