// SPDX-License-Identifier: Apache-2.0
#include "io/store/audit_trail.h"

#include <algorithm>
#include <utility>

#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

constexpr std::chrono::seconds kBetweenHeads{1};

std::string cut(std::string text) {
  if (text.size() <= kAuditFieldBytes) return text;
  std::size_t end = kAuditFieldBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

AuditLine line_of(AuditEntry entry, Timestamp at) {
  AuditLine line;
  line.at = at;
  line.who_kind = audit_who_name(entry.who_kind);
  line.who = cut(std::move(entry.who));
  line.what = audit_verb_name(entry.what);
  line.whom = cut(std::move(entry.whom));
  line.why = cut(std::move(entry.why));
  line.details = cut(std::move(entry.details));
  return line;
}

Error refused(const std::string& reason) {
  return unavailable("what must be logged is not done while the audit trail cannot be written: " + reason);
}

// Whether the trail still ends as the records say; lines after the noted head are those of its last second.
Result<bool> ends_as_left(AuditRecords& records, const AuditHead& newest) {
  HANDSLAG_TRY(noted, records.noted_head());
  if (noted.lines == 0) return true;
  if (noted.lines > newest.lines) return false;
  AuditQuery query;
  query.beyond = noted.lines - 1;
  query.limit = 1;
  HANDSLAG_TRY(lines, records.list(query));
  return !lines.empty() && lines.front().number == noted.lines && lines.front().hash == noted.hash;
}

}  // namespace

struct AuditTrail::Stores {
  std::unique_ptr<SqliteDatabase> trail, records;  // for writing
  std::unique_ptr<SqliteDatabase> read_trail, read_records;

  AuditRecords writing() { return {*trail, *records}; }
  AuditRecords reading() { return {*read_trail, *read_records}; }
};

Result<std::unique_ptr<AuditTrail>> AuditTrail::open(const std::string& trail_path,
                                                     const std::string& records_path,
                                                     const runtime::Clock& clock,
                                                     const AuditOptions& options) {
  auto stores = std::make_unique<Stores>();
  HANDSLAG_TRY(trail, SqliteDatabase::open(trail_path, SqliteMode::Write));
  HANDSLAG_TRY(records, SqliteDatabase::open(records_path, SqliteMode::Write));
  HANDSLAG_TRY(read_trail, SqliteDatabase::open(trail_path, SqliteMode::Read));
  HANDSLAG_TRY(read_records, SqliteDatabase::open(records_path, SqliteMode::Read));
  *stores = {std::move(trail), std::move(records), std::move(read_trail), std::move(read_records)};
  AuditRecords lines = stores->writing();
  HANDSLAG_TRY(newest, lines.newest());
  HANDSLAG_TRY(is_whole, ends_as_left(lines, newest));
  HANDSLAG_TRY(noted, lines.noted_head());
  // Why: the head in the records stays as evidence until the line that tells of it is on disk.
  std::unique_ptr<AuditTrail> opened(
      new AuditTrail(std::move(stores), newest, is_whole ? noted : newest, clock, options));
  if (!is_whole) {
    AuditEntry broken{AuditWho::System, "", AuditVerb::TrailBroken, "", "", ""};
    broken.details = R"({"lines_found":)" + std::to_string(newest.lines) + R"(,"lines_expected":)" +
                     std::to_string(noted.lines) + R"(,"hash_expected":")" + noted.hash + R"("})";
    HANDSLAG_CHECK_STATUS(opened->note(std::move(broken)));
    HANDSLAG_CHECK_STATUS(opened->flush());
  }
  return opened;
}

AuditTrail::AuditTrail(std::unique_ptr<Stores> stores, AuditHead newest, AuditHead noted,
                       const runtime::Clock& clock, const AuditOptions& options)
    : clock_(clock),
      options_(options),
      stores_(std::move(stores)),
      head_(std::move(newest)),
      noted_(std::move(noted)) {
  writer_ = std::thread([this] { write_until_closed(); });
}

AuditTrail::~AuditTrail() {
  (void)close().ok();  // Why: nobody is left to tell; who needs to know closes before
}

