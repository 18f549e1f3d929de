// SPDX-License-Identifier: Apache-2.0
// Writes the audit trail while the program runs (audit_records.h says what it is).
//
//   HANDSLAG_CHECK_STATUS(trail.note({AuditWho::Person, "17", AuditVerb::CardRead, "c-000042", "call 8812",
//   ""}));
//
// (1) note() returns at once; a thread of the trail's own commits what has gathered, at the latest
//     AuditOptions::group after the first of it, in one transaction synced to disk.
// (2) Lines stand in the order in which note() took them, without gaps in their numbers.
// (3) What is noted is bounded: while the queue is full, note() waits, at most AuditOptions::patience.
// (4) While commits fail (a full disk), nothing is lost that was taken: they are tried again. note() then
//     refuses, and what must be logged must not be done.
// (5) The head goes into the records at most each second, and at close.
//
// Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "io/runtime/clock.h"
#include "io/store/audit_records.h"

namespace handslag::store {

struct AuditEntry {
  AuditWho who_kind = AuditWho::Nobody;
  std::string who;
  AuditVerb what = AuditVerb::Denied;
  std::string whom, why;
  std::string details;  // JSON, or empty
};
/// Longer fields are cut there, between code points.
inline constexpr std::size_t kAuditFieldBytes = 2048;

struct AuditOptions {
  std::size_t capacity = 8192;  // entries that wait
  std::chrono::milliseconds group{200};
  std::chrono::milliseconds patience{5000};
};

class AuditTrail {
 public:
  /// The paths of DIR/audit.sqlite and DIR/records.sqlite, both brought up to date (DataDirectory does that).
  /// Keeps `clock`. Where the trail does not end as it was left, the first line to come says so
  /// (AuditVerb::TrailBroken), for ever.
  static Result<std::unique_ptr<AuditTrail>> open(const std::string& trail_path,
                                                  const std::string& records_path,
                                                  const runtime::Clock& clock,
                                                  const AuditOptions& options = {});
  AuditTrail(const AuditTrail&) = delete;
  AuditTrail& operator=(const AuditTrail&) = delete;
  ~AuditTrail();  // closes

  /// Takes the entry, with the clock's time. Error Unavailable: it is not taken, for (3) or (4).
  Status note(AuditEntry entry);
  /// Waits until all that was noted before is on disk. Error: the next attempt to commit it failed.
  Status flush();
  /// Commits what is left, notes the head and ends the thread; note() refuses afterwards. Error: what was
  /// left could not be written, and is lost.
  Status close();

  /// Flush first, then ask as AuditRecords does.
  Result<std::vector<AuditLine>> list(const AuditQuery& query);
  Result<AuditVerdict> verify(const std::optional<AuditHead>& known = std::nullopt);

 private:
  struct Stores;
  AuditTrail(std::unique_ptr<Stores> stores, AuditHead newest, AuditHead noted, const runtime::Clock& clock,
             const AuditOptions& options);

  bool has_room() const { return queue_.size() + in_flight_ < options_.capacity; }
  void write_until_closed();
  void wait_for_work(std::unique_lock<std::mutex>& lock);
  void commit_queue(std::unique_lock<std::mutex>& lock);
  std::vector<AuditLine> numbered(std::deque<AuditLine> lines) const;
  bool is_head_due() const;
  void note_head();

  const runtime::Clock& clock_;
  const AuditOptions options_;
  const std::unique_ptr<Stores> stores_;  // the writing connections are the thread's alone

  std::mutex mutex_;  // guards all down to the next comment
  std::condition_variable work_, room_, done_;
  std::deque<AuditLine> queue_;  // without numbers and hashes
  std::size_t in_flight_ = 0;
  std::uint64_t taken_ = 0, committed_ = 0, failures_ = 0;
  std::optional<Error> trouble_;  // of the last attempt
  bool is_hurried_ = false, is_closing_ = false, has_ended_ = false;

  // The thread's alone.
  AuditHead head_, noted_;
  std::chrono::steady_clock::time_point head_noted_at_;

  std::mutex reading_;  // one reader at a time
  std::mutex closing_;
  std::thread writer_;
};

}  // namespace handslag::store
