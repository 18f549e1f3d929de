// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/format.h"
#include "tests/oracle/random_cases.h"

namespace handslag::oracle {
namespace {

std::string text_of(const model::Value& value) {
  switch (model::kind_of(value)) {
    case model::ValueKind::Missing:
      return "missing";
    case model::ValueKind::Text:
      return "\"" + std::get<std::string>(value) + "\"";
    case model::ValueKind::Number:
      return std::to_string(std::get<double>(value));
    case model::ValueKind::Instant:
      return format_rfc3339(std::get<Timestamp>(value));
    case model::ValueKind::Boolean:
      return std::get<bool>(value) ? "true" : "false";
    case model::ValueKind::Date:
      return format_date(std::get<Date>(value));
  }
  return "";
}

std::string text_of(Timestamp time) {
  if (time == kNoTime) return "null";
  if (time < kFirstTime) return "the beginning";
  if (time > kLastTime) return "the end";
  return format_rfc3339(time);
}

std::string line_of(const model::Event& event) {
  std::string line = text_of(event.time) + "  " + event.type + "  source " + event.source + " sequence " +
                     std::to_string(event.sequence) + " id " + event.id;
  if (!event.unit.empty()) line += " unit " + event.unit;
  if (event.known) line += " known " + text_of(*event.known);
  for (const model::Key& key : event.keys) line += " " + key.name + "=" + key.value;
  for (const model::Attribute& attribute : event.data)
    line += " {" + attribute.name + "=" + text_of(attribute.value) + "}";
  return line;
}

}  // namespace

std::string describe(const World& world) {
  std::string text;
  for (std::size_t c = 0; c < world.customers.size(); ++c) {
    if (world.customers[c].empty()) continue;
    text += c == model::kOrganisation ? "organisation\n" : "customer " + std::to_string(c) + "\n";
    for (std::size_t i = 0; i < world.customers[c].size(); ++i) {
      text += "  [" + std::to_string(i) + "] " + line_of(world.customers[c][i]) + "\n";
    }
  }
  for (const auto& [type, rank] : world.ranks) text += "rank of " + type + " " + std::to_string(rank) + "\n";
  for (const model::SourceHorizon& source : world.horizons.sources) {
    text += std::string(source.is_file ? "file " : "live ") + source.source + " from " +
            text_of(source.history_start) + " complete through " + text_of(source.complete_through) +
            ", sends";
    for (model::TypeCode code : source.types) text += " " + world.types[code];
    text += "\n";
  }
  if (world.horizons.now) text += "now " + text_of(*world.horizons.now) + "\n";
  return text + "wall " + text_of(world.horizons.wall) + "\n";
}

std::string describe(const promise::Version& version) {
  std::string text = promise::format_promise(*version.promise, promise::Language::English) + "\n";
  if (version.from != kFirstTime) text += "version from " + text_of(version.from) + "\n";
  if (version.to != kEndOfTime) text += "version to " + text_of(version.to) + "\n";
  return text;
}

std::string describe(const Answer& answer, const model::Columns& columns) {
  const model::Instance& i = answer.instance;
  std::string text = "activation [" + std::to_string(i.activation - columns.offsets[i.customer]) + "] due " +
                     text_of(i.due) + " " + std::string(model::verdict_name(i.verdict));
  if (i.unknown != model::UnknownCause::None) text += " cause " + std::to_string(static_cast<int>(i.unknown));
  text += i.is_final ? " final" : " not final";
  if (i.is_rescued) text += " rescued";
  if (i.step != model::kNoStep) text += " step " + std::to_string(i.step);
  if (i.holds_now) text += " holds now";
  text += " slack " + std::to_string(i.slack_us) + " business " + std::to_string(i.business_slack_us) +
          " witnesses";
  for (model::EventIndex witness : answer.witnesses) {
    const bool is_own = witness >= columns.offsets[i.customer];
    text += is_own ? " [" + std::to_string(witness - columns.offsets[i.customer]) + "]"
                   : " organisation[" + std::to_string(witness) + "]";
  }
  return text + "\n";
}

}  // namespace handslag::oracle
