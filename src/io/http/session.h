// SPDX-License-Identifier: Apache-2.0
// One connection of the server: read a request, have it handled, send the answer, again. Internal to the
// server.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "io/http/address.h"
#include "io/http/loop.h"
#include "io/http/service.h"

namespace handslag::http {

/// By the executor's own type: the usual any_io_executor costs an indirection and a count at each operation.
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// `refusal` other than None: it says so and closes. `tls` null: plain HTTP. `socket` belongs to the loop's
/// context; `peer` was counted in by Service::enter, and the session counts it out.
std::shared_ptr<Session> make_session(std::shared_ptr<Loop> loop, Socket socket, const AddressBytes& peer,
                                      Refusal refusal, const std::shared_ptr<boost::asio::ssl::context>& tls);

}  // namespace handslag::http
