// SPDX-License-Identifier: Apache-2.0
#include "app/notices/courier.h"

#include <fmt/format.h>

#include <algorithm>

namespace handslag::app {
namespace {

constexpr std::int64_t kLinesAtOnce = 64;
constexpr std::chrono::milliseconds kTimeout{15'000};
constexpr unsigned kGone = 410;

bool is_success(unsigned status) {
  return status >= 200 && status < 300;
}

std::string failure_text(const Outcome& outcome) {
  return outcome.error.empty() ? fmt::format("the endpoint answered {}", outcome.status) : outcome.error;
}

void switch_off(store::StoredWebhook& webhook, Timestamp now, std::string why) {
  webhook.off = now;
  webhook.why_off = std::move(why);
  webhook.next_at.reset();
}

}  // namespace

Status Courier::load() {
  HANDSLAG_TRY(stored, records_.webhooks());
  std::map<std::int64_t, Endpoint> endpoints;
  const auto before = std::exchange(webhooks_, {});
  std::set<std::int64_t> unwritten;
  for (store::StoredWebhook& it : stored) {
    // What has become of it here and is not written yet is newer than what is stored.
    if (const auto own = before.find(it.number);
        changed_.contains(it.number) && own != before.end() && own->second.version == it.version) {
      it = own->second;
      unwritten.insert(it.number);
    }
    HANDSLAG_TRY(filter, read_webhook_filter(Json::parse(it.filter, nullptr, false)));
    const auto known = endpoints_.find(it.number);
    Endpoint endpoint = known != endpoints_.end() ? std::move(known->second) : Endpoint{};
    // Why from the start: another filter may want what the old one passed by; ids make doubles harmless.
    if (endpoint.version != it.version) endpoint = Endpoint{};
    if (endpoint.version == 0) endpoint.looked_through = it.acknowledged;
    endpoint.version = it.version;
    endpoint.filter = std::move(filter);
    endpoint.has_more = true;
    endpoints.emplace(it.number, std::move(endpoint));
    webhooks_.emplace(it.number, std::move(it));
  }
  endpoints_ = std::move(endpoints);
  changed_ = std::move(unwritten);
  return {};
}

bool Courier::is_wanted(const store::OutboxLine& line) const {
  return std::any_of(endpoints_.begin(), endpoints_.end(),
                     [&](const auto& it) { return it.second.filter.passes(line); });
}

void Courier::note_lines() {
  for (auto& [number, endpoint] : endpoints_) endpoint.has_more = true;
}

// What came back is written together, so that a burst of answers costs one commit.
Status Courier::step(Timestamp now) {
  const std::vector<Outcome> outcomes = std::exchange(outcomes_, {});
  for (const Outcome& outcome : outcomes) {
    const auto webhook = webhooks_.find(outcome.webhook);
    if (webhook == webhooks_.end()) continue;
    Endpoint& endpoint = endpoints_.at(outcome.webhook);
    if (outcome.version != endpoint.version || endpoint.under_way.erase(outcome.line) == 0) continue;
    changed_.insert(outcome.webhook);
    const bool is_good = outcome.error.empty() && is_success(outcome.status);
    is_good ? succeed(webhook->second, endpoint, outcome) : fail(webhook->second, endpoint, outcome);
  }
  for (auto& [number, endpoint] : endpoints_)
    HANDSLAG_CHECK_STATUS(serve(webhooks_.at(number), endpoint, now));
  if (outcomes.empty() && changed_.empty()) return {};
  const Status written = records_.together([&]() -> Status {
    for (const Outcome& outcome : outcomes) HANDSLAG_CHECK_STATUS(take_outcome(outcome));
    for (const std::int64_t number : changed_)
      HANDSLAG_CHECK_STATUS(records_.put_webhook(webhooks_.at(number)));
    return {};
  });
  if (written.ok()) changed_.clear();
  return written;
}

Status Courier::take_outcome(const Outcome& outcome) {
  const auto webhook = webhooks_.find(outcome.webhook);
  if (webhook == webhooks_.end()) return {};
  const bool is_good = outcome.error.empty() && is_success(outcome.status);
  store::StoredDelivery delivery;
  delivery.webhook = outcome.webhook;
  delivery.message = outcome.message;
  delivery.type = outcome.type;
  delivery.attempt = outcome.attempt;
  delivery.at = outcome.sent;
  delivery.status = outcome.status;
  if (!is_good) delivery.error = failure_text(outcome);
  delivery.took_ms = (outcome.answered.us - outcome.sent.us) / 1'000;
  return records_.add_delivery(delivery);
}

// Acknowledged is everything before the first that is still under way. What goes well behind a line that
// failed does not mend that one.
void Courier::succeed(store::StoredWebhook& webhook, Endpoint& endpoint, const Outcome& outcome) {
  webhook.last_success = outcome.answered;
  endpoint.told_ahead.insert(outcome.line);
  if (endpoint.failed != 0 && outcome.line > endpoint.failed) return;
  endpoint.failed = 0;
  const std::int64_t through =
      endpoint.under_way.empty() ? endpoint.looked_through : *endpoint.under_way.begin() - 1;
  webhook.acknowledged = std::max(webhook.acknowledged, std::min(through, endpoint.looked_through));
  endpoint.told_ahead.erase(endpoint.told_ahead.begin(),
                            endpoint.told_ahead.upper_bound(webhook.acknowledged));
  webhook.attempt = 0;
  webhook.next_at.reset(), webhook.failing_since.reset();
  webhook.last_error.clear();
  endpoint.at_once = std::min(kMostUnderWay, endpoint.at_once * 2);
  endpoint.has_more = true;
}

// Those that were under way beside it fail or succeed for themselves; telling goes on from the first that
// failed, one at a time.
void Courier::fail(store::StoredWebhook& webhook, Endpoint& endpoint, const Outcome& outcome) {
  endpoint.looked_through = std::min(endpoint.looked_through, outcome.line - 1);
  endpoint.failed = endpoint.failed == 0 ? outcome.line : std::min(endpoint.failed, outcome.line);
  endpoint.at_once = 1;
  endpoint.has_more = true;
  webhook.last_error = failure_text(outcome);
  if (webhook.off) return;
  if (!webhook.failing_since) webhook.failing_since = outcome.answered;
  if (outcome.status == kGone)
    return switch_off(webhook, outcome.answered, "the endpoint answered 410 Gone: it wants no more messages");
  // Why: of several that were under way when it went down, the first failure alone counts.
  if (webhook.next_at && *webhook.next_at > outcome.sent) return;
  const auto delay = retry_delay_us(++webhook.attempt, jitter_());
  if (!delay)
    return switch_off(webhook, outcome.answered,
                      fmt::format("{} attempts since {} have failed, the last one so: {}", webhook.attempt,
                                  format_rfc3339(*webhook.failing_since), webhook.last_error));
  webhook.next_at = {outcome.answered.us + std::max(*delay, outcome.retry_after_us.value_or(0))};
}

Status Courier::serve(store::StoredWebhook& webhook, Endpoint& endpoint, Timestamp now) {
  while (!webhook.off && endpoint.has_more && endpoint.under_way.size() < endpoint.at_once) {
    if (webhook.next_at && (now < *webhook.next_at || !endpoint.under_way.empty())) return {};
    HANDSLAG_TRY(is_gap, send_gap(webhook, endpoint, now));
    if (is_gap) continue;
    HANDSLAG_TRY(lines, records_.lines_after(endpoint.looked_through, kLinesAtOnce));
    endpoint.has_more = !lines.empty();
    for (const store::OutboxLine& line : lines) {
      if (endpoint.under_way.size() >= endpoint.at_once) break;
      const bool is_mine = line.target == 0 ? endpoint.filter.passes(line) : line.target == webhook.number;
      const bool is_out =
          endpoint.under_way.contains(line.number) || endpoint.told_ahead.erase(line.number) > 0;
      if (is_mine && !is_out) HANDSLAG_CHECK_STATUS(send_line(webhook, endpoint, line, now));
      endpoint.looked_through = line.number;
    }
    if (endpoint.under_way.empty() && endpoint.looked_through > webhook.acknowledged) {
      webhook.acknowledged = endpoint.looked_through;
      changed_.insert(webhook.number);
    }
  }
  return {};
}

// The numbers behind what was dropped are told of as one message, in the name of the last of them.
Result<bool> Courier::send_gap(const store::StoredWebhook& webhook, Endpoint& endpoint, Timestamp now) {
  HANDSLAG_TRY(dropped, records_.dropped_through());
  if (dropped <= endpoint.looked_through) return false;
  store::OutboxLine line;
  line.number = dropped;
  line.at = now;
  line.type = "gap";
  line.data =
      Json{{"why", "too long ago to be kept"},
           {"since", time_json(webhook.last_success.value_or(webhook.created))},
           {"ask", "GET /v1/promises/{id}/instances for what holds now, GET /v1/revisions for what changed"}}
          .dump();
  HANDSLAG_CHECK_STATUS(send_line(webhook, endpoint, line, now));
  endpoint.looked_through = dropped;
  return true;
}

Status Courier::send_line(const store::StoredWebhook& webhook, Endpoint& endpoint,
                          const store::OutboxLine& line, Timestamp now) {
  const std::string id = line.type == "gap" ? fmt::format("msg_{}_{}_gap", token_, line.number)
                                            : fmt::format("msg_{}_{}", token_, line.number);
  HANDSLAG_TRY(message, signed_message(webhook, id, line, now));
  endpoint.under_way.insert(line.number);
  http::OutgoingRequest request;
  request.url = webhook.url;
  request.headers = std::move(message.headers);
  request.body = std::move(message.body);
  request.timeout = kTimeout;
  Outcome outcome;
  outcome.webhook = webhook.number;
  outcome.version = endpoint.version;
  outcome.line = line.number;
  outcome.message = id;
  outcome.type = line.type;
  outcome.attempt = webhook.attempt + 1;
  outcome.sent = now;
  send_(std::move(request), std::move(outcome));
  return {};
}

std::optional<Timestamp> Courier::next() const {
  std::optional<Timestamp> first;
  for (const auto& [number, webhook] : webhooks_) {
    const Endpoint& endpoint = endpoints_.at(number);
    if (webhook.off || !webhook.next_at || !endpoint.has_more || !endpoint.under_way.empty()) continue;
    if (!first || *webhook.next_at < *first) first = webhook.next_at;
  }
  return first;
}

}  // namespace handslag::app
