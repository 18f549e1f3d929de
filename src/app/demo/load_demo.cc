// SPDX-License-Identifier: Apache-2.0
#include "app/demo/load_demo.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/demo/generate.h"
#include "app/pack_file.h"
#include "io/runtime/clock.h"
#include "io/runtime/digest.h"
#include "pure/calendar/calendars.h"
#include "pure/promise/format.h"
#include "pure/promise/parse.h"

namespace handslag::app {
namespace {

// Feeds generated events to the log, a source an import, by the path that files take.
class DemoIntake {
 public:
  DemoIntake(store::EventLog& log, const MakeDemoOptions& options, const DemoProgress& progress)
      : log_(log), options_(options), progress_(progress) {}

  Status receive(const demo::DemoSource& source, const model::Event& event) {
    if (source.name != source_) HANDSLAG_CHECK_STATUS(next_source(source));
    HANDSLAG_TRY(added, writer_->add(event));
    HANDSLAG_CHECK(added == store::Added::Added, "the demo makes events that the log takes");
    constexpr std::uint64_t kEventsBetweenLooks = 20'000;
    return ++events_ % kEventsBetweenLooks == 0 ? progress_(events_) : Status();
  }

  Status finish() {
    if (!writer_) return {};
    HANDSLAG_TRY(record, writer_->commit(runtime::WallClock().now()));
    writer_.reset();
    return {};
  }

  std::uint64_t events() const { return events_; }

 private:
  Status next_source(const demo::DemoSource& source) {
    HANDSLAG_CHECK_STATUS(finish());
    store::ImportHeader header;
    header.file_name = "demo/" + source.name;
    header.digest = runtime::digest_of_text(
        fmt::format("demo {} {} {} {}", options_.customers, options_.months, options_.seed, source.name));
    header.source = source.name;
    header.started = runtime::WallClock().now();
    header.now = std::max(header.started, source.complete_through);
    header.history_start = source.history_start;
    header.complete_through = source.complete_through;
    HANDSLAG_TRY(writer, log_.begin_import(header));
    writer_ = std::move(writer);
    source_ = source.name;
    return {};
  }

  store::EventLog& log_;
  const MakeDemoOptions& options_;
  const DemoProgress& progress_;
  std::unique_ptr<store::ImportWriter> writer_;
  std::string source_;
  std::uint64_t events_ = 0;
};

Result<std::vector<store::PromiseVersion>> demo_promises(Timestamp now, const std::string& by) {
  std::vector<store::PromiseVersion> versions;
  for (const PackFile& file : demo_files()) {
    if (!file.path.ends_with(".promise")) continue;
    const promise::Parsed parsed = promise::parse(std::string(file.text));
    HANDSLAG_CHECK(parsed.ok(), "the demo's own promises can be read");
    for (const promise::Promise& promise : parsed.promises) {
      store::PromiseVersion& version = versions.emplace_back();
      version.id = promise.id;
      version.text = promise::format_promise(promise, parsed.spelling);
      version.from = kFirstTime;
      version.published_at = now;
      version.published_by = by;
      version.why = "demo";
    }
  }
  return versions;
}

Status require_nothing(store::DataDirectory& directory) {
  HANDSLAG_TRY(summary, directory.log().summary());
  HANDSLAG_TRY(promises, directory.promises().all());
  if (summary.events == 0 && promises.empty()) return {};
  return Error{
      ErrorCode::Conflict,
      "the demo is told to an empty installation alone, so that nobody mixes it with real customers"};
}

}  // namespace

Result<std::uint64_t> fill_with_demo(store::EventLog& log, const MakeDemoOptions& options,
                                     const DemoProgress& progress) {
  demo::DemoOptions wanted;
  wanted.customers = static_cast<std::uint32_t>(options.customers);
  wanted.months = options.months;
  wanted.seed = options.seed;
  HANDSLAG_TRY(calendars, calendar::Calendars::create({}));
  const model::TimeRules* rules = calendars->find({}, {});
  HANDSLAG_CHECK(rules != nullptr, "the default calendar");
  DemoIntake intake(log, options, progress);
  HANDSLAG_CHECK_STATUS(
      demo::generate(wanted, *rules, [&intake](const demo::DemoSource& source, const model::Event& event) {
        return intake.receive(source, event);
      }));
  HANDSLAG_CHECK_STATUS(intake.finish());
  return intake.events();
}

Result<std::uint64_t> load_demo(store::DataDirectory& directory, const MakeDemoOptions& options,
                                Timestamp now, const std::string& by) {
  HANDSLAG_CHECK_STATUS(require_nothing(directory));
  HANDSLAG_TRY(promises, demo_promises(now, by));
  for (const PackFile& file : demo_files()) {
    for (const std::string_view name : {"types", "units"}) {
      if (file.path == "packs/telecom/" + std::string(name) + ".toml")
        HANDSLAG_CHECK_STATUS(directory.put_settings(name, std::string(file.text), now, by));
    }
  }
  HANDSLAG_TRY(events, fill_with_demo(directory.log(), options, [](std::uint64_t) { return Status(); }));
  HANDSLAG_TRY(published, directory.promises().publish(promises));
  (void)published;  // what was published is what was given
  return events;
}

}  // namespace handslag::app
