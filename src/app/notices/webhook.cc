// SPDX-License-Identifier: Apache-2.0
#include "app/notices/webhook.h"

#include <fmt/format.h>

#include <algorithm>

#include "io/format/base64.h"
#include "io/format/read_output.h"
#include "io/format/webhook_signature.h"
#include "io/http/address.h"
#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

constexpr std::size_t kUrlBytes = 2'000;
constexpr std::size_t kWebhookNameBytes = 200;
constexpr std::int64_t kDelays[] = {5 * kMicrosPerSecond, 5 * kMicrosPerMinute, 30 * kMicrosPerMinute,
                                    2 * kMicrosPerHour,   5 * kMicrosPerHour,   10 * kMicrosPerHour,
                                    14 * kMicrosPerHour,  20 * kMicrosPerHour,  24 * kMicrosPerHour};

constexpr std::string_view kVerdicts[] = {"pending", "overdue", "kept",    "late",
                                          "broken",  "void",    "unknown", "none"};
constexpr std::string_view kWebhookKinds[] = {"verdict", "warning", "notice"};

bool is_wanted(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

Status read_names(const Json& json, const char* name, std::vector<std::string>& names) {
  const auto found = json.find(name);
  if (found == json.end() || found->is_null()) return {};
  const Json list = found->is_array() ? *found : Json::array({*found});
  for (const Json& it : list) {
    if (!it.is_string() || it.get_ref<const std::string&>().size() > kWebhookNameBytes ||
        names.size() >= kMaxFiltered)
      return invalid(
                 fmt::format("\"filter\", \"{}\": a text or a list of at most {} texts", name, kMaxFiltered))
          .at(fmt::format("/filter/{}", name));
    names.push_back(it.get<std::string>());
  }
  return {};
}

template <typename Known>
Status check_known(const std::vector<std::string>& names, const char* what, const Known& known) {
  for (const std::string& name : names) {
    if (std::find(std::begin(known), std::end(known), name) == std::end(known))
      return invalid(fmt::format("\"filter\", \"{}\": \"{}\" is none of {}", what, name.substr(0, 40),
                                 fmt::join(known, ", ")))
          .at(fmt::format("/filter/{}", what));
  }
  return {};
}

// "[::1]:80" → "::1", "10.0.0.1:80" → "10.0.0.1".
std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace

// A verdict is asked for of changes alone: warnings and notices are no verdicts.
bool WebhookFilter::passes(const store::OutboxLine& line) const {
  return is_wanted(kinds, line.kind) && is_wanted(units, line.unit) && is_wanted(promises, line.promise) &&
         (line.kind != "verdict" || is_wanted(verdicts, line.verdict));
}

Result<WebhookFilter> read_webhook_filter(const Json& json) {
  WebhookFilter filter;
  if (json.is_null()) return filter;
  if (!json.is_object()) return invalid("\"filter\" must be an object").at("/filter");
  for (const auto& [name, value] : json.items()) {
    if (name != "unit" && name != "promise" && name != "verdict" && name != "kind")
      return invalid(fmt::format("\"filter\" has no \"{}\"; there are: unit, promise, verdict, kind",
                                 name.substr(0, 40)))
          .at("/filter" + format::pointer_step(name));
  }
  HANDSLAG_CHECK_STATUS(read_names(json, "unit", filter.units));
  HANDSLAG_CHECK_STATUS(read_names(json, "promise", filter.promises));
  HANDSLAG_CHECK_STATUS(read_names(json, "verdict", filter.verdicts));
  HANDSLAG_CHECK_STATUS(read_names(json, "kind", filter.kinds));
  HANDSLAG_CHECK_STATUS(check_known(filter.verdicts, "verdict", kVerdicts));
  HANDSLAG_CHECK_STATUS(check_known(filter.kinds, "kind", kWebhookKinds));
  return filter;
}

Json filter_json(const WebhookFilter& filter) {
  return {{"unit", filter.units},
          {"promise", filter.promises},
          {"verdict", filter.verdicts},
          {"kind", filter.kinds}};
}

Status check_webhook_url(const std::string& url, bool allow_private) {
  const auto refuse = [](const std::string& what) { return invalid("\"url\" " + what).at("/url"); };
  const std::string_view text = url;
  const bool is_tls = text.starts_with("https://");
  if (!is_tls && !text.starts_with("http://")) return refuse("must begin with https:// (or http://)");
  if (text.size() > kUrlBytes) return refuse(fmt::format("must be of at most {} bytes", kUrlBytes));
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7F; }))
    return refuse("must be plain ASCII: write å as %C3%A5, and in the host's name as its xn-- form");
  if (std::any_of(text.begin(), text.end(), [](char c) { return c <= ' ' || c == 0x7F || c == '\\'; }))
    return refuse("must hold neither spaces nor line breaks nor backslashes");
  const std::string_view rest = text.substr(is_tls ? 8 : 7);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != authority.npos) return refuse("must hold no password; the messages are signed");
  const std::string_view host = host_of(authority);
  if (host.empty()) return refuse("names no host");
  const auto address = http::parse_address(host);
  if (!allow_private && (host == "localhost" || (address && !http::is_public_address(*address))))
    return refuse("leads to an address that is not public; [webhooks] allow_private = true lets it");
  return {};
}

