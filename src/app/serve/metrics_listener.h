// SPDX-License-Identifier: Apache-2.0
// GET /metrics on a listener of its own, so that it can stand where only the monitoring reaches: nobody signs
// in there. Plain HTTP, one thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "io/http/server.h"

namespace handslag::app {

class MetricsListener final : public http::Handler {
 public:
  /// `text` is called on the listener's thread, each time it is asked. Errors as http::Server::start.
  static Result<std::unique_ptr<MetricsListener>> start(const std::string& listen,
                                                        std::function<std::string()> text);
  std::uint16_t port() const { return server_->ports().front(); }

  http::BodyLimits limits(http::Method, std::string_view) override { return {0, 0}; }
  void handle(http::Request request, http::Reply reply) override;

 private:
  explicit MetricsListener(std::function<std::string()> text) : text_(std::move(text)) {}

  const std::function<std::string()> text_;
  std::unique_ptr<http::Server> server_;  // goes first
};

}  // namespace handslag::app
