// SPDX-License-Identifier: Apache-2.0
#include "io/format/json_table.h"

#include "io/format/json_event.h"
#include "io/format/json_members.h"

namespace handslag::format {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

}  // namespace

bool JsonTable::read(element json, Fault& fault) {
  cells_.assign(table_.columns(), {});
  numbers_.clear();
  path_.clear();
  fault = {"", "is no JSON object; a map needs objects"};
  return json.is_object() && flatten(json, 1, fault);
}

bool JsonTable::flatten(element value, std::size_t depth, Fault& fault) {
  if (depth > limits_.depth) {
    fault = {"", "is nested deeper than " + std::to_string(limits_.depth) + " levels; flatten it"};
    return false;
  }
  return each_member(value, '.', path_, [&](std::string_view, element inner) {
    const bool is_nested = inner.is_object() || inner.is_array();
    return is_nested ? flatten(inner, depth + 1, fault) : set(inner, fault);
  });
}

bool JsonTable::set(element value, Fault& fault) {
  if (value.is_null()) return true;
  auto column = table_.column(path_);
  if (!column.ok()) {
    fault = {"", column.error().message};
    return false;
  }
  if (*column >= cells_.size()) cells_.resize(*column + 1U);
  TableCell& cell = cells_[*column];
  if (cell.kind != TableCell::Kind::Missing) {
    fault = {path_, "stands twice in the object; keep one"};
    return false;
  }
  cell = cell_of(value);
  if (cell.text.size() <= limits_.cell_bytes) return true;
  fault = {path_, "is longer than " + std::to_string(limits_.cell_bytes) + " bytes; shorten it"};
  return false;
}

TableCell JsonTable::cell_of(element value) {
  switch (value.type()) {
    case element_type::STRING: {
      const std::string_view text = value.get_string().value_unsafe();
      // Why: JSON has no times of its own; a text that looks like one may be one, but never a number.
      return parse_date(text) || parse_rfc3339(text) ? TableCell::of_text(text)
                                                     : TableCell::of_typed_text(text);
    }
    case element_type::INT64:
      if (const std::int64_t number = value.get_int64().value_unsafe(); is_exact(number)) {
        return TableCell::of_number(static_cast<double>(number));
      }
      return as_text(value);
    case element_type::DOUBLE:
      return TableCell::of_number(value.get_double().value_unsafe());
    case element_type::BOOL:
      return TableCell::of(TableCell::Kind::Boolean, value.get_bool().value_unsafe() ? 1 : 0);
    default:
      return as_text(value);
  }
}

TableCell JsonTable::as_text(element value) {
  (void)scalar_text(value, numbers_.emplace_back());  // Why: only numbers come here, and they have a text
  return TableCell::of_typed_text(numbers_.back());
}

}  // namespace handslag::format
