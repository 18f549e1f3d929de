// SPDX-License-Identifier: Apache-2.0
#include "app/registers/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/registers/register_events.h"
#include "base/text.h"
#include "io/format/read_output.h"

namespace handslag::app {
namespace {

constexpr std::size_t kMaxSearchBytes = 64 * 1024;
constexpr std::size_t kMaxTitleBytes = 1'000;

std::string text_at(const Json& values, const std::string& field) {
  const auto found = values.find(field);
  if (field.empty() || found == values.end()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

// Cut between code points.
std::string shortened(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  text.resize(limit);
  return text;
}

// Why not all fields: who may not see a value must not find a record by it.
std::string search_text(const Definition& definition, const Record& record) {
  std::string text = record.row.id;
  for (const Field& field : definition.fields) {
    const bool is_text = field.kind == FieldKind::Text || field.kind == FieldKind::LongText ||
                         field.kind == FieldKind::Promise || field.kind == FieldKind::Unit;
    if (!is_text || field.personal || !field.shown_in.empty()) continue;
    const std::string value = text_at(record.values, field.id);
    if (!value.empty()) text += '\n' + value;
  }
  return folded(shortened(std::move(text), kMaxSearchBytes));
}

// Empty where one of the fields is: what is not said yet is not said twice. Each part carries its length, so
// that no two lists of values look alike.
std::string unique_key(const Definition& definition, const Record& record) {
  std::string key;
  for (const std::string& field : definition.unique) {
    const std::string value = text_at(record.values, field);
    if (value.empty()) return {};
    key += std::to_string(value.size()) + ":" + value;
  }
  return key;
}

std::vector<model::Identifier> customer_of(const Definition& definition, const Record& record) {
  std::vector<model::Identifier> customer;
  const auto value = record.values.find(definition.customer);
  if (definition.customer.empty() || value == record.values.end()) return customer;
  for (const Json& it : *value) customer.push_back({it.value("type", ""), it.value("value", "")});
  return customer;
}

void take_text(const Json& body, const char* name, std::size_t max_length, std::string& text,
               Faults& faults) {
  const auto found = body.find(name);
  if (found == body.end() || found->is_null()) return;
  const std::string pointer = std::string("/") + name;
  if (!found->is_string()) {
    faults.push_back({pointer, "write a text"});
    return;
  }
  text = found->get<std::string>();
  if (!is_utf8(text) || text.find('\0') != std::string::npos) {
    faults.push_back({pointer, "write UTF-8 without the character U+0000"});
  } else if (count_code_points(text) > max_length) {
    faults.push_back({pointer, fmt::format("at most {} characters", max_length)});
  }
}

}  // namespace

Body read_body(const Json& body, bool has_values, bool has_to, Faults& faults) {
  Body read;
  if (!body.is_object()) {
    faults.push_back({"", "write a JSON object"});
    return read;
  }
  for (const auto& [name, value] : body.items()) {
    if (name == "comment" || (has_values && name == "values") || (has_to && name == "to")) continue;
    faults.push_back(
        {format::pointer_step(name), fmt::format("nothing reads this; known are {}{}comment",
                                                 has_to ? "to, " : "", has_values ? "values, " : "")});
  }
  if (has_values) read.values = body.value("values", Json::object());
  if (has_values && read.values.is_null()) read.values = Json::object();
  take_text(body, "comment", kMaxCommentLength, read.comment, faults);
  if (has_to) take_text(body, "to", kMaxNameBytes, read.to, faults);
  return read;
}

Error refused(const Faults& faults) {
  HANDSLAG_CHECK(!faults.empty(), "a refusal has a reason");
  const Fault& first = faults.front();
  std::string message = (first.pointer.empty() ? "" : first.pointer + ": ") + first.detail;
  if (faults.size() > 1) message += fmt::format(" (and {} more)", faults.size() - 1);
  return invalid(std::move(message));
}

std::vector<store::RegisterLink> links_of(const Definition& definition, const Record& record) {
  std::vector<store::RegisterLink> links;
  for (const Field& field : definition.fields) {
    const auto value = record.values.find(field.id);
    if (field.kind != FieldKind::Link || value == record.values.end()) continue;
    if (value->is_string()) links.push_back({record.row.id, field.id, value->get<std::string>()});
    if (!value->is_array()) continue;
    for (const Json& it : *value) links.push_back({record.row.id, field.id, it.get<std::string>()});
  }
  return links;
}

void derive_columns(const Definition& definition, Record& record) {
  record.row.title = shortened(text_at(record.values, definition.title), kMaxTitleBytes);
  record.row.owner = text_at(record.values, definition.owner);
  record.row.unit = text_at(record.values, definition.unit);
  record.row.values = record.values.dump();
  record.row.search = search_text(definition, record);
  record.row.unique_key = unique_key(definition, record);
  record.customer = customer_of(definition, record);
  record.links = links_of(definition, record);
}

Json differences(const Definition& definition, const Record& before, const Record& after) {
  Json list = Json::array();
  const auto note = [&](const std::string& field, const Json& from, const Json& to) {
    if (from != to) list.push_back({{"field", field}, {"from", from}, {"to", to}});
  };
  for (const Field& field : definition.fields) {
    note(field.id, before.values.value(field.id, Json()), after.values.value(field.id, Json()));
  }
  note("@due", time_json(before.row.due), time_json(after.row.due));
  return list;
}

std::vector<Notice> notices_of(const Definition& definition, const Record& record,
                               const store::RegisterChange& change) {
  std::vector<Notice> notices;
  for (const std::string& occasion : occasions_of(change)) {
    for (const TellRule& rule : definition.tells) {
      if (std::find(rule.on.begin(), rule.on.end(), occasion) == rule.on.end()) continue;
      for (const std::string& to : rule.to) {
        Notice notice{occasion, {}, {}, record.row.unit};
        if (to == "creator") {
          notice.person = record.row.creator;
        } else if (to == "holder") {
          notice.person = record.row.owner;
        } else {
          notice.word = to;
        }
        const bool says_nothing = notice.person.empty() && notice.word.empty();
        const bool is_own_doing = !notice.person.empty() && notice.person == change.by;
        const bool is_told = std::find(notices.begin(), notices.end(), notice) != notices.end();
        if (!says_nothing && !is_own_doing && !is_told) notices.push_back(std::move(notice));
      }
    }
  }
  return notices;
}

}  // namespace handslag::app
