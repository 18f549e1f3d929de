// SPDX-License-Identifier: Apache-2.0
// What callers ask of Notices.
#include <fmt/format.h>

#include <algorithm>

#include "app/notices/notices.h"

namespace handslag::app {
namespace {

constexpr std::size_t kHookNameBytes = 200;

Error webhook_conflict(std::string what) {
  return {ErrorCode::Conflict, std::move(what)};
}

Status check_name(const std::string& name) {
  const bool is_clean =
      std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (name.empty() || name.size() > kHookNameBytes || !is_clean)
    return invalid(fmt::format("\"name\" must be one line of 1 to {} bytes", kHookNameBytes)).at("/name");
  return {};
}

Status check_version(std::optional<std::uint32_t> expected, std::uint32_t version) {
  if (!expected || *expected == version) return {};
  return webhook_conflict(fmt::format("it is version {} now; read it again, then change it", version));
}

}  // namespace

Result<store::StoredWebhook> Notices::find(std::int64_t number) const {
  const auto found = courier_->webhooks().find(number);
  if (found == courier_->webhooks().end()) return not_found(fmt::format("there is no webhook {}", number));
  return found->second;
}

Result<std::vector<store::StoredWebhook>> Notices::webhooks() {
  const std::lock_guard lock(mutex_);
  std::vector<store::StoredWebhook> all;
  for (const auto& [number, webhook] : courier_->webhooks()) all.push_back(webhook);
  return all;
}

Result<store::StoredWebhook> Notices::add_webhook(const WebhookChange& given, const std::string& by) {
  store::StoredWebhook webhook;
  webhook.name = given.name.value_or("");
  webhook.url = given.url.value_or("");
  HANDSLAG_CHECK_STATUS(check_name(webhook.name));
  HANDSLAG_CHECK_STATUS(check_webhook_url(webhook.url, allow_private_));
  webhook.filter = filter_json(given.filter.value_or(WebhookFilter{})).dump();
  webhook.secret = fresh_webhook_secret();
  webhook.created = clock_.now();
  webhook.created_by = by;
  {
    const std::lock_guard lock(mutex_);
    if (courier_->webhooks().size() >= kMaxWebhooks)
      return over_limit(fmt::format("there are {} webhooks already; remove one first", kMaxWebhooks));
    HANDSLAG_TRY(collected, outbox_->collect(webhook.created));  // what was before is not for it
    (void)collected;
    courier_->note_lines();
    HANDSLAG_TRY(last, records_.last_line());
    webhook.acknowledged = last;
    HANDSLAG_TRY(added, records_.add_webhook(webhook));
    webhook = std::move(added);
    HANDSLAG_CHECK_STATUS(courier_->load());
    note_state();
  }
  look_again();
  return webhook;
}

Result<store::StoredWebhook> Notices::change_webhook(std::int64_t number,
                                                     std::optional<std::uint32_t> expected,
                                                     const WebhookChange& change) {
  if (change.name) HANDSLAG_CHECK_STATUS(check_name(*change.name));
  if (change.url) HANDSLAG_CHECK_STATUS(check_webhook_url(*change.url, allow_private_));
  const Timestamp now = clock_.now();
  store::StoredWebhook changed;
  {
    const std::lock_guard lock(mutex_);
    HANDSLAG_TRY(webhook, find(number));
    HANDSLAG_CHECK_STATUS(check_version(expected, webhook.version));
    ++webhook.version;
    if (change.name) webhook.name = *change.name;
    if (change.url) webhook.url = *change.url;
    if (change.filter) webhook.filter = filter_json(*change.filter).dump();
    if (change.new_secret) {
      webhook.previous_secret = std::exchange(webhook.secret, fresh_webhook_secret());
      webhook.previous_until = Timestamp{now.us + kMicrosPerDay};
    }
    if (change.active && !*change.active && !webhook.off) {
      webhook.off = now;
      webhook.why_off = "switched off by hand";
    }
    if (change.active.value_or(false) || change.url) {
      if (change.active.value_or(false)) webhook.off.reset(), webhook.why_off.clear();
      webhook.attempt = 0;
      webhook.next_at.reset(), webhook.failing_since.reset();
    }
    HANDSLAG_CHECK_STATUS(records_.put_webhook(webhook));
    HANDSLAG_CHECK_STATUS(courier_->load());
    note_state();
    changed = std::move(webhook);
  }
  look_again();
  return changed;
}

Status Notices::drop_webhook(std::int64_t number) {
  const std::lock_guard lock(mutex_);
  HANDSLAG_CHECK_STATUS(find(number));
  for (const auto& [unit, recipients] : outbox_->recipients()) {
    for (const Recipient& it : recipients) {
      if (it.webhook == number)
        return webhook_conflict(
            fmt::format("{} of the unit {} is told by it; give her another way first", it.name, unit));
    }
  }
  HANDSLAG_CHECK_STATUS(records_.drop_webhook(number));
  HANDSLAG_CHECK_STATUS(courier_->load());
  note_state();
  return {};
}

Result<std::string> Notices::test_webhook(std::int64_t number) {
  std::string id;
  {
    const std::lock_guard lock(mutex_);
    HANDSLAG_TRY(webhook, find(number));
    if (webhook.off) return webhook_conflict("it is switched off; switch it on first ({\"active\": true})");
    store::OutboxLine line;
    line.at = clock_.now();
    line.kind = line.type = "test";
    line.target = number;
    line.data = R"({"note":"a test; nothing has happened"})";
    HANDSLAG_TRY(added, records_.add_line(line));
    id = fmt::format("msg_{}_{}", token_, added);
    if (webhook.next_at) {
      webhook.next_at = clock_.now();
      HANDSLAG_CHECK_STATUS(records_.put_webhook(webhook));
      HANDSLAG_CHECK_STATUS(courier_->load());
    }
    courier_->note_lines();
  }
  look_again();
  return id;
}

Result<std::vector<store::StoredDelivery>> Notices::deliveries(std::int64_t number, std::int64_t before,
                                                               std::int64_t limit) {
  const std::lock_guard lock(mutex_);
  HANDSLAG_CHECK_STATUS(find(number));
  return records_.deliveries(number, before, limit);
}

Result<store::StoredRecipients> Notices::recipients(const std::string& unit) {
  const std::lock_guard lock(mutex_);
  return records_.recipients(unit);
}

std::string Notices::error_of(const std::string& unit, const std::string& recipient) {
  const std::lock_guard lock(mutex_);
  return digests_->error_of(unit, recipient);
}

Result<store::StoredRecipients> Notices::put_recipients(const std::string& unit,
                                                        std::optional<std::uint32_t> expected,
                                                        const std::vector<Recipient>& recipients,
                                                        const std::string& by) {
  store::StoredRecipients put;
  {
    const std::lock_guard lock(mutex_);
    HANDSLAG_TRY(before, records_.recipients(unit));
    HANDSLAG_CHECK_STATUS(check_version(expected, before.version));
    Json list = Json::array();
    for (const Recipient& it : recipients) {
      if (it.webhook != 0 && !courier_->webhooks().contains(it.webhook))
        return invalid(fmt::format("\"webhook\" of {}: there is no webhook {}", it.name, it.webhook))
            .at(fmt::format("/recipients/{}/webhook", list.size()));
      list.push_back(recipient_json(it));
    }
    put = {unit, before.version + 1, list.dump(-1, ' ', false, Json::error_handler_t::replace), clock_.now(),
           by};
    const auto old = outbox_->recipients().find(unit);
    const Status written = records_.together([&]() -> Status {
      if (old != outbox_->recipients().end()) {
        for (const Recipient& it : old->second) {
          const bool stays = std::any_of(recipients.begin(), recipients.end(),
                                         [&](const Recipient& other) { return other.name == it.name; });
          if (!stays) HANDSLAG_CHECK_STATUS(records_.drop_recipient(unit, it.name));
        }
      }
      return records_.put_recipients(put);
    });
    if (!written.ok()) return written.error();
    HANDSLAG_CHECK_STATUS(outbox_->load());
    HANDSLAG_CHECK_STATUS(digests_->load());
    is_digest_due_ = is_count_due_ = true;
    note_state();
  }
  look_again();
  return put;
}

NoticeState Notices::state() const {
  const std::lock_guard lock(state_mutex_);
  return state_;
}

}  // namespace handslag::app
