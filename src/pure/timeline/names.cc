// SPDX-License-Identifier: Apache-2.0
#include "pure/timeline/names.h"

namespace handslag::timeline {
namespace {

model::ValueColumn& made(std::map<std::string, model::ValueColumn, std::less<>>& columns,
                         const std::string& name, std::size_t events) {
  return columns.try_emplace(name, events).first->second;
}

}  // namespace

void NamedColumn::set_attribute(model::EventIndex e, model::Cell cell) {
  if (attribute) {
    if (attributes_ == nullptr) attributes_ = &made(columns_->attributes, name_, columns_->events());
    attributes_->set(e, cell);
  }
  set_guard(e, cell);
}

void NamedColumn::set_key(model::EventIndex e, std::uint32_t text) {
  if (key) {
    if (keys_ == nullptr) {
      keys_ = &columns_->keys.try_emplace(name_, columns_->events(), model::kNoText).first->second;
    }
    (*keys_)[e] = text;
  }
  set_guard(e, model::Cell::text(text));
}

void NamedColumn::set_fixed(model::EventIndex e, std::uint32_t text) {
  set_guard(e, model::Cell::text(text));
}

void NamedColumn::set_guard(model::EventIndex e, model::Cell cell) {
  if (!guard) return;
  if (guards_ == nullptr) guards_ = &made(columns_->names, name_, columns_->events());
  guards_->set(e, cell);
}

NamedColumns::NamedColumns(model::Columns& columns, const model::ColumnNeeds& needs) {
  const auto column = [&](const std::string& name) -> NamedColumn& {
    return by_name_.try_emplace(name, columns, name).first->second;
  };
  for (const std::string& name : needs.keys) column(name).key = true;
  for (const std::string& name : needs.names) column(name).guard = true;
  for (const std::string& name : needs.attributes) column(name).attribute = true;
}

}  // namespace handslag::timeline
