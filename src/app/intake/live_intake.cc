// SPDX-License-Identifier: Apache-2.0
#include "app/intake/live_intake.h"

#include <fmt/format.h>

#include <future>
#include <memory>
#include <utility>

#include "io/store/event_codec.h"

namespace handslag::app {
namespace {

static_assert(format::kWireRawBytes == store::kIntakeRawBytes);

store::IntakeBatch batch_of(const std::string& kind, const std::string& source,
                            const format::WireEvents& read, Timestamp received) {
  store::IntakeBatch batch;
  batch.received = received;
  batch.count = static_cast<std::uint32_t>(read.events.size());
  for (const model::Event& event : read.events) store::append_event(event, batch.events);
  for (const format::RejectedRecord& it : read.rejected) {
    std::string row = read.file.empty() ? std::string() : fmt::format("{}:{}", read.file, it.record);
    batch.rejects.push_back({kind, source, it.column, it.reason, it.raw, std::move(row), it.is_raw_cut});
  }
  return batch;
}

// What is on its way to the disk; shared because a std::function must be copyable.
struct Taken {
  format::WireEvents read;
  std::string source;  // of whoever sent it; empty: none in particular
  std::function<void(Result<Receipt>)> done;
};

}  // namespace

void LiveIntake::accept(std::string kind, std::string source, format::WireEvents events, Timestamp received,
                        std::function<void(Result<Receipt>)> done) {
  if (watch_.is_behind()) {
    counts_.add(events.events, IngestOutcome::Refused);
    done(over_limit("more events came than can be evaluated at this time; send them again a little later"));
    return;
  }
  if (events.events.empty() && events.rejected.empty()) {
    done(Receipt{});
    return;
  }
  store::IntakeBatch batch = batch_of(kind, source, events, received);
  auto taken = std::make_shared<Taken>(Taken{std::move(events), std::move(source), std::move(done)});
  const Status queued =
      journal_.append(std::move(batch), [this, taken, received](Result<store::Position> stored) {
        if (!stored.ok()) {
          counts_.add(taken->read.events, IngestOutcome::Refused);
          taken->done(std::move(stored).error());
          return;
        }
        counts_.add(taken->read.events, IngestOutcome::Accepted);
        counts_.add(taken->source, IngestOutcome::Rejected, taken->read.rejected.size());
        Receipt receipt{*stored, taken->read.events.size(), std::move(taken->read.rejected)};
        watch_.hand_over(*stored, received, std::move(taken->read.events));
        taken->done(std::move(receipt));
      });
  if (queued.ok()) return;
  counts_.add(taken->read.events, IngestOutcome::Refused);
  taken->done(queued.error());
}

Result<Receipt> LiveIntake::accept_and_wait(std::string kind, std::string source, format::WireEvents events,
                                            Timestamp received) {
  const auto taken = std::make_shared<std::promise<Result<Receipt>>>();
  auto answer = taken->get_future();
  accept(std::move(kind), std::move(source), std::move(events), received,
         [taken](Result<Receipt> receipt) { taken->set_value(std::move(receipt)); });
  return answer.get();
}

}  // namespace handslag::app