Status AuditTrail::note(AuditEntry entry) {
  AuditLine line = line_of(std::move(entry), clock_.now());
  std::unique_lock lock(mutex_);
  const auto may_go_on = [this] { return has_room() || trouble_ || is_closing_; };
  if (!room_.wait_for(lock, options_.patience, may_go_on)) return refused("its disk is too slow");
  if (is_closing_) return refused("it is closed");
  if (trouble_) return refused(trouble_->message);
  queue_.push_back(std::move(line));
  ++taken_;
  if (queue_.size() == 1 || 2 * queue_.size() >= options_.capacity) work_.notify_one();
  return {};
}

Status AuditTrail::flush() {
  std::unique_lock lock(mutex_);
  const std::uint64_t wanted = taken_, failures = failures_;
  is_hurried_ = true;
  work_.notify_one();
  done_.wait(lock, [&] { return committed_ >= wanted || failures_ > failures || has_ended_; });
  if (committed_ >= wanted) return {};
  return trouble_ ? refused(trouble_->message) : refused("it was closed");
}

Status AuditTrail::close() {
  const std::lock_guard once(closing_);
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  work_.notify_one();
  room_.notify_all();
  if (writer_.joinable()) writer_.join();
  const std::lock_guard lock(mutex_);
  if (taken_ == committed_) return {};
  return refused(std::to_string(taken_ - committed_) + " lines are lost" +
                 (trouble_ ? ": " + trouble_->message : ""));
}

Result<std::vector<AuditLine>> AuditTrail::list(const AuditQuery& query) {
  HANDSLAG_CHECK_STATUS(flush());
  const std::lock_guard lock(reading_);
  return stores_->reading().list(query);
}

Result<AuditVerdict> AuditTrail::verify(const std::optional<AuditHead>& known) {
  HANDSLAG_CHECK_STATUS(flush());
  const std::lock_guard lock(reading_);
  return stores_->reading().verify(known);
}

void AuditTrail::write_until_closed() {
  std::unique_lock lock(mutex_);
  bool is_last = false;
  while (!is_last) {
    wait_for_work(lock);
    is_last = is_closing_;
    is_hurried_ = false;
    if (!queue_.empty()) commit_queue(lock);
    lock.unlock();
    if (is_last || is_head_due()) note_head();
    lock.lock();
  }
  has_ended_ = true;
  done_.notify_all();
}

void AuditTrail::wait_for_work(std::unique_lock<std::mutex>& lock) {
  const auto is_there = [this] { return is_closing_ || is_hurried_ || !queue_.empty(); };
  if (head_ == noted_)
    work_.wait(lock, is_there);
  else
    work_.wait_until(lock, head_noted_at_ + kBetweenHeads, is_there);
  if (queue_.empty()) return;
  work_.wait_for(lock, options_.group, [this] {
    return is_closing_ || is_hurried_ || (2 * queue_.size() >= options_.capacity && !trouble_);
  });
}

void AuditTrail::commit_queue(std::unique_lock<std::mutex>& lock) {
  std::deque<AuditLine> waiting = std::exchange(queue_, {});
  in_flight_ = waiting.size();
  lock.unlock();
  const std::vector<AuditLine> lines = numbered(waiting);
  const Status written = stores_->writing().append(lines);
  lock.lock();
  in_flight_ = 0;
  if (written.ok()) {
    head_ = {lines.back().number, lines.back().hash};
    committed_ += lines.size();
    trouble_.reset();
  } else {
    queue_.insert(queue_.begin(), waiting.begin(), waiting.end());
    trouble_ = written.error();
    ++failures_;
  }
  room_.notify_all();
  done_.notify_all();
}

std::vector<AuditLine> AuditTrail::numbered(std::deque<AuditLine> lines) const {
  AuditHead head = head_;
  for (AuditLine& line : lines) {
    line.number = ++head.lines;
    line.previous_hash = head.hash;
    line.hash = head.hash = audit_hash(line);
  }
  return {std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end())};
}

bool AuditTrail::is_head_due() const {
  return head_ != noted_ && std::chrono::steady_clock::now() >= head_noted_at_ + kBetweenHeads;
}

// A head that cannot be noted now is noted a second later: the trail itself is on disk.
void AuditTrail::note_head() {
  head_noted_at_ = std::chrono::steady_clock::now();
  if (head_ != noted_ && stores_->writing().note_head(head_).ok()) noted_ = head_;
}

}  // namespace handslag::store
