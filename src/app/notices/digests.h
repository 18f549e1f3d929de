// SPDX-License-Identifier: Apache-2.0
// Makes and sends the digests of all recipients. A digest is made and its items are marked as told in one
// transaction; a mail that was made lies in the store until the mail server has it, so that nothing is lost
// and nothing told twice, but where the program ends between the server's yes and our noting it: then the
// same mail goes twice, under the same Message-ID. One thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/notices/digest.h"
#include "app/notices/outbox.h"
#include "io/mail/message.h"

namespace handslag::app {

/// A mail on its way.
struct DigestMail {
  std::string unit, recipient;
  std::string to, message;
};

struct MailOutcome {
  std::string unit, recipient;
  std::string error;  // empty: the mail server has it
};

class Digests {
 public:
  struct Ways {
    std::string from;                      // "Handslag <handslag@example.se>"; empty: mail is off
    std::function<void(DigestMail)> send;  // calls done() later, on this object's thread
    std::function<std::string(const std::string&)> named;  // a unit's name for people
    const model::TimeRules* rules = nullptr;
    std::string token;  // of the installation
    std::function<double()> jitter;
  };
  Digests(store::NoticeRecords& records, const Outbox& outbox, Ways ways)
      : records_(records), outbox_(outbox), ways_(std::move(ways)) {}

  Status load();
  /// True where lines for webhooks were added to the outbox.
  Result<bool> step(Timestamp now);
  /// Takes all of them, also where one cannot be written; the first such error.
  Status done(const std::vector<MailOutcome>& mails, Timestamp now);
  /// When step() has something to do though nothing happens.
  std::optional<Timestamp> next() const { return next_; }
  /// What failed last for her; empty: nothing.
  std::string error_of(const std::string& unit, const std::string& recipient) const;

 private:
  using Who = std::pair<std::string, std::string>;  // unit, name

  Status look_at(const std::string& unit, const Recipient& recipient, Timestamp now, bool& has_lines);
  Status make(const std::string& unit, const Recipient& recipient, store::DigestProgress progress,
              Timestamp now);
  Result<std::string> mail_of(const Digest& digest, const Recipient& recipient) const;
  void wake_at(Timestamp when);
  Status take(const MailOutcome& mail, Timestamp now);

  store::NoticeRecords& records_;
  const Outbox& outbox_;
  const Ways ways_;
  std::map<Who, store::DigestProgress> progress_;
  std::map<Who, bool> under_way_;
  std::optional<Timestamp> next_;
};

}  // namespace handslag::app
