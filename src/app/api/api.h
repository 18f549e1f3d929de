// SPDX-License-Identifier: Apache-2.0
// What stands between the network and the routes: finds the route, who calls, whether she may, and runs the
// route where it says. Denied unless granted. All server threads.
//
// Who calls: a session cookie (with the header X-CSRF-Token in every request that changes something), or a
// key as "Authorization: Bearer hs_…", as the user of Basic authorization (Segment's clients), or in the body
// (writeKey).
#pragma once

#include <string_view>
#include <vector>

#include "app/api/route.h"
#include "app/api/services.h"

namespace handslag::app {

class Api final : public http::Handler {
 public:
  /// Keeps `services`.
  Api(const Services& services, std::vector<Route> routes);

  http::BodyLimits limits(http::Method method, std::string_view path) override;
  void handle(http::Request request, http::Reply reply) override;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Found {
    const Route* route = nullptr;
    std::vector<std::string> path;
    std::vector<http::Method> others;  // methods that the path has, where it lacks this one
  };
  Found find(http::Method method, std::string_view path) const;
  void run(const Route& route, Call call, http::Reply reply) const;

  const Services& services_;
  const std::vector<Route> routes_;
};

}  // namespace handslag::app
