// SPDX-License-Identifier: Apache-2.0
// The demo's events in compact form, in whatever order stories tell them; read back per source in time order
// as model::Event. Events outside the demo's time, or that their source has not yet handed over at its end,
// are left out: that is how orders stay open at the end. About 90 bytes an event. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/demo/days.h"
#include "app/demo/people.h"
#include "base/result.h"
#include "pure/model/event.h"

namespace handslag::demo {

/// No customer: the event belongs to the organisation.
inline constexpr std::uint32_t kNobody = 0xFFFF'FFFF;

class EventLog {
 public:
  class Entry;
  /// Keeps `days` and `people`; both must outlive it. `source_ends` (by Source) is the day each is complete
  /// before.
  EventLog(const Days& days, const std::vector<Person>& people, std::vector<std::int32_t> source_ends);

  /// A new event, to be filled in by the Entry at once. Texts given to it must live as long as the log
  /// (literals).
  Entry add(Source source, const char* type, Moment time, std::uint32_t person);

  /// Hands every event to `receive`, source by source, each in time order. Stops at the first failure.
  Status read(const std::function<Status(Source, const model::Event&)>& receive);

  std::size_t size() const { return drafts_.size(); }

 private:
  using Code = std::uint16_t;
  enum class Kind : std::uint8_t { KeyText, KeyNumber, Text, Number, Instant, Boolean, Date };
  struct Field {
    Code name;
    Kind kind;
    std::uint32_t value;  // a code, a number, seconds since 1970, days since 1970
  };
  struct Draft {
    std::int64_t time_us = 0;
    std::uint32_t serial = 0;  // its id
    std::uint32_t person = kNobody;
    std::uint32_t first_field = 0;
    std::uint32_t known_after_s = 0;  // 0: known when it happened
    std::uint32_t replaces = 0;       // a serial; 0: none
    Code type = 0, unit = 0, channel = 0, touchpoint = 0, agent = 0;
    Source source = Source::App;
    Known known = Known::Customer;
    std::uint8_t fields = 0;
  };

  Code code(std::string_view text);
  void expand(const Draft& draft, std::int64_t sequence, model::Event& event) const;

  const Days* days_;
  const std::vector<Person>* people_;
  std::vector<std::int32_t> source_ends_;
  std::vector<Draft> drafts_;
  std::vector<Field> fields_;
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, Code> codes_;
  Draft left_out_;
};

/// Fills in the event just added; to be used up before the next is added.
class EventLog::Entry {
 public:
  Entry& unit(std::string_view text) { return set(&Draft::unit, text); }
  Entry& channel(std::string_view text) { return set(&Draft::channel, text); }
  Entry& touchpoint(std::string_view text) { return set(&Draft::touchpoint, text); }
  Entry& agent(std::string_view text) { return set(&Draft::agent, text); }
  Entry& known(Known known);
  /// The source learns of it that much later.
  Entry& known_after(std::uint32_t seconds);
  /// It corrects the event with this serial().
  Entry& replaces(std::uint32_t serial);

  Entry& key(std::string_view name, std::string_view value) {
    return put(name, Kind::KeyText, log_->code(value));
  }
  /// The value is "name-number".
  Entry& key(std::string_view name, std::uint32_t number) { return put(name, Kind::KeyNumber, number); }
  Entry& text(std::string_view name, std::string_view value) {
    return put(name, Kind::Text, log_->code(value));
  }
  Entry& number(std::string_view name, std::uint32_t value) { return put(name, Kind::Number, value); }
  Entry& flag(std::string_view name, bool value) { return put(name, Kind::Boolean, value ? 1 : 0); }
  Entry& instant(std::string_view name, Moment value);
  Entry& date(std::string_view name, std::int32_t day);

  /// 0 where the event was left out.
  std::uint32_t serial() const { return draft_->serial; }

 private:
  friend class EventLog;
  Entry(EventLog& log, Draft& draft, bool kept) : log_(&log), draft_(&draft), kept_(kept) {}
  Entry& set(Code Draft::*field, std::string_view text);
  Entry& put(std::string_view name, Kind kind, std::uint32_t value);

  EventLog* log_;
  Draft* draft_;
  bool kept_;
};

}  // namespace handslag::demo
