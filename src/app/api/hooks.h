// SPDX-License-Identifier: Apache-2.0
// Webhooks that are taken in: DIR/settings/hooks/NAME.toml says what becomes of POST /v1/hooks/NAME, and the
// server's configuration has the secrets ([hooks.NAME] secrets = ["…"]). Immutable once read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "io/format/hook.h"

namespace handslag::app {

struct HookEntry {
  format::Hook hook;
  std::vector<std::string> secrets;
};

struct Hooks {
  std::map<std::string, HookEntry, std::less<>> by_name;
  std::string public_url;  // "https://cx.example.se": what senders sign; empty: as the request says
  const model::LocalTimesSource* zones = nullptr;
};

/// `secrets` by name. Invalid: a file is wrong (place and remedy), or signs and has no secret.
Result<Hooks> read_hooks(const std::string& data_directory,
                         const std::map<std::string, std::vector<std::string>>& secrets);

}  // namespace handslag::app
