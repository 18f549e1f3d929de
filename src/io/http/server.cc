// SPDX-License-Identifier: Apache-2.0
#include "io/http/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <mutex>
#include <utility>

#include "io/http/loop.h"
#include "io/http/problem.h"
#include "io/http/session.h"
#include "io/http/tls.h"

namespace handslag::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

constexpr std::uint64_t kFilesForTheRest = 128;  // the database, logs, webhooks
constexpr std::chrono::milliseconds kAcceptPause{50};

/// Raises the file limit as far as it goes; how many connections that bears.
std::uint64_t raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024 - kFilesForTheRest;
  if (limit.rlim_cur < limit.rlim_max) {
    const rlimit raised{limit.rlim_max, limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return limit.rlim_cur > 2 * kFilesForTheRest ? limit.rlim_cur - kFilesForTheRest : limit.rlim_cur / 2;
}

tcp::endpoint endpoint_of(const ListenAddress& listen) {
  if (is_ipv4(listen.address)) {
    asio::ip::address_v4::bytes_type bytes;
    std::copy(listen.address.begin() + 12, listen.address.end(), bytes.begin());
    return {asio::ip::address_v4(bytes), listen.port};
  }
  asio::ip::address_v6::bytes_type bytes;
  std::copy(listen.address.begin(), listen.address.end(), bytes.begin());
  return {asio::ip::address_v6(bytes), listen.port};
}

AddressBytes bytes_of(const asio::ip::address& address) {
  AddressBytes bytes{};
  if (address.is_v4()) {
    bytes[10] = bytes[11] = 0xFF;
    const auto four = address.to_v4().to_bytes();
    std::copy(four.begin(), four.end(), bytes.begin() + 12);
  } else {
    const auto sixteen = address.to_v6().to_bytes();
    std::copy(sixteen.begin(), sixteen.end(), bytes.begin());
  }
  return bytes;
}

/// A few times in the shortest deadline, so that none is overrun by more than a fraction of itself.
std::chrono::milliseconds tick_of(const ServerOptions& options) {
  const auto shortest = std::min(
      {options.head_time, options.body_time, options.answer_time, options.idle_time, options.linger_time});
  return std::clamp(shortest / 8, std::chrono::milliseconds(2), std::chrono::milliseconds(250));
}

}  // namespace

BodyLimits Handler::limits(Method, std::string_view) {
  return {};
}

Reply& Reply::operator=(Reply&& other) noexcept {
  Reply before(std::move(*this));  // answers 500 where it was owed an answer
  exchange_ = std::move(other.exchange_);
  return *this;
}

Reply::~Reply() {
  if (exchange_ == nullptr) return;
  Response response =
      problem_response(500, "Internal Server Error",
                       "The server gave no answer. Its log says why, under the request id in X-Request-Id.");
  response.reason = "internal: the route ended without an answer";
  send(std::move(response));
}

void Reply::send(Response response) {
  HANDSLAG_CHECK(exchange_ != nullptr, "a request answered twice");
  std::exchange(exchange_, nullptr)->answer(std::move(response));
}

std::shared_ptr<Stream> Reply::stream(Response head, Gone gone) {
  HANDSLAG_CHECK(exchange_ != nullptr, "a request answered twice");
  return std::exchange(exchange_, nullptr)->answer_stream(std::move(head), std::move(gone));
}

class Server::State {
 public:
  explicit State(std::shared_ptr<Service> served) : service(std::move(served)) {}

  Status listen();
  Status open(const std::string& text);
  void run();
  void accept(std::size_t which);
  void adopt(Socket socket, std::size_t target);
  void begin_drain();
  void stop(std::chrono::milliseconds deadline);

  const std::shared_ptr<Service> service;
  std::unique_ptr<TlsContext> tls;                   // null: plain HTTP
  std::vector<std::shared_ptr<Loop>> loops;          // shared with sessions that a Reply keeps
  std::vector<std::unique_ptr<Acceptor>> acceptors;  // on the first loop
  std::vector<std::uint16_t> ports;
  std::size_t next_loop = 0;
  std::atomic<bool> draining{false};
  std::mutex stop_mutex;  // held while stopping; guards stopped
  bool stopped = false;
};

Status Server::State::open(const std::string& text) {
  HANDSLAG_TRY(address, parse_listen_address(text));
  const tcp::endpoint endpoint = endpoint_of(address);
  auto acceptor = std::make_unique<Acceptor>(loops.front()->context());
  error_code fault;
  acceptor->open(endpoint.protocol(), fault);
  if (!fault) acceptor->set_option(asio::socket_base::reuse_address(true), fault);
  // Why: [::] means IPv6 alone, so that what is listened on is what is written down.
  if (!fault && endpoint.address().is_v6()) acceptor->set_option(asio::ip::v6_only(true), fault);
  if (!fault) acceptor->bind(endpoint, fault);
  if (!fault) acceptor->listen(4096, fault);
  if (fault) {
    return unavailable(
        "cannot listen on " + text + ": " + fault.message() +
        ". Another program may use the port (ss -ltnp shows which); stop it or choose another.");
  }
  ports.push_back(acceptor->local_endpoint().port());
  acceptors.push_back(std::move(acceptor));
  return {};
}

