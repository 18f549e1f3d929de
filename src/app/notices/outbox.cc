// SPDX-License-Identifier: Apache-2.0
#include "app/notices/outbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/watch/change_json.h"
#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

constexpr std::size_t kChangesAtOnce = 2'000;
constexpr std::int64_t kNoticesAtOnce = 1'000;

// 60 bits of a SHA-256: the same in every version of the program.
std::int64_t key_of(const std::string& text) {
  const std::string digits = runtime::sha256(text);
  std::int64_t key = 0;
  std::from_chars(digits.data(), digits.data() + 15, key, 16);
  return std::max<std::int64_t>(key, 1);
}

std::string instance_text(const Change& change) {
  return fmt::format("{}\n{}\n{}", change.promise, change.version, change.activation_row);
}

std::string_view verdict_text(const std::optional<model::Verdict>& verdict) {
  return verdict ? model::verdict_name(*verdict) : std::string_view("none");
}

store::OutboxLine line_of(const Change& change) {
  store::OutboxLine line;
  line.at = change.at;
  line.kind = kind_name(change.kind);
  line.type = change.kind == Change::Kind::Warning ? "promise.warning" : "verdict.changed";
  line.unit = change.unit;
  line.promise = change.promise;
  line.verdict = verdict_text(change.after);
  return line;
}

}  // namespace

Status Outbox::load() {
  HANDSLAG_TRY(stored, records_.all_recipients());
  recipients_.clear();
  for (const store::StoredRecipients& it : stored) {
    HANDSLAG_TRY(list, read_recipients(Json::parse(it.recipients, nullptr, false)));
    if (!list.empty()) recipients_.emplace(it.unit, std::move(list));
  }
  HANDSLAG_TRY(keys, records_.item_keys());
  items_ = {keys.begin(), keys.end()};
  return {};
}

Result<std::optional<ToldState>> Outbox::resume(std::uint32_t last_import, Timestamp now) {
  HANDSLAG_TRY(collected, collect(now));  // of a live system before this one
  (void)collected;
  HANDSLAG_CHECK_STATUS(records_.drop_marks_after(last_import));
  HANDSLAG_TRY(mark, records_.last_mark());
  told_before_.clear();
  if (!mark) return std::optional<ToldState>();  // the first start
  HANDSLAG_TRY(keys, records_.keys_after(mark->through));
  for (const std::int64_t key : keys) ++told_before_[key];
  return std::optional(ToldState{mark->import, mark->clock, std::move(mark->premises)});
}

Status Outbox::keep(const ToldState& told) {
  HANDSLAG_TRY(collected, collect(told.clock));
  (void)collected;
  told_before_.clear();
  HANDSLAG_TRY(through, records_.last_line());
  return records_.put_mark({told.import, through, told.clock, told.premises});
}

Status Outbox::lose(const ToldState& told, Timestamp now) {
  return gap(now, told.clock, "what was told then cannot be worked out any more");
}

Result<bool> Outbox::collect(Timestamp now) {
  has_added_ = false;
  HANDSLAG_CHECK_STATUS(take_register_notices());
  if (courier_.webhooks().empty() && recipients_.empty() && items_.empty()) {
    heard_ = feed_.last();  // nobody is to be told
    return has_added_;
  }
  while (true) {
    const auto changes = feed_.after(heard_, kChangesAtOnce);
    if (!changes) {
      HANDSLAG_CHECK_STATUS(gap(now, std::nullopt, "too much changed at once"));
      heard_ = feed_.last();
      continue;
    }
    if (changes->empty()) return has_added_;
    skipped_.clear(), lines_.clear();
    const Status taken = records_.together([&]() -> Status {
      for (const Change& change : *changes) HANDSLAG_CHECK_STATUS(take(change));
      return records_.add_lines(lines_);
    });
    has_added_ = has_added_ || !lines_.empty();
    if (!taken.ok()) {
      for (const std::int64_t key : skipped_) ++told_before_[key];  // they come once more
      return taken.error();
    }
    heard_ = changes->back().number;
  }
}

bool Outbox::was_told_before(std::int64_t key) {
  const auto found = told_before_.find(key);
  if (found == told_before_.end()) return false;
  skipped_.push_back(key);
  if (--found->second == 0) told_before_.erase(found);
  return true;
}

