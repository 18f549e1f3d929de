// SPDX-License-Identifier: Apache-2.0
// `handslag backup` and `handslag restore`.
#pragma once

#include <string>

#include "app/session.h"

namespace handslag::app {

Status make_backup(const Session& session, const std::string& target);
Status restore_backup(const Session& session, const std::string& backup);

}  // namespace handslag::app