Status Server::State::listen() {
  const ServerOptions& options = service->options;
  const std::uint64_t bearable = raise_file_limit();
  service->connection_limit =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(options.connections, bearable));
  if (!options.certificate_path.empty()) {
    tls = std::make_unique<TlsContext>(options.certificate_path, options.key_path);
    HANDSLAG_CHECK_STATUS(tls->load());
  }
  for (unsigned i = 0; i < options.threads; ++i) {
    loops.push_back(std::make_shared<Loop>(service, tick_of(options)));
  }
  for (const std::string& text : options.listen) HANDSLAG_CHECK_STATUS(open(text));
  return {};
}

void Server::State::run() {
  for (std::size_t i = 0; i < acceptors.size(); ++i) accept(i);
  for (const auto& loop : loops) loop->start();
}

void Server::State::accept(std::size_t which) {
  const std::size_t target = next_loop++ % loops.size();
  acceptors[which]->async_accept(
      loops[target]->context(), [this, which, target](error_code fault, Socket socket) {
        if (!acceptors[which]->is_open()) return;
        if (!fault) {
          adopt(std::move(socket), target);
          return accept(which);
        }
        // Why: out of files or memory; accepting again at once would spin until others let go of some.
        auto pause = std::make_shared<asio::steady_timer>(loops.front()->context(), kAcceptPause);
        pause->async_wait([this, which, pause](error_code) {
          if (acceptors[which]->is_open()) accept(which);
        });
      });
}

void Server::State::adopt(Socket socket, std::size_t target) {
  error_code fault;
  const tcp::endpoint peer = socket.remote_endpoint(fault);
  if (fault) return;  // gone already
  const std::shared_ptr<Loop>& loop = loops[target];
  const AddressBytes address = bytes_of(peer.address());
  const Refusal refusal = service->enter(address);
  ++loop->counters.accepted;
  if (refusal != Refusal::None) ++loop->counters.refused_connections;
  auto session = make_session(loop, std::move(socket), address, refusal, tls ? tls->current() : nullptr);
  if (target == 0) return loop->add(std::move(session));
  loop->post([loop = loop.get(), session = std::move(session)] { loop->add(session); });
}

void Server::State::begin_drain() {
  if (draining.exchange(true)) return;
  loops.front()->post([this] {
    for (const auto& acceptor : acceptors) {
      error_code ignored;
      acceptor->close(ignored);
    }
    // Why from here: what was accepted before is then on its loop already.
    for (const auto& loop : loops) {
      loop->post([loop = loop.get()] { loop->begin_drain(); });
    }
  });
}

void Server::State::stop(std::chrono::milliseconds deadline) {
  const std::lock_guard lock(stop_mutex);
  if (stopped) return;
  stopped = true;
  begin_drain();
  service->wait_until_empty(std::chrono::steady_clock::now() + deadline);
  // Why twice through the first loop: its queue is where draining began.
  loops.front()->post([this] {
    for (const auto& loop : loops) {
      loop->post([loop = loop.get()] { loop->cut_all(); });
    }
  });
  loops.front()->finish();
  for (const auto& loop : loops) loop->finish();
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler& handler) {
  HANDSLAG_TRY(service, Service::make(std::move(options), handler));
  auto state = std::make_unique<State>(std::move(service));
  HANDSLAG_CHECK_STATUS(state->listen());
  state->run();
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

const std::vector<std::uint16_t>& Server::ports() const {
  return state_->ports;
}

std::uint32_t Server::connection_limit() const {
  return state_->service->connection_limit.load();
}

Status Server::reload_certificates() {
  return state_->tls ? state_->tls->load() : Status();
}

void Server::begin_drain() {
  state_->begin_drain();
}

void Server::stop(std::chrono::milliseconds deadline) {
  state_->stop(deadline);
}

ServerCounters Server::counters() const {
  ServerCounters sum;
  sum.open_connections = state_->service->open_connections();
  for (const auto& loop : state_->loops) {
    const LoopCounters& counted = loop->counters;
    sum.open_streams += counted.streams;
    sum.accepted_connections += counted.accepted;
    sum.refused_connections += counted.refused_connections;
    sum.expired_connections += counted.expired;
    sum.refused_requests += counted.refused_requests;
    for (std::size_t i = 0; i < counted.answers.size(); ++i) sum.answers_by_class[i] += counted.answers[i];
    sum.bytes_in += counted.bytes_in;
    sum.bytes_out += counted.bytes_out;
  }
  return sum;
}

}  // namespace handslag::http
