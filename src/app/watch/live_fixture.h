// SPDX-License-Identifier: Apache-2.0
// A live system on a directory of its own, traffic at random, and one who follows: for the tests of this
// folder.
#pragma once

#include <gtest/gtest.h>

#include <unistd.h>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <tuple>

#include "app/causes/caused.h"
#include "app/evaluate/evaluation.h"
#include "app/quarters/quarters.h"
#include "app/watch/live.h"

namespace handslag::app {

class LiveTest : public testing::Test {
 protected:
#ifdef HANDSLAG_SANITIZED
  static constexpr int kSeeds = 1;
#else
  static constexpr int kSeeds = 4;
#endif
  static constexpr Timestamp kStart{1'780'000'000 * kMicrosPerSecond};
  static inline const std::map<std::string, std::string> kLivePromises = {
      {"delivered",
       "promise delivered \"d\" kept by logistics when placed then sent within 90 min, same order "
       "unless cancelled, same order warn 30 min before target 80% per channel each day, at least 2 "
       "instances"},
      {"quiet", "promise quiet \"q\" kept by service after sent never called within 2 h target 90% by start"},
      {"open_hours",
       "promise open_hours \"o\" kept by logistics when placed then sent within 1 business day, same order "
       "target 50% each week"},
      {"asked",
       "promise asked \"a\" kept by service never placed when already placed within 1 h, same order"},
      {"told", "promise told \"t\" kept by service cancelled only after told within 3 h"},
      {"few", "promise few \"f\" kept by service at most 2 called within any 4 h"},
      {"big",
       "promise big \"b\" kept by service for customers where tier = \"gold\" when placed where amount > 3 "
       "then sent or "
       "cancelled within 1 h, same order"},
  };

  static model::Event event(const std::string& type, Timestamp time, const std::string& id,
                            const std::string& email, const std::string& order = "") {
    model::Event made;
    made.source = "shop";
    made.type = type;
    made.time = time;
    made.id = id;
    if (!email.empty()) made.subject = {{"email", email}};
    if (!order.empty()) made.keys = {{"order", order}};
    return made;
  }

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

  static std::vector<std::string> report_names() {
    std::vector<std::string> names = quarter_names();
    for (const std::string& name : caused_names()) names.push_back(name);
    return names;
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

  std::string path_;
  int files_ = 0;
  std::unique_ptr<store::DataDirectory> directory_;
  std::unique_ptr<Live> live_;
};

class LiveTraffic {
 public:
  explicit LiveTraffic(unsigned seed) : random_(seed) {}

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
      if (below(3) != 0) made.subject = target.subject;
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

// One who keeps marks as app/notices does, and the verdicts as she was told of them.
class LiveListener final : public Follower {
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

inline std::map<LiveListener::Key, std::string> verdicts_of(const Live& live) {
  std::map<LiveListener::Key, std::string> verdicts;
  live.each_told([&](model::CustomerIndex, std::span<const Told> all) {
    for (const Told& it : all) {
      const promise::Version& version = live.promises().versions()[it.version];
      verdicts[{version.promise->id, version.number, it.activation_row}] = model::verdict_name(it.verdict);
    }
  });
  return verdicts;
}

}  // namespace handslag::app
