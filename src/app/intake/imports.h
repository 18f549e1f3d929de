// SPDX-License-Identifier: Apache-2.0
// `handslag imports` and `handslag rejects`: what came in when, taking a wrong file back out, and the records
// that could not be used.
#pragma once

#include <cstdint>
#include <optional>

#include "app/language/json.h"
#include "app/session.h"
#include "io/store/event_log.h"

namespace handslag::app {

/// One import, as `imports --json` and the API tell it.
Json import_json(const store::ImportRecord& record);

Status list_imports(const Session& session, Form form);
Status remove_import(const Session& session, std::uint32_t number);

struct RejectsOptions {
  std::optional<std::uint32_t> import;
  std::size_t limit = 20;  // 0: all
  bool json = false;
};
Status list_rejects(const Session& session, const RejectsOptions& options);

}  // namespace handslag::app
