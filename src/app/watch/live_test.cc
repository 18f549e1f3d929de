// SPDX-License-Identifier: Apache-2.0
// However events come (late, doubled, corrected, joining customers, with restarts between), what the live
// system tells equals a batch evaluation of the same data directory, instance by instance; and reports that
// count what it told are, byte for byte, those of the batch.
#include "app/watch/live.h"

#include <gtest/gtest.h>

#include <unistd.h>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <tuple>

#include "app/causes/caused_live.h"
#include "app/evaluate/evaluation.h"
#include "app/gaps/gap_json.h"
#include "app/gaps/measure.h"
#include "app/quarters/quarters.h"

namespace handslag::app {
namespace {

#ifdef HANDSLAG_SANITIZED
constexpr int kSeeds = 1;
#else
constexpr int kSeeds = 4;
#endif
constexpr Timestamp kStart{1'780'000'000 * kMicrosPerSecond};
const std::map<std::string, std::string> kLivePromises = {
    {"delivered",
     "promise delivered \"d\" kept by logistics when placed then sent within 90 min, same order "
     "unless cancelled, same order warn 30 min before target 80% per channel each day, at least 2 instances"},
    {"quiet", "promise quiet \"q\" kept by service after sent never called within 2 h target 90% by start"},
    {"open_hours",
     "promise open_hours \"o\" kept by logistics when placed then sent within 1 business day, same order "
     "target 50% each week"},
    {"asked", "promise asked \"a\" kept by service never placed when already placed within 1 h, same order"},
    {"told", "promise told \"t\" kept by service cancelled only after told within 3 h"},
    {"few", "promise few \"f\" kept by service at most 2 called within any 4 h"},
    {"big",
     "promise big \"b\" kept by service for customers where tier = \"gold\" when placed where amount > 3 "
     "then sent or "
     "cancelled within 1 h, same order"},
};

class LiveTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() / ("handslag-live-" + std::to_string(getpid()));
    std::filesystem::remove_all(path_);
    open_directory(store::Mode::Create);
    for (const auto& [id, text] : kLivePromises) {
      // Why: `or` stands in parentheses in the language.
      std::string wellformed = text;
      if (id == "big") wellformed.replace(wellformed.find("sent or cancelled"), 17, "(sent or cancelled)");
      store::PromiseVersion version;
      version.id = id;
      version.text = wellformed;
      version.published_at = kStart;
      ASSERT_TRUE(directory_->promises().publish(version).ok());
    }
  }
  void TearDown() override {
    live_.reset();
    directory_.reset();
    std::filesystem::remove_all(path_);
  }

  void open_directory(store::Mode mode) {
    auto opened = store::DataDirectory::open(path_, mode, "test", kStart);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    directory_ = std::make_unique<store::DataDirectory>(std::move(opened).value());
  }
  void open_live(Timestamp now, Follower* follower = nullptr) {
    LiveOptions options;
    options.follower = follower;
    options.names = report_names();
    auto opened = Live::open(*directory_, options, now);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    live_ = std::move(opened).value();
  }
  void take(std::vector<model::Event> events, Timestamp now) {
    std::vector<Refused> refused;
    const Status taken = live_->take(live_->position() + 1, events, now, now, refused);
    ASSERT_TRUE(taken.ok()) << taken.error().message;
  }
  void settle(Timestamp now) {
    while (true) {
      Result<bool> more = live_->settle(now, 3);
      ASSERT_TRUE(more.ok()) << more.error().message;
      if (!*more) return;
    }
  }

