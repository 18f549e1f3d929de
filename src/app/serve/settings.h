// SPDX-License-Identifier: Apache-2.0
// Settings of the server: defaults, then the file (--config FILE, TOML), then the environment, then the
// command line. contract/settings.md describes each. Plain values, one thread.
//
// A new setting: a member here, a line in a table of settings.cc (or a reader of its own table there), a line
// in contract/settings.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/notices/notices.h"
#include "app/session.h"
#include "base/result.h"

namespace handslag::app {

struct ServeSettings {
  std::vector<std::string> listen = {"127.0.0.1:8080"};
  std::string metrics_listen;  // "127.0.0.1:9090"; empty: none
  std::string certificate, key;
  std::string public_url;
  unsigned threads = 2;
  std::vector<std::string> allowed_hosts, trusted_proxies, embedded_by;
  std::map<std::string, std::vector<std::string>> hook_secrets;
  MailSettings mail;
  bool webhooks_to_private_addresses = false;

  /// Where a value comes from, by its name ("listen", "hooks.zendesk"): "handslag.toml:3", "HANDSLAG_LISTEN",
  /// "--listen". What is not here has its default.
  std::map<std::string, std::string, std::less<>> origins;
};

/// What the command line says; empty: nothing.
struct ServeOptions {
  std::string config;  // a file
  std::vector<std::string> listen;
};

/// Errors: Invalid with file, line and remedy, all faults of the file at once, a line each; NotFound,
/// Unavailable.
Result<ServeSettings> read_serve_settings(const ServeOptions& options);
/// `handslag config`: what holds, and where each value comes from. Secrets are not shown.
Status show_config(const Session& session, const ServeOptions& options);

}  // namespace handslag::app
