// SPDX-License-Identifier: Apache-2.0
// What a session does, whatever carries its bytes; session.cc adds plain TCP and TLS. Internal to the server.
// On the loop's thread, but for what Exchange says.
//
//   Idle → Head → Body → Handling → Answering → Idle …      (requests one after another)
//                           └→ Streaming ─┐
//   any refusal or "close" → Answering ───┴→ Lingering → Closed
//
// At most one read and one write are under way. A completion that finds another state than the one it was
// started for (a deadline was quicker) is dropped.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/http/answer.h"
#include "io/http/loop.h"
#include "io/http/request_reader.h"
#include "io/http/service.h"
#include "io/http/session.h"
#include "io/http/stream_queue.h"

namespace handslag::http {

/// A client gets more time with every slice it sends or takes (ServerOptions::body_time, answer_time).
inline constexpr std::uint64_t kSliceBytes = 64 << 10;

inline SteadyTime after(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

class HttpSession : public Session,
                    public Exchange,
                    public StreamSink,
                    public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(std::shared_ptr<Loop> loop, const AddressBytes& peer, Refusal refusal, bool is_tls);

  // Session
  void start() override;
  void expire() override;
  void begin_drain() override;
  void cut() override { finish(); }

  // Exchange: any thread
  void answer(Response response) override;
  std::shared_ptr<Stream> answer_stream(Response head, Gone gone) override;

  // StreamSink
  void flush_stream() override;

 protected:
  using Fault = boost::system::error_code;
  using ConstBuffers = std::array<boost::asio::const_buffer, 2>;

  // The transport's part. Each ends in the call beside it.
  virtual Socket& socket() = 0;
  virtual void shake_hands() = 0;                                   // on_ready
  virtual void read_some(boost::asio::mutable_buffer room) = 0;     // on_read
  virtual void discard_some(boost::asio::mutable_buffer room) = 0;  // on_read; raw bytes, after shut_down
  virtual void write_some(const ConstBuffers& bytes) = 0;           // on_written
  virtual void shut_down() = 0;                                     // on_shut

  void on_ready(Fault fault);
  void on_read(Fault fault, std::size_t bytes);
  void on_written(Fault fault, std::size_t bytes);
  void on_shut();

 private:
  enum class State { Handshake, Idle, Head, Body, Handling, Answering, Streaming, Lingering, Closed };

  /// What is asked for when the answer goes out, after the handler has taken the request.
  struct Told {
    std::string request_id;
    std::string route, reason;
    const char* method = "-";
    unsigned status = 0;
    SteadyTime head_at;
    std::uint64_t body_bytes_in = 0;
    std::uint64_t bytes_out = 0;
    bool is_head = false;
    bool keep_alive = false;
  };

  std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
  const ServerOptions& options() const { return service_.options; }

  // Reading: http_session_read.cc
  void refuse_connection();
  void make_room();
  void read_more();
  void advance();
  bool on_head();
  void send_continue();
  bool charge_body();
  void dispatch();
  void refuse(const Problem& problem);
  void next_request();

  // Answering and ending: http_session_answer.cc
  void do_answer(Response response);
  void do_stream(Response head, const std::shared_ptr<StreamQueue>& queue);
  void begin_answer(Response response, Framing framing);
  void write_more();
  void answered();
  void record() const;
  void read_to_drop();
  void linger();
  void finish();

  const std::shared_ptr<Loop> loop_;  // kept while a Reply is out, although the server be gone
  Service& service_;
  const AddressBytes peer_;
  const Refusal refusal_;
  const bool is_tls_;
  State state_ = State::Idle;

  RequestReader reader_;
  std::vector<char> buffer_;  // unread bytes are from begin_ to end_
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t charged_bytes_ = 0;  // of Service::charge_body
  std::uint64_t slice_bytes_ = 0;    // since the deadline was last put off
  bool is_read_out_ = false;
  bool is_write_out_ = false;
  bool is_shut_ = false;

  Told told_;
  std::string out_;    // head or chunks, sent first
  Response response_;  // its content, as far as body_ shows it, is sent after
  std::string_view body_;
  std::uint64_t written_ = 0;  // of both

  std::shared_ptr<StreamQueue> stream_;  // shared with the application's StreamHandle
  std::uint64_t taken_bytes_ = 0;        // of the stream, in out_
  bool is_chunked_ = false;
  bool is_last_chunk_out_ = false;
};

}  // namespace handslag::http
