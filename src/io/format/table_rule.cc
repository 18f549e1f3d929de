// SPDX-License-Identifier: Apache-2.0
#include "io/format/table_rule.h"

#include <algorithm>
#include <charconv>

namespace handslag::format {
namespace {

// The entry number `i` of a list that is filled anew without giving up its memory.
template <typename T>
T& entry(std::vector<T>& list, std::size_t i) {
  if (i == list.size()) list.emplace_back();
  return list[i];
}

// A name that can be written in a promise: letters, digits and _.
std::string attribute_name(std::string_view column) {
  std::string name(column);
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        const bool is_letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<signed char>(c) < 0;
        return !is_letter && !(c >= '0' && c <= '9');
      },
      '_');
  return name;
}

}  // namespace

std::uint32_t References::add(const std::string& column) {
  if (column.empty()) return kNone;
  const auto [found, is_new] = by_name_.try_emplace(column, static_cast<std::uint32_t>(names_.size()));
  if (is_new) {
    names_.push_back(column);
    column_.push_back(kNone);
  }
  return found->second;
}

bool References::bind(std::string_view name, std::uint32_t column) {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return false;
  column_[found->second] = column;
  return true;
}

const TableCell* Row::at(std::uint32_t reference) const {
  return reference == References::kNone ? nullptr : in_column(references.column(reference));
}

const TableCell* Row::in_column(std::uint32_t column) const {
  if (column >= cells.size()) return nullptr;
  const TableCell& cell = cells[column];
  if (cell.kind == TableCell::Kind::Missing) return nullptr;
  if (!cell.is_text()) return &cell;
  if (cell.text.empty() || std::find(missing.begin(), missing.end(), cell.text) != missing.end())
    return nullptr;
  return &cell;
}

TableRule::TableRule(const EventRule& rule, const RuleSetting& setting, TimeReader local)
    : rule_(rule), setting_(setting), when_{References::kNone, local}, local_(local) {}

Result<std::unique_ptr<TableRule>> TableRule::create(const EventRule& rule, const RuleSetting& setting,
                                                     References& references) {
  HANDSLAG_TRY(zone, choose_zone(setting.zone, setting.zones));
  std::unique_ptr<TableRule> made(new TableRule(rule, setting, TimeReader("iso", zone)));
  HANDSLAG_CHECK_STATUS(made->compile(references));
  return made;
}

Result<TimeReader> TableRule::reader(const TimeField& field) const {
  HANDSLAG_TRY(zone, choose_zone(field.zone.empty() ? setting_.zone : field.zone, setting_.zones));
  return TimeReader(field.format, zone);
}

Status TableRule::compile(References& references) {
  const auto text = [&](const TextField& field) {
    return TextSource{references.add(field.column), field.constant};
  };
  source_ = text(rule_.source);
  if (source_.constant.empty()) source_.constant = setting_.source;
  type_ = text(rule_.type);
  unit_ = text(rule_.unit);
  channel_ = text(rule_.channel);
  touchpoint_ = text(rule_.touchpoint);
  agent_ = text(rule_.agent);
  HANDSLAG_TRY(when, reader(rule_.when));
  when_ = {references.add(rule_.when.column), when};
  if (rule_.known) {
    HANDSLAG_TRY(known, reader(*rule_.known));
    known_ = TimeSource{references.add(rule_.known->column), known};
  }
  for (const std::string& column : rule_.id) id_.push_back(references.add(column));
  for (const SubjectField& subject : rule_.subject) subject_.push_back(references.add(subject.column));
  for (const KeyField& key : rule_.keys) keys_.push_back(text(key.value));
  for (const DataField& field : rule_.data) {
    HANDSLAG_TRY(time, reader(field.time));
    data_.push_back({&field, references.add(field.column), time});
    names_.insert(field.name);
  }
  for (const Filter& filter : rule_.filters) filters_.push_back(references.add(filter.column));
  sequence_ = references.add(rule_.sequence);
  replaces_ = text({"", rule_.replaces});
  voids_ = text({"", rule_.voids});
  once_per_ = references.add(rule_.once_per);
  event_.part = setting_.part;
  return {};
}

