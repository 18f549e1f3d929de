// SPDX-License-Identifier: Apache-2.0
// `handslag settings`: the one way in for types.toml, units.toml and calendars.toml.
#pragma once

#include <string>

#include "app/session.h"

namespace handslag::app {

Status show_settings(const Session& session);
/// Reads the file, refuses one that is wrong, then puts it in the place of the old one. Its name says which
/// it is.
Status put_settings(const Session& session, const std::string& file);

}  // namespace handslag::app