  // What comes in and is set while no server runs.
  template <typename Traffic>
  void import_file(Traffic& traffic, Timestamp now) {
    store::ImportHeader header;
    header.file_name = header.digest = "file " + std::to_string(++files_);
    header.source = "shop";
    header.started = header.now = now;
    auto writer = directory_->log().begin_import(header);
    ASSERT_TRUE(writer.ok()) << writer.error().message;
    for (std::size_t n = 1 + traffic.below(8); n > 0; --n)
      ASSERT_TRUE((*writer)->add(traffic.next(now)).ok());
    ASSERT_TRUE((*writer)->commit(now).ok());
  }
  void publish_delivered(std::size_t minutes, Timestamp now) {
    store::PromiseVersion version;
    version.id = "delivered";
    version.text = kLivePromises.at("delivered");
    version.text.replace(version.text.find("90 min"), 6, std::to_string(minutes) + " min");
    version.from = version.published_at = {now.us - 100 * kMicrosPerMinute + ++files_};
    (void)directory_->promises().publish(version).ok();  // refused where it says what the last one says
  }

  using Line =
      std::tuple<std::string, std::uint32_t, std::uint32_t, std::string, std::string_view, std::int64_t>;
  std::set<Line> told() const {
    std::set<Line> lines;
    live_->each_told([&](model::CustomerIndex customer, std::span<const Told> all) {
      for (const Told& it : all) {
        const promise::Version& version = live_->promises().versions()[it.version];
        lines.insert({version.promise->id, version.number, it.activation_row, live_->name(customer),
                      model::verdict_name(it.verdict), it.due.us});
      }
    });
    return lines;
  }
  // What only one of the two says, a line each.
  static std::string differences(const std::set<Line>& one, const std::set<Line>& other) {
    std::ostringstream out;
    const auto only_in = [&](const char* who, const std::set<Line>& a, const std::set<Line>& b) {
      for (const auto& line : a) {
        if (b.contains(line)) continue;
        std::apply([&](const auto&... part) { ((out << part << ' '), ...); }, line);
        out << "only " << who << '\n';
      }
    };
    only_in("live", one, other);
    only_in("batch", other, one);
    return out.str();
  }
  std::set<Line> batch(Timestamp now) {
    Session session;
    session.now = now;
    auto set = promises_in_force(*directory_);
    auto evaluated = evaluate(*directory_, std::move(set).value(), {}, session);
    EXPECT_TRUE(evaluated.ok()) << (evaluated.ok() ? "" : evaluated.error().message);
    std::set<Line> lines;
    const Evaluation& all = **evaluated;
    for (const model::Instance& it : all.verdicts.instances) {
      const promise::Version& version = all.version_of(it);
      lines.insert({version.promise->id, version.number, all.loaded.columns.row[it.activation],
                    all.loaded.customers.name(it.customer), model::verdict_name(it.verdict), it.due.us});
    }
    return lines;
  }

