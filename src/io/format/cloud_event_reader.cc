// SPDX-License-Identifier: Apache-2.0
#include "io/format/cloud_event_reader.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "io/format/base64.h"

namespace handslag::format {
namespace {

using simdjson::dom::element;

bool is_type_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// "customer_no@billing:77" is an identifier with its type; "https://…" and "urn:…" are plain.
std::optional<model::Identifier> typed_identifier(std::string_view subject) {
  const std::size_t colon = subject.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == subject.size()) return std::nullopt;
  const std::string_view type = subject.substr(0, colon);
  const std::string_view value = subject.substr(colon + 1);
  const std::string_view name = type.substr(0, type.find('@'));
  const bool is_name = !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
                       std::all_of(name.begin(), name.end(), is_type_character);
  if (!is_name || type.ends_with('@') || type == "urn" || value.starts_with("//")) return std::nullopt;
  if (type == "mailto") return model::Identifier{"email", std::string(value)};
  if (type == "tel") return model::Identifier{"phone", std::string(value)};
  return model::Identifier{std::string(type), std::string(value)};
}

bool is_instant(element value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS && parse_rfc3339(text).has_value();
}

}  // namespace

bool is_json_type(std::string_view type) {
  const std::string lowered = lower_case(trimmed(type.substr(0, type.find(';'))));
  return lowered.empty() || lowered == "application/json" || lowered == "text/json" ||
         lowered.ends_with("+json");
}

CloudEventReader::CloudEventReader(const WireSetting& setting, const WireLimits& limits)
    : setting_(setting),
      limits_(limits),
      output_(sink_),
      event_(setting.source, TimeReader("rfc3339", {}), limits.of_record()) {}

bool CloudEventReader::fail(std::string column, std::string reason) {
  *fault_ = {std::move(column), std::move(reason)};
  return false;
}

bool CloudEventReader::read(element json, RecordPlace place, model::Event& event, Fault& fault) {
  fault_ = &fault;
  source_ = subject_ = data_type_ = encoded_ = {};
  has_data_ = has_encoded_ = has_time_ = false;
  names_.clear();
  event_.begin(place, event, output_, fault);
  simdjson::dom::object object;
  if (json.get(object) != simdjson::SUCCESS) return fail("", "is no JSON object; a CloudEvent is one");
  if (!read_members(object, event) || !read_payload(event)) return false;
  if (!has_time_) event_.set_time(setting_.received, event);
  place_source(event);
  add_subject(event);
  if (event_.finish(event)) return complete_event(event, setting_, limits_, fault);
  fault.column = pointer_of(fault.column, "/data");
  return false;
}

bool CloudEventReader::read_members(simdjson::dom::object object, model::Event& event) {
  for (const auto field : object) {
    if (std::find(names_.begin(), names_.end(), field.key) != names_.end())
      return fail(pointer_step(field.key), "stands twice in the event; keep one");
    if (names_.size() >= limits_.attributes)
      return fail("", "has more than " + std::to_string(limits_.attributes) + " members; leave some out");
    names_.push_back(field.key);
    if (!field.value.is_null() && !read_member(field.key, field.value, event)) return false;
  }
  if (source_.empty()) return fail("/source", "is missing; a CloudEvent needs it");
  const bool has_version = std::find(names_.begin(), names_.end(), "specversion") != names_.end();
  return has_version || fail("/specversion", "is missing; a CloudEvent needs it: \"1.0\"");
}

bool CloudEventReader::read_member(std::string_view name, element value, model::Event& event) {
  if (name == "data") {
    data_ = value;
    return has_data_ = true;
  }
  const auto text_into = [&](std::string_view& text) {
    return value.get(text) == simdjson::SUCCESS || fail(pointer_step(name), "must be a text");
  };
  if (name == "subject") return text_into(subject_);
  if (name == "datacontenttype") return text_into(data_type_);
  if (name == "data_base64") return (has_encoded_ = true) && text_into(encoded_);
  static constexpr std::array<std::string_view, 5> kRequired = {"id", "source", "type", "specversion",
                                                                "time"};
  if (std::find(kRequired.begin(), kRequired.end(), name) != kRequired.end())
    return read_required(name, value, event);
  if (value.is_object() || value.is_array()) {
    return fail(pointer_step(name), "an extension is a text, a number or a boolean; put the rest into data");
  }
  if (event_.read_named(name, value, event)) return true;
  fault_->column = pointer_step(name);
  return false;
}

