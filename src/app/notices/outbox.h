// SPDX-License-Identifier: Apache-2.0
// From the feed of changes, which is lost at every end of the program, into the store: lines for webhooks,
// items for the digests of recipients. What nobody asks for is not written.
//
// How nothing is lost: the event log commits only after keep(), which takes in everything that the feed has,
// and leaves a mark: the import, the clock and the premises by which all that was told can be worked out
// again. At a start resume() gives the latest mark that the log has reached, and the live system finds what
// differs from it. What had come into the store after the mark and before a crash is known by its key and not
// written twice, so that it keeps its number.
//
// One thread at a time.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/notices/courier.h"
#include "app/notices/recipients.h"
#include "app/watch/changes.h"
#include "app/watch/follower.h"
#include "io/store/notice_records.h"

namespace handslag::app {

inline constexpr std::int64_t kOutboxKeptUs = 7 * kMicrosPerDay;
inline constexpr std::int64_t kOutboxLines = 500'000;
inline constexpr std::int64_t kItemsKeptUs = 30 * kMicrosPerDay;

class Outbox {
 public:
  /// Keeps its arguments.
  Outbox(store::NoticeRecords& records, ChangeFeed& feed, const Courier& courier)
      : records_(records), feed_(feed), courier_(courier) {}

  /// Reads the recipients, anew where they have been changed from outside.
  Status load();
  const std::map<std::string, std::vector<Recipient>>& recipients() const { return recipients_; }

  /// As Follower (app/watch/follower.h).
  Result<std::optional<ToldState>> resume(std::uint32_t last_import, Timestamp now);
  Status keep(const ToldState& told);
  Status lose(const ToldState& told, Timestamp now);

  /// Takes in what the feed and the registers have. True where something was added.
  Result<bool> collect(Timestamp now);
  /// Drops what is too old or too much.
  Status tidy(Timestamp now);

 private:
  Status take(const Change& change);
  Status take_warning(const Change& change, std::int64_t instance);
  Status gap(Timestamp now, std::optional<Timestamp> since, const char* why);
  Status take_register_notices();
  bool was_told_before(std::int64_t key);

  store::NoticeRecords& records_;
  ChangeFeed& feed_;
  const Courier& courier_;
  std::map<std::string, std::vector<Recipient>> recipients_;     // by unit
  std::unordered_set<std::int64_t> items_;                       // instances that stand in digest items
  std::uint64_t heard_ = 0;                                      // number in the feed
  std::unordered_map<std::int64_t, std::uint32_t> told_before_;  // by key: lines behind the mark
  std::vector<std::int64_t> skipped_;                            // of told_before_, by the batch under way
  std::vector<store::OutboxLine> lines_;                         // of the batch under way
  bool has_added_ = false;
};

}  // namespace handslag::app