  // Every way of cutting, and one promise alone.
  static std::vector<GapOptions> ways_to_ask(Timestamp now) {
    std::vector<GapOptions> ways(6);
    ways[1].each = promise::Period::Day;
    ways[2].each = promise::Period::Week;
    ways[2].by = {"channel", kByUnit};
    ways[3].from = {now.us - 240 * kMicrosPerMinute};
    ways[3].to = now;
    ways[4].by = {"channel", "reason"};
    ways[4].from = {now.us - 60 * kMicrosPerMinute};
    ways[5].by = {kByUnit};
    return ways;
  }
  static std::string gap(const CountedVerdicts& judged, const GapOptions& options) {
    return json_text(gap_json(measure(judged, options)));
  }
  static std::string say(const QuarterMap& quarters) {
    std::ostringstream out;
    for (const auto& [number, it] : quarters) {
      out << quarter_name(number) << ' ' << it.from.us << ' ' << it.to.us << ' '
          << it.fourth_contact.value_or(-1) << ' ' << it.minutes_to_human.value_or(-1) << ' '
          << it.asked_twice.value_or(-1) << ' ' << it.cannot_leave.value_or(-1) << ' ' << it.unhappy << ' '
          << it.neither << ' ' << it.happy << ' ' << it.story_reason;
      for (const StoryContact& contact : it.story)
        out << ' ' << contact.time.us << contact.contact << contact.channel;
      out << '\n';
    }
    return out.str();
  }
  static std::vector<std::string> report_names() {
    std::vector<std::string> names = quarter_names();
    for (const std::string& name : caused_names()) names.push_back(name);
    return names;
  }
  // Everybody counted, with all that a batch says of them.
  static std::string causes_of_all(const Evaluation& batch, CausedPeriod period) {
    const matter::Lessons lessons = matter::Lessons::first();
    Caused caused(period, batch.promises.versions(), lessons);
    const model::Columns& columns = batch.loaded.columns;
    promise::Evaluator evaluator(*batch.program, columns);
    for (model::CustomerIndex c = 1; c < columns.customers(); ++c) {
      model::Verdicts hers;
      evaluator.customer(c, hers);
      caused.add({columns, c, hers}, batch.loaded.customers.name(c));
    }
    return json_text(caused_json(caused.told()));
  }
  static void expect_same_causes(const LiveVerdicts& live, const Evaluation& batch,
                                 const std::string& where) {
    const auto before = [&](std::int64_t minutes) {
      return Timestamp{live.now.us - minutes * kMicrosPerMinute};
    };
    for (const CausedPeriod period :
         {CausedPeriod{before(30 * 24 * 60), live.now}, CausedPeriod{before(30), live.now},
          CausedPeriod{before(120), before(40)}})
      ASSERT_EQ(json_text(caused_json(count_caused(live, period, matter::Lessons::first()))),
                causes_of_all(batch, period))
          << where << ", from " << period.from.us;
  }
  // The settled live system beside a batch: every report.
  void expect_same_reports(Timestamp now, const std::string& where) {
    LiveVerdicts live = live_->verdicts();
    Session session;
    session.now = now;
    auto evaluated = evaluate(*directory_, std::move(promises_in_force(*directory_)).value(),
                              {report_names(), {}}, session);
    ASSERT_TRUE(evaluated.ok()) << evaluated.error().message;
    const Evaluation& batch = **evaluated;
    std::size_t way = 0;
    for (const GapOptions& options : ways_to_ask(now))
      ASSERT_EQ(gap(judged_by(live), options), gap(judged_by(batch), options)) << where << ", way " << way++;
    const model::TimeRules& rules = *batch.calendars->find({}, {});
    const model::Columns& columns = batch.loaded.columns;
    Timestamp last = kFirstTime;
    for (const Timestamp time : columns.time) last = std::max(last, time);
    QuarterCount of_live(rules, live.events.last()), of_batch(rules, last);
    live.events.each_customer(
        [&](const model::Columns& hers, model::CustomerIndex c) { of_live.add(hers, c); });
    for (model::CustomerIndex c = 1; c < columns.customers(); ++c) of_batch.add(columns, c);
    ASSERT_EQ(say(of_live.quarters()), say(of_batch.quarters())) << where;
    expect_same_causes(live, batch, where);
    choose_promise(live, "delivered");
    PromiseSet one;
    const auto set = promises_in_force(*directory_);
    for (const promise::Version& it : set->versions())
      if (it.promise->id == "delivered") one.add(*it.promise, it.number, it.from, it.to);
    auto alone = evaluate(*directory_, std::move(one), {{"channel"}, {}}, session);
    ASSERT_TRUE(alone.ok());
    ASSERT_EQ(gap(judged_by(live), {}), gap(judged_by(**alone), {})) << where;
  }

  std::string path_;
  int files_ = 0;
  std::unique_ptr<store::DataDirectory> directory_;
  std::unique_ptr<Live> live_;
};

model::Event event(const std::string& type, Timestamp time, const std::string& id, const std::string& email,
                   const std::string& order = "") {
  model::Event made;
  made.source = "shop";
  made.type = type;
  made.time = time;
  made.id = id;
  if (!email.empty()) made.subject = {{"email", email}};
  if (!order.empty()) made.keys = {{"order", order}};
  return made;
}

class Traffic {
 public:
  explicit Traffic(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }
  std::string one_of(std::initializer_list<const char*> of) { return *(of.begin() + below(of.size())); }

