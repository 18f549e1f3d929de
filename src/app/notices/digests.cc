// SPDX-License-Identifier: Apache-2.0
#include "app/notices/digests.h"

#include <fmt/format.h>

#include <algorithm>

namespace handslag::app {
namespace {

constexpr const char* kMailIsOff = "mail is off; set [mail] server and from";

}  // namespace

Status Digests::load() {
  HANDSLAG_TRY(stored, records_.progress());
  progress_.clear();
  for (store::DigestProgress& it : stored) progress_[{it.unit, it.recipient}] = std::move(it);
  next_.reset();
  return {};
}

void Digests::wake_at(Timestamp when) {
  if (!next_ || when < *next_) next_ = when;
}

std::string Digests::error_of(const std::string& unit, const std::string& recipient) const {
  const auto found = progress_.find({unit, recipient});
  return found == progress_.end() ? std::string() : found->second.error;
}

Result<bool> Digests::step(Timestamp now) {
  next_.reset();
  bool has_lines = false;
  for (const auto& [unit, recipients] : outbox_.recipients()) {
    for (const Recipient& it : recipients) HANDSLAG_CHECK_STATUS(look_at(unit, it, now, has_lines));
  }
  return has_lines;
}

Status Digests::look_at(const std::string& unit, const Recipient& recipient, Timestamp now, bool& has_lines) {
  const Who who{unit, recipient.name};
  if (under_way_.contains(who)) return {};
  store::DigestProgress progress{unit, recipient.name, {}, {}, 0, {}, {}};
  if (const auto known = progress_.find(who); known != progress_.end()) progress = known->second;
  if (!progress.mail.empty() && !ways_.from.empty() && !recipient.mail.empty()) {
    if (progress.next_at && now < *progress.next_at) {
      wake_at(*progress.next_at);
      return {};
    }
    under_way_[who] = true;
    ways_.send({unit, recipient.name, recipient.mail, progress.mail});
    return {};
  }
  HANDSLAG_TRY(first, records_.first_untold(unit, recipient.name));
  if (!first) return {};
  const bool has_mail = !recipient.mail.empty() && !ways_.from.empty();
  if (!has_mail && !recipient.mail.empty() && progress.error != kMailIsOff) {
    progress.error = kMailIsOff;
    HANDSLAG_CHECK_STATUS(records_.put_progress(progress));
    progress_[who] = progress;
  }
  if (!has_mail && recipient.webhook == 0) return {};  // they wait for [mail] to be set, some weeks at most
  const Timestamp when = digest_time(recipient.interval, *first, progress.last_sent, *ways_.rules);
  if (now < when) {
    wake_at(when);
    return {};
  }
  has_lines = has_lines || recipient.webhook != 0;
  return make(unit, recipient, std::move(progress), now);
}

Status Digests::make(const std::string& unit, const Recipient& recipient, store::DigestProgress progress,
                     Timestamp now) {
  const Who who{unit, recipient.name};
  Digest digest{unit, ways_.named(unit), {}, {}, now};
  HANDSLAG_TRY(items, records_.untold_items(unit, recipient.name, recipient.most));
  HANDSLAG_TRY(counts, records_.count_untold(unit, recipient.name));
  digest.items = std::move(items), digest.counts = counts;
  progress.last_sent = now;
  progress.attempt = 0;
  progress.next_at.reset();
  if (!recipient.mail.empty() && !ways_.from.empty()) {
    HANDSLAG_TRY(mail, mail_of(digest, recipient));
    progress.mail = std::move(mail);
    progress.error.clear();
  }
  store::OutboxLine line;
  line.at = now;
  line.kind = line.type = "digest";
  line.unit = unit;
  line.target = recipient.webhook;
  Json data = digest_json(digest);
  data["recipient"] = recipient.name;
  line.data = data.dump(-1, ' ', false, Json::error_handler_t::replace);
  const Status made = records_.together([&]() -> Status {
    if (recipient.webhook != 0) HANDSLAG_CHECK_STATUS(records_.add_lines({line}));
    HANDSLAG_CHECK_STATUS(records_.mark_told(unit, recipient.name));
    return records_.put_progress(progress);
  });
  if (!made.ok()) return made;
  const bool has_mail = !progress.mail.empty();
  progress_[who] = std::move(progress);
  if (has_mail) wake_at(now);
  return {};
}

Result<std::string> Digests::mail_of(const Digest& digest, const Recipient& recipient) const {
  HANDSLAG_TRY(from, mail::parse_mailbox(ways_.from));
  DigestText text = digest_text(digest, recipient.language, *ways_.rules);
  mail::Message message;
  message.from = std::move(from);
  message.to = {recipient.name, recipient.mail};
  message.subject = std::move(text.subject);
  message.message_id =
      fmt::format("digest-{}-{}@handslag.{}", digest.items.empty() ? 0 : digest.items.front().number,
                  digest.made.us, ways_.token);
  message.date = digest.made;
  message.text = std::move(text.text);
  message.html = std::move(text.html);
  return mail::message_text(message);
}

// A mail that is refused for some days is given up; the next digest is tried anew.
Status Digests::take(const MailOutcome& mail, Timestamp now) {
  const Who who{mail.unit, mail.recipient};
  under_way_.erase(who);
  const auto known = progress_.find(who);
  if (known == progress_.end()) return {};  // taken out meanwhile
  store::DigestProgress& progress = known->second;
  progress.error = mail.error;
  if (mail.error.empty()) {
    progress.mail.clear();
    progress.attempt = 0;
    progress.next_at.reset();
    progress.last_sent = now;
  } else if (const auto delay = retry_delay_us(++progress.attempt, ways_.jitter())) {
    progress.next_at = {now.us + *delay};
  } else {
    progress.mail.clear();
    progress.next_at.reset();
  }
  wake_at(progress.next_at.value_or(now));
  return records_.put_progress(progress);
}

// Why all: whoever's outcome is left out counts as under way, and hears nothing more until a restart.
Status Digests::done(const std::vector<MailOutcome>& mails, Timestamp now) {
  Status first;
  for (const MailOutcome& it : mails) {
    Status taken = take(it, now);
    if (first.ok()) first = std::move(taken);
  }
  return first;
}

}  // namespace handslag::app
