// SPDX-License-Identifier: Apache-2.0
// One event in our own JSON (contract/event.md) to a model::Event, whole or in parts that stand in the frame
// of another format. Not for callers of read_events(). One thread.
#pragma once

#include <simdjson.h>

#include "io/format/limits.h"
#include "io/format/read_output.h"
#include "io/format/time_reader.h"
#include "pure/model/event.h"

namespace handslag::format {

class JsonEventReader {
 public:
  /// `source`: of events that name none. `time`: reads `time` and `known`.
  JsonEventReader(std::string source, TimeReader time, const Limits& limits)
      : source_(std::move(source)), time_(std::move(time)), limits_(limits) {}

  /// Fills `event` anew; false, with the fault, where the object is no event. `output` is told of doubled
  /// local times.
  bool read(simdjson::dom::element json, RecordPlace place, model::Event& event, ReadOutput& output,
            Fault& fault);

  /// The same in parts: begin() empties `event`, what follows fills it, finish() checks the whole. All but
  /// begin() are false with its fault; `event`, `output` and `fault` must live until finish().
  void begin(RecordPlace place, model::Event& event, ReadOutput& output, Fault& fault);
  /// A field of ours; those of `data` become attributes beside those that are there.
  bool read_field(std::string_view name, simdjson::dom::element value, model::Event& event);
  /// Any value as the attribute of that name; one that is an object or a list as several, as in `data`.
  bool read_named(std::string_view name, simdjson::dom::element value, model::Event& event);
  bool has_attribute(std::string_view name, const model::Event& event) const;
  void set_time(Timestamp time, model::Event& event);
  bool finish(model::Event& event);

 private:
  bool read_time(simdjson::dom::element value, std::string_view name, Timestamp& time);
  bool read_text(simdjson::dom::element value, std::string_view name, std::string& text, bool number_too);
  bool read_sequence(simdjson::dom::element value, model::Event& event);
  bool read_subject(simdjson::dom::element value, model::Event& event);
  bool read_identifier(simdjson::dom::element value, const std::string& name, model::Identifier& identifier);
  bool read_keys(simdjson::dom::element value, model::Event& event);
  bool read_data(simdjson::dom::element value, std::size_t depth, model::Event& event);
  bool read_attribute(simdjson::dom::element value, std::size_t depth, model::Event& event);
  bool is_complete(const model::Event& event);
  bool has_distinct_names(const model::Event& event);
  bool fail_unknown(std::string_view name);
  bool fail(std::string column, std::string reason);

  std::string source_;
  TimeReader time_;
  Limits limits_;
  std::string path_;  // of the attribute at hand: "address_city"
  std::size_t attributes_ = 0;
  std::vector<std::string_view> names_;
  RecordPlace place_;
  ReadOutput* output_ = nullptr;
  Fault* fault_ = nullptr;
  bool has_time_ = false;
};

/// Numbers that are whole and exact as double, and others as text: an id of 19 digits must not lose its last
/// ones.
bool is_exact(std::int64_t number);

/// The value as text where it is a text, number or boolean; false where it is anything else.
bool scalar_text(simdjson::dom::element value, std::string& text);

}  // namespace handslag::format