  model::Event next(Timestamp now) {
    if (!sent_.empty() && below(12) == 0) return sent_[below(sent_.size())];  // doubled
    model::Event made;
    made.source = one_of({"shop", "shop", "phone", "store"});
    made.id = std::to_string(sent_.size());
    made.type = one_of({"placed", "placed", "placed", "sent", "sent", "sent", "called", "cancelled", "told",
                        "customer.updated", "contact.started", "fact.given", "fact.asked", "call.queued",
                        "call.answered", "survey.answered"});
    if (below(3) != 0) made.channel = one_of({"web", "phone", "shop"});
    if (below(3) != 0) made.unit = one_of({"service", "sales", "logistics"});
    say_more(made);
    // Mostly just now, on whole minutes so that many tie; sometimes long ago.
    const std::int64_t ago =
        below(6) == 0 ? static_cast<std::int64_t>(below(300)) : static_cast<std::int64_t>(below(3));
    made.time = {(now.us / kMicrosPerMinute - ago) * kMicrosPerMinute};
    made.sequence = static_cast<std::int64_t>(below(2));
    subject_of(made);
    if (below(3) != 0) made.keys.push_back({"order", one_of({"A", "B", "C"})});
    if (below(2) == 0) made.data.push_back({"amount", static_cast<double>(below(8))});
    if (made.type == "customer.updated") {
      made.data.push_back({"tier", one_of({"gold", "plain"})});
      if (below(2) == 0) made.data.push_back({"can_leave", below(2) == 0});
    }
    if (!sent_.empty() && below(25) == 0) {
      const model::Event& target = sent_[below(sent_.size())];
      made.source = target.source;
      (below(2) == 0 ? made.replaces : made.voids) = target.id;
    }
    sent_.push_back(made);
    return made;
  }

 private:
  // What quarters are counted from, and what rescues.
  void say_more(model::Event& made) {
    if (made.type == "contact.started") {
      made.keys.push_back({"contact", made.id});
      made.data.push_back({"reason", one_of({"delivery", "invoice"})});
      if (below(4) == 0) made.keys.push_back({"matter", one_of({"m1", "m2"})});
    }
    if (made.type.starts_with("fact.")) made.keys.push_back({"fact", one_of({"serial", "card"})});
    if (made.type.starts_with("call.")) made.keys.push_back({"call", one_of({"1", "2", "3", "4"})});
    if (made.type == "sent" && below(4) == 0) made.data.push_back({"rescued", true});
    if (made.type != "survey.answered") return;
    made.data.push_back({"measure", "nps"});
    made.data.push_back({"score", static_cast<double>(below(11))});
  }

  void subject_of(model::Event& made) {
    if (below(40) == 0) return;  // the organisation's
    const std::string who = one_of({"anna", "bo", "cilla", "dag", "eva", "frej"});
    if (below(4) != 0) made.subject.push_back({"email", who});
    if (below(5) == 0)
      made.subject.push_back({"customer_no", one_of({"1", "2", "3", "4", "5", "6", "7", "8", "9"})});
    if (below(5) == 0 || made.subject.empty())
      made.subject.push_back({"phone", one_of({"070", "071", "072"})});
  }

