// SPDX-License-Identifier: Apache-2.0
// Sends events to a server's POST /v1/events, a batch at a time: waits as long as the server asks for when it
// has too much to do, tries again when it cannot be reached for a moment, and gives up with a reason. Every
// event carries its id, so whatever is sent a second time counts once. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "io/http/client.h"
#include "pure/model/event.h"

namespace handslag::app {

struct BatchLimits {
  std::size_t events = 1'000;
  std::size_t bytes = 4 << 20;
  std::int64_t most_wait_s = 15 * 60;  // refused for so long, it gives up
  std::int64_t try_again_s = 1;        // not reached: after that, then twice as long, …
  unsigned tries = 6;
};

/// An event that the server would not take.
struct RefusedEvent {
  std::uint64_t record = 0;  // Event::record
  std::string place, reason;
};

class BatchSender {
 public:
  /// Waits so many seconds; false: somebody says stop. Told why, for people.
  using Wait = std::function<bool(std::int64_t seconds, std::string_view why)>;
  using Fetch = std::function<Result<http::IncomingAnswer>(http::OutgoingRequest)>;

  /// `server` is a URL without a path, `key` an API key. Keeps what it is given.
  BatchSender(Fetch fetch, const std::string& server, const std::string& key, Wait wait,
              const BatchLimits& limits = {});

  /// Errors: Unauthenticated, Forbidden, Invalid (the server is none of ours), Unavailable (not reached,
  /// refused too long, stopped). What was accepted() before stays there.
  Status add(const model::Event& event);
  /// Sends what is left.
  Status finish();

  std::uint64_t accepted() const { return accepted_; }  // on the server's disk
  std::uint64_t refused() const { return refused_count_; }
  /// The first hundred.
  const std::vector<RefusedEvent>& refused_events() const { return refused_; }

 private:
  Status send();
  Result<http::IncomingAnswer> fetch_in_time();
  Status take_answer(const http::IncomingAnswer& answer);
  void note_refused(const http::IncomingAnswer& answer);

  const Fetch fetch_;
  const std::string url_, authorization_;
  const Wait wait_;
  const BatchLimits limits_;
  std::string body_;
  std::vector<std::uint64_t> records_;  // of the batch
  std::uint64_t accepted_ = 0, refused_count_ = 0;
  std::vector<RefusedEvent> refused_;
};

}  // namespace handslag::app
