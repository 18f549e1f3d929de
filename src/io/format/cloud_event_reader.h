// SPDX-License-Identifier: Apache-2.0
// One structured CloudEvent to a model::Event. Only cloud_events.cc needs this. One thread.
#pragma once

#include <simdjson.h>

#include "io/format/json_body.h"
#include "io/format/json_event.h"

namespace handslag::format {

class CloudEventReader {
 public:
  /// Keeps `setting` and `limits`.
  CloudEventReader(const WireSetting& setting, const WireLimits& limits);

  /// Fills `event` anew; false with the fault, a pointer inside the object.
  bool read(simdjson::dom::element json, RecordPlace place, model::Event& event, Fault& fault);

 private:
  bool read_members(simdjson::dom::object object, model::Event& event);
  bool read_member(std::string_view name, simdjson::dom::element value, model::Event& event);
  bool read_required(std::string_view name, simdjson::dom::element value, model::Event& event);
  bool read_payload(model::Event& event);
  bool read_encoded(model::Event& event);
  bool read_data(simdjson::dom::element data, model::Event& event);
  bool read_data_member(std::string_view name, simdjson::dom::element value, model::Event& event);
  void place_source(model::Event& event);
  void add_subject(model::Event& event) const;
  bool fail(std::string column, std::string reason);

  const WireSetting& setting_;
  const WireLimits& limits_;
  NoSink sink_;
  ReadOutput output_;
  JsonEventReader event_;
  Fault* fault_ = nullptr;

  // Of the event at hand; views of its JSON.
  std::string_view source_, subject_, data_type_, encoded_;
  simdjson::dom::element data_;
  bool has_data_ = false;
  bool has_encoded_ = false;
  bool has_time_ = false;
  std::vector<std::string_view> names_;
};

/// "application/json", "text/json" or "…+json", whatever its parameters; nothing said counts as JSON.
bool is_json_type(std::string_view type);

}  // namespace handslag::format
