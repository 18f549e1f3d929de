// SPDX-License-Identifier: Apache-2.0
#include "io/format/table.h"

#include <algorithm>

#include "base/text.h"

namespace handslag::format {

Result<std::unique_ptr<Table>> Table::create(const Map& map, const TableSetting& setting,
                                             const Limits& limits, ReadOutput& output) {
  std::unique_ptr<Table> table(new Table(map, setting.rows, limits, output));
  if (Status made = table->compile(setting); !made.ok()) return std::move(made).error().in(map.name);
  return table;
}

Status Table::compile(const TableSetting& setting) {
  RuleSetting shared;
  shared.zones = setting.zones;
  shared.source = setting.source.empty() ? map_.source : setting.source;
  shared.zone = setting.zone.empty() ? map_.zone : setting.zone;
  shared.decimal_comma = map_.decimal_comma;
  shared.id_needs_type = map_.events.size() > 1;
  for (const EventRule& rule : map_.events) {
    ++shared.part;
    HANDSLAG_TRY(made, TableRule::create(rule, shared, references_));
    rules_.push_back(std::move(made));
  }
  return {};
}

Result<std::uint32_t> Table::add(std::string_view name) {
  if (names_.size() >= limits_.columns) {
    return over_limit("more than " + std::to_string(limits_.columns) + " columns; is the separator right?");
  }
  const auto column = static_cast<std::uint32_t>(names_.size());
  names_.emplace_back(name);
  column_by_name_.try_emplace(names_.back(), column);
  if (references_.bind(name, column)) return column;
  for (const auto& rule : rules_) rule->add_rest(column, names_.back());
  return column;
}

Result<std::uint32_t> Table::column(std::string_view name) {
  const auto found = column_by_name_.find(name);
  if (found != column_by_name_.end()) return found->second;
  return add(name);
}

Status Table::add_header_column(std::string_view name) {
  const bool is_twice = column_by_name_.contains(name);
  const auto& used = references_.names();
  const bool is_named = std::find(used.begin(), used.end(), name) != used.end();
  const bool is_used = is_named || std::any_of(rules_.begin(), rules_.end(),
                                               [](const auto& rule) { return rule->takes_rest(); });
  if (is_twice && is_used) {
    return invalid(
        "column " + std::to_string(names_.size() + 1) + (is_named ? " (\"" + std::string(name) + "\")" : "") +
        " stands twice in the header; rename one, or name all columns in the map ([format] columns)");
  }
  HANDSLAG_CHECK_STATUS(add(name));
  return {};
}

std::string Table::unseen(std::size_t reference) const {
  const std::string& name = references_.names()[reference];
  const std::vector<std::string_view> known(names_.begin(), names_.end());
  std::string text = "column \"" + name + "\"";
  if (auto near = nearest_word(name, known)) text += "; did you mean \"" + std::string(*near) + "\"?";
  return text;
}

Status Table::check_columns() const {
  std::string message;
  for (std::size_t i = 0; i < references_.names().size(); ++i) {
    if (references_.is_bound(i)) continue;
    message += (message.empty() ? "" : "\n") + map_.name + ": the table has no " + unseen(i);
  }
  if (message.empty()) return {};
  const std::size_t missing = static_cast<std::size_t>(std::count(message.begin(), message.end(), '\n')) + 1;
  if (missing == references_.names().size()) {
    return invalid(
        message + "\nNone of the map's columns stands in the first row, which has " +
        std::to_string(names_.size()) +
        " cells. Is it a header, and is the separator right? For a file without one, name all columns "
        "in the map: [format] columns = [\"…\", …]");
  }
  message += "\nThe table has:";
  for (std::size_t i = 0; i < names_.size() && i < 100; ++i)
    message += " \"" + std::string(cut_text(names_[i], 60)) + "\"";
  return invalid(message);
}

void Table::warn_of_unseen_columns() {
  for (std::size_t i = 0; i < references_.names().size(); ++i) {
    if (!references_.is_bound(i)) output_.warn(WarningKind::ColumnNeverSeen, {}, unseen(i));
  }
}

Status Table::row(RecordPlace place, std::span<const TableCell> cells, std::string_view raw) {
  output_.count_record();
  if (rows_to_ != nullptr) return rows_to_->row(names_, cells);
  given_.clear();
  const Row row{place, cells, references_, map_.missing};
  Fault fault;
  for (const auto& rule : rules_) {
    switch (rule->fill(row, output_, fault)) {
      case TableRule::Outcome::Nothing:
        break;
      case TableRule::Outcome::Event:
        given_.push_back(rule.get());
        break;
      case TableRule::Outcome::Fault:
        return output_.reject(place, std::move(fault), raw.empty() ? std::string_view(raw_of(cells)) : raw);
    }
  }
  if (given_.empty()) output_.count_unused();
  return give(row);
}

Status Table::give(const Row& row) {
  for (TableRule* rule : given_) {
    once_bytes_ += rule->remember(row);
    if (once_bytes_ > limits_.once_per_bytes) {
      return over_limit("once_per has to remember more than " + std::to_string(limits_.once_per_bytes) +
                        " bytes; leave it out, or import the file in parts");
    }
    HANDSLAG_CHECK_STATUS(output_.event(rule->event(), row.place.line));
  }
  return {};
}

std::string Table::raw_of(std::span<const TableCell> cells) const {
  std::string raw, scratch;
  for (std::size_t i = 0; i < cells.size() && raw.size() <= kRawBytes; ++i) {
    if (cells[i].kind == TableCell::Kind::Missing) continue;
    if (!raw.empty()) raw += "; ";
    raw.append(names_[i]).append("=").append(cut_text(text_of(cells[i], scratch), kRawBytes));
  }
  return raw;
}

}  // namespace handslag::format
