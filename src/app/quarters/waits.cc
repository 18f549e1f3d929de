// SPDX-License-Identifier: Apache-2.0
#include "app/quarters/waits.h"

#include "pure/stats/percentile.h"

namespace handslag::app {

model::Cell ReadNames::cell(model::EventIndex e, std::string_view name) const {
  const auto column = columns_.names.find(name);
  return column == columns_.names.end() ? model::Cell{} : column->second.at(e);
}

std::string_view ReadNames::text(model::EventIndex e, std::string_view name) const {
  const model::Cell value = cell(e, name);
  if (value.kind != model::ValueKind::Text || columns_.texts == nullptr) return {};
  return columns_.texts->text(value.as_text());
}

std::optional<double> ReadNames::number(model::EventIndex e, std::string_view name) const {
  const model::Cell value = cell(e, name);
  if (value.kind != model::ValueKind::Number) return std::nullopt;
  return value.as_number();
}

std::vector<Wait> waits_of(const Reading& reading, const ReadNames& names) {
  std::map<std::string_view, Wait> by_key;
  for (model::EventIndex e = reading.begin(); e < reading.end(); ++e) {
    const std::string_view type = reading.type(e);
    const bool is_call = type.starts_with("call."), is_chat = type.starts_with("chat.");
    if (!is_call && !is_chat) continue;
    const std::string_view key = is_call ? names.text(e, "call") : reading.text(e, CardField::Contact);
    if (key.empty()) continue;
    const auto [wait, is_first] = by_key.try_emplace(key, Wait{reading.time(e), kNeverAnswered});
    const bool is_answer = type == "call.answered" || type == "chat.answered";
    // Why not the first: an answer whose beginning no source told of says nothing of the wait.
    if (is_answer && is_first) by_key.erase(wait);
    if (is_answer && !is_first && wait->second.us == kNeverAnswered)
      wait->second.us = reading.time(e).us - wait->second.from.us;
  }
  std::vector<Wait> waits;
  for (const auto& [key, wait] : by_key) waits.push_back(wait);
  return waits;
}

std::optional<double> median_minutes(std::vector<std::int64_t>& waits) {
  const auto median = stats::percentile(waits, 50);
  if (!median || *median == kNeverAnswered) return std::nullopt;
  return static_cast<double>(*median) / (60.0 * static_cast<double>(kMicrosPerSecond));
}

}  // namespace handslag::app
