// SPDX-License-Identifier: Apache-2.0
// `handslag serve`: the living system, until a signal ends it. What is on its way is answered first.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/notices/notices.h"
#include "app/session.h"
#include "base/result.h"

namespace handslag::app {

/// Settings of the server: defaults, then the file (--config FILE, TOML), then the environment, then the
/// command line. contract/settings.md describes each.
struct ServeSettings {
  std::vector<std::string> listen = {"127.0.0.1:8080"};
  std::string metrics_listen;  // "127.0.0.1:9090"; empty: none
  std::string certificate, key;
  std::string public_url;
  unsigned threads = 2;
  std::vector<std::string> allowed_hosts, trusted_proxies;
  std::map<std::string, std::vector<std::string>> hook_secrets;
  MailSettings mail;
  bool webhooks_to_private_addresses = false;
};

/// Errors: Invalid with file, place and remedy.
Result<ServeSettings> read_serve_settings(const std::string& path);
/// `handslag config`: what holds, and where each value comes from. Secrets are not shown.
Status show_config(const Session& session, const std::string& path);

Status serve(const Session& session, ServeSettings settings);

}  // namespace handslag::app
