// SPDX-License-Identifier: Apache-2.0
// What kind of bound a rule has, for reports.
#pragma once

#include <optional>

#include "pure/model/duration.h"
#include "pure/promise/ast.h"

namespace handslag::app {

/// The duration that fixes the due of every instance from its activation alone (R1 `within`, R2); none
/// otherwise.
std::optional<model::Duration> fixed_bound(const promise::Rule& rule);

/// True where the bound that makes the due is in business time, so that lateness in opening time is told too
/// (D-15).
bool has_business_bound(const promise::Rule& rule);

/// True for the forms that have slack and lateness (D-15): R1, R7, R10.
bool has_slack(const promise::Rule& rule);

}  // namespace handslag::app
