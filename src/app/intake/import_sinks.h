// SPDX-License-Identifier: Apache-2.0
// What takes the records of a file at an import: stores them, or only says what would become of them.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>

#include "app/intake/progress.h"
#include "app/intake/whole_records.h"
#include "io/format/event_sink.h"
#include "io/store/import_rehearsal.h"

namespace handslag::app {

/// What the sinks of one command share.
struct SinkSetting {
  const Terminal& terminal;
  double most_rejected = 1;  // a larger share of records that cannot be used stops the reading
  bool has_several = false;  // a record may give several events
};

/// Counts what comes, shows how far it is, and stops where too much of a file cannot be used or somebody says
/// stop. A record that gives several events counts whole or not at all. One thread.
class CountingSink : public format::EventSink {
 public:
  /// `file_bytes`: of the whole file.
  CountingSink(const SinkSetting& setting, std::uint64_t file_bytes);

  Status progress(std::uint64_t bytes_read) override;
  Status reject(const format::RejectedRecord& rejected) override;
  Status event(const model::Event& event) override { return event_on_line(event, 0); }
  Status event_on_line(const model::Event& event, std::uint64_t line) override;

  /// To be called behind the last event.
  Status finish() { return record_.events().empty() ? Status() : take_record(); }
  /// Too many rejected? Asked while reading once there are enough records to say, and at the end.
  Status require_usable(bool is_time_to_say) const;
  void done() { progress_.done(); }
  std::uint64_t rejected() const { return rejected_; }
  std::uint64_t events() const { return events_; }

 protected:
  const SinkSetting setting_;

 private:
  /// What would become of the event; what becomes of it; why it was refused.
  virtual Result<store::Added> check(const model::Event& event) = 0;
  virtual Result<store::Added> add(const model::Event& event) = 0;
  virtual const std::string& refusal() const = 0;

  Status take_record();
  Status take(std::span<const model::Event> events, std::uint64_t line);
  Status refuse(const model::Event& event, std::uint64_t line, const std::string& reason);

  std::uint64_t events_ = 0, rejected_ = 0;
  WholeRecords record_;
  std::uint64_t file_bytes_;
  Progress progress_;
  std::string first_rejected_;
};

class StoringSink final : public CountingSink {
 public:
  /// Keeps `writer`.
  StoringSink(const SinkSetting& setting, std::uint64_t file_bytes, store::ImportWriter& writer)
      : CountingSink(setting, file_bytes), writer_(writer) {}

  Status reject(const format::RejectedRecord& rejected) override;

 private:
  Result<store::Added> check(const model::Event& event) override { return writer_.check(event); }
  Result<store::Added> add(const model::Event& event) override { return writer_.add(event); }
  const std::string& refusal() const override { return writer_.refusal(); }

  store::ImportWriter& writer_;
};

/// Prints the first events and what would be rejected.
class DryRunSink final : public CountingSink {
 public:
  /// Keeps `rehearsal`. However many are rejected, it reads on.
  DryRunSink(const SinkSetting& setting, std::uint64_t file_bytes, store::ImportRehearsal& rehearsal)
      : CountingSink({setting.terminal, std::numeric_limits<double>::max(), setting.has_several}, file_bytes),
        rehearsal_(rehearsal) {}

  Status reject(const format::RejectedRecord& rejected) override;
  /// Events that are there already.
  std::uint64_t duplicates() const { return duplicates_; }

 private:
  Result<store::Added> check(const model::Event& event) override { return rehearsal_.check(event); }
  Result<store::Added> add(const model::Event& event) override;
  const std::string& refusal() const override { return rehearsal_.refusal(); }

  store::ImportRehearsal& rehearsal_;
  std::size_t shown_ = 0;
  std::uint64_t duplicates_ = 0;
};

}  // namespace handslag::app
