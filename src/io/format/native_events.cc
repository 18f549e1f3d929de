// SPDX-License-Identifier: Apache-2.0
#include "io/format/native_events.h"

#include "io/format/json_body.h"
#include "io/format/json_event.h"

namespace handslag::format {

Result<WireEvents> read_native(std::string_view body, const WireSetting& setting, const WireLimits& limits) {
  WireEvents read;
  NoSink sink;
  ReadOutput output(sink);
  JsonEventReader reader(setting.source, TimeReader("iso", {}), limits.of_record());
  const auto use = [&](simdjson::dom::element json, RecordPlace place, Fault& fault) {
    model::Event& event = read.events.emplace_back();
    if (reader.read(json, place, event, output, fault)) {
      if (complete_event(event, setting, limits, fault)) return true;
    } else {
      fault.column = pointer_of(fault.column, "/data");
    }
    read.events.pop_back();
    return false;
  };
  HANDSLAG_CHECK_STATUS(read_json_body(body, limits, use, read));
  return read;
}

}  // namespace handslag::format
