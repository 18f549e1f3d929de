// SPDX-License-Identifier: Apache-2.0
// The live system without threads and without a network: durable events in, verdicts as they happen, and
// questions about single customers. It calls the same evaluation as the batch path
// (pure/promise/evaluate.h) over the same columns, so that both say the same.
//
//   auto live = Live::open(directory, options, now);
//   live->take(position, events, received, now, refused);   // a batch that the intake has made durable
//   live->settle(now, 500);       // evaluates whom it touched and whose due time has passed
//   live->commit(now);            // into the event log, with the intake's position
//
// What happens to a customer is evaluated anew for her alone, and what touches everybody (an event of the
// organisation, a promise published, a calendar, a file imported) for all. A correction costs what an event
// costs, where it comes from the same subject as what it corrects and that corrected nothing itself. Another
// correction and what a load decides (whose event it is) makes the columns be loaded anew.
//
// One thread, but for feed().
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/promises/promise_set.h"
#include "app/settings/settings.h"
#include "app/watch/alike_times.h"
#include "app/watch/changes.h"
#include "app/watch/deadlines.h"
#include "app/watch/follower.h"
#include "app/watch/live_verdicts.h"
#include "app/watch/premises.h"
#include "app/watch/times_taken.h"
#include "app/watch/told_verdicts.h"
#include "io/store/data_directory.h"
#include "io/store/load.h"
#include "pure/calendar/calendars.h"
#include "pure/identity/live_assignment.h"
#include "pure/timeline/live_columns.h"

namespace handslag::app {

struct LiveOptions {
  /// The clock stands still here (P-6); without it the callers' `now` is the wall clock.
  std::optional<Timestamp> fixed_now;
  /// Names whose values questions look at, beside those that the promises need.
  std::vector<std::string> names;
  /// Events since the last load after which the columns are loaded anew, and at least a quarter of the base.
  std::size_t most_arrived = 1'000'000;
  /// Corrections that are left out in place between two calls of settle, some milliseconds each; of more a
  /// load costs less.
  std::size_t most_taken_back = 100;
  /// Where changes go; one of its own where it is null.
  std::shared_ptr<ChangeFeed> feed;
  /// Must miss no change; null: nobody. Outlives this.
  Follower* follower = nullptr;
  /// Every commit, also that of a load, begins with this: what the log refused must be durable elsewhere
  /// before the log says that it is past its batch. On an Error nothing is committed, and nothing is spent.
  std::function<Status()> before_commit;
  /// Calls `write` once, on any thread, and returns when that has. Meanwhile this may be looked at (look,
  /// find, names …), but nothing that takes, settles or commits, and nothing that asks the log. Null: it is
  /// called at once.
  std::function<void(const std::function<void()>& write)> while_writing;
  /// The log holds all that was taken.
  std::function<void()> after_commit;
};

/// An event that the log would not take although the intake had.
struct Refused {
  std::string source, id, reason;
  std::string raw;  // the event as JSON, for a person to mend and send again
};

struct LiveCounts {
  std::uint64_t events = 0, duplicates = 0, refused = 0;  // taken since the start
  std::uint64_t evaluations = 0, changes = 0, loads = 0;
  std::size_t instances = 0, deadlines = 0, arrived = 0, customers = 0, columns = 0;
  std::size_t column_bytes = 0;  // their memory, and of what arrived, without texts
};

class Live {
 public:
  /// Keeps `directory`, open for writing, which must outlive it. Loads everything and evaluates everyone.
  /// What the start finds is no change, but for what a follower has not been told of.
  static Result<std::unique_ptr<Live>> open(store::DataDirectory& directory, LiveOptions options,
                                            Timestamp now);
  ~Live();

  /// A batch, in the order of the intake, all of it or (on an Error) none. What the log refuses is added to
  /// `refused`. An Error is the machine's (disk full …): nothing since the last commit is in the log then,
  /// and this object must be opened anew.
  /// May be called for a part of a batch after the other, all with its position; between them it may be
  /// looked at, and nothing else.
  Status take(std::uint64_t position, std::span<model::Event> events, Timestamp received, Timestamp now,
              std::vector<Refused>& refused);
  /// Evaluates at most `most` customers; true where more are waiting.
  Result<bool> settle(Timestamp now, std::size_t most);
  /// Makes all that was taken durable in the log, with the position of the last batch, between the options'
  /// before_commit and after_commit.
  Status commit(Timestamp now);
  /// The follower keeps what has been told up to now; nothing where something waits to be settled.
  Status keep_told();
  /// What was committed or loaded since the follower kept something is not covered by it.
  bool owes_keeping() const { return owes_keeping_; }
  /// The position of the last batch that was taken, now or before the last start; 0 before any.
  std::uint64_t position() const { return position_; }
  /// A commit or load failed: nothing may be asked of it any more, and it must be opened anew.
  bool is_spent() const { return is_spent_; }
  /// Events taken (doubled ones too) that the log does not hold durably yet.
  std::uint64_t uncommitted() const { return uncommitted_; }

