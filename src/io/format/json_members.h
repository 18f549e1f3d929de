// SPDX-License-Identifier: Apache-2.0
// Walking what is nested in JSON, with the path that names each member.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

namespace handslag::format {

/// Calls visit(name, member) for each member of an object or a list (whose names are "0", "1", …), with
/// `path` grown by `separator` and the name for the time of the call. Stops, and returns false, where a call
/// does.
template <typename Visit>
bool each_member(simdjson::dom::element value, char separator, std::string& path, Visit visit) {
  const std::size_t size = path.size();
  const auto enter = [&](std::string_view name, simdjson::dom::element member) {
    if (!path.empty()) path += separator;
    path += name;
    const bool goes_on = visit(name, member);
    path.resize(size);
    return goes_on;
  };
  if (value.is_object()) {
    const simdjson::dom::object object = value.get_object().value_unsafe();
    for (const auto field : object) {
      if (!enter(field.key, field.value)) return false;
    }
    return true;
  }
  std::size_t i = 0;
  const simdjson::dom::array list = value.get_array().value_unsafe();
  for (const simdjson::dom::element item : list) {
    if (!enter(std::to_string(i++), item)) return false;
  }
  return true;
}

}  // namespace handslag::format
