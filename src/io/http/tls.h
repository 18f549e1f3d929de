// SPDX-License-Identifier: Apache-2.0
// The server's certificate. Internal to the server. Any thread.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"

namespace handslag::http {

/// Holds the TLS settings in use: TLS 1.2 and 1.3, HTTP/1.1 by ALPN, no renegotiation, no compression.
class TlsContext {
 public:
  TlsContext(std::string certificate_path, std::string key_path);
  /// Reads both files. Error Invalid or Unavailable; then the settings in use stay.
  Status load();
  /// REQUIRES: load() was ok once. Connections under way keep theirs.
  std::shared_ptr<boost::asio::ssl::context> current() const;

 private:
  const std::string certificate_path_;
  const std::string key_path_;
  mutable std::mutex mutex_;  // guards current_
  std::shared_ptr<boost::asio::ssl::context> current_;
};

}  // namespace handslag::http
