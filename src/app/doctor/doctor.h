// SPDX-License-Identifier: Apache-2.0
// `handslag doctor`: what is wrong with this installation and its data, and what to do about each. Invalid
// where it found a fault; warnings alone are no fault.
#pragma once

#include "app/session.h"

namespace handslag::app {

Status examine(const Session& session);

}  // namespace handslag::app
