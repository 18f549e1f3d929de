// SPDX-License-Identifier: Apache-2.0
#include "app/evaluate/evaluation.h"

#include <fmt/format.h>

#include <thread>

#include "app/promises/time_names.h"
#include "io/runtime/clock.h"
#include "io/runtime/threads.h"
#include "pure/promise/parse.h"

namespace handslag::app {
namespace {

// Customers [from, to) of one thread.
struct Share {
  model::CustomerIndex from = 0, to = 0;
  model::Verdicts verdicts;
};

unsigned cores() {
  return std::max(1U, std::thread::hardware_concurrency());
}

// Equal shares of the events, not of the customers: one of them may have most.
std::vector<Share> shares_of(const model::Columns& columns, unsigned count) {
  std::vector<Share> shares(count);
  model::CustomerIndex customer = 0;
  for (unsigned i = 0; i < count; ++i) {
    shares[i].from = customer;
    const std::size_t target = columns.events() * (i + 1) / count;
    while (customer < columns.customers() && (i + 1 == count || columns.offsets[customer + 1] <= target))
      ++customer;
    shares[i].to = customer;
  }
  return shares;
}

void append(model::Verdicts& all, model::Verdicts&& part) {
  const auto shift = static_cast<std::uint32_t>(all.witnesses.size());
  all.witnesses.insert(all.witnesses.end(), part.witnesses.begin(), part.witnesses.end());
  if (all.instances.empty()) {
    all.instances = std::move(part.instances);
    return;
  }
  all.instances.reserve(all.instances.size() + part.instances.size());
  for (model::Instance instance : part.instances) {
    instance.first_witness += shift;
    all.instances.push_back(instance);
  }
}

Result<model::Verdicts> evaluate_shares(const promise::Program& program, const model::Columns& columns,
                                        std::vector<Share> shares) {
  HANDSLAG_CHECK_STATUS(runtime::on_threads(static_cast<unsigned>(shares.size()), [&](unsigned part) {
    Share& share = shares[part];
    promise::Evaluator evaluator(program, columns);
    for (model::CustomerIndex c = share.from; c < share.to; ++c) evaluator.customer(c, share.verdicts);
    return Status();
  }));
  model::Verdicts all;
  for (Share& share : shares) append(all, std::move(share.verdicts));
  return all;
}

Result<std::vector<Share>> chosen_customers(const store::Loaded& loaded, const std::string& reference,
                                            Date today) {
  if (reference.empty()) return shares_of(loaded.columns, cores());
  HANDSLAG_TRY(customers, loaded.customers.find(reference, today));
  std::vector<Share> shares;
  for (const model::CustomerIndex customer : customers) {
    shares.emplace_back();
    shares.back().from = customer;
    shares.back().to = customer + 1;
  }
  return shares;
}

// From the next version's start, or from the withdrawal, a version judges no more.
Timestamp end_of(const std::vector<store::PromiseVersion>& versions, std::size_t i) {
  const Timestamp withdrawn = versions[i].withdrawn_at.value_or(kEndOfTime);
  const bool has_next = i + 1 < versions.size() && versions[i + 1].id == versions[i].id;
  return has_next ? std::min(withdrawn, versions[i + 1].from) : withdrawn;
}

}  // namespace

Status report_problems(const std::vector<promise::CompileProblem>& problems, std::size_t versions,
                       const Terminal& terminal) {
  std::string text;
  for (const promise::CompileProblem& problem : problems)
    text += (text.empty() ? "" : "\n") + problem.error.message;
  if (!problems.empty() && problems.size() == versions) return invalid(text);
  if (!problems.empty()) *terminal.notes << text << '\n';
  return {};
}

const promise::Version& Evaluation::version_of(const model::Instance& instance) const {
  return promises.versions()[instance.promise];
}

const model::TimeRules& rules_of(const promise::Promise& promise, const calendar::Calendars& calendars) {
  const model::TimeRules* rules = calendars.find(promise.calendar, promise.zone);
  if (rules == nullptr)
    rules = calendars.find({}, {});  // a promise that cannot run has no instances to tell of
  HANDSLAG_CHECK(rules != nullptr, "the default calendar");
  return *rules;
}

const model::TimeRules& Evaluation::rules_of(const promise::Promise& promise) const {
  return app::rules_of(promise, *calendars);
}

Result<model::Verdicts> evaluate_all(const promise::Program& program, const model::Columns& columns) {
  return evaluate_shares(program, columns, shares_of(columns, cores()));
}

const model::TimeRules& Evaluation::rules_of(std::uint32_t version) const {
  return rules_of(*promises.versions()[version].promise);
}

std::span<const model::EventIndex> Evaluation::witnesses_of(const model::Instance& instance) const {
  return std::span(verdicts.witnesses).subspan(instance.first_witness, instance.witnesses);
}

Timestamp current_time(const Session& session) {
  return session.now.value_or(runtime::WallClock().now());
}

store::LoadOptions load_options(const Settings& settings, const Session& session) {
  store::LoadOptions options;
  options.ranks = settings.type_ranks;
  options.shared_identifier_types = settings.shared_identifiers;
  options.now = session.now;
  options.wall = runtime::WallClock().now();
  options.threads = cores();
  return options;
}

Result<store::DataDirectory> open_for_reading(const Session& session, const std::string& purpose) {
  return store::DataDirectory::open(session.data, store::Mode::Read, purpose, runtime::WallClock().now());
}

Result<PromiseSet> promises_in_force(store::DataDirectory& directory) {
  HANDSLAG_TRY(versions, directory.promises().all());
  PromiseSet set;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    promise::Parsed parsed = promise::parse(versions[i].text);
    if (!parsed.ok() || parsed.promises.size() != 1) {
      return Error{ErrorCode::Corrupt,
                   fmt::format("version {} of the promise \"{}\" cannot be read as this program reads "
                               "promises; publish it anew",
                               versions[i].version, versions[i].id)};
    }
    set.add(std::move(parsed.promises.front()), versions[i].version, versions[i].from, end_of(versions, i));
  }
  return set;
}