// Why warnings are looked up in the store: each start of the live system warns of all that stand near.
Status Outbox::take(const Change& change) {
  const bool has_items = !items_.empty() || recipients_.contains(change.unit);
  store::OutboxLine line = line_of(change);
  const bool is_wanted = courier_.is_wanted(line);
  if (!has_items && !is_wanted) return {};
  const std::string instance = instance_text(change);
  const std::int64_t item = key_of(instance);
  if (change.kind == Change::Kind::Warning) {
    HANDSLAG_CHECK_STATUS(take_warning(change, item));
  } else if (items_.contains(item) && change.after == model::Verdict::Broken) {
    HANDSLAG_CHECK_STATUS(records_.break_items(item));
    has_added_ = true;
  } else if (items_.contains(item) && change.after != model::Verdict::Pending &&
             change.after != model::Verdict::Overdue) {
    HANDSLAG_CHECK_STATUS(records_.settle_items(item));
  }
  if (!is_wanted) return {};
  line.key = key_of(fmt::format("{}\n{}\n{}\n{}\n{}", instance, line.kind, verdict_text(change.before),
                                line.verdict, change.due.us));
  if (was_told_before(line.key)) return {};
  if (change.kind == Change::Kind::Warning) {
    HANDSLAG_TRY(is_there, records_.has_line(line.key));
    if (is_there) return {};
  }
  line.data = change_json(change).dump(-1, ' ', false, Json::error_handler_t::replace);
  lines_.push_back(std::move(line));
  return {};
}

Status Outbox::take_warning(const Change& change, std::int64_t instance) {
  const auto unit = recipients_.find(change.unit);
  if (unit == recipients_.end()) return {};
  store::DigestItem item;
  item.unit = change.unit;
  item.kind = "warning";
  item.key = instance;
  item.at = change.at;
  item.due = change.due;
  item.data = Json{{"promise", change.promise},
                   {"title", change.title},
                   {"version", change.version},
                   {"customer", change.customer}}
                  .dump(-1, ' ', false, Json::error_handler_t::replace);
  for (const Recipient& it : unit->second) {
    item.recipient = it.name;
    HANDSLAG_CHECK_STATUS(records_.add_item(item));
  }
  items_.insert(instance);
  has_added_ = true;
  return {};
}

// To every endpoint, whatever it asks for: it may have missed what it asks for.
Status Outbox::gap(Timestamp now, std::optional<Timestamp> since, const char* why) {
  store::OutboxLine line;
  std::vector<store::OutboxLine> lines;
  for (const auto& [number, webhook] : courier_.webhooks()) {
    line.at = now;
    line.kind = line.type = "gap";
    line.target = number;
    line.data =
        Json{
            {"why", why},
            {"since", time_json(since)},
            {"ask", "GET /v1/promises/{id}/instances for what holds now, GET /v1/revisions for what changed"}}
            .dump();
    lines.push_back(line);
  }
  has_added_ = has_added_ || !lines.empty();
  return records_.together([&] { return records_.add_lines(lines); });
}

// The record's title may hold anything that somebody wrote, so its number alone leaves the house.
Status Outbox::take_register_notices() {
  HANDSLAG_TRY(notices, records_.register_notices(kNoticesAtOnce));
  if (notices.empty()) return {};
  lines_.clear();
  const Status taken = records_.together([&]() -> Status {
    for (const store::RegisterNotice& notice : notices) {
      const Json data{{"record", notice.record},
                      {"register", notice.register_id},
                      {"unit", notice.unit},
                      {"occasion", notice.occasion},
                      {"at", time_json(notice.at)}};
      store::OutboxLine line;
      line.at = notice.at;
      line.kind = "notice", line.type = "register.notice";
      line.unit = notice.unit;
      line.data = data.dump(-1, ' ', false, Json::error_handler_t::replace);
      if (courier_.is_wanted(line)) lines_.push_back(line);
      store::DigestItem item;
      item.unit = notice.unit, item.kind = "notice";
      item.key = key_of(fmt::format("{}\n{}\n{}", notice.record, notice.occasion, notice.number));
      item.at = notice.at;
      item.data = line.data;
      const auto unit = recipients_.find(notice.unit);
      if (unit == recipients_.end()) continue;
      has_added_ = true;
      for (const Recipient& it : unit->second) {
        item.recipient = it.name;
        HANDSLAG_CHECK_STATUS(records_.add_item(item));
      }
    }
    HANDSLAG_CHECK_STATUS(records_.add_lines(lines_));
    return records_.drop_register_notices(notices.back().number);
  });
  has_added_ = has_added_ || !lines_.empty();
  return taken;
}

Status Outbox::tidy(Timestamp now) {
  HANDSLAG_CHECK_STATUS(records_.drop_lines({now.us - kOutboxKeptUs}, kOutboxLines));
  HANDSLAG_CHECK_STATUS(records_.drop_items({now.us - kItemsKeptUs}));
  return load();
}

}  // namespace handslag::app
