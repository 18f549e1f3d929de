// SPDX-License-Identifier: Apache-2.0
// Warnings and verdicts that leave the house: webhooks, and digests to the recipients of units. One thread of
// its own carries all of it; the HTTP client has another, mail a third, and neither waits for an endpoint
// that is slow or dead. The live system waits for this alone when its log commits, and then for our own disk.
//
//   HANDSLAG_TRY(notices, Notices::start({…}));       // before the watch, and it outlives the watch
//   watching.live.feed = feed; watching.live.follower = notices.get();
//
// Any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "app/api/workers.h"
#include "app/notices/courier.h"
#include "app/notices/digests.h"
#include "app/notices/outbox.h"
#include "app/watch/follower.h"
#include "io/http/client.h"
#include "io/mail/smtp.h"
#include "io/runtime/clock.h"
#include "pure/model/time_rules.h"

namespace handslag::app {

struct MailSettings {
  mail::MailServer server;  // without a host: mail is off
  std::string from;         // "Handslag <handslag@example.se>"
};

struct NoticeParts {
  store::NoticeRecords records;
  std::shared_ptr<ChangeFeed> feed;  // shared with the watch
  const runtime::Clock& clock;
  const model::TimeRules& rules;  // in whose zone people read times
  std::function<std::string(const std::string&)> unit_name;
  MailSettings mail;
  bool allow_private_addresses = false;  // of webhooks
};

struct NoticeState {
  bool mail_is_on = false;
  std::uint64_t webhooks = 0, failing = 0, off = 0;
  store::UntoldItems waiting;  // items of digests
  std::string failure;         // of our own store; empty: none
};

/// What a caller may set of a webhook; what is not there stays.
struct WebhookChange {
  std::optional<std::string> name, url;
  std::optional<WebhookFilter> filter;
  std::optional<bool> active;
  bool new_secret = false;
};

class Notices final : public Follower {
 public:
  static Result<std::unique_ptr<Notices>> start(NoticeParts parts);
  /// What is under way is given up; it is sent again after the next start.
  ~Notices() override;

  // ---- the watch's
  Result<std::optional<ToldState>> resume(std::uint32_t last_import) override;
  Status keep(const ToldState& told) override;
  Status lose(const ToldState& told, Timestamp now) override;

  // ---- webhooks. NotFound: no such number. Invalid, Limit as webhook.h says.
  Result<std::vector<store::StoredWebhook>> webhooks();
  Result<store::StoredWebhook> add_webhook(const WebhookChange& given, const std::string& by);
  /// Conflict: `expected` is not its version. The old secret signs too for a day after a new one is made; who
  /// is switched on again is sent what has waited.
  Result<store::StoredWebhook> change_webhook(std::int64_t number, std::optional<std::uint32_t> expected,
                                              const WebhookChange& change);
  /// Conflict: a recipient goes by it.
  Status drop_webhook(std::int64_t number);
  /// Sends a message "test" on the ordinary way, at once, also where the endpoint fails. Its id. Conflict: it
  /// is switched off.
  Result<std::string> test_webhook(std::int64_t number);
  Result<std::vector<store::StoredDelivery>> deliveries(std::int64_t number, std::int64_t before,
                                                        std::int64_t limit);

  // ---- recipients
  Result<store::StoredRecipients> recipients(const std::string& unit);
  /// Why the last digest did not go out; empty: it did.
  std::string error_of(const std::string& unit, const std::string& recipient);
  /// Conflict: `expected` is not the version. Invalid: a webhook is not there.
  Result<store::StoredRecipients> put_recipients(const std::string& unit,
                                                 std::optional<std::uint32_t> expected,
                                                 const std::vector<Recipient>& recipients,
                                                 const std::string& by);

  /// A register has something to tell, or the feed. Cheap, and waits for nobody.
  void look_again();

  /// As it was when the thread, or a caller who changed something, was last done. Waits for neither, nor for
  /// the disk.
  NoticeState state() const;
  bool mail_is_on() const { return !mail_.server.host.empty(); }

 private:
  explicit Notices(NoticeParts parts);
  Status open();
  void run();
  Status work(Timestamp now);
  Status take_back(Timestamp now);
  void post(http::OutgoingRequest request, Outcome outcome);
  void mail_out(DigestMail mail);
  double jitter();
  bool is_stopping();
  Result<store::StoredWebhook> find(std::int64_t number) const;
  void note_state();

  store::NoticeRecords records_;
  const std::shared_ptr<ChangeFeed> feed_;
  const runtime::Clock& clock_;
  const MailSettings mail_;
  const bool allow_private_;
  std::uint64_t listener_ = 0;

  std::mutex mutex_;  // guards what follows, and the records
  std::string token_;
  std::unique_ptr<Courier> courier_;
  std::unique_ptr<Outbox> outbox_;
  std::unique_ptr<Digests> digests_;
  Digests::Ways ways_;
  std::uint64_t random_ = 0;
  Timestamp tidied_ = kNoTime;
  bool is_digest_due_ = true, is_count_due_ = true;
  store::UntoldItems waiting_;
  std::string failure_;

  mutable std::mutex state_mutex_;  // guards what follows; nothing is waited for while it is held
  NoticeState state_;

  std::mutex back_mutex_;  // guards what follows; never held while mutex_ is asked for
  std::condition_variable back_;
  std::vector<Outcome> outcomes_;
  std::vector<MailOutcome> mailed_;
  bool has_news_ = false, stopping_ = false;

  std::unique_ptr<http::Client> client_;
  std::unique_ptr<Workers> mailer_;
  std::thread thread_;
};

}  // namespace handslag::app
