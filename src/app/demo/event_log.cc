// SPDX-License-Identifier: Apache-2.0
#include "app/demo/event_log.h"

#include <algorithm>
#include <tuple>

namespace handslag::demo {
namespace {

// "order-2"; "crm-case-2". Why: what is written down in Handslag itself bears ids such as case-2, and is
// another.
std::string numbered_key(const std::string& name, std::int64_t number) {
  const bool is_written_here_too = name == "case" || name == "commitment";
  return (is_written_here_too ? "crm-" : "") + name + "-" + std::to_string(number);
}

}  // namespace

EventLog::EventLog(const Days& days, const std::vector<Person>& people, std::vector<std::int32_t> source_ends)
    : days_(&days), people_(&people), source_ends_(std::move(source_ends)) {
  HANDSLAG_CHECK(source_ends_.size() == kSources, "an end for every source");
  code("");  // code 0 is "not said"
}

EventLog::Code EventLog::code(std::string_view text) {
  const auto [place, is_new] = codes_.try_emplace(text, static_cast<Code>(texts_.size()));
  if (is_new) {
    HANDSLAG_CHECK(texts_.size() < 0xFFFF, "texts of the demo fit their codes");
    texts_.push_back(text);
  }
  return place->second;
}

EventLog::Entry EventLog::add(Source source, const char* type, Moment time, std::uint32_t person) {
  const bool is_inside = time.day >= 0 && time.day < source_ends_[static_cast<std::size_t>(source)];
  const bool is_customer = person == kNobody || time.day >= (*people_)[person].joined;
  if (!is_inside || !is_customer) {
    left_out_ = Draft{};
    return {*this, left_out_, false};
  }
  Draft& draft = drafts_.emplace_back();
  draft.time_us = days_->instant(time).us;
  draft.serial = static_cast<std::uint32_t>(drafts_.size());
  draft.person = person;
  draft.first_field = static_cast<std::uint32_t>(fields_.size());
  draft.type = code(type);
  draft.source = source;
  return {*this, draft, true};
}

Status EventLog::read(const std::function<Status(Source, const model::Event&)>& receive) {
  std::sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
    return std::tie(a.source, a.time_us, a.serial) < std::tie(b.source, b.time_us, b.serial);
  });
  model::Event event;
  std::int64_t sequence = 0;
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    sequence = i > 0 && drafts_[i - 1].source == drafts_[i].source ? sequence + 1 : 1;
    expand(drafts_[i], sequence, event);
    HANDSLAG_CHECK_STATUS(receive(drafts_[i].source, event));
  }
  return {};
}

void EventLog::expand(const Draft& draft, std::int64_t sequence, model::Event& event) const {
  event.clear();
  event.source = source_name(draft.source);
  event.id = "e" + std::to_string(draft.serial);
  event.type = texts_[draft.type];
  event.time = {draft.time_us};
  event.sequence = sequence;
  event.unit = texts_[draft.unit];
  event.channel = texts_[draft.channel];
  event.touchpoint = texts_[draft.touchpoint];
  event.agent = texts_[draft.agent];
  if (draft.known_after_s > 0)
    event.known = Timestamp{draft.time_us + draft.known_after_s * kMicrosPerSecond};
  if (draft.replaces > 0) event.replaces = "e" + std::to_string(draft.replaces);
  if (draft.person != kNobody)
    add_subject((*people_)[draft.person], draft.source, draft.known, event.subject);
  for (std::uint32_t i = draft.first_field; i < draft.first_field + draft.fields; ++i) {
    const Field& field = fields_[i];
    const std::string name(texts_[field.name]);
    switch (field.kind) {
      case Kind::KeyText:
        event.keys.push_back({name, std::string(texts_[field.value])});
        break;
      case Kind::KeyNumber:
        event.keys.push_back({name, numbered_key(name, field.value)});
        break;
      case Kind::Text:
        event.data.push_back({name, std::string(texts_[field.value])});
        break;
      case Kind::Number:
        event.data.push_back({name, static_cast<double>(field.value)});
        break;
      case Kind::Instant:
        event.data.push_back({name, Timestamp{field.value * kMicrosPerSecond}});
        break;
      case Kind::Boolean:
        event.data.push_back({name, field.value != 0});
        break;
      case Kind::Date:
        event.data.push_back({name, Date{static_cast<std::int32_t>(field.value)}});
        break;
    }
  }
}

EventLog::Entry& EventLog::Entry::known(Known known) {
  draft_->known = known;
  return *this;
}

EventLog::Entry& EventLog::Entry::known_after(std::uint32_t seconds) {
  draft_->known_after_s = seconds;
  return *this;
}

EventLog::Entry& EventLog::Entry::replaces(std::uint32_t serial) {
  draft_->replaces = serial;
  return *this;
}

EventLog::Entry& EventLog::Entry::instant(std::string_view name, Moment value) {
  return put(name, Kind::Instant,
             static_cast<std::uint32_t>(log_->days_->instant(value).us / kMicrosPerSecond));
}

EventLog::Entry& EventLog::Entry::date(std::string_view name, std::int32_t day) {
  return put(name, Kind::Date, static_cast<std::uint32_t>(log_->days_->date(day).days));
}

EventLog::Entry& EventLog::Entry::set(Code Draft::*field, std::string_view text) {
  draft_->*field = log_->code(text);
  return *this;
}

EventLog::Entry& EventLog::Entry::put(std::string_view name, Kind kind, std::uint32_t value) {
  if (kept_) {
    log_->fields_.push_back({log_->code(name), kind, value});
    ++draft_->fields;
  }
  return *this;
}

}  // namespace handslag::demo
