// SPDX-License-Identifier: Apache-2.0
// The thread, and what comes back to it. What callers ask for: notices_api.cc.
#include "app/notices/notices.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

constexpr std::uint32_t kTransfers = kMaxWebhooks * kMostUnderWay + 64;  // so that none waits for another's
constexpr std::uint64_t kAnswerBytes = 64 << 10;                         // nothing of it is used
constexpr std::size_t kMailsWaiting = 1'000;
constexpr std::int64_t kTidyUs = 10 * kMicrosPerMinute;
constexpr std::int64_t kLongestSleepUs = kMicrosPerMinute;
constexpr std::int64_t kAfterFailureUs = 3 * kMicrosPerSecond;

}  // namespace

Notices::Notices(NoticeParts parts)
    : records_(std::move(parts.records)),
      feed_(std::move(parts.feed)),
      clock_(parts.clock),
      mail_(std::move(parts.mail)),
      allow_private_(parts.allow_private_addresses) {
  ways_.from = mail_.server.host.empty() ? std::string() : mail_.from;
  ways_.send = [this](DigestMail mail) { mail_out(std::move(mail)); };
  ways_.named = std::move(parts.unit_name);
  ways_.rules = &parts.rules;
  ways_.jitter = [this] { return jitter(); };
}

Result<std::unique_ptr<Notices>> Notices::start(NoticeParts parts) {
  std::unique_ptr<Notices> notices(new Notices(std::move(parts)));
  HANDSLAG_CHECK_STATUS(notices->open());
  notices->listener_ =
      notices->feed_->listen([raw = notices.get()](const std::vector<Change>&) { raw->look_again(); });
  notices->thread_ = std::thread([raw = notices.get()] { raw->run(); });
  return notices;
}

Status Notices::open() {
  http::ClientOptions options;
  options.allow_private_addresses = allow_private_;
  options.answer_bytes = kAnswerBytes;
  options.cuts_answers = true;
  options.requests_at_once = kTransfers;
  HANDSLAG_TRY(client, http::Client::start(options));
  client_ = std::move(client);
  mailer_ = std::make_unique<Workers>(1, kMailsWaiting);
  std::string fresh = runtime::sha256(runtime::random_secret());
  HANDSLAG_TRY(token, records_.token(fresh.substr(0, 8)));
  token_ = ways_.token = std::move(token);
  random_ = std::stoull(fresh.substr(8, 15), nullptr, 16) | 1U;
  courier_ = std::make_unique<Courier>(
      records_, token_,
      [this](http::OutgoingRequest request, Outcome outcome) {
        post(std::move(request), std::move(outcome));
      },
      [this] { return jitter(); });
  outbox_ = std::make_unique<Outbox>(records_, *feed_, *courier_);
  digests_ = std::make_unique<Digests>(records_, *outbox_, ways_);
  HANDSLAG_CHECK_STATUS(courier_->load());
  HANDSLAG_CHECK_STATUS(outbox_->load());
  HANDSLAG_CHECK_STATUS(digests_->load());
  note_state();
  return {};
}

Notices::~Notices() {
  if (listener_ != 0) feed_->leave(listener_);
  {
    const std::lock_guard lock(back_mutex_);
    stopping_ = true;
  }
  back_.notify_all();
  if (thread_.joinable()) thread_.join();
  client_.reset();  // ends what is under way, which comes back and is not looked at
  mailer_.reset();
}

// xorshift: spreads retries, no secret.
double Notices::jitter() {
  random_ ^= random_ << 13U;
  random_ ^= random_ >> 7U;
  random_ ^= random_ << 17U;
  return static_cast<double>(random_ >> 11U) / static_cast<double>(1ULL << 53U);
}

bool Notices::is_stopping() {
  const std::lock_guard lock(back_mutex_);
  return stopping_;
}

void Notices::look_again() {
  {
    const std::lock_guard lock(back_mutex_);
    has_news_ = true;
  }
  back_.notify_one();
}

void Notices::post(http::OutgoingRequest request, Outcome outcome) {
  client_->send(std::move(request),
                [this, outcome = std::move(outcome)](Result<http::IncomingAnswer> answer) mutable {
                  outcome.answered = clock_.now();
                  if (answer.ok()) {
                    outcome.status = answer->status;
                    outcome.retry_after_us = retry_after_us(answer->header("retry-after"));
                  } else {
                    outcome.error = answer.error().message;
                  }
                  {
                    const std::lock_guard lock(back_mutex_);
                    outcomes_.push_back(std::move(outcome));
                  }
                  back_.notify_one();
                });
}

