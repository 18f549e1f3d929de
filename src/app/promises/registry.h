// SPDX-License-Identifier: Apache-2.0
// `handslag promise …`: examine promise texts, write them in the canonical layout, and keep the promises in
// force with all their versions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session.h"
#include "io/store/records.h"

namespace handslag::app {

Status check_promises(const Session& session, const std::vector<std::string>& paths);

enum class FormatMode : std::uint8_t { Print, Write, Compare };
Status format_promises(const Session& session, const std::vector<std::string>& paths, FormatMode mode);

struct PublishOptions {
  std::vector<std::string> paths;
  std::optional<Timestamp> from;  // when the version comes into force; a first version: from the beginning
  std::string by, why;
  bool is_trial = false;  // tells the difference, and publishes nothing
};
/// Tells first whose verdicts change, and what is kept before and after.
Status publish_promises(const Session& session, const PublishOptions& options);

Status list_promises(const Session& session, Form form);
/// The same of all versions as they are kept.
void print_promises(const std::vector<store::PromiseVersion>& versions, Form form, const Terminal& terminal);
Status show_promise(const Session& session, const std::string& id);
Status withdraw_promise(const Session& session, const std::string& id, const std::string& why);

}  // namespace handslag::app
