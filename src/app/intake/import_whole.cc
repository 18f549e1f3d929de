// SPDX-License-Identifier: Apache-2.0
#include "app/intake/import_whole.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "app/intake/import_sinks.h"
#include "io/runtime/clock.h"

namespace handslag::app {
namespace {

constexpr double kMostRejectedOfUpload = 0.1;  // as `import` has it
constexpr std::size_t kCountedIdentifiers = 50'000;

class WholeFileSink final : public format::EventSink {
 public:
  WholeFileSink(WholeFile& file, ImportSteps& steps) : file_(file), steps_(steps) {}

  Status event(const model::Event& event) override { return event_on_line(event, 0); }
  Status event_on_line(const model::Event& event, std::uint64_t line) override {
    if (file_.events.size() + file_.rejects.size() >= kMostEventsOfUpload) return too_many();
    file_.events.push_back({event, line});
    steps_.read = file_.events.size();
    if (event.subject.empty()) return {};
    const auto key = std::pair(event.subject.front().type, event.subject.front().value);
    if (seen_.size() < kCountedIdentifiers || seen_.contains(key)) ++seen_[key];
    return {};
  }
  Status reject(const format::RejectedRecord& rejected) override {
    if (file_.events.size() + file_.rejects.size() >= kMostEventsOfUpload) return too_many();
    file_.rejects.push_back(rejected);
    return {};
  }
  Status progress(std::uint64_t /*bytes_read*/) override { return {}; }

  model::Identifier most_seen() const {
    const auto most = std::max_element(seen_.begin(), seen_.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == seen_.end() ? model::Identifier{}
                               : model::Identifier{most->first.first, most->first.second};
  }

 private:
  static Status too_many() {
    return over_limit(fmt::format("more than {} events; handslag import --server sends a file of any size",
                                  kMostEventsOfUpload));
  }

  WholeFile& file_;
  ImportSteps& steps_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> seen_;
};

Status require_usable(const CountingSink& sink) {
  const std::uint64_t all = sink.events() + sink.rejected();
  if (static_cast<double>(sink.rejected()) <= kMostRejectedOfUpload * static_cast<double>(all)) return {};
  return invalid(
      fmt::format("{} of {} records cannot be used, more than a tenth, so nothing of the file was taken. Is "
                  "the map right?",
                  sink.rejected(), all));
}

}  // namespace

Result<WholeFile> read_whole_file(const format::ReadRequest& request, ImportSteps& steps) {
  steps.read = steps.stored = 0;
  steps.step = ImportSteps::Step::Reading;
  WholeFile file;
  file.has_several = request.map != nullptr && request.map->events.size() > 1;
  WholeFileSink sink(file, steps);
  HANDSLAG_TRY(summary, format::read_events(request, sink));
  file.summary = std::move(summary);
  file.example = sink.most_seen();
  return file;
}

Result<store::ImportRecord> import_whole_file(store::EventLog& log, const store::ImportHeader& header,
                                              const WholeFile& file, ImportSteps& steps) {
  steps.step = ImportSteps::Step::Storing;
  HANDSLAG_TRY(writer, log.begin_import(header));
  std::ostringstream nobody;  // who asked is told by the answer
  Terminal terminal;
  terminal.out = terminal.notes = &nobody;
  StoringSink sink({terminal, 1, file.has_several}, file.summary.bytes, *writer);
  for (const WholeFile::OnLine& it : file.events) {
    HANDSLAG_CHECK_STATUS(sink.event_on_line(it.event, it.line));
    ++steps.stored;
  }
  HANDSLAG_CHECK_STATUS(sink.finish());
  for (const format::RejectedRecord& it : file.rejects) HANDSLAG_CHECK_STATUS(sink.reject(it));
  HANDSLAG_CHECK_STATUS(require_usable(sink));
  return writer->commit(runtime::WallClock().now());
}

}  // namespace handslag::app
