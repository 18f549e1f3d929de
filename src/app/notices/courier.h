// SPDX-License-Identifier: Apache-2.0
// Takes lines of the outbox to webhooks, each endpoint at its own pace.
//
// 1. An endpoint is told in the order of the outbox, of what passes its filter. What it has acknowledged is
//    kept, so a restart goes on there; what was under way then is sent again, with the same webhook-id.
// 2. One message at first, more at once while all goes well, one again after a failure: a dead endpoint costs
//    one connection, and nothing of it stands before another's.
// 3. A failure is tried again as retry_delay_us says, or later where the endpoint asks for it. After the last
//    one, or at once at 410, the endpoint is switched off with a reason that people see.
// 4. Lines wait in the store, not here: an endpoint holds at most kMostUnderWay messages.
// 5. Lines that were dropped before an endpoint came to them are told of as one message "gap".
//
// One thread; `send` gives the outcome back to done() on that thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/notices/webhook.h"
#include "io/http/client.h"

namespace handslag::app {

inline constexpr std::size_t kMostUnderWay = 16;  // messages of one endpoint

/// A message that was sent, and what became of it.
struct Outcome {
  std::int64_t webhook = 0;
  std::uint32_t version = 0;  // of the webhook, as it was sent to
  std::int64_t line = 0;
  std::string message, type;
  std::uint32_t attempt = 0;  // from 1
  Timestamp sent, answered;
  unsigned status = 0;  // HTTP; 0: no answer
  std::string error;    // empty: an answer came
  std::optional<std::int64_t> retry_after_us;
};

class Courier {
 public:
  /// Sends, and calls done() with the Outcome completed, later and on the courier's thread.
  using Send = std::function<void(http::OutgoingRequest, Outcome)>;
  /// From 0 to 1.
  using Jitter = std::function<double()>;

  Courier(store::NoticeRecords& records, std::string token, Send send, Jitter jitter)
      : records_(records), token_(std::move(token)), send_(std::move(send)), jitter_(std::move(jitter)) {}

  /// Reads the webhooks, anew where they have been changed from outside.
  Status load();
  const std::map<std::int64_t, store::StoredWebhook>& webhooks() const { return webhooks_; }
  /// Whether anybody would be told of the line.
  bool is_wanted(const store::OutboxLine& line) const;

  /// Lines have been added to the outbox.
  void note_lines();
  /// Sends what is due.
  Status step(Timestamp now);
  void done(Outcome outcome) { outcomes_.push_back(std::move(outcome)); }
  /// When step() has something to do though nothing happens; none: not before something does.
  std::optional<Timestamp> next() const;

 private:
  struct Endpoint {
    WebhookFilter filter;
    std::uint32_t version = 0;        // of what is under way; an older one's outcome counts no more
    std::int64_t looked_through = 0;  // lines up to here are under way, told, or not for it
    std::set<std::int64_t> under_way;
    std::set<std::int64_t>
        told_ahead;           // before one that is under way or failed; not to be sent with it again
    std::int64_t failed = 0;  // the first line that failed and stands in the way; 0: none
    std::size_t at_once = 1;
    bool has_more = true;  // lines may wait behind looked_through
  };

  Status take_outcome(const Outcome& outcome);
  void succeed(store::StoredWebhook& webhook, Endpoint& endpoint, const Outcome& outcome);
  void fail(store::StoredWebhook& webhook, Endpoint& endpoint, const Outcome& outcome);
  Status serve(store::StoredWebhook& webhook, Endpoint& endpoint, Timestamp now);
  Status send_line(const store::StoredWebhook& webhook, Endpoint& endpoint, const store::OutboxLine& line,
                   Timestamp now);
  Result<bool> send_gap(const store::StoredWebhook& webhook, Endpoint& endpoint, Timestamp now);

  store::NoticeRecords& records_;
  const std::string token_;
  const Send send_;
  const Jitter jitter_;
  std::map<std::int64_t, store::StoredWebhook> webhooks_;
  std::map<std::int64_t, Endpoint> endpoints_;
  std::vector<Outcome> outcomes_;
  std::set<std::int64_t> changed_;  // webhooks to be written
};

}  // namespace handslag::app
