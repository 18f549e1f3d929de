// SPDX-License-Identifier: Apache-2.0
// Not for callers of the wire formats: what their readers share. What every live event must be, and how a
// record that is none is put down. Total; one thread.
#pragma once

#include "io/format/read_output.h"
#include "io/format/wire_request.h"

namespace handslag::format {

/// What is true of every live event: fills `known`, and checks source, id and sizes; false with the fault.
/// Fault::column is a pointer inside the event, as in our own format.
bool complete_event(model::Event& event, const WireSetting& setting, const WireLimits& limits, Fault& fault);

/// `raw` is cut at kWireRawBytes, and left out where it is no UTF-8. `is_cut`: there was more of it before.
void reject(WireEvents& into, RecordPlace place, Fault fault, std::string_view raw, bool is_cut = false);

/// The column of a fault of JsonEventReader as a JSON pointer: "subject[0].type" is "/subject/0/type",
/// "keys.order" is "/keys/order", "data.amount" is `data_at` and "/amount".
std::string pointer_of(std::string_view column, std::string_view data_at);

/// The letters of ASCII in lower case.
std::string lower_case(std::string_view text);

/// Takes no events: for readers that only warn through a ReadOutput.
class NoSink final : public EventSink {
 public:
  Status event(const model::Event&) override { return {}; }
  Status reject(const RejectedRecord&) override { return {}; }
  Status progress(std::uint64_t) override { return {}; }
};

}  // namespace handslag::format