void TableRule::add_rest(std::uint32_t column, const std::string& name) {
  if (!rule_.data_rest) return;
  std::string attribute = attribute_name(name);
  if (names_.contains(attribute)) attribute = name;
  if (names_.insert(attribute).second) rest_.push_back({column, std::move(attribute)});
}

TableRule::Outcome TableRule::fill(const Row& row, ReadOutput& output, Fault& fault) {
  if (row.at(when_.reference) == nullptr || !is_wanted(row) || is_seen(row)) return Outcome::Nothing;
  event_.record = row.place.record;
  if (!fill_times(row, output, fault) || !fill_names(row, fault)) return Outcome::Fault;
  fill_subject(row, output);
  fill_keys(row);
  return fill_data(row, output, fault) ? Outcome::Event : Outcome::Fault;
}

bool TableRule::is_wanted(const Row& row) const {
  for (std::size_t i = 0; i < filters_.size(); ++i) {
    const Filter& filter = rule_.filters[i];
    const TableCell* cell = row.at(filters_[i]);
    std::string scratch;
    const std::string_view text = cell != nullptr ? text_of(*cell, scratch) : std::string_view();
    const bool is_listed =
        cell != nullptr && std::find(filter.values.begin(), filter.values.end(), text) != filter.values.end();
    bool passes = false;
    switch (filter.operation) {
      case Filter::Operation::In:
        passes = is_listed;
        break;
      case Filter::Operation::NotIn:
        passes = !is_listed;
        break;
      case Filter::Operation::Present:
        passes = cell != nullptr;
        break;
      case Filter::Operation::Missing:
        passes = cell == nullptr;
        break;
    }
    if (!passes) return false;
  }
  return true;
}

bool TableRule::is_seen(const Row& row) {
  const TableCell* cell = row.at(once_per_);
  return cell != nullptr && seen_.contains(text_of(*cell, scratch_));
}

std::size_t TableRule::remember(const Row& row) {
  const TableCell* cell = row.at(once_per_);
  if (cell == nullptr) return 0;
  constexpr std::size_t kEntryBytes = 64;  // node, hash and text object
  const std::string_view text = text_of(*cell, scratch_);
  seen_.emplace(text);
  return kEntryBytes + text.size();
}

void TableRule::set_field(const Row& row, const TextSource& source, std::string& field) {
  const TableCell* cell = row.at(source.reference);
  if (cell != nullptr) {
    field.assign(text_of(*cell, scratch_));
  } else {
    field.assign(source.constant);
  }
}

bool TableRule::fill_times(const Row& row, ReadOutput& output, Fault& fault) {
  const auto read = [&](const TimeSource& source, const std::string& column, Timestamp& time) {
    const TimeReading reading = read_time(*row.at(source.reference), source.reader);
    if (reading.problem != TimeProblem::None) {
      fault = {column, "the cell " + source.reader.explain(reading.problem)};
      return false;
    }
    warn_of(reading, row, output);
    time = reading.time;
    return true;
  };
  if (!read(when_, rule_.when.column, event_.time)) return false;
  event_.known.reset();
  if (!known_ || row.at(known_->reference) == nullptr) return true;
  return read(*known_, rule_.known->column, event_.known.emplace());
}

bool TableRule::fill_names(const Row& row, Fault& fault) {
  set_field(row, source_, event_.source);
  if (event_.source.empty()) {
    fault = {rule_.source.column, "no source; say source = \"…\" in the map, or --source"};
    return false;
  }
  set_field(row, type_, event_.type);
  if (event_.type.empty()) {
    fault = {rule_.type.column,
             "the cell that names the event's type is empty; correct it, or filter such rows out"};
    return false;
  }
  set_field(row, unit_, event_.unit);
  set_field(row, channel_, event_.channel);
  set_field(row, touchpoint_, event_.touchpoint);
  set_field(row, agent_, event_.agent);
  set_field(row, replaces_, event_.replaces);
  set_field(row, voids_, event_.voids);
  return fill_id(row, fault) && fill_sequence(row, fault);
}

