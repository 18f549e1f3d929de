// SPDX-License-Identifier: Apache-2.0
#include "io/format/wire_event.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace handslag::format {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool fail(Fault& fault, std::string column, std::string reason) {
  fault = {std::move(column), std::move(reason)};
  return false;
}

std::size_t bytes_of(const model::Event& event) {
  std::size_t bytes = event.source.size() + event.id.size() + event.type.size() + event.unit.size() +
                      event.channel.size() + event.touchpoint.size() + event.agent.size() +
                      event.replaces.size() + event.voids.size();
  for (const auto& identifier : event.subject) bytes += identifier.type.size() + identifier.value.size();
  for (const auto& key : event.keys) bytes += key.name.size() + key.value.size();
  for (const auto& attribute : event.data) {
    const auto* text = std::get_if<std::string>(&attribute.value);
    bytes += attribute.name.size() + (text != nullptr ? text->size() : 8);
  }
  return bytes;
}

bool has_good_ids(const model::Event& event, const WireLimits& limits, Fault& fault) {
  if (event.id.empty()) {
    return fail(fault, "/id",
                "is missing; an event that is sent needs an id of its own, so that sending it twice counts "
                "once: give it a UUID, or your system's number for it");
  }
  using Named = std::pair<const char*, const std::string*>;
  const std::array<Named, 3> ids = {
      Named{"/id", &event.id}, {"/replaces", &event.replaces}, {"/voids", &event.voids}};
  for (const auto& [name, id] : ids) {
    if (id->size() <= limits.id_bytes) continue;
    return fail(fault, name, "is longer than " + std::to_string(limits.id_bytes) + " bytes; shorten it");
  }
  return true;
}

}  // namespace

std::optional<std::string_view> WireRequest::header(std::string_view name) const {
  const auto is_it = [name](const WireHeader& header) {
    return std::equal(header.name.begin(), header.name.end(), name.begin(), name.end(),
                      [](char a, char b) { return lower(a) == b; });
  };
  const auto found = std::find_if(headers.begin(), headers.end(), is_it);
  if (found == headers.end()) return std::nullopt;
  return found->value;
}

Limits WireLimits::of_record() const {
  Limits limits;
  limits.cell_bytes = event_bytes;
  limits.record_bytes = event_bytes;
  limits.columns = attributes;
  limits.depth = depth;
  return limits;
}

bool complete_event(model::Event& event, const WireSetting& setting, const WireLimits& limits, Fault& fault) {
  event.record = 0;
  if (!event.known) event.known = setting.received;
  // Why so: whichever way the format came to it, no sender knows this instant.
  if (event.time == setting.received) event.is_time_ours = true;
  if (setting.is_source_fixed && event.source != setting.source) {
    return fail(fault, "/source", "is not the source of the key that was used; leave it out, or use its key");
  }
  if (!has_good_ids(event, limits, fault)) return false;
  const auto too_many = [&](const char* where, std::size_t most, const char* what) {
    return fail(fault, where, "has more than " + std::to_string(most) + " " + what + "; leave some out");
  };
  if (event.subject.size() > limits.identifiers)
    return too_many("/subject", limits.identifiers, "identifiers");
  if (event.keys.size() > limits.keys) return too_many("/keys", limits.keys, "keys");
  if (event.data.size() > limits.attributes) return too_many("/data", limits.attributes, "attributes");
  if (bytes_of(event) <= limits.event_bytes) return true;
  return fail(fault, "",
              "is larger than " + std::to_string(limits.event_bytes) + " bytes; shorten its texts");
}

void reject(WireEvents& into, RecordPlace place, Fault fault, std::string_view raw, bool is_cut) {
  const std::string_view cut = cut_text(raw, kWireRawBytes);
  const bool is_text = is_utf8(cut);
  into.rejected.push_back({place.line, place.record, std::move(fault.column), std::move(fault.reason),
                           is_text ? std::string(cut) : std::string(),
                           is_cut || cut.size() < raw.size() || !is_text});
}

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  return lowered;
}

std::string pointer_of(std::string_view column, std::string_view data_at) {
  if (column.empty()) return "";
  if (column == "data") return std::string(data_at);
  if (column.starts_with("data.")) return std::string(data_at) + pointer_step(column.substr(5));
  if (column.starts_with("keys.")) return "/keys" + pointer_step(column.substr(5));
  const std::size_t end = column.starts_with("subject[") ? column.find(']') : std::string_view::npos;
  if (end == std::string_view::npos) return pointer_step(column);
  std::string pointer = "/subject" + pointer_step(column.substr(8, end - 8));
  if (end + 2 < column.size()) pointer += pointer_step(column.substr(end + 2));  // behind "]."
  return pointer;
}

}  // namespace handslag::format