  /// Something outside has changed: promises, settings, sources, files. Commits, loads and evaluates anew,
  /// and reports what differs with `cause`.
  Status reload(Cause cause, Timestamp now);
  /// A heartbeat or another lag (P-5).
  Status put_source(const store::LiveSource& source);
  std::vector<store::LiveSource> sources() const { return sources_; }

  ChangeFeed& feed() { return *feed_; }
  LiveCounts counts() const;

  // ---- questions

  /// One customer as she stands now: customer 1 of `columns` (customer 0 where she is the organisation).
  /// Valid until the next call of anything here.
  struct Look {
    const model::Columns& columns;
    const promise::Program& program;
    model::Verdicts verdicts;
  };
  Look look(model::CustomerIndex customer, Timestamp now);
  /// The same of what was known at `then` (P-17), by the clock of then and by the promises as they stand now.
  Look look_as_known(model::CustomerIndex customer, Timestamp then);
  /// Everything that has been told. REQUIRES: the last settle() returned false, and nothing was taken since.
  /// Cost: a copy of the promises, and a pointer for every few customers and four bytes for each: under a
  /// millisecond a million instances.
  LiveVerdicts verdicts() const;
  /// Customers known by exactly this identifier, at most `limit`.
  std::vector<model::CustomerIndex> find(const model::Identifier& identifier, std::size_t limit) const;
  /// "c12", as long as it lives.
  std::optional<model::CustomerIndex> find_number(identity::IdentifierNumber number) const;
  /// Customers with an event whose value of `name` (one that promises or LiveOptions::names need) is this
  /// text: an order, a matter. At most `limit`. Cost: linear in all events, about 1 ms a million.
  std::vector<model::CustomerIndex> find_value(std::string_view name, std::string_view text,
                                               std::size_t limit) const;
  std::string name(model::CustomerIndex customer) const;
  /// Everything she is known as, sorted.
  std::vector<model::Identifier> identifiers(model::CustomerIndex customer) const;
  /// Types of identifiers ever seen, sorted: "phone", "customer_no@billing".
  const std::set<std::string, std::less<>>& identifier_types() const { return identifier_types_; }
  /// How long promises usually take.
  TimesTaken& times_taken() { return times_taken_; }
  /// Of a text that some event holds; kNoText otherwise.
  std::uint32_t text_code(std::string_view text) const {
    return text.empty() ? model::kNoText : texts_->code(text).value_or(model::kNoText);
  }
  /// How long the last ones alike took.
  std::vector<stats::Wait> last_alike(const Likeness& alike, Timestamp now) const {
    return alike_times_.last(alike, *texts_, now);
  }
  const PromiseSet& promises() const { return promises_; }
  const Settings& settings() const { return settings_; }
  const calendar::Calendars& calendars() const { return *calendars_; }
  const model::TimeRules& rules_of(std::uint32_t version) const;
  model::Horizons horizons(Timestamp now) const;
  /// Open and settled instances of all customers, for what is normal: calls take(customer, told).
  void each_told(const std::function<void(model::CustomerIndex, std::span<const Told>)>& take) const;

 private:
  Live(store::DataDirectory& directory, LiveOptions options);