Json webhook_json(const store::StoredWebhook& it) {
  Json filter = Json::parse(it.filter, nullptr, false);
  return {{"number", it.number},
          {"version", it.version},
          {"name", it.name},
          {"url", it.url},
          {"filter", filter.is_discarded() ? Json::object() : std::move(filter)},
          {"active", !it.off.has_value()},
          {"off_since", time_json(it.off)},
          {"why_off", it.why_off.empty() ? Json() : Json(it.why_off)},
          {"acknowledged", it.acknowledged},
          {"failures", it.attempt},
          {"failing_since", time_json(it.failing_since)},
          {"next_attempt", time_json(it.next_at)},
          {"last_error", it.last_error.empty() ? Json() : Json(it.last_error)},
          {"last_success", time_json(it.last_success)},
          {"created", time_json(it.created)},
          {"created_by", it.created_by}};
}

Json delivery_json(const store::StoredDelivery& it) {
  return {{"number", it.number},
          {"id", it.message},
          {"type", it.type},
          {"attempt", it.attempt},
          {"at", time_json(it.at)},
          {"status", it.status == 0 ? Json() : Json(it.status)},
          {"error", it.error.empty() ? Json() : Json(it.error)},
          {"took_ms", it.took_ms}};
}

std::string fresh_webhook_secret() {
  return "whsec_" + format::base64(runtime::random_secret());
}

Result<SignedMessage> signed_message(const store::StoredWebhook& webhook, const std::string& id,
                                     const store::OutboxLine& line, Timestamp now) {
  SignedMessage message;
  message.body = fmt::format(R"({{"type":"{}","timestamp":"{}","data":{}}})", line.type,
                             format_rfc3339(line.at), line.data);
  std::vector<std::string> secrets = {webhook.secret};
  if (!webhook.previous_secret.empty() && webhook.previous_until && now < *webhook.previous_until)
    secrets.push_back(webhook.previous_secret);
  const std::int64_t seconds = now.us / kMicrosPerSecond;
  HANDSLAG_TRY(signature, format::sign_standard_webhook(id, seconds, message.body, secrets));
  message.headers = {{"Content-Type", "application/json"},
                     {"webhook-id", id},
                     {"webhook-timestamp", std::to_string(seconds)},
                     {"webhook-signature", signature}};
  return message;
}

std::optional<std::int64_t> retry_delay_us(std::uint32_t failures, double jitter) {
  if (failures == 0 || failures > std::size(kDelays)) return std::nullopt;
  const std::int64_t delay = kDelays[failures - 1];
  return delay + static_cast<std::int64_t>(static_cast<double>(delay) * 0.2 * std::clamp(jitter, 0.0, 1.0));
}

std::optional<std::int64_t> retry_after_us(const std::string* header) {
  if (header == nullptr || header->empty() || header->size() > 6) return std::nullopt;
  std::int64_t seconds = 0;
  for (const char c : *header) {
    if (c < '0' || c > '9') return std::nullopt;
    seconds = seconds * 10 + (c - '0');
  }
  return std::min<std::int64_t>(seconds, 86'400) * kMicrosPerSecond;
}

}  // namespace handslag::app
