// SPDX-License-Identifier: Apache-2.0
#include "app/demo/make_demo.h"

#include <fmt/format.h>

#include "app/demo/generate.h"
#include "app/evaluate/evaluation.h"
#include "app/intake/progress.h"
#include "app/language/numbers.h"
#include "io/runtime/clock.h"
#include "io/runtime/digest.h"
#include "io/runtime/interrupt.h"

namespace handslag::app {
namespace {

// Feeds generated events to the log, a source an import, by the path that files take.
class DemoIntake {
 public:
  DemoIntake(store::DataDirectory& directory, const MakeDemoOptions& options, Progress& progress)
      : directory_(directory), options_(options), progress_(progress) {}

  Status receive(const demo::DemoSource& source, const model::Event& event) {
    if (source.name != source_) HANDSLAG_CHECK_STATUS(next_source(source));
    HANDSLAG_TRY(added, writer_->add(event));
    HANDSLAG_CHECK(added == store::Added::Added, "the demo makes events that the log takes");
    constexpr std::uint64_t kEventsBetweenLooks = 20'000;
    if (++events_ % kEventsBetweenLooks != 0) return {};
    if (runtime::interrupted())
      return unavailable("stopped; the demo is incomplete. Delete the folder and start again.");
    progress_.show(events_);
    return {};
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
    HANDSLAG_TRY(writer, directory_.log().begin_import(header));
    writer_ = std::move(writer);
    source_ = source.name;
    return {};
  }

  store::DataDirectory& directory_;
  const MakeDemoOptions& options_;
  Progress& progress_;
  std::unique_ptr<store::ImportWriter> writer_;
  std::string source_;
  std::uint64_t events_ = 0;
};

// The demo goes into a directory of its own, so that nobody mixes it with real customers.
Status require_empty(store::DataDirectory& directory, const Session& session) {
  HANDSLAG_TRY(imports, directory.log().imports());
  if (imports.empty()) return {};
  return Error{ErrorCode::Conflict,
               fmt::format(fmt::runtime(session.terminal.say(
                               "{} holds events already; give the demo a folder of its own with --data DIR",
                               "{} innehåller redan händelser; ge demot en egen katalog med --data KATALOG")),
                           session.data)};
}

}  // namespace

Status make_demo(const Session& session, const MakeDemoOptions& options) {
  demo::DemoOptions wanted;
  wanted.customers = static_cast<std::uint32_t>(options.customers);
  wanted.months = options.months;
  wanted.seed = options.seed;
  HANDSLAG_TRY(calendars, calendar::Calendars::create({}));
  const model::TimeRules* rules = calendars->find({}, {});
  HANDSLAG_CHECK(rules != nullptr, "the default calendar");
  HANDSLAG_TRY(directory,
               store::DataDirectory::open(session.data, store::Mode::Create, "demo", current_time(session)));
  HANDSLAG_CHECK_STATUS(require_empty(directory, session));
  runtime::watch_interrupts();
  Progress progress(session.terminal, session.terminal.say("events made", "händelser gjorda"));
  DemoIntake intake(directory, options, progress);
  HANDSLAG_CHECK_STATUS(
      demo::generate(wanted, *rules, [&intake](const demo::DemoSource& source, const model::Event& event) {
        return intake.receive(source, event);
      }));
  HANDSLAG_CHECK_STATUS(intake.finish());
  progress.done();
  const Terminal& terminal = session.terminal;
  *terminal.out << fmt::format(fmt::runtime(terminal.say("{} events of {} customers lie in {}.\n",
                                                         "{} händelser av {} kunder ligger i {}.\n")),
                               count_text(intake.events(), terminal.language),
                               count_text(options.customers, terminal.language), session.data);
  return {};
}

}  // namespace handslag::app