  std::mt19937 random_;
  std::vector<model::Event> sent_;
};

TEST_F(LiveTest, TellsWhatABatchTellsHoweverEventsCome) {
  for (int seed = 1; seed <= kSeeds; ++seed) {
    TearDown();
    SetUp();
    Traffic traffic(static_cast<unsigned>(seed));
    Timestamp now = kStart;
    open_live(now);
    std::vector<std::pair<Timestamp, std::vector<model::Event>>> batches;  // by position, from 1
    for (int step = 0; step < 40; ++step) {
      now.us += static_cast<std::int64_t>(traffic.below(20)) * kMicrosPerMinute;
      std::vector<model::Event> events;
      for (std::size_t n = traffic.below(8); n > 0; --n) events.push_back(traffic.next(now));
      batches.emplace_back(now, events);
      take(std::move(events), now);
      if (traffic.below(3) == 0) settle(now);
      if (traffic.below(12) == 0) {  // the program is killed: what was not committed comes again
        live_.reset();
        open_live(now);
        while (live_->position() < batches.size()) {
          const auto& [received, again] = batches[live_->position()];
          take(again, received);
        }
      }
      if (traffic.below(6) != 0) continue;
      settle(now);
      ASSERT_TRUE(live_->commit(now).ok());
      ASSERT_EQ(differences(told(), batch(now)), "") << "seed " << seed << ", step " << step;
      expect_same_reports(now, "seed " + std::to_string(seed) + ", step " + std::to_string(step));
      if (HasFatalFailure()) return;
    }
  }
}

// One who keeps marks as app/notices does, and the verdicts as she was told of them.
class Listener final : public Follower {
 public:
  Result<std::optional<ToldState>> resume(std::uint32_t last_import) override {
    heard_ = 0;
    while (!marks_.empty() && marks_.back().import > last_import) marks_.pop_back();
    return marks_.empty() ? std::nullopt : std::optional(marks_.back());
  }
  Status keep(const ToldState& told) override {
    while (!marks_.empty() && marks_.back().import >= told.import) marks_.pop_back();
    marks_.push_back(told);
    return {};
  }
  Status lose(const ToldState&, Timestamp) override {
    ++lost_;
    return {};
  }