Result<PromiseSet> choose_promises(store::DataDirectory& directory, const std::vector<std::string>& paths,
                                   const Terminal& terminal) {
  if (!paths.empty()) {
    HANDSLAG_TRY(calendars, calendars_of(directory.path()));
    HANDSLAG_TRY(from_files, read_promise_files(paths, *calendars, terminal));
    if (from_files.empty()) return invalid(fmt::format("{}: there is no promise in it", paths.front()));
    return from_files;
  }
  HANDSLAG_TRY(set, promises_in_force(directory));
  if (set.empty()) return no_promises(terminal);
  return set;
}

Status require_time_rules(const PromiseSet& promises, const calendar::Calendars& calendars) {
  std::string problems;
  for (const promise::Version& version : promises.versions()) {
    const promise::Promise& promise = *version.promise;
    const auto zone = calendars.zone(promise.zone);
    if (!zone.ok()) problems += fmt::format("promise {}: {}\n", promise.id, zone.error().message);
    if (zone.ok() && calendars.find(promise.calendar, promise.zone) == nullptr) {
      problems += fmt::format(
          "promise {}: there is no calendar \"{}\" here; known are {}. Others come in with handslag settings "
          "put calendars.toml\n",
          promise.id, promise.calendar, fmt::join(calendars.names(), ", "));
    }
  }
  if (problems.empty()) return {};
  problems.pop_back();
  return invalid(problems);
}

Error no_promises(const Terminal& terminal) {
  return invalid(std::string(terminal.say(
      "no promise is in force here. Name promise files with --promises PATH, or put them in force: "
      "handslag --data DIR promise publish PATH",
      "inget löfte gäller här. Ange löftesfiler med --promises SÖKVÄG, eller publicera dem: "
      "handslag --data KATALOG promise publish SÖKVÄG")));
}

Result<std::unique_ptr<Evaluation>> evaluate(store::DataDirectory& directory, PromiseSet promises,
                                             const EvaluationRequest& request, const Session& session) {
  auto evaluation = std::make_unique<Evaluation>();
  evaluation->promises = std::move(promises);
  HANDSLAG_TRY(settings, read_settings(directory.path()));
  HANDSLAG_TRY(calendars, calendar::Calendars::create(settings.calendars));
  evaluation->settings = std::move(settings);
  evaluation->calendars = std::move(calendars);
  const auto needs = promise::column_needs(evaluation->promises.versions(), request.by);
  store::LoadOptions options = load_options(evaluation->settings, session);
  if (request.live_sources) {
    options.live_sources = *request.live_sources;
  } else {
    HANDSLAG_TRY(sources, directory.sources().all());
    options.live_sources = std::move(sources);
  }
  HANDSLAG_TRY(loaded, store::load(directory.log(), needs, options));
  evaluation->loaded = std::move(loaded);
  auto compiled = promise::compile(evaluation->promises.versions(), evaluation->loaded.columns,
                                   evaluation->loaded.horizons, *evaluation->calendars);
  HANDSLAG_CHECK_STATUS(
      report_problems(compiled.problems, evaluation->promises.versions().size(), session.terminal));
  evaluation->program = std::move(compiled.program);
  HANDSLAG_TRY(shares,
               chosen_customers(evaluation->loaded, request.customer, utc_day(current_time(session))));
  if (!shares.empty()) {
    HANDSLAG_TRY(verdicts,
                 evaluate_shares(*evaluation->program, evaluation->loaded.columns, std::move(shares)));
    evaluation->verdicts = std::move(verdicts);
  }
  return evaluation;
}

}  // namespace handslag::app
