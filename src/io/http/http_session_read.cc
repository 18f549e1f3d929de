// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <exception>
#include <utility>

#include "io/http/http_session.h"

namespace handslag::http {
namespace {

constexpr std::size_t kIdleBufferBytes = 4 << 10;
constexpr std::size_t kBodyBufferBytes = 32 << 10;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

Problem problem_of(unsigned status, const char* title, const char* detail, const char* type = "about:blank") {
  Problem problem;
  problem.status = status;
  problem.title = title;
  problem.detail = detail;
  problem.type = type;
  return problem;
}

}  // namespace

HttpSession::HttpSession(std::shared_ptr<Loop> loop, const AddressBytes& peer, Refusal refusal, bool is_tls)
    : loop_(std::move(loop)),
      service_(loop_->service()),
      peer_(peer),
      refusal_(refusal),
      is_tls_(is_tls),
      reader_(service_.read_limits),
      buffer_(kIdleBufferBytes) {}

void HttpSession::start() {
  Fault ignored;  // options that only make it quicker or tidier
  socket().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
  socket().set_option(boost::asio::socket_base::keep_alive(true), ignored);
  deadline_ = after(options().head_time);
  if (refusal_ != Refusal::None) return refuse_connection();
  state_ = State::Handshake;
  shake_hands();
}

void HttpSession::refuse_connection() {
  if (is_tls_ || refusal_ == Refusal::Silent) return finish();
  refuse(refusal_ == Refusal::TooMany
             ? problem_of(503, "Too many connections", "The server is full; try again in a while.")
             : problem_of(429, "Too many connections",
                          "Too many connections come from this address; close some, or use one for many "
                          "requests.",
                          "/problems/limit"));
}

void HttpSession::on_ready(Fault fault) {
  if (state_ != State::Handshake) return;
  if (fault) return finish();
  state_ = State::Idle;
  read_more();
}

void HttpSession::make_room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (state_ == State::Body && buffer_.size() < kBodyBufferBytes) buffer_.resize(kBodyBufferBytes);
  if (end_ < buffer_.size()) return;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  } else {
    buffer_.resize(buffer_.size() * 2);  // bounded: the reader refuses what passes its limits
  }
}

void HttpSession::read_more() {
  make_room();
  is_read_out_ = true;
  read_some(boost::asio::buffer(buffer_.data() + end_, buffer_.size() - end_));
}

void HttpSession::on_read(Fault fault, std::size_t bytes) {
  is_read_out_ = false;
  loop_->counters.bytes_in += bytes;
  const bool is_cancelled = fault == boost::asio::error::operation_aborted;
  switch (state_) {
    case State::Idle:
    case State::Head:
    case State::Body:
      break;
    case State::Streaming:
    case State::Lingering:
      if (fault && !is_cancelled) return finish();
      return read_to_drop();
    default:
      return;  // a deadline was quicker
  }
  if (fault) return finish();
  end_ += bytes;
  slice_bytes_ += bytes;
  if (state_ == State::Body && slice_bytes_ >= kSliceBytes) {
    slice_bytes_ = 0;
    deadline_ = after(options().body_time);
  }
  advance();
}

void HttpSession::advance() {
  if (state_ == State::Idle && begin_ != end_) {
    state_ = State::Head;
    deadline_ = after(options().head_time);
  }
  for (;;) {
    std::size_t used = 0;
    const RequestReader::Step step = reader_.read(unread(), used);
    begin_ += used;
    if (state_ == State::Body && !charge_body()) return;
    switch (step) {
      case RequestReader::Step::NeedMore:
        return read_more();
      case RequestReader::Step::Refused:
        return refuse(reader_.problem());
      case RequestReader::Step::Done:
        return dispatch();
      case RequestReader::Step::HeadDone:
        if (!on_head()) return;
    }
  }
}

/// True where the body may be read on; false where something else goes on already.
bool HttpSession::on_head() {
  Request& request = reader_.request();
  request.received = service_.clock.now();
  const std::string* given = request.header("x-request-id");
  request.id = given != nullptr && is_sane_request_id(*given) ? *given : service_.make_request_id();
  told_.request_id = request.id;
  told_.method = method_name(request.method);
  told_.head_at = std::chrono::steady_clock::now();
  told_.is_head = request.method == Method::Head;
  told_.keep_alive = reader_.keep_alive();
  if (!service_.is_allowed_host(request.host)) {
    refuse(
        problem_of(421, "Not this host",
                   "This server does not answer for the host that was asked; use its own name, or have the "
                   "host added to the allowed ones."));
    return false;
  }
  const RequestReader::Step step = reader_.begin_body(service_.handler.limits(request.method, request.path));
  if (step == RequestReader::Step::Refused) {
    refuse(reader_.problem());
  } else if (step == RequestReader::Step::Done) {
    dispatch();
  } else {
    state_ = State::Body;
    slice_bytes_ = 0;
    deadline_ = after(options().body_time);
    if (!reader_.expects_continue() || begin_ != end_) return true;
    send_continue();
  }
  return false;
}

void HttpSession::send_continue() {
  out_ = kContinue;
  body_ = {};
  written_ = 0;
  write_more();
}

bool HttpSession::charge_body() {
  const std::uint64_t held = reader_.request().body.size();
  if (held <= charged_bytes_) return true;
  if (service_.charge_body(held - charged_bytes_)) {
    charged_bytes_ = held;
    return true;
  }
  refuse(problem_of(503, "Too much at once",
                    "The server holds as much unfinished work as it may; try again in a few seconds."));
  return false;
}

void HttpSession::dispatch() {
  state_ = State::Handling;
  deadline_ = kNoDeadline;
  told_.body_bytes_in = reader_.body_wire_bytes();
  Request request = std::move(reader_.request());
  service_.set_remote(peer_, is_tls_, request);
  Reply reply(shared_from_this());
  if (request.path == "*") {
    Response response;
    response.status = 204;
    response.headers.push_back({"Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"});
    return reply.send(std::move(response));
  }
  try {
    service_.handler.handle(std::move(request), std::move(reply));
  } catch (const std::exception&) {
    // Why: only memory can have run out; the Reply, destroyed on the way here, has answered 500.
  }
}

void HttpSession::refuse(const Problem& problem) {
  ++loop_->counters.refused_requests;
  if (told_.request_id.empty()) {
    told_.request_id = service_.make_request_id();
    told_.head_at = std::chrono::steady_clock::now();
  }
  told_.keep_alive = false;
  Response response = problem_response(problem);
  if (problem.status == 503 || problem.status == 429) response.headers.push_back({"Retry-After", "5"});
  if (problem.status == 415) response.headers.push_back({"Accept-Encoding", "gzip, deflate"});
  begin_answer(std::move(response), Framing::Length);
}

void HttpSession::expire() {
  const bool is_waiting_for_request = state_ == State::Head || state_ == State::Body;
  if (state_ != State::Idle && state_ != State::Lingering) ++loop_->counters.expired;
  if (!is_waiting_for_request || is_write_out_) return finish();
  Fault ignored;
  socket().cancel(ignored);  // the read that waits
  refuse(problem_of(408, "Request too slow", "The request did not arrive in time; send it again, faster."));
}

void HttpSession::next_request() {
  reader_.reset();
  told_ = {};
  state_ = State::Idle;
  if (begin_ != end_) return advance();
  if (loop_->is_draining()) return linger();
  if (buffer_.size() > kIdleBufferBytes) {
    buffer_ = std::vector<char>(kIdleBufferBytes);
    begin_ = end_ = 0;
  }
  deadline_ = after(options().idle_time);
  read_more();
}

}  // namespace handslag::http