  void hear(const ChangeFeed& feed) {
    const auto changes = *feed.after(heard_, 100'000);
    for (const Change& it : changes) {
      heard_ = it.number;
      if (it.kind == Change::Kind::Warning) continue;
      const Key key{it.promise, it.version, it.activation_row};
      if (it.after) {
        verdicts_[key] = model::verdict_name(*it.after);
      } else {
        verdicts_.erase(key);
      }
    }
  }
  using Key = std::tuple<std::string, std::uint32_t, std::uint32_t>;
  std::map<Key, std::string> verdicts_;
  int lost_ = 0;

 private:
  std::vector<ToldState> marks_;
  std::uint64_t heard_ = 0;
};

std::map<Listener::Key, std::string> verdicts_of(const Live& live) {
  std::map<Listener::Key, std::string> verdicts;
  live.each_told([&](model::CustomerIndex, std::span<const Told> all) {
    for (const Told& it : all) {
      const promise::Version& version = live.promises().versions()[it.version];
      verdicts[{version.promise->id, version.number, it.activation_row}] = model::verdict_name(it.verdict);
    }
  });
  return verdicts;
}

// Kills at any instant, also between the log's commit and what was told of it, an hour away now and then.
// What passes its due time meanwhile is told too, and so is what is imported, corrected and published while
// it is off after all that was told was kept.
TEST_F(LiveTest, WhoFollowsMissesNothingAcrossKills) {
  int kills = 0, files = 0, publications = 0;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    TearDown();
    SetUp();
    Traffic traffic(static_cast<unsigned>(seed));
    Listener listener;
    Timestamp now = kStart;
    open_live(now, &listener);
    std::vector<std::pair<Timestamp, std::vector<model::Event>>> batches;  // by position, from 1
    for (int step = 0; step < 60; ++step) {
      now.us += static_cast<std::int64_t>(traffic.below(20)) * kMicrosPerMinute;
      std::vector<model::Event> events;
      for (std::size_t n = traffic.below(8); n > 0; --n) events.push_back(traffic.next(now));
      batches.emplace_back(now, events);
      take(std::move(events), now);
      if (traffic.below(2) == 0) settle(now);
      if (traffic.below(4) == 0) {
        ASSERT_TRUE(live_->commit(now).ok());
      }
      if (traffic.below(4) == 0) {
        ASSERT_TRUE(live_->uncommitted() > 0 || live_->keep_told().ok());
      }
      listener.hear(live_->feed());
      if (traffic.below(6) == 0) {
        now.us += static_cast<std::int64_t>(traffic.below(60)) * kMicrosPerMinute;
        const bool imports = traffic.below(2) == 0, publishes = traffic.below(3) == 0;
        if (imports ||
            publishes) {  // Why: what was told and not kept is told anew by the same, not by other premises
          settle(now);
          ASSERT_TRUE(live_->commit(now).ok() && live_->keep_told().ok());
          listener.hear(live_->feed());
        }
        live_.reset();
        if (imports) ++files, import_file(traffic, now);
        if (publishes) ++publications, publish_delivered(30 + traffic.below(90), now);
        open_live(now, &listener);
        ++kills;
        while (live_->position() < batches.size()) {
          const auto& [received, again] = batches[live_->position()];
          take(again, received);
        }
      }
      if (traffic.below(3) != 0) continue;
      settle(now);
      listener.hear(live_->feed());
      ASSERT_EQ(listener.verdicts_, verdicts_of(*live_)) << "seed " << seed << ", step " << step;
    }
    EXPECT_EQ(listener.lost_, 0);
  }
  EXPECT_GT(kills, 7 * kSeeds);
  EXPECT_GT(files, 2 * kSeeds);
  EXPECT_GT(publications, kSeeds);
}

TEST_F(LiveTest, KnowsHowLongAPromiseTakesLiveAndAfterALoad) {
  open_live(kStart);
  take({event("placed", kStart, "1", "anna", "A")}, kStart);
  settle(kStart);
  const Timestamp later{kStart.us + 200 * kMicrosPerMinute};
  take({event("sent", {kStart.us + 40 * kMicrosPerMinute}, "2", "anna", "A"),
        event("placed", kStart, "3", "bo", "B"),
        event("sent", {kStart.us + 180 * kMicrosPerMinute}, "4", "bo", "B")},
       later);
  settle(later);
  for (int load = 0; load < 2; ++load) {
    const auto normal = live_->times_taken().normal("delivered", later);
    ASSERT_TRUE(normal);
    EXPECT_EQ(normal->seen, 2U);
    EXPECT_EQ(normal->median_us, 40 * kMicrosPerMinute);
    EXPECT_EQ(normal->ninetieth_us, 180 * kMicrosPerMinute);  // late, and counted
    ASSERT_TRUE(live_->reload(Cause::Definition, later).ok());
  }
  EXPECT_FALSE(live_->times_taken().normal("quiet", later));
}

TEST_F(LiveTest, DeadlinesFireByThemselves) {
  open_live(kStart);
  take({event("placed", kStart, "1", "anna", "A")}, kStart);
  settle(kStart);
  const auto verdict_at = [&](double minutes) {
    settle({kStart.us + static_cast<std::int64_t>(minutes * kMicrosPerMinute)});
    const auto changes = *live_->feed().after(0, 1000);
    std::string seen;
    for (const Change& change : changes) {
      if (change.promise != "delivered") continue;
      seen += change.kind == Change::Kind::Warning ? "warning "
                                                   : std::string(model::verdict_name(*change.after)) + " ";
    }
    return seen;
  };
  EXPECT_EQ(verdict_at(59), "pending ");
  EXPECT_EQ(verdict_at(60), "pending warning ");  // 30 min before the 90
  EXPECT_EQ(verdict_at(90), "pending warning ");  // due, and still in time
  // Until a minute has passed, the lag of a source that says nothing of itself, nobody knows.
  EXPECT_EQ(verdict_at(90.5), "pending warning overdue ");
  EXPECT_EQ(verdict_at(91), "pending warning overdue broken ");
}

TEST_F(LiveTest, ShowsWhatCouldHaveBeenKnownThen) {
  open_live(kStart);
  const auto after = [](std::int64_t minutes) { return Timestamp{kStart.us + minutes * kMicrosPerMinute}; };
  take({event("placed", kStart, "1", "anna", "A")}, after(10));
  take({event("sent", after(80), "2", "anna", "A")}, after(300));  // sent in time, and told of late
  settle(after(300));
  const model::CustomerIndex anna = live_->find({"email", "anna"}, 1).at(0);
  const auto seen_at = [&](std::int64_t minutes) {
    std::string seen;
    const Live::Look look = live_->look_as_known(anna, after(minutes));
    for (const model::Instance& it : look.verdicts.instances)
      if (live_->promises().versions()[it.promise].promise->id == "delivered")
        seen += model::verdict_name(it.verdict);
    return std::to_string(look.columns.offsets[2] - look.columns.offsets[1]) + " " + seen;
  };
  EXPECT_EQ(seen_at(9), "0 ");
  EXPECT_EQ(seen_at(10), "1 pending");
  EXPECT_EQ(seen_at(100), "1 broken");  // due after 90 minutes
  EXPECT_EQ(seen_at(300), "2 kept");
  EXPECT_EQ(live_->look(anna, after(300)).columns.events(), 2U);
}

TEST_F(LiveTest, KeepsARevisionWhereALateEventContradictsWhatWasTold) {
  open_live(kStart);
  take({event("sent", kStart, "1", "anna")}, kStart);
  const Timestamp later{kStart.us + 130 * kMicrosPerMinute};
  settle(later);  // nobody called within 2 h: kept
  take({event("called", {kStart.us + 60 * kMicrosPerMinute}, "2", "anna")}, later);
  settle(later);
  const auto revisions = *directory_->revisions().list("quiet", "", "", std::nullopt, 10);
  ASSERT_EQ(revisions.size(), 1U);
  EXPECT_EQ(revisions[0].old_verdict, "kept");
  EXPECT_EQ(revisions[0].new_verdict, "broken");
  EXPECT_EQ(revisions[0].cause, "late");
  EXPECT_EQ(revisions[0].activation_source, "shop");
  EXPECT_EQ(revisions[0].activation_id, "1");
}

TEST_F(LiveTest, PublishingReportsWhatDiffersWithItsCause) {
  open_live(kStart);
  take({event("placed", kStart, "1", "anna", "A"),
        event("sent", {kStart.us + 80 * kMicrosPerMinute}, "2", "anna", "A")},
       kStart);
  settle({kStart.us + 200 * kMicrosPerMinute});
  store::PromiseVersion stricter;
  stricter.id = "delivered";
  stricter.text = "promise delivered \"d\" kept by logistics when placed then sent within 1 h, same order";
  stricter.from = kStart;
  stricter.published_at = kStart;
  ASSERT_TRUE(directory_->promises().publish(stricter).ok());
  const std::uint64_t before = live_->feed().last();
  ASSERT_TRUE(live_->reload(Cause::Definition, {kStart.us + 200 * kMicrosPerMinute}).ok());
  const auto changes = *live_->feed().after(before, 100);
  ASSERT_EQ(changes.size(), 2U);  // version 1 judges it no more, version 2 says late
  EXPECT_EQ(changes[0].version, 1U);
  EXPECT_FALSE(changes[0].after.has_value());
  EXPECT_EQ(changes[1].version, 2U);
  EXPECT_EQ(*changes[1].after, model::Verdict::Late);
  EXPECT_EQ(changes[1].cause, Cause::Definition);
  EXPECT_EQ(directory_->revisions().list("delivered", "", "", {}, 10).value().at(0).cause, "definition");
}

}  // namespace
}  // namespace handslag::app
