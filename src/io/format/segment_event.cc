// SPDX-License-Identifier: Apache-2.0
#include "io/format/segment_event.h"

#include <algorithm>
#include <array>

namespace handslag::format {
namespace {

using simdjson::dom::element;

// Which property is which key; of several for one key the first that is there.
struct KeyProperty {
  std::string_view property;
  std::string_view key;
};
constexpr std::array<KeyProperty, 26> kKeyProperties = {{
    {"order_id", "order"},
    {"orderId", "order"},
    {"order_number", "order"},
    {"orderNumber", "order"},
    {"checkout_id", "checkout"},
    {"checkoutId", "checkout"},
    {"cart_id", "cart"},
    {"cartId", "cart"},
    {"ticket_id", "matter"},
    {"ticketId", "matter"},
    {"case_id", "matter"},
    {"caseId", "matter"},
    {"matter_id", "matter"},
    {"matterId", "matter"},
    {"conversation_id", "contact"},
    {"conversationId", "contact"},
    {"call_id", "contact"},
    {"callId", "contact"},
    {"invoice_id", "invoice"},
    {"invoiceId", "invoice"},
    {"shipment_id", "shipment"},
    {"shipmentId", "shipment"},
    {"subscription_id", "subscription"},
    {"subscriptionId", "subscription"},
    {"offer_id", "offer"},
    {"offerId", "offer"},
}};

constexpr std::array<std::pair<std::string_view, SegmentCall>, 6> kTypes = {{
    {"identify", SegmentCall::Identify},
    {"track", SegmentCall::Track},
    {"page", SegmentCall::Page},
    {"screen", SegmentCall::Screen},
    {"group", SegmentCall::Group},
    {"alias", SegmentCall::Alias},
}};

// The text of a scalar member; empty where it is missing or anything else.
std::string text_at(element object, const char* name) {
  element value;
  std::string text;
  if (object[name].get(value) != simdjson::SUCCESS || !scalar_text(value, text)) return {};
  return text;
}

std::string_view view_at(element object, const char* name) {
  std::string_view text;
  return object[name].get(text) == simdjson::SUCCESS ? text : std::string_view();
}

// Where the traits of a person stand: `traits`, else `context.traits`.
std::optional<std::pair<element, const char*>> traits_of(element json) {
  element traits;
  if (json["traits"].get(traits) == simdjson::SUCCESS && traits.is_object())
    return std::pair(traits, "/traits");
  if (json["context"]["traits"].get(traits) == simdjson::SUCCESS && traits.is_object())
    return std::pair(traits, "/context/traits");
  return std::nullopt;
}

bool is_separator(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

}  // namespace

std::string event_type_of(std::string_view segment_name) {
  std::string type;
  bool is_behind_space = false;
  for (std::size_t i = 0; i < segment_name.size(); ++i) {
    char c = segment_name[i];
    if (is_separator(c)) {
      is_behind_space = !type.empty();
      continue;
    }
    if (is_behind_space) type += '.';
    is_behind_space = false;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    // À to Þ are U+00C0 to U+00DE, their small letters 32 behind; × in their midst is none.
    const bool is_capital = i > 0 && segment_name[i - 1] == '\xC3' && static_cast<unsigned char>(c) >= 0x80 &&
                            static_cast<unsigned char>(c) <= 0x9E && c != '\x97';
    type += is_capital ? static_cast<char>(static_cast<unsigned char>(c) + 0x20U) : c;
  }
  return type;
}

SegmentEventReader::SegmentEventReader(const WireSetting& setting, const WireLimits& limits,
                                       std::string_view sent_at)
    : setting_(setting),
      limits_(limits),
      sent_at_(parse_rfc3339(sent_at)),
      output_(sink_),
      event_(setting.source, TimeReader("rfc3339", {}), limits.of_record()) {}

bool SegmentEventReader::fail(std::string column, std::string reason) {
  *fault_ = {std::move(column), std::move(reason)};
  return false;
}

bool SegmentEventReader::read(element json, SegmentCall call, RecordPlace place, model::Event& event,
                              Fault& fault) {
  fault_ = &fault;
  event_.begin(place, event, output_, fault);
  if (!json.is_object()) return fail("", "is no JSON object; an event is one");
  if (call == SegmentCall::Batch && !choose_call(json, call)) return false;
  event.source = setting_.source;
  if (!read_id_and_time(json, event) || !read_who(json, event) || !read_call(json, call, event)) return false;
  if (event_.finish(event)) {
    if (complete_event(event, setting_, limits_, fault)) return true;
    if (fault.column == "/id") fault.column = "/messageId";
    return false;
  }
  const bool has_traits = call == SegmentCall::Identify || call == SegmentCall::Group;
  fault.column = pointer_of(fault.column, has_traits ? "/traits" : "/properties");
  return false;
}

bool SegmentEventReader::choose_call(element json, SegmentCall& call) {
  const std::string_view type = view_at(json, "type");
  for (const auto& [name, named] : kTypes) {
    if (type != name) continue;
    call = named;
    return true;
  }
  return fail("/type", "is unknown; it can be identify, track, page, screen, group or alias");
}

bool SegmentEventReader::read_id_and_time(element json, model::Event& event) {
  event.id = text_at(json, "messageId");
  if (event.id.empty()) {
    return fail("/messageId", "is missing; give each event its own, so that sending it twice counts once");
  }
  const char* name = view_at(json, "originalTimestamp").empty() ? "timestamp" : "originalTimestamp";
  element value;
  if (json[name].get(value) != simdjson::SUCCESS || value.is_null()) {
    event_.set_time(setting_.received, event);
    return true;
  }
  const auto time = parse_rfc3339(view_at(json, name));
  if (!time) return fail(pointer_step(name), "is no time; send it as \"2026-11-21T10:00:00.000Z\"");
  set_corrected_time(*time, json, event);
  return true;
}

// What the sender's clock is wrong by shows in the time that it says it sends at, nothing else.
void SegmentEventReader::set_corrected_time(Timestamp time, element json, model::Event& event) {
  auto sent = parse_rfc3339(view_at(json, "sentAt"));
  if (!sent) sent = sent_at_;
  if (sent) time.us = std::clamp(time.us + setting_.received.us - sent->us, kFirstTime.us, kLastTime.us);
  event_.set_time(time, event);
  event.is_time_ours = sent.has_value();
}

bool SegmentEventReader::read_who(element json, model::Event& event) {
  add_identifier("user_id@" + setting_.source, text_at(json, "userId"), event);
  add_identifier("anonymous_id@" + setting_.source, text_at(json, "anonymousId"), event);
  return !event.subject.empty() || fail("/userId", "is missing; send userId or anonymousId");
}

void SegmentEventReader::add_identifier(std::string type, std::string value, model::Event& event) {
  if (value.empty()) return;
  model::Identifier identifier{std::move(type), std::move(value)};
  if (std::find(event.subject.begin(), event.subject.end(), identifier) == event.subject.end())
    event.subject.push_back(std::move(identifier));
}

void SegmentEventReader::add_contacts(element traits, model::Event& event) {
  add_identifier("email", text_at(traits, "email"), event);
  add_identifier("phone", text_at(traits, "phone"), event);
}

bool SegmentEventReader::read_call(element json, SegmentCall call, model::Event& event) {
  if (call == SegmentCall::Group) return read_group(json, event);
  const auto traits = traits_of(json);
  if (traits) add_contacts(traits->first, event);
  switch (call) {
    case SegmentCall::Track:
      return read_track(json, event);
    case SegmentCall::Alias:
      return read_alias(json, event);
    case SegmentCall::Page:
    case SegmentCall::Screen:
      return read_view(json, call, event);
    default:
      event.type = "customer.updated";
      return !traits || read_attributes(traits->first, traits->second, event);
  }
}

bool SegmentEventReader::read_track(element json, model::Event& event) {
  event.type = event_type_of(view_at(json, "event"));
  if (event.type.empty()) return fail("/event", "is missing; say what happened: \"Order Completed\"");
  element properties;
  if (json["properties"].get(properties) == simdjson::SUCCESS && properties.is_object()) {
    add_keys(properties, event);
    if (!read_attributes(properties, "/properties", event)) return false;
  }
  return add_attribute(json, "event", event);
}

bool SegmentEventReader::read_view(element json, SegmentCall call, model::Event& event) {
  const bool is_page = call == SegmentCall::Page;
  event.type = is_page ? "page.viewed" : "screen.viewed";
  event.channel = is_page ? "web" : "app";
  element properties;
  if (json["properties"].get(properties) == simdjson::SUCCESS && properties.is_object()) {
    add_keys(properties, event);
    if (!read_attributes(properties, "/properties", event)) return false;
  }
  return add_attribute(json, "name", event) && add_attribute(json, "category", event);
}

// The traits are the group's, so that what is in them is nobody's own.
bool SegmentEventReader::read_group(element json, model::Event& event) {
  event.type = "group.joined";
  std::string group = text_at(json, "groupId");
  if (group.empty()) return fail("/groupId", "is missing; say which group");
  event.keys.push_back({"group", std::move(group)});
  element traits;
  if (json["traits"].get(traits) != simdjson::SUCCESS || !traits.is_object()) return true;
  return read_attributes(traits, "/traits", event);
}

// What the previous id is, nobody says: a user's or a browser's.
bool SegmentEventReader::read_alias(element json, model::Event& event) {
  event.type = "customer.aliased";
  const std::string previous = text_at(json, "previousId");
  if (previous.empty() || text_at(json, "userId").empty())
    return fail(previous.empty() ? "/previousId" : "/userId",
                "is missing; an alias joins previousId and userId");
  add_identifier("user_id@" + setting_.source, previous, event);
  add_identifier("anonymous_id@" + setting_.source, previous, event);
  return true;
}

bool SegmentEventReader::read_attributes(element object, const char* at, model::Event& event) {
  const simdjson::dom::object members = object.get_object().value_unsafe();
  for (const auto field : members) {
    if (event_.read_named(field.key, field.value, event)) continue;
    fault_->column = pointer_of(fault_->column, at);
    return false;
  }
  return true;
}

// A member beside the properties; where one of these has its name, that one stays.
bool SegmentEventReader::add_attribute(element json, const char* name, model::Event& event) {
  element value;
  if (json[name].get(value) != simdjson::SUCCESS || !value.is_string() || event_.has_attribute(name, event))
    return true;
  return event_.read_named(name, value, event) || fail(pointer_step(name), std::move(fault_->reason));
}

void SegmentEventReader::add_keys(element properties, model::Event& event) {
  for (const auto& [property, key] : kKeyProperties) {
    element value;
    std::string text;
    if (properties[property].get(value) != simdjson::SUCCESS || !scalar_text(value, text) || text.empty())
      continue;
    const bool is_there = std::any_of(event.keys.begin(), event.keys.end(),
                                      [name = key](const model::Key& known) { return known.name == name; });
    if (!is_there) event.keys.push_back({std::string(key), std::move(text)});
  }
}

}  // namespace handslag::format