bool CloudEventReader::read_required(std::string_view name, element value, model::Event& event) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS || text.empty())
    return fail(pointer_step(name), "must be a text that is not empty");
  if (name == "specversion")
    return text == "1.0" || fail("/specversion", "must be \"1.0\"; send that version");
  if (name == "source") {
    source_ = text;
    return true;
  }
  if (name == "time") has_time_ = true;
  if (event_.read_field(name, value, event)) return true;
  fault_->column = pointer_step(name);
  return false;
}

bool CloudEventReader::read_payload(model::Event& event) {
  if (has_data_ && has_encoded_) return fail("/data_base64", "stands beside data; send one of them");
  if (!has_data_ && !has_encoded_) return true;
  if (!is_json_type(data_type_))
    return fail("/datacontenttype", "is not JSON; send the data as application/json");
  if (has_encoded_) return read_encoded(event);
  return read_data(data_, event);
}

bool CloudEventReader::read_encoded(model::Event& event) {
  const auto bytes = base64_decoded(encoded_);
  if (!bytes) return fail("/data_base64", "is not Base64; send JSON in data instead");
  JsonBody body(*bytes);
  const auto json = body.parse();
  if (!json.ok()) return fail("/data_base64", "is not JSON; send JSON in data instead");
  return read_data(*json, event);
}

bool CloudEventReader::read_data(element data, model::Event& event) {
  bool is_read = true;
  if (data.is_object()) {
    const simdjson::dom::object object = data.get_object().value_unsafe();
    for (const auto field : object) {
      is_read = is_read && read_data_member(field.key, field.value, event);
    }
  } else {
    is_read = event_.read_named("data", data, event);
  }
  if (!is_read) {
    const std::string inside = pointer_of(fault_->column, fault_->column.starts_with("data") ? "" : "/data");
    fault_->column = inside.starts_with("/data") ? inside : "/data" + inside;
  }
  return is_read;
}

// A member that is one of our fields and has its shape is that field; every other is an attribute.
bool CloudEventReader::read_data_member(std::string_view name, element value, model::Event& event) {
  static constexpr std::array<std::string_view, 3> kTexts = {"unit", "channel", "touchpoint"};
  static constexpr std::array<std::string_view, 3> kNames = {"agent", "replaces", "voids"};
  const auto is_among = [name](const auto& list) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  const bool is_ours = (name == "subject" && value.is_array()) ||
                       ((name == "keys" || name == "data") && value.is_object()) ||
                       (is_among(kTexts) && value.is_string()) ||
                       (is_among(kNames) && (value.is_string() || value.is_int64())) ||
                       (name == "sequence" && value.is_int64()) || (name == "known" && is_instant(value));
  return is_ours ? event_.read_field(name, value, event) : event_.read_named(name, value, event);
}

// (source, id) must stay unique where the key puts one source over several of CloudEvents.
void CloudEventReader::place_source(model::Event& event) {
  event.source.assign(setting_.is_source_fixed ? std::string_view(setting_.source) : source_);
  if (event.source == source_) return;
  const std::string before = std::string(source_) + "#";
  for (std::string* id : {&event.id, &event.replaces, &event.voids}) {
    if (!id->empty()) id->insert(0, before);
  }
}

void CloudEventReader::add_subject(model::Event& event) const {
  if (subject_.empty()) return;
  model::Identifier identifier = typed_identifier(subject_).value_or(
      model::Identifier{"subject@" + event.source, std::string(subject_)});
  if (std::find(event.subject.begin(), event.subject.end(), identifier) == event.subject.end())
    event.subject.push_back(std::move(identifier));
}

}  // namespace handslag::format
