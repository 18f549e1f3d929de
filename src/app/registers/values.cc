// SPDX-License-Identifier: Apache-2.0
#include "app/registers/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "io/format/read_output.h"

namespace handslag::app {
namespace {

// One value being checked: its canonical form, or what is wrong with it.
struct Checked {
  Json value;
  std::string wrong;  // empty: nothing
};
Checked wrong(std::string what) {
  return {Json(), std::move(what)};
}

// Empty where the text can be kept.
std::string text_fault(const std::string& text, std::size_t max_length) {
  if (!is_utf8(text)) return "this is not UTF-8; save it as UTF-8";
  if (text.find('\0') != std::string::npos) return "take the character U+0000 away";
  const std::size_t length = count_code_points(text);
  if (length > max_length) return fmt::format("{} characters are too many; at most {}", length, max_length);
  return {};
}

bool fits_form(std::string_view text, std::string_view form) {
  const auto fits = [](char c, char wanted) { return wanted == '0' ? c >= '0' && c <= '9' : c == wanted; };
  return text.size() == form.size() && std::equal(text.begin(), text.end(), form.begin(), fits);
}

Checked check_text(const Field& field, const Json& given) {
  if (!given.is_string()) return wrong("write a text");
  const auto& text = given.get_ref<const std::string&>();
  if (std::string fault = text_fault(text, field.max_length); !fault.empty()) return wrong(std::move(fault));
  if (field.kind == FieldKind::Text && text.find_first_of("\r\n") != std::string::npos) {
    return wrong("one line only; take the line breaks away");
  }
  if (!field.form.empty() && !fits_form(text, field.form)) {
    return wrong(fmt::format("write it as {}, where 0 stands for any digit", field.form));
  }
  return {given, {}};
}

Checked check_number(const Field& field, const Json& given) {
  if (!given.is_number()) return wrong("write a number");
  const double number = given.get<double>();
  if (!std::isfinite(number)) return wrong("write a number that is finite");
  if (field.whole && number != std::trunc(number)) return wrong("write a whole number");
  if (field.min && number < *field.min) return wrong("write " + format_number(*field.min) + " or more");
  if (field.max && number > *field.max) return wrong("write " + format_number(*field.max) + " or less");
  return {number_json(number), {}};
}

Checked check_time(const Field& field, const Json& given) {
  const std::string text = given.is_string() ? given.get<std::string>() : std::string();
  if (field.kind == FieldKind::Date) {
    if (const auto date = parse_date(text)) return {format_date(*date), {}};
    return wrong("write a day that exists, such as 2026-12-01");
  }
  if (const auto time = parse_rfc3339(text)) return {format_rfc3339(*time), {}};
  return wrong("write an instant with a zone, such as 2026-12-01T08:00:00+01:00");
}

Checked check_choice(const Field& field, const Json& given) {
  std::vector<std::string_view> ids;
  for (const Choice& choice : field.choices) ids.emplace_back(choice.id);
  if (given.is_string() && std::find(ids.begin(), ids.end(), given.get<std::string>()) != ids.end()) {
    return {given, {}};
  }
  return wrong(fmt::format("choose one of {}", fmt::join(ids, ", ")));
}

Checked check_name(const Json& given, const std::function<bool(const std::string&)>& knows,
                   std::string_view what) {
  if (!given.is_string()) return wrong(fmt::format("write the id of a {}", what));
  const auto& text = given.get_ref<const std::string&>();
  if (text.size() > kMaxNameBytes) return wrong(fmt::format("an id of at most {} bytes", kMaxNameBytes));
  if (std::string fault = text_fault(text, kMaxNameBytes); !fault.empty()) return wrong(std::move(fault));
  if (knows && !knows(text)) return wrong(fmt::format("no {} has this id; choose one that exists", what));
  return {given, {}};
}

// An object of exactly these two texts, neither empty.
std::string pair_fault(const Json& given, const char* first, const char* second) {
  const std::string remedy = fmt::format(R"(write {{"{}": "…", "{}": "…"}})", first, second);
  if (!given.is_object() || given.size() != 2) return remedy;
  for (const char* name : {first, second}) {
    const auto part = given.find(name);
    if (part == given.end() || !part->is_string() || part->get_ref<const std::string&>().empty())
      return remedy;
    const auto& text = part->get_ref<const std::string&>();
    if (text.size() > kMaxNameBytes) return fmt::format("{} of at most {} bytes", name, kMaxNameBytes);
    if (std::string fault = text_fault(text, kMaxNameBytes); !fault.empty()) return fault;
  }
  return {};
}

Checked check_customer(const Json& given) {
  if (!given.is_array() || given.size() > kMaxIdentifiers) {
    return wrong(fmt::format(R"(write a list of at most {} identifiers, [{{"type": "email", "value": "…"}}])",
                             kMaxIdentifiers));
  }
  for (const Json& identifier : given) {
    if (std::string fault = pair_fault(identifier, "type", "value"); !fault.empty())
      return wrong(std::move(fault));
  }
  return {given, {}};
}

Checked check_event(const Json& given) {
  if (std::string fault = pair_fault(given, "source", "id"); !fault.empty()) return wrong(std::move(fault));
  return {given, {}};
}

// Whether the record exists is for the engine, which has the store.
Checked check_link(const Field& field, const Json& given) {
  const auto leads_right = [&](const Json& link) {
    if (!link.is_string()) return false;
    const auto& id = link.get_ref<const std::string&>();
    const std::size_t dash = id.rfind('-');
    return dash != std::string::npos && id.size() <= kMaxNameBytes &&
           std::find(field.registers.begin(), field.registers.end(), id.substr(0, dash)) !=
               field.registers.end();
  };
  const std::string remedy = fmt::format("write the id of a record of {}, such as {}-1",
                                         fmt::join(field.registers, " or "), field.registers.front());
  if (!field.many) return leads_right(given) ? Checked{given, {}} : wrong(remedy);
  if (!given.is_array() || given.size() > kMaxLinks) {
    return wrong(fmt::format("write a list of at most {} ids", kMaxLinks));
  }
  return std::all_of(given.begin(), given.end(), leads_right) ? Checked{given, {}} : wrong(remedy);
}

Checked check_value(const Field& field, const Json& given, const Surroundings& around) {
  switch (field.kind) {
    case FieldKind::Text:
    case FieldKind::LongText:
      return check_text(field, given);
    case FieldKind::Number:
      return check_number(field, given);
    case FieldKind::Instant:
    case FieldKind::Date:
      return check_time(field, given);
    case FieldKind::YesNo:
      return given.is_boolean() ? Checked{given, {}} : wrong("write true or false");
    case FieldKind::Choice:
      return check_choice(field, given);
    case FieldKind::Unit:
      return check_name(given, around.knows_unit, "unit");
    case FieldKind::Person:
      return check_name(given, around.knows_person, "person");
    case FieldKind::Promise:
      return check_name(given, around.knows_promise, "promise");
    case FieldKind::Customer:
      return check_customer(given);
    case FieldKind::Event:
      return check_event(given);
    case FieldKind::Link:
      return check_link(field, given);
  }
  return wrong("this kind of field is not known");
}

bool is_empty(const Json& value) {
  return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
         (value.is_array() && value.empty());
}

// A text of white space alone fills nothing.
bool is_filled(const Json& values, const std::string& field) {
  const auto value = values.find(field);
  if (value == values.end()) return false;
  return !value->is_string() || !trimmed(value->get_ref<const std::string&>()).empty();
}

void tell_unknown(const Definition& definition, const std::string& name, Faults& faults) {
  std::vector<std::string_view> known;
  for (const Field& field : definition.fields) known.emplace_back(field.id);
  const auto near = nearest_word(std::string_view(name).substr(0, 60), known);
  faults.push_back({"/values" + format::pointer_step(name),
                    near ? fmt::format("there is no such field; did you mean \"{}\"?", *near)
                         : fmt::format("there is no such field; known are {}", fmt::join(known, ", "))});
}

}  // namespace

void take_values(const Definition& definition, const Json& given,
                 const std::function<std::string(const Field&)>& refusal, const Surroundings& surroundings,
                 Json& values, Faults& faults) {
  if (!given.is_object()) {
    faults.push_back({"/values", "write an object, a field each"});
    return;
  }
  for (const auto& [name, value] : given.items()) {
    const Field* field = definition.field(name);
    if (field == nullptr) {
      tell_unknown(definition, name, faults);
      continue;
    }
    if (std::string why = refusal(*field); !why.empty()) {
      faults.push_back({"/values" + format::pointer_step(name), std::move(why)});
      continue;
    }
    if (is_empty(value)) {
      values.erase(name);
      continue;
    }
    Checked checked = check_value(*field, value, surroundings);
    if (checked.wrong.empty()) {
      values[name] = std::move(checked.value);
    } else {
      faults.push_back({"/values" + format::pointer_step(name), std::move(checked.wrong)});
    }
  }
}

void check_filled(const Definition& definition, const std::vector<std::string>& needs, const Json& values,
                  Faults& faults) {
  for (const Field& field : definition.fields) {
    const bool is_needed = std::find(needs.begin(), needs.end(), field.id) != needs.end();
    const bool is_required =
        field.required || (!field.required_where.empty() && holds(field.required_where, values));
    if ((!is_needed && !is_required) || is_filled(values, field.id)) continue;
    const std::string pointer = "/values/" + field.id;
    const auto same = [&](const Fault& fault) { return fault.pointer == pointer; };
    if (std::any_of(faults.begin(), faults.end(), same)) continue;  // Why: it was given, and told as wrong
    faults.push_back({pointer, fmt::format("fill in {} ({})", field.id, field.name.en)});
  }
}

std::string folded(std::string_view text) {
  std::string lower(text);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto byte = static_cast<unsigned char>(lower[i]);
    if (byte >= 'A' && byte <= 'Z') lower[i] = static_cast<char>(byte + 0x20U);
    // U+00C0 to U+00DE, but for the sign of multiplication, are C3 80 to C3 9E; their small ones lie 32 on.
    const bool after_c3 = i > 0 && static_cast<unsigned char>(lower[i - 1]) == 0xC3U;
    if (after_c3 && byte >= 0x80U && byte <= 0x9EU && byte != 0x97U)
      lower[i] = static_cast<char>(byte + 0x20U);
  }
  return lower;
}

}  // namespace handslag::app
