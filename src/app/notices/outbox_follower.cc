// SPDX-License-Identifier: Apache-2.0
#include "app/notices/outbox_follower.h"

#include <utility>

#include "io/runtime/clock.h"

namespace handslag::app {

OutboxFollower::OutboxFollower(store::NoticeRecords records, ChangeFeed& feed)
    : records_(std::move(records)),
      courier_(
          records_, {}, [](http::OutgoingRequest, Outcome) {}, [] { return 0.0; }),
      outbox_(records_, feed, courier_) {}

Result<std::unique_ptr<OutboxFollower>> OutboxFollower::open(store::NoticeRecords records, ChangeFeed& feed) {
  std::unique_ptr<OutboxFollower> follower(new OutboxFollower(std::move(records), feed));
  HANDSLAG_CHECK_STATUS(follower->courier_.load());
  HANDSLAG_CHECK_STATUS(follower->outbox_.load());
  return follower;
}

Result<bool> OutboxFollower::has_told() {
  HANDSLAG_TRY(mark, records_.last_mark());
  return mark.has_value();
}

Result<std::optional<ToldState>> OutboxFollower::resume(std::uint32_t last_import) {
  return outbox_.resume(last_import, runtime::WallClock().now());
}

}  // namespace handslag::app
