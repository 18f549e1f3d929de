// SPDX-License-Identifier: Apache-2.0
// Loading, taking events, committing. Corrections: live_corrections.cc; evaluation: live_evaluate.cc;
// questions: live_questions.cc.
#include "app/watch/live.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/evaluate/evaluation.h"
#include "app/language/json.h"

namespace handslag::app {
namespace {

model::SourceHorizon& horizon_of_source(model::Horizons& horizons, const std::string& source) {
  auto& all = horizons.sources;
  const auto by_name = [](const model::SourceHorizon& a, const std::string& name) { return a.source < name; };
  auto at = std::lower_bound(all.begin(), all.end(), source, by_name);
  if (at == all.end() || at->source != source) {
    at = all.insert(at, {source, kEndOfTime, kNoTime, false, {}});
  }
  return *at;
}

Result<std::vector<timeline::RowOrder>> orders_in_log(store::EventLog& log,
                                                      std::span<const std::uint32_t> rows) {
  HANDSLAG_TRY(events, log.fetch(rows));
  std::vector<timeline::RowOrder> orders;
  for (model::Event& it : events) orders.push_back({std::move(it.source), it.sequence, std::move(it.id)});
  return orders;
}

// What an event says, in the order of ValuePlace.
void add_values(const model::Event& event, const store::AddedEvent& added, const model::Texts& texts,
                std::vector<timeline::ArrivedValue>& values) {
  using timeline::ValuePlace;
  for (std::size_t i = 0; i < event.data.size(); ++i) {
    const model::Value& value = event.data[i].value;
    model::Cell cell = model::Cell::text(added.attributes[i].second);
    if (const auto* number = std::get_if<double>(&value)) cell = model::Cell::number(*number);
    if (const auto* instant = std::get_if<Timestamp>(&value)) cell = model::Cell::instant(*instant);
    if (const auto* truth = std::get_if<bool>(&value)) cell = model::Cell::boolean(*truth);
    if (const auto* date = std::get_if<Date>(&value)) cell = model::Cell::date(*date);
    values.push_back({event.data[i].name, ValuePlace::Attribute, cell});
  }
  for (const auto& [name, text] : added.keys)
    values.push_back({texts.text(name), ValuePlace::Key, model::Cell::text(text)});
  const std::pair<std::string_view, std::uint32_t> fixed[] = {
      {"unit", added.unit},   {"channel", added.channel}, {"touchpoint", added.touchpoint},
      {"agent", added.agent}, {"source", added.source},   {"type", added.type}};
  for (const auto& [name, text] : fixed) {
    if (text != model::kNoText) values.push_back({name, ValuePlace::Fixed, model::Cell::text(text)});
  }
}

// Its events are gone, so that what was told cannot be worked out.
bool was_taken_out_since(const std::vector<store::ImportRecord>& imports, const ToldState& told) {
  return std::any_of(imports.begin(), imports.end(), [&](const store::ImportRecord& it) {
    return it.number <= told.import && it.removed && *it.removed > told.clock;
  });
}

}  // namespace

Live::Live(store::DataDirectory& directory, LiveOptions options)
    : directory_(directory), options_(std::move(options)) {
  feed_ = options_.feed ? options_.feed : std::make_shared<ChangeFeed>();
}

Live::~Live() = default;

Result<std::unique_ptr<Live>> Live::open(store::DataDirectory& directory, LiveOptions options,
                                         Timestamp now) {
  std::unique_ptr<Live> live(new Live(directory, std::move(options)));
  HANDSLAG_TRY(position, directory.log().live_position());
  live->position_ = position;
  HANDSLAG_TRY(imports, directory.log().imports());
  std::optional<ToldState> told;
  if (live->options_.follower != nullptr) {
    HANDSLAG_TRY(resumed, live->options_.follower->resume(imports.empty() ? 0 : imports.back().number));
    told = std::move(resumed);
  }
  const Timestamp committed = imports.empty() ? kFirstTime : imports.back().finished;
  HANDSLAG_CHECK_STATUS(live->expect_again(told ? told->clock : committed));
  const bool is_lost = told && was_taken_out_since(imports, *told);
  if (is_lost) HANDSLAG_CHECK_STATUS(live->options_.follower->lose(*told, now));
  HANDSLAG_CHECK_STATUS(told && !is_lost ? live->tell_since(*told, now) : live->load(now));
  return live;
}

// A revision is on disk before anybody hears of it, and so before what it rests on is in the log, or told: of
// a program that was killed between, the same is found again.
Status Live::expect_again(Timestamp since) {
  HANDSLAG_TRY(written, directory_.revisions().since(since));
  for (const store::Revision& it : written) ++written_before_[key_of(it)];
  return {};
}

Live::RevisionKey Live::key_of(const store::Revision& it) {
  return {it.version,     it.promise,     it.activation_source, it.activation_id,
          it.old_verdict, it.new_verdict, it.old_due,           it.new_due};
}

// Once for each that was.
bool Live::was_written_before(const store::Revision& revision) {
  const auto found = written_before_.find(key_of(revision));
  if (found == written_before_.end()) return false;
  if (--found->second == 0) written_before_.erase(found);
  return true;
}

// What was told is what a load of then says. Where nothing but the clock has moved since, what has passed its
// due time is found as ever; else everything as it was then is held against everything as it is.
Status Live::tell_since(const ToldState& told, Timestamp now) {
  HANDSLAG_TRY(premises, current_premises(directory_));
  const bool is_defined_anew = premises.text != told.premises;
  if (!is_defined_anew && told.import == directory_.log().last_import())
    return load_by(std::move(premises), std::min(now, told.clock), std::nullopt);
  auto earlier = earlier_premises(directory_, told.premises);
  if (!earlier.ok()) {
    HANDSLAG_CHECK_STATUS(options_.follower->lose(told, now));
    return load(now);
  }
  HANDSLAG_CHECK_STATUS(load_by(std::move(earlier).value(), told.clock, told.import));
  return load_and_compare(is_defined_anew ? Cause::Definition : Cause::Event, now);
}

Status Live::load(Timestamp now) {
  HANDSLAG_TRY(premises, current_premises(directory_));
  return load_by(std::move(premises), now, std::nullopt);
}

Status Live::load_by(Premises premises, Timestamp now, std::optional<std::uint32_t> through_import) {
  ++counts_.loads;
  HANDSLAG_TRY(calendars, calendar::Calendars::create(premises.settings.calendars));
  settings_ = std::move(premises.settings);
  calendars_ = std::move(calendars);
  promises_ = std::move(premises.promises);
  premises_ = std::move(premises.text);
  HANDSLAG_TRY(sources, directory_.sources().all());
  sources_ = std::move(sources);
  HANDSLAG_TRY(texts, directory_.log().texts());
  texts_ = std::move(texts);
  HANDSLAG_TRY(corrected, directory_.log().corrected_ids());
  corrected_.clear();
  for (const auto& [source, id] : corrected) corrected_.insert(correction_key(source, id));

  Session session;
  session.now = options_.fixed_now;
  store::LoadOptions load_as = load_options(settings_, session);
  load_as.wall = now;
  load_as.through_import = through_import;
  load_as.live_sources = sources_;
  load_as.texts = texts_;
  auto needs = promise::column_needs(promises_.versions(), options_.names);
  needs.known = true;  // for look_as_known
  HANDSLAG_TRY(loaded, store::load(directory_.log(), needs, load_as));
  const auto compiled = promise::compile(promises_.versions(), loaded.columns, loaded.horizons, *calendars_);
  HANDSLAG_TRY(verdicts, evaluate_all(*compiled.program, loaded.columns));
  remember(loaded, verdicts);
  last_horizons_.clear();
  notice_horizons(*compiled.program);
  base_events_ = loaded.columns.events();
  columns_ = std::make_unique<timeline::LiveColumns>(
      std::move(loaded.columns), needs, settings_.type_ranks,
      [&log = directory_.log()](std::span<const std::uint32_t> rows) { return orders_in_log(log, rows); });
  return {};
}

void Live::remember(store::Loaded& loaded, const model::Verdicts& verdicts) {
  horizons_ = loaded.horizons;
  told_.reset(verdicts, loaded.columns);
  touched_.clear();
  needs_load_.reset();
  deadlines_ = Deadlines(promises_.versions().size());
  warned_.clear();
  for (model::CustomerIndex c = 0; c < loaded.columns.customers(); ++c) add_deadlines(c, told_.of(c));
  const identity::Evidence& evidence = loaded.evidence;
  const identity::Assignment& assignment = loaded.customers.assignment();
  who_ = std::make_unique<identity::LiveAssignment>(evidence, assignment,
                                                    identity::FirstRule(settings_.shared_identifiers));
  next_identifier_ = static_cast<identity::IdentifierNumber>(evidence.identifier_type.size());
  identifier_types_ = {evidence.types.begin(), evidence.types.end()};
  identifier_types_.erase("");  // of identifier 0, "none"
  times_taken_.clear();
  alike_times_.clear();
  AlikeTimes::Noting alike(alike_times_, loaded.columns);
  for (const model::Instance& it : verdicts.instances) {
    const promise::Promise& promise = *promises_.versions()[it.promise].promise;
    alike.note(promise, it);
    if (const auto taken = time_taken(promise, it, loaded.columns.time[it.activation]))
      times_taken_.add(promise.id, *taken, product_of(loaded.columns, it.activation));
  }
  identifiers_of_.assign(assignment.customers(), {});
  for (identity::SubjectNumber s = 1; s < evidence.subjects(); ++s) {
    if (!evidence.counts.empty() && !evidence.counts[s]) continue;
    auto& own = identifiers_of_[assignment.customer_of_subject[s]];
    for (const identity::IdentifierNumber member : evidence.members_of(s)) {
      if (std::find(own.begin(), own.end(), member) == own.end()) own.push_back(member);
    }
  }
}

Status Live::begin_writing(Timestamp now) {
  if (writer_) return {};
  store::ImportHeader header;
  header.is_live = true;
  header.started = header.now = writing_since_ = now;
  header.digest = fmt::format("live {} {}", position_, now.us);
  HANDSLAG_TRY(writer, directory_.log().begin_import(header));
  writer_ = std::move(writer);
  return {};
}

Status Live::take(std::uint64_t position, std::span<model::Event> events, Timestamp received, Timestamp now,
                  std::vector<Refused>& refused) {
  HANDSLAG_CHECK_STATUS(begin_writing(now));
  for (model::Event& event : events) {
    event.known = received;
    HANDSLAG_TRY(outcome, writer_->add(event));
    ++uncommitted_;
    if (outcome == store::Added::Added) {
      ++counts_.events;
      HANDSLAG_CHECK_STATUS(place(event, writer_->added(), received));
    } else if (outcome == store::Added::Duplicate) {
      ++counts_.duplicates;
    } else {
      ++counts_.refused;
      refused.push_back({event.source, event.id, writer_->refusal(), json_text(event_json(event))});
    }
  }
  position_ = position;
  HANDSLAG_CHECK_STATUS(columns_->read_orders());
  return withdraw_corrected();
}

Status Live::place(const model::Event& event, const store::AddedEvent& added, Timestamp received) {
  model::CustomerIndex customer = model::kOrganisation;
  place_subject(added, customer);
  HANDSLAG_CHECK_STATUS(note_corrections(event, added, customer));
  timeline::Arrival arrival;
  arrival.row = added.row;
  arrival.time = event.time;
  arrival.known = received;
  arrival.sequence = event.sequence;
  arrival.type = event.type;
  arrival.source = event.source;
  arrival.id = event.id;
  add_values(event, added, *texts_, arrival.values);
  columns_->add(customer, arrival);
  const Status noted = note_source(event, columns_->type_code(event.type));
  if (!noted.ok()) needs_load_ = needs_load_.value_or(Cause::Late);
  if (customer == model::kOrganisation) {
    touch_all(Cause::Event);
  } else {
    touch(customer, Cause::Event);
  }
  return {};
}

void Live::note_identifiers(std::span<const identity::IdentifierNumber> numbers) {
  for (const identity::IdentifierNumber number : numbers) {
    for (; next_identifier_ <= number; ++next_identifier_) {
      const model::Identifier added = directory_.log().identifier(next_identifier_);
      who_->add_identifier(next_identifier_, added.type);
      identifier_types_.insert(added.type);
    }
  }
}

void Live::place_subject(const store::AddedEvent& added, model::CustomerIndex& customer) {
  if (added.subject == 0) return;
  note_identifiers(added.identifiers);
  const identity::Placed placed = who_->place(added.subject, added.identifiers);
  customer = placed.customer;
  if (identifiers_of_.size() <= customer) identifiers_of_.resize(customer + 1);
  for (const identity::Joined& joined : placed.joined) {
    columns_->join(joined.into, joined.from);
    told_.join(joined.into, joined.from);
    auto& into = identifiers_of_[joined.into];
    if (joined.from < identifiers_of_.size())
      for (const auto number : std::exchange(identifiers_of_[joined.from], {})) into.push_back(number);
    touched_.erase(joined.from);
    touch(joined.into, Cause::Identity);
  }
  if (placed.needs_rebuild() && !needs_load_) needs_load_ = Cause::Identity;
  auto& own = identifiers_of_[customer];
  for (const identity::IdentifierNumber number : added.identifiers) {
    if (std::find(own.begin(), own.end(), number) == own.end()) own.push_back(number);
  }
}

// P-5. A source never heard of before is held to the default lag; one that files came from moves only when it
// says so.
Status Live::note_source(const model::Event& event, model::TypeCode type) {
  model::SourceHorizon& horizon = horizon_of_source(horizons_, event.source);
  horizon.is_file = false;
  const auto known = std::find_if(sources_.begin(), sources_.end(),
                                  [&](const store::LiveSource& it) { return it.name == event.source; });
  const bool is_told = known != sources_.end() && known->history_start.has_value();
  if (known == sources_.end() && horizon.types.empty()) {
    HANDSLAG_CHECK_STATUS(put_source({event.source, {}, {}, store::kDefaultLagUs}));
  }
  if (!is_told) horizon.history_start = std::min({horizon.history_start, event.time, writing_since_});
  const auto at = std::lower_bound(horizon.types.begin(), horizon.types.end(), type);
  if (at == horizon.types.end() || *at != type) horizon.types.insert(at, type);
  return {};
}

Status Live::put_source(const store::LiveSource& source) {
  HANDSLAG_CHECK_STATUS(directory_.sources().put(source));
  const auto by_name = [](const store::LiveSource& a, const std::string& name) { return a.name < name; };
  const auto at = std::lower_bound(sources_.begin(), sources_.end(), source.name, by_name);
  if (at != sources_.end() && at->name == source.name) {
    *at = source;
  } else {
    sources_.insert(at, source);
  }
  for (model::SourceHorizon& horizon : horizons_.sources) {
    if (horizon.source != source.name) continue;
    horizon.is_file = false;
    if (source.history_start) horizon.history_start = *source.history_start;
  }
  return {};
}

Status Live::commit(Timestamp now) {
  if (is_spent_) return unavailable("the event log could not be written; it is opened anew in a moment");
  if (!writer_) return {};
  if (options_.before_commit) HANDSLAG_CHECK_STATUS(options_.before_commit());
  Status kept, written;
  const auto write = [&] {
    kept = keep_told();
    if (!kept.ok()) return;
    if (const auto record = writer_->commit_live(now, position_); !record.ok()) written = record.error();
  };
  options_.while_writing ? options_.while_writing(write) : write();
  HANDSLAG_CHECK_STATUS(kept);
  is_spent_ = !written.ok();  // after a failed commit a writer may only be destroyed
  HANDSLAG_CHECK_STATUS(written);
  writer_.reset();
  in_writer_.clear();
  uncommitted_ = 0;
  if (options_.after_commit) options_.after_commit();
  return {};
}

Status Live::keep_told() {
  const bool is_settled = touched_.empty() && found_.empty() && !needs_load_ && settled_at_ != kNoTime;
  owes_keeping_ = true;
  if (is_settled) written_before_.clear();  // what was to be found again has been
  if (options_.follower == nullptr || !is_settled) return {};
  // Why not for a writer alone: where it has taken nothing, no import comes of it.
  const std::uint32_t import = directory_.log().last_import() + (uncommitted_ > 0 ? 1 : 0);
  HANDSLAG_CHECK_STATUS(options_.follower->keep({import, settled_at_, premises_}));
  owes_keeping_ = false;
  return {};
}

Result<timeline::RowOrder> Live::reference_of(std::uint32_t row) const {
  if (columns_ != nullptr) {
    if (const timeline::RowOrder* arrived = columns_->arrived_order(row)) return *arrived;
  }
  const std::uint32_t rows[] = {row};
  HANDSLAG_TRY(orders, orders_in_log(directory_.log(), rows));
  return std::move(orders.front());
}

LiveCounts Live::counts() const {
  LiveCounts counts = counts_;
  counts.instances = told_.size();
  counts.deadlines = deadlines_.size();
  counts.arrived = columns_->arrived();
  counts.columns = base_events_;
  counts.column_bytes = columns_->size_bytes();
  counts.customers = identifiers_of_.size();
  return counts;
}

}  // namespace handslag::app
