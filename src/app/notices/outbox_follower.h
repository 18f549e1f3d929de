// SPDX-License-Identifier: Apache-2.0
// Takes in what changes while no server runs: a command that alters what was told (`imports remove`) opens
// the live system with this, and the next server sends it on.
#pragma once

#include <memory>

#include "app/notices/outbox.h"
#include "app/watch/follower.h"

namespace handslag::app {

/// One thread. Sends nothing.
class OutboxFollower final : public Follower {
 public:
  static Result<std::unique_ptr<OutboxFollower>> open(store::NoticeRecords records, ChangeFeed& feed);

  /// A server has told something here.
  Result<bool> has_told();

  Result<std::optional<ToldState>> resume(std::uint32_t last_import) override;
  Status keep(const ToldState& told) override { return outbox_.keep(told); }
  Status lose(const ToldState& told, Timestamp now) override { return outbox_.lose(told, now); }

 private:
  OutboxFollower(store::NoticeRecords records, ChangeFeed& feed);

  store::NoticeRecords records_;
  Courier courier_;
  Outbox outbox_;
};

}  // namespace handslag::app
