// SPDX-License-Identifier: Apache-2.0
// What a webhook is: where to, what of, signed by which secrets; and when a message that failed is tried
// again. Plain values and pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/language/json.h"
#include "base/result.h"
#include "io/http/message.h"
#include "io/store/notice_records.h"

namespace handslag::app {

/// What an endpoint asks for; an empty list asks for all.
struct WebhookFilter {
  std::vector<std::string> units, promises, verdicts, kinds;
  bool passes(const store::OutboxLine& line) const;
};
inline constexpr std::size_t kMaxWebhooks = 100;
inline constexpr std::size_t kMaxFiltered = 100;  // names in one list

/// {"unit": "a" or ["a", "b"], "promise": …, "verdict": …, "kind": …}. Invalid names the member.
Result<WebhookFilter> read_webhook_filter(const Json& json);
Json filter_json(const WebhookFilter& filter);

/// http or https with a host; no password in it; at most 2,000 bytes. An address in figures must be public
/// unless `allow_private`; what a name resolves to is looked at with each connection. Invalid.
Status check_webhook_url(const std::string& url, bool allow_private);

/// Without its secrets.
Json webhook_json(const store::StoredWebhook& webhook);
Json delivery_json(const store::StoredDelivery& delivery);

/// "whsec_…", 256 random bits.
std::string fresh_webhook_secret();

/// Standard Webhooks 1.0.0: the body and the headers that sign it.
struct SignedMessage {
  std::string body;
  std::vector<http::Header> headers;
};
Result<SignedMessage> signed_message(const store::StoredWebhook& webhook, const std::string& id,
                                     const store::OutboxLine& line, Timestamp now);

/// How long to wait after the `failures`th failure in a row (from 1): 5 s, 5 min, 30 min, 2, 5, 10, 14, 20
/// and 24 h, and up to a fifth more by `jitter` (0 to 1). None: give up, some three days have passed.
std::optional<std::int64_t> retry_delay_us(std::uint32_t failures, double jitter);

/// Retry-After in whole seconds, at most a day; none where it is missing or anything else.
std::optional<std::int64_t> retry_after_us(const std::string* header);

}  // namespace handslag::app