  Status load(Timestamp now);
  Status load_by(Premises premises, Timestamp now, std::optional<std::uint32_t> through_import);
  Status load_and_compare(Cause cause, Timestamp now);
  Status tell_since(const ToldState& told, Timestamp now);
  Status expect_again(Timestamp since);
  bool was_written_before(const store::Revision& revision);
  void remember(store::Loaded& loaded, const model::Verdicts& verdicts);
  Status begin_writing(Timestamp now);
  Status place(const model::Event& event, const store::AddedEvent& added, Timestamp received);
  Status note_corrections(const model::Event& event, const store::AddedEvent& added,
                          model::CustomerIndex customer);
  Status withdraw_corrected();
  void place_subject(const store::AddedEvent& added, model::CustomerIndex& customer);
  void note_identifiers(std::span<const identity::IdentifierNumber> numbers);
  Status note_source(const model::Event& event, model::TypeCode type);
  void touch(model::CustomerIndex customer, Cause cause);
  void touch_all(Cause cause);
  void touch_due(Timestamp now);
  void notice_horizons(const promise::Program& program);
  std::shared_ptr<const promise::Program> compile(const model::Columns& columns, Timestamp now) const;
  Status evaluate(std::span<const model::CustomerIndex> customers, Timestamp now);
  void compare(model::CustomerIndex customer, const model::Verdicts& verdicts, const model::Columns& columns,
               Timestamp now);
  using Instances = std::span<const model::Instance* const>;  // of one promise and activation: mostly one
  void note_alike(const Told* old, const Told* fresh, Instances same, const model::Columns& columns);
  void note_time_taken(const Told* old, const Told& fresh, Instances same, const model::Columns& columns);
  void add_deadlines(model::CustomerIndex customer, std::span<const Told> told);
  void warn(Timestamp now);
  Change change_of(const Told& told, model::CustomerIndex customer, Timestamp now) const;
  std::vector<std::uint16_t> places_of(
      const std::vector<std::pair<std::string, std::uint32_t>>& versions) const;
  void tell_differences(std::span<const Told> before, Cause cause, Timestamp now);
  Change& note_change(const Told* old, const Told* fresh, model::CustomerIndex customer, Cause cause,
                      Timestamp now);
  Status publish();
  Result<timeline::RowOrder> reference_of(std::uint32_t row) const;
  Status add_revisions();

  store::DataDirectory& directory_;
  LiveOptions options_;
  std::shared_ptr<ChangeFeed> feed_;
  Settings settings_;
  std::string premises_;                                  // as text
  std::shared_ptr<const calendar::Calendars> calendars_;  // with verdicts() that somebody still counts
  PromiseSet promises_;
  std::vector<store::LiveSource> sources_;
  model::Horizons horizons_;  // sources by name; what lags is worked out when asked
  std::unique_ptr<store::ImportWriter> writer_;
  Timestamp writing_since_;
  std::unique_ptr<timeline::LiveColumns> columns_;
  std::unique_ptr<identity::LiveAssignment> who_;
  std::vector<std::vector<identity::IdentifierNumber>> identifiers_of_;  // by customer index
  identity::IdentifierNumber next_identifier_ = 1;
  std::unordered_set<std::string> corrected_;  // correction_key of what is named by a correction
  static std::string correction_key(std::string_view source, std::string_view id);
  // What the batch at hand takes back: the row, and who says so.
  struct Withdrawal {
    store::RowNumber row = 0;
    identity::SubjectNumber subject = 0;
    std::vector<model::Identifier> identifiers;  // of the subject
    model::CustomerIndex customer = 0;
  };
  std::vector<Withdrawal> withdrawals_;
  std::size_t taken_back_ = 0;  // since settle() was called
  struct Uncommitted {
    store::RowNumber row = 0;
    identity::SubjectNumber subject = 0;
    bool corrects = false;
  };
  std::vector<Uncommitted> in_writer_;  // by row: what the log cannot be asked for yet
  Result<bool> may_be_withdrawn(const Withdrawal& withdrawal) const;
  std::shared_ptr<const model::Texts> texts_;
  std::shared_ptr<const promise::Program> looked_;  // by the last look()
  model::Columns earlier_;                          // of the last look_as_known()
  std::set<std::string, std::less<>> identifier_types_;
  ToldVerdicts told_;
  TimesTaken times_taken_;
  AlikeTimes alike_times_;
  Deadlines deadlines_;
  std::vector<promise::Horizon> last_horizons_;  // by version
  std::unordered_map<model::CustomerIndex, Cause> touched_;
  std::optional<Cause> needs_load_;
  std::vector<Change> found_;
  std::vector<store::Revision> contradicted_;
  // From before the start, after the state from which telling goes on: they are found once more. Version,
  // promise, activation's source and id, verdicts, dues; how many.
  using RevisionKey = std::tuple<std::uint32_t, std::string, std::string, std::string, std::string,
                                 std::string, std::optional<Timestamp>, std::optional<Timestamp>>;
  static RevisionKey key_of(const store::Revision& revision);
  std::map<RevisionKey, std::uint32_t> written_before_;
  std::set<std::pair<std::uint16_t, std::uint32_t>> warned_;  // version, activation row
  std::size_t base_events_ = 0;
  std::vector<model::CustomerIndex> to_warn_;
  std::uint64_t uncommitted_ = 0, position_ = 0;
  Timestamp settled_at_ = kNoTime;  // all deadlines up to here have been looked at
  bool is_spent_ = false, owes_keeping_ = true;
  LiveCounts counts_;
};

}  // namespace handslag::app
