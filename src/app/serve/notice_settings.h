// SPDX-License-Identifier: Apache-2.0
// [mail] and [webhooks] of the server's settings. contract/settings.md describes each.
#pragma once

#include <toml++/toml.h>

#include <string>

#include "app/serve/settings.h"

namespace handslag::app {

/// `name` is "mail" or "webhooks". Invalid with file, place and remedy, for all faults at once.
Status read_notice_settings(std::string_view name, const toml::node& node, const std::string& path,
                            ServeSettings& settings);
/// HANDSLAG_MAIL_PASSWORD; and what does not go together is Invalid.
Status complete_mail_settings(MailSettings& mail);
/// As TOML, without secrets.
std::string notice_settings_text(const ServeSettings& settings);

}  // namespace handslag::app
