// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <utility>

#include "io/http/http_session.h"

namespace handslag::http {
namespace {

constexpr std::string_view kLastChunk = "0\r\n\r\n";

std::string as_chunk(const std::string& bytes) {
  if (bytes.empty()) return {};
  char size[20];
  const int length = std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  std::string chunk;
  chunk.reserve(bytes.size() + 24);
  chunk.append(size, static_cast<std::size_t>(length)).append(bytes).append("\r\n");
  return chunk;
}

}  // namespace

void HttpSession::answer(Response response) {
  if (loop_->is_here()) return do_answer(std::move(response));
  loop_->post([self = shared_from_this(), response = std::move(response)]() mutable {
    self->do_answer(std::move(response));
  });
}

void HttpSession::do_answer(Response response) {
  if (state_ != State::Handling) return;
  begin_answer(std::move(response), Framing::Length);
}

void HttpSession::begin_answer(Response response, Framing framing) {
  if (!can_be_sent(response)) {
    response = problem_response(500, "Internal Server Error", "The answer could not be put into HTTP.");
  }
  told_.keep_alive = told_.keep_alive && framing == Framing::Length && !loop_->is_draining();
  told_.status = response.status;
  told_.route = std::move(response.route);
  told_.reason = response.status < 500 ? std::string() : std::move(response.reason);
  ++loop_->counters.answers[response.status / 100];
  out_ = answer_head(response, {framing, told_.keep_alive, loop_->date(), told_.request_id});
  response_ = std::move(response);
  const bool has_body = framing == Framing::Length && !told_.is_head && !is_bodiless(told_.status);
  body_ = has_body ? response_.content() : std::string_view();
  state_ = State::Answering;
  written_ = 0;
  slice_bytes_ = 0;
  deadline_ = after(options().answer_time);
  write_more();
}

void HttpSession::write_more() {
  const auto out_done = std::min<std::uint64_t>(written_, out_.size());
  const auto body_done = written_ - out_done;
  is_write_out_ = true;
  write_some({boost::asio::buffer(out_.data() + out_done, out_.size() - out_done),
              boost::asio::buffer(body_.data() + body_done, body_.size() - body_done)});
}

void HttpSession::on_written(Fault fault, std::size_t bytes) {
  is_write_out_ = false;
  loop_->counters.bytes_out += bytes;
  if (state_ == State::Closed) return;
  if (fault) return finish();
  written_ += bytes;
  told_.bytes_out += bytes;
  slice_bytes_ += bytes;
  if (slice_bytes_ >= kSliceBytes) {
    slice_bytes_ = 0;
    deadline_ = after(options().answer_time);
  }
  if (written_ < out_.size() + body_.size()) return write_more();
  if (state_ == State::Body) return read_more();  // that was 100 Continue
  if (state_ == State::Streaming && !is_last_chunk_out_) {
    deadline_ = kNoDeadline;
    stream_->sent(std::exchange(taken_bytes_, 0));
    return flush_stream();
  }
  answered();
}

void HttpSession::record() const {
  if (!options().on_answer) return;
  const auto taken = std::chrono::steady_clock::now() - told_.head_at;
  options().on_answer({told_.method, told_.route, told_.status,
                       std::chrono::duration_cast<std::chrono::microseconds>(taken).count(),
                       told_.body_bytes_in, told_.bytes_out, told_.request_id, told_.reason});
}

void HttpSession::answered() {
  record();
  service_.discharge_body(std::exchange(charged_bytes_, 0));
  body_ = {};
  response_ = {};
  if (told_.keep_alive) {
    next_request();
  } else {
    linger();
  }
}

// Streams

std::shared_ptr<Stream> HttpSession::answer_stream(Response head, Gone gone) {
  auto queue = std::make_shared<StreamQueue>(loop_, shared_from_this(), options().stream_backlog_bytes,
                                             std::move(gone));
  auto handle = std::make_shared<StreamHandle>(queue);
  if (loop_->is_here()) {
    do_stream(std::move(head), queue);
  } else if (!loop_->post([self = shared_from_this(), head = std::move(head), queue]() mutable {
               self->do_stream(std::move(head), queue);
             })) {
    queue->let_go();
  }
  return handle;
}

void HttpSession::do_stream(Response head, const std::shared_ptr<StreamQueue>& queue) {
  const bool can_stream = state_ == State::Handling && !loop_->is_draining() && !told_.is_head &&
                          !is_bodiless(head.status) && can_be_sent(head);
  if (!can_stream) {
    queue->let_go();
    return do_answer(std::move(head));
  }
  const std::string first(head.content());
  is_chunked_ = reader_.is_http_1_1();
  begin_answer(std::move(head), is_chunked_ ? Framing::Chunked : Framing::ToTheEnd);
  state_ = State::Streaming;
  stream_ = queue;
  ++loop_->counters.streams;
  if (!first.empty()) queue->write(first);
  service_.discharge_body(std::exchange(charged_bytes_, 0));
  read_to_drop();
}

void HttpSession::flush_stream() {
  if (state_ != State::Streaming) return;
  if (stream_->is_overrun()) {
    ++loop_->counters.expired;
    return finish();
  }
  if (is_write_out_) return;  // asked again when that is done
  StreamQueue::Taken taken = stream_->take();
  if (taken.bytes.empty() && !taken.is_last) return;
  taken_bytes_ = taken.bytes.size();
  out_ = is_chunked_ ? as_chunk(taken.bytes) : std::move(taken.bytes);
  is_last_chunk_out_ = taken.is_last;
  if (taken.is_last && is_chunked_) out_ += kLastChunk;
  written_ = 0;
  slice_bytes_ = 0;
  if (out_.empty()) return answered();
  deadline_ = after(options().answer_time);
  write_more();
}

/// While a stream goes out or the end is awaited, reading is only for noticing that the client has gone.
void HttpSession::read_to_drop() {
  if (is_read_out_ || (state_ == State::Lingering && !is_shut_)) return;
  begin_ = end_ = 0;
  is_read_out_ = true;
  if (state_ == State::Lingering) {
    discard_some(boost::asio::buffer(buffer_));
  } else {
    read_some(boost::asio::buffer(buffer_));
  }
}

// Ending

void HttpSession::begin_drain() {
  if (state_ == State::Idle || state_ == State::Handshake) return finish();
  if (state_ != State::Streaming) return;
  stream_->let_go();
  flush_stream();
}

/// Closes so that the client can still read the answer: an end of ours first, then what it sends is dropped
/// until its end or the deadline. (Closing with bytes unread would reset the connection and lose the answer.)
void HttpSession::linger() {
  if (stream_) {
    --loop_->counters.streams;
    std::exchange(stream_, nullptr)->let_go();
  }
  state_ = State::Lingering;
  deadline_ = after(options().linger_time);
  if (is_read_out_) {
    Fault ignored;
    socket().cancel(ignored);  // the shutting down of TLS reads by itself
  }
  shut_down();
}

void HttpSession::on_shut() {
  if (state_ != State::Lingering) return;
  is_shut_ = true;
  Fault fault;
  socket().shutdown(boost::asio::socket_base::shutdown_send, fault);
  if (fault) return finish();
  read_to_drop();
}

void HttpSession::finish() {
  if (state_ == State::Closed) return;
  const auto self = shared_from_this();  // the loop's may be the last
  if (state_ == State::Answering || state_ == State::Streaming) record();
  state_ = State::Closed;
  deadline_ = kNoDeadline;
  Fault ignored;
  socket().close(ignored);
  if (stream_) {
    --loop_->counters.streams;
    std::exchange(stream_, nullptr)->let_go();
  }
  service_.discharge_body(std::exchange(charged_bytes_, 0));
  service_.leave(peer_);
  loop_->remove(*this);
}

}  // namespace handslag::http
