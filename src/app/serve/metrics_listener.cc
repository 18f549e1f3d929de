// SPDX-License-Identifier: Apache-2.0
#include "app/serve/metrics_listener.h"

#include "io/http/problem.h"

namespace handslag::app {
namespace {

constexpr std::uint32_t kConnections = 32;

}  // namespace

Result<std::unique_ptr<MetricsListener>> MetricsListener::start(const std::string& listen,
                                                                std::function<std::string()> text) {
  std::unique_ptr<MetricsListener> listener(new MetricsListener(std::move(text)));
  http::ServerOptions options;
  options.listen = {listen};
  options.connections = kConnections;
  options.connections_per_address = kConnections;
  auto server = http::Server::start(std::move(options), *listener);
  if (!server.ok()) return std::move(server).error().in("metrics_listen");
  listener->server_ = std::move(server).value();
  return listener;
}

void MetricsListener::handle(http::Request request, http::Reply reply) {
  const bool is_read = request.method == http::Method::Get || request.method == http::Method::Head;
  if (request.path != "/metrics" || !is_read) {
    reply.send(http::problem_response(404, "Nothing here", "GET /metrics is all there is here."));
    return;
  }
  reply.send(http::text_response(200, "text/plain; version=0.0.4; charset=utf-8", text_()));
}

}  // namespace handslag::app
