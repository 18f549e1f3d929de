// SPDX-License-Identifier: Apache-2.0
// One of Segment's events to a model::Event. Only segment.cc needs this. One thread.
#pragma once

#include <simdjson.h>

#include "io/format/json_event.h"
#include "io/format/segment.h"
#include "io/format/wire_event.h"

namespace handslag::format {

class SegmentEventReader {
 public:
  /// Keeps `setting` and `limits`. `sent_at`: of the whole batch, by the sender's clock; empty: unknown.
  SegmentEventReader(const WireSetting& setting, const WireLimits& limits, std::string_view sent_at);

  /// `call` is what the path says; of Batch, each event has its own `type`. Fills `event` anew; false with
  /// the fault, a pointer inside the object.
  bool read(simdjson::dom::element json, SegmentCall call, RecordPlace place, model::Event& event,
            Fault& fault);

 private:
  using Element = simdjson::dom::element;

  bool choose_call(Element json, SegmentCall& call);
  bool read_call(Element json, SegmentCall call, model::Event& event);
  bool read_track(Element json, model::Event& event);
  bool read_view(Element json, SegmentCall call, model::Event& event);
  bool read_group(Element json, model::Event& event);
  bool read_alias(Element json, model::Event& event);
  bool read_id_and_time(Element json, model::Event& event);
  bool read_who(Element json, model::Event& event);
  bool read_attributes(Element json, const char* name, model::Event& event);
  bool add_attribute(Element json, const char* name, model::Event& event);
  void add_contacts(Element traits, model::Event& event);
  void add_identifier(std::string type, std::string value, model::Event& event);
  void add_keys(Element properties, model::Event& event);
  void set_corrected_time(Timestamp time, Element json, model::Event& event);
  bool fail(std::string column, std::string reason);

  const WireSetting& setting_;
  const WireLimits& limits_;
  std::optional<Timestamp> sent_at_;
  NoSink sink_;
  ReadOutput output_;
  JsonEventReader event_;
  Fault* fault_ = nullptr;
};

}  // namespace handslag::format
