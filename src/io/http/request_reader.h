// SPDX-License-Identifier: Apache-2.0
// Bytes of a connection → whole, checked requests, without any I/O: the session feeds it, and so does the
// fuzz target. Internal to the server. One thread.
//
// The grammar is Boost.Beast's, which is strict; what it lets pass and we do not (folded lines, bare line
// feeds, odd lengths, missing or doubled Host, bodies without end) is refused here. Each refusal is a Problem
// with a status and a sentence, after which the connection must close: the next request's place is not known.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "io/http/message.h"
#include "io/http/problem.h"
#include "io/http/server.h"

namespace handslag::http {

struct ReadLimits {
  std::uint32_t head_bytes;
  std::uint32_t target_bytes;
  std::uint32_t header_count;
  std::uint32_t inflate_ratio;
};

/// A chunk's header with its extensions, or the trailer, must fit into this; the buffer that is fed as well.
inline constexpr std::size_t kChunkHeaderBytes = 16 << 10;

class RequestReader {
 public:
  enum class Step { NeedMore, HeadDone, Done, Refused };

  explicit RequestReader(const ReadLimits& limits);
  ~RequestReader();

  /// Reads on at the front of `bytes`; `used` is how many of them are done with, the rest must be in front
  /// the next time, with more behind. Done leaves what belongs to the next request.
  Step read(std::string_view bytes, std::size_t& used);

  /// After HeadDone, when the limits are known: Done without a body, else NeedMore or Refused.
  Step begin_body(const BodyLimits& limits);

  /// Method, target, path, query, headers and host after HeadDone, the body after Done.
  Request& request();
  const Problem& problem() const;

  bool keep_alive() const;
  bool is_http_1_1() const;
  bool expects_continue() const;
  std::uint64_t body_wire_bytes() const;

  /// For the next request.
  void reset();

 private:
  class Parser;
  Step read_head(std::string_view bytes, std::size_t& used);
  Step read_body(std::string_view bytes, std::size_t& used);
  Step refuse(unsigned status, std::string title, std::string detail);

  const ReadLimits limits_;
  std::unique_ptr<Parser> parser_;
  Problem problem_;
  std::size_t scanned_ = 0;     // bytes of the head already looked through for its end
  std::size_t line_start_ = 0;  // where the line that is being looked through begins
  bool blank_passed_ = false;
};

}  // namespace handslag::http
