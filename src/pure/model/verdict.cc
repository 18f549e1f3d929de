// SPDX-License-Identifier: Apache-2.0
#include "pure/model/verdict.h"

#include <array>

namespace handslag::model {
namespace {
constexpr std::array<std::string_view, kVerdicts> kNames{"pending", "overdue", "kept",   "late",
                                                         "broken",  "void",    "unknown"};
}  // namespace

std::string_view verdict_name(Verdict verdict) {
  return kNames[static_cast<std::size_t>(verdict)];
}

std::optional<Verdict> verdict_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Verdict>(i);
  }
  return std::nullopt;
}

}  // namespace handslag::model
