// SPDX-License-Identifier: Apache-2.0
#include "app/frontline/reading.h"

namespace handslag::app {

Reading::Reading(const model::Columns& columns, model::CustomerIndex customer)
    : columns_(columns), customer_(customer) {
  for (std::size_t i = 0; i < kFieldNames.size(); ++i) {
    const auto column = columns.names.find(kFieldNames[i]);
    if (column != columns.names.end()) fields_[i] = &column->second;
  }
}

model::Cell Reading::cell(model::EventIndex e, CardField field) const {
  const model::ValueColumn* column = fields_[static_cast<std::size_t>(field)];
  return column == nullptr ? model::Cell{} : column->at(e);
}

model::Cell Reading::named(model::EventIndex e, std::string_view name) const {
  const auto column = columns_.names.find(name);
  return column == columns_.names.end() ? model::Cell{} : column->second.at(e);
}

std::string_view Reading::text(model::EventIndex e, CardField field) const {
  const model::Cell value = cell(e, field);
  if (value.kind != model::ValueKind::Text || columns_.texts == nullptr) return {};
  return columns_.texts->text(value.as_text());
}

std::optional<bool> Reading::flag(model::EventIndex e, CardField field) const {
  const model::Cell value = cell(e, field);
  if (value.kind != model::ValueKind::Boolean) return std::nullopt;
  return value.as_boolean();
}

}  // namespace handslag::app