void Notices::mail_out(DigestMail mail) {
  const auto back = [this, unit = mail.unit, recipient = mail.recipient](const std::string& error) {
    {
      const std::lock_guard lock(back_mutex_);
      mailed_.push_back({unit, recipient, error});
    }
    back_.notify_one();
  };
  const bool is_taken = mailer_->give([this, back, mail = std::move(mail)] {
    if (is_stopping()) return back("the server was going down");  // the mail lies in the store
    const Result<mail::Mailbox> from = mail::parse_mailbox(mail_.from);
    const Status sent = from.ok() ? mail::send_mail(mail_.server, from->address, mail.to, mail.message)
                                  : Status(from.error());
    back(sent.ok() ? std::string() : sent.error().message);
  });
  if (!is_taken) back("too many mails wait already");
}

void Notices::run() {
  while (true) {
    std::optional<Timestamp> next;
    bool has_failed = false;
    {
      const std::lock_guard lock(mutex_);
      const Status worked = work(clock_.now());
      has_failed = !worked.ok();
      failure_ = has_failed ? worked.error().message : std::string();
      note_state();
      for (const auto& when : {courier_->next(), digests_->next()}) {
        if (when && (!next || *when < *next)) next = when;
      }
    }
    const std::int64_t wait_us =
        has_failed ? kAfterFailureUs
                   : std::clamp<std::int64_t>(next ? next->us - clock_.now().us : kLongestSleepUs, 0,
                                              kLongestSleepUs);
    std::unique_lock lock(back_mutex_);
    const auto has_work = [this] { return stopping_ || has_news_ || !outcomes_.empty() || !mailed_.empty(); };
    if (has_failed) {
      back_.wait_for(lock, std::chrono::microseconds(wait_us), [this] { return stopping_; });
    } else {
      back_.wait_for(lock, std::chrono::microseconds(wait_us), has_work);
    }
    if (stopping_) return;
    has_news_ = false;
  }
}

// REQUIRES: mutex_ is held, or nobody else knows of this yet.
void Notices::note_state() {
  NoticeState state;
  state.mail_is_on = mail_is_on();
  for (const auto& [number, webhook] : courier_->webhooks()) {
    ++state.webhooks;
    state.off += webhook.off ? 1 : 0;
    state.failing += !webhook.off && webhook.attempt > 0 ? 1 : 0;
  }
  if (is_count_due_) {
    const auto waiting = records_.count_untold("", "");
    if (waiting.ok()) waiting_ = *waiting;
    is_count_due_ = !waiting.ok();
  }
  state.waiting = waiting_;
  state.failure = failure_;
  const std::lock_guard lock(state_mutex_);
  state_ = std::move(state);
}

Status Notices::take_back(Timestamp now) {
  std::vector<MailOutcome> mailed;
  {
    const std::lock_guard lock(back_mutex_);
    for (Outcome& it : outcomes_) courier_->done(std::move(it));
    outcomes_.clear();
    mailed.swap(mailed_);
  }
  is_count_due_ = is_count_due_ || !mailed.empty();
  return digests_->done(mailed, now);
}

Status Notices::work(Timestamp now) {
  HANDSLAG_CHECK_STATUS(take_back(now));
  HANDSLAG_TRY(has_more, outbox_->collect(now));
  if (has_more) courier_->note_lines();
  is_digest_due_ = is_digest_due_ || has_more || (digests_->next() && *digests_->next() <= now);
  if (is_digest_due_) {
    HANDSLAG_TRY(has_lines, digests_->step(now));
    if (has_lines) courier_->note_lines();
    is_digest_due_ = false;
    is_count_due_ = true;
  }
  HANDSLAG_CHECK_STATUS(courier_->step(now));
  if (tidied_ != kNoTime && now.us - tidied_.us < kTidyUs) return {};
  tidied_ = now;
  return outbox_->tidy(now);
}

Result<std::optional<ToldState>> Notices::resume(std::uint32_t last_import) {
  const std::lock_guard lock(mutex_);
  auto told = outbox_->resume(last_import, clock_.now());
  courier_->note_lines();
  look_again();
  return told;
}

Status Notices::lose(const ToldState& told, Timestamp now) {
  const std::lock_guard lock(mutex_);
  return outbox_->lose(told, now);
}

Status Notices::keep(const ToldState& told) {
  const std::lock_guard lock(mutex_);
  courier_->note_lines();  // the thread finds nothing in the feed any more
  is_digest_due_ = true;
  look_again();
  return outbox_->keep(told);
}

}  // namespace handslag::app