bool TableRule::fill_id(const Row& row, Fault& fault) {
  event_.id.clear();
  for (std::size_t i = 0; i < id_.size(); ++i) {
    const TableCell* cell = row.at(id_[i]);
    if (cell == nullptr && rule_.derives_empty_id) continue;
    if (cell == nullptr) {
      fault = {rule_.id[i], "the cell of the event's id is empty; correct it, or leave id out of the map"};
      return false;
    }
    if (i > 0) event_.id += '/';
    event_.id += text_of(*cell, scratch_);
  }
  if (!id_.empty() && setting_.id_needs_type) event_.id.append("/").append(event_.type);
  return true;
}

bool TableRule::fill_sequence(const Row& row, Fault& fault) {
  event_.sequence = static_cast<std::int64_t>(row.place.record);
  const TableCell* cell = row.at(sequence_);
  if (cell == nullptr) return true;
  const std::string_view text = text_of(*cell, scratch_);
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), event_.sequence);
  if (failure == std::errc{} && end == text.data() + text.size()) return true;
  fault = {rule_.sequence, "the sequence is no whole number; correct it, or leave sequence out of the map"};
  return false;
}

void TableRule::fill_subject(const Row& row, ReadOutput& output) {
  std::size_t filled = 0;
  for (std::size_t i = 0; i < subject_.size(); ++i) {
    const TableCell* cell = row.at(subject_[i]);
    if (cell == nullptr) continue;
    model::Identifier& identifier = entry(event_.subject, filled++);
    identifier.type.assign(rule_.subject[i].type);
    identifier.value.assign(text_of(*cell, scratch_));
  }
  event_.subject.resize(filled);
  if (filled == 0 && !subject_.empty()) output.warn(WarningKind::NoSubject, row.place);
}

void TableRule::fill_keys(const Row& row) {
  std::size_t filled = 0;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const TableCell* cell = row.at(keys_[i].reference);
    if (cell == nullptr) continue;
    model::Key& key = entry(event_.keys, filled++);
    key.name.assign(rule_.keys[i].name);
    key.value.assign(text_of(*cell, scratch_));
  }
  event_.keys.resize(filled);
}

bool TableRule::fill_data(const Row& row, ReadOutput& output, Fault& fault) {
  attributes_ = 0;
  for (const DataSource& source : data_) {
    if (source.reference == References::kNone) {
      model::Attribute& attribute = entry(event_.data, attributes_++);
      attribute.name.assign(source.field->name);
      attribute.value = source.field->constant;
    } else if (const TableCell* cell = row.at(source.reference)) {
      if (!put(row, source, source.field->name, *cell, output, fault)) return false;
    }
  }
  for (const RestColumn& rest : rest_) {
    const TableCell* cell = row.in_column(rest.column);
    if (cell == nullptr) continue;
    model::Attribute& attribute = entry(event_.data, attributes_++);
    attribute.name.assign(rest.name);
    TimeReading reading;
    std::string reason =
        set_value(attribute.value, *cell, DataType::Auto, local_, setting_.decimal_comma, reading);
    if (!reason.empty()) {
      fault = {rest.name, std::move(reason)};
      return false;
    }
    warn_of(reading, row, output);
  }
  event_.data.resize(attributes_);
  return true;
}

bool TableRule::put(const Row& row, const DataSource& source, const std::string& name, const TableCell& cell,
                    ReadOutput& output, Fault& fault) {
  model::Attribute& attribute = entry(event_.data, attributes_++);
  attribute.name.assign(name);
  TimeReading reading;
  std::string reason =
      set_value(attribute.value, cell, source.field->type, source.reader, setting_.decimal_comma, reading);
  if (!reason.empty()) {
    fault = {source.field->column, std::move(reason)};
    return false;
  }
  warn_of(reading, row, output);
  return true;
}

void TableRule::warn_of(const TimeReading& reading, const Row& row, ReadOutput& output) {
  if (reading.is_doubled) output.warn(WarningKind::DoubledLocalTime, row.place);
  if (reading.is_day_only) output.warn(WarningKind::DayWithoutTime, row.place);
}

}  // namespace handslag::format
