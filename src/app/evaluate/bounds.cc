// SPDX-License-Identifier: Apache-2.0
#include "app/evaluate/bounds.h"

namespace handslag::app {

std::optional<model::Duration> fixed_bound(const promise::Rule& rule) {
  if (const auto* response = std::get_if<promise::Response>(&rule)) {
    const auto* within = std::get_if<promise::Within>(&response->then.bound);
    return within == nullptr ? std::nullopt : std::optional(within->duration);
  }
  if (const auto* absence = std::get_if<promise::Absence>(&rule)) return absence->within;
  return std::nullopt;
}

bool has_business_bound(const promise::Rule& rule) {
  if (const auto* recurrence = std::get_if<promise::Recurrence>(&rule))
    return recurrence->every.is_business();
  if (const auto* chain = std::get_if<promise::Chain>(&rule)) {
    const auto* last = std::get_if<promise::Within>(&chain->steps.back().bound);
    return last != nullptr && last->duration.is_business();
  }
  const auto bound = fixed_bound(rule);
  return bound && bound->is_business();
}

bool has_slack(const promise::Rule& rule) {
  return std::holds_alternative<promise::Response>(rule) ||
         std::holds_alternative<promise::Recurrence>(rule) || std::holds_alternative<promise::Chain>(rule);
}

}  // namespace handslag::app
