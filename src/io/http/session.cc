// SPDX-License-Identifier: Apache-2.0
// What carries a session's bytes: TCP, or TLS over it.
#include "io/http/session.h"

#include <boost/asio/ssl/stream.hpp>
#include <utility>

#include "io/http/http_session.h"

namespace handslag::http {
namespace {

namespace asio = boost::asio;
using TlsStream = asio::ssl::stream<Socket>;

template <typename Transport>
class TransportSession final : public HttpSession {
 public:
  static constexpr bool kTls = std::is_same_v<Transport, TlsStream>;

  TransportSession(std::shared_ptr<Loop> loop, Transport transport, const AddressBytes& peer, Refusal refusal)
      : HttpSession(std::move(loop), peer, refusal, kTls), transport_(std::move(transport)) {}

 private:
  Socket& socket() override {
    if constexpr (kTls) {
      return transport_.next_layer();
    } else {
      return transport_;
    }
  }

  void shake_hands() override {
    if constexpr (kTls) {
      transport_.async_handshake(asio::ssl::stream_base::server,
                                 [self = self_pointer()](Fault fault) { self->on_ready(fault); });
    } else {
      on_ready({});
    }
  }

  void read_some(asio::mutable_buffer room) override {
    transport_.async_read_some(
        room, [self = self_pointer()](Fault fault, std::size_t bytes) { self->on_read(fault, bytes); });
  }

  void discard_some(asio::mutable_buffer room) override {
    socket().async_read_some(
        room, [self = self_pointer()](Fault fault, std::size_t bytes) { self->on_read(fault, bytes); });
  }

  void write_some(const ConstBuffers& bytes) override {
    transport_.async_write_some(
        bytes, [self = self_pointer()](Fault fault, std::size_t count) { self->on_written(fault, count); });
  }

  void shut_down() override {
    if constexpr (kTls) {
      transport_.async_shutdown([self = self_pointer()](Fault) { self->on_shut(); });
    } else {
      on_shut();
    }
  }

  std::shared_ptr<TransportSession> self_pointer() {
    return std::static_pointer_cast<TransportSession>(shared_from_this());
  }

  Transport transport_;
};

}  // namespace

std::shared_ptr<Session> make_session(std::shared_ptr<Loop> loop, Socket socket, const AddressBytes& peer,
                                      Refusal refusal, const std::shared_ptr<asio::ssl::context>& tls) {
  if (!tls) {
    return std::make_shared<TransportSession<Socket>>(std::move(loop), std::move(socket), peer, refusal);
  }
  return std::make_shared<TransportSession<TlsStream>>(std::move(loop), TlsStream(std::move(socket), *tls),
                                                       peer, refusal);
}

}  // namespace handslag::http
