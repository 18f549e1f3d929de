// SPDX-License-Identifier: Apache-2.0
#include "io/http/request_reader.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>
#include <optional>
#include <utility>

#include "io/http/inflate.h"
#include "io/http/target.h"

namespace handslag::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

constexpr std::size_t kRequestLineExtra = 32;  // method, version and blanks around the target
constexpr std::size_t kReservedBodyBytes = 64 << 10;

std::string_view view(string_view text) {
  return {text.data(), text.size()};
}

Problem problem_of(unsigned status, std::string title, std::string detail) {
  Problem problem;
  problem.status = status;
  problem.title = std::move(title);
  problem.detail = std::move(detail);
  if (status == 413 || status == 414 || status == 431) problem.type = "/problems/limit";
  return problem;
}

Problem malformed(std::string detail) {
  return problem_of(400, "Malformed request", std::move(detail));
}

Problem problem_of(error_code fault) {
  if (fault == beast_http::error::bad_version) {
    return problem_of(505, "HTTP version not supported", "This server speaks HTTP/1.1 and HTTP/1.0.");
  }
  if (fault == beast_http::error::bad_method) return malformed("The request does not begin with a method.");
  if (fault == beast_http::error::bad_target) return malformed("The request target is not an HTTP target.");
  if (fault == beast_http::error::bad_content_length || fault == beast_http::error::multiple_content_length ||
      fault == beast_http::error::bad_transfer_encoding) {
    return malformed(
        "Content-Length and Transfer-Encoding contradict each other or make no sense; send one.");
  }
  if (fault == beast_http::error::bad_chunk || fault == beast_http::error::bad_chunk_extension) {
    return malformed("The body's chunks are not framed as Transfer-Encoding: chunked demands.");
  }
  return malformed("A header line is not HTTP: a name, a colon right after it, a value, CR LF.");
}

struct HeadScan {
  std::size_t head_bytes = 0;   // 0: the end is not there yet
  const char* fault = nullptr;  // a sentence
};

/// Looks for the empty line that ends a head, line by line, from where the last scan stopped.
HeadScan scan_head(std::string_view bytes, std::size_t& scanned, std::size_t& line_start) {
  while (scanned < bytes.size()) {
    const auto newline = bytes.find('\n', scanned);
    const auto line_end = std::min(newline, bytes.size());
    if (line_start > 0 && line_start < line_end && (bytes[line_start] == ' ' || bytes[line_start] == '\t')) {
      return {0,
              "A header line begins with a blank; folded headers are not accepted, send each on one line."};
    }
    scanned = line_end;
    if (newline == std::string_view::npos) return {};
    if (newline == 0 || bytes[newline - 1] != '\r') {
      return {0, "A line ends in LF alone; end each line of the head in CR LF."};
    }
    scanned = newline + 1;
    if (newline - line_start == 1) return {scanned, nullptr};
    line_start = scanned;
  }
  return {};
}

bool is_token_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
}

const char* fault_of_first_byte(char first) {
  if (first == 0x16) return "This is a TLS greeting on a port for plain HTTP; use http:// here.";
  return is_token_letter(first) ? nullptr : "The request does not begin with a method.";
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

/// Beast's grammar, our checks: fills `request` as the pieces come.
class RequestReader::Parser final : public beast_http::basic_parser<true> {
 public:
  explicit Parser(const ReadLimits& limits) : limits_(limits) {
    header_limit(limits.head_bytes);
    body_limit(boost::none);  // Why: the handler's limit is known only after the head; counted below
  }

  /// Everything about the head that needs all of it. Nothing where it is in order.
  std::optional<Problem> check_head(std::string_view method_text);
  std::optional<Problem> finish_body();

  Request request;
  std::string method_text;
  std::optional<Problem> fault;  // set where a callback refused
  BodyLimits body_limits;
  std::uint64_t body_wire_bytes = 0;
  bool head_done = false;
  bool expects_continue = false;
  int version = 0;

 private:
  void on_request_impl(beast_http::verb, string_view method, string_view target, int http_version,
                       error_code& ec) override;
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(beast_http::field field, string_view name, string_view value, error_code& ec) override;
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
  std::size_t on_body_impl(string_view bytes, error_code& ec) override { return add_body(bytes, ec); }
  void on_chunk_header_impl(std::uint64_t size, string_view, error_code& ec) override;
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) override {
    return add_body(bytes, ec);
  }
  void on_finish_impl(error_code&) override {}

  std::size_t add_body(string_view bytes, error_code& ec);
  void refuse(Problem problem, error_code& ec) {
    fault = std::move(problem);
    ec = beast_http::error::bad_value;  // which one does not matter: `fault` goes first
  }
  std::optional<Problem> check_host();
  std::optional<Problem> check_codings();

  const ReadLimits& limits_;
  unsigned host_count_ = 0;
  std::optional<Coding> coding_;
  std::optional<BodyInflater> inflater_;
};

void RequestReader::Parser::on_request_impl(beast_http::verb, string_view method, string_view target,
                                            int http_version, error_code& ec) {
  method_text = view(method);
  version = http_version;
  request.target = view(target);
  request.headers.reserve(16);
  if (target.size() > limits_.target_bytes) {
    refuse(problem_of(414, "Address too long",
                      "The request target is longer than " + std::to_string(limits_.target_bytes) +
                          " bytes; send long values in the body."),
           ec);
  }
}

void RequestReader::Parser::on_field_impl(beast_http::field field, string_view name, string_view value,
                                          error_code& ec) {
  if (head_done) return;  // Why: a trailer must not pass for a header that was checked
  if (request.headers.size() >= limits_.header_count) {
    return refuse(problem_of(431, "Too many headers",
                             "More than " + std::to_string(limits_.header_count) + " headers; send fewer."),
                  ec);
  }
  if (field == beast_http::field::content_length && !is_digits(view(value))) {
    return refuse(malformed("Content-Length must be one decimal number."), ec);
  }
  if (field == beast_http::field::host) {
    ++host_count_;
    request.host = view(value);
  }
  request.headers.push_back({lower_case(view(name)), std::string(value.data(), value.size())});
}

std::optional<Problem> RequestReader::Parser::check_host() {
  if (host_count_ > 1) return malformed("The request has more than one Host header; send one.");
  if (host_count_ == 0 && version >= 11)
    return malformed("The request has no Host header; HTTP/1.1 needs it.");
  if (host_count_ == 1 && !is_host(request.host)) return malformed("The Host header names no valid host.");
  return std::nullopt;
}

std::optional<Problem> RequestReader::Parser::check_codings() {
  if (const std::string* coding = request.header("transfer-encoding")) {
    if (version < 11) return malformed("Transfer-Encoding does not exist in HTTP/1.0; send Content-Length.");
    if (!equal_ignoring_case(*coding, "chunked")) {
      return problem_of(501, "Transfer coding not supported",
                        "Of transfer codings only chunked is understood; compress with Content-Encoding.");
    }
  }
  if (const std::string* coding = request.header("content-encoding")) {
    if (equal_ignoring_case(*coding, "gzip") || equal_ignoring_case(*coding, "x-gzip")) {
      coding_ = Coding::Gzip;
    } else if (equal_ignoring_case(*coding, "deflate")) {
      coding_ = Coding::Deflate;
    } else if (!coding->empty() && !equal_ignoring_case(*coding, "identity")) {
      return problem_of(415, "Content coding not supported",
                        "Of content codings gzip and deflate are understood; send the body in one of them.");
    }
  }
  return std::nullopt;
}

std::optional<Problem> RequestReader::Parser::check_head(std::string_view method_name) {
  head_done = true;
  const auto method = method_of(method_name);
  if (!method) {
    return problem_of(501, "Method not supported",
                      "Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, in capitals.");
  }
  request.method = *method;
  if (auto problem = check_host()) return problem;
  auto target = http::parse_target(request.target);
  if (!target.ok()) return malformed(target.error().message);
  if (target->path == "*" && *method != Method::Options) {
    return malformed("The target * goes with OPTIONS only.");
  }
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  if (!target->authority.empty()) request.host = std::move(target->authority);
  if (auto problem = check_codings()) return problem;
  if (const std::string* expectation = request.header("expect")) {
    if (!equal_ignoring_case(*expectation, "100-continue")) {
      return problem_of(417, "Expectation not supported", "Only Expect: 100-continue is understood.");
    }
    expects_continue = version >= 11;
  }
  return std::nullopt;
}

namespace {

Problem too_large(const BodyLimits& limits) {
  return problem_of(413, "Body too large",
                    "The body is larger than " + std::to_string(limits.wire_bytes) +
                        " bytes; send it in smaller parts, or compressed.");
}

}  // namespace

void RequestReader::Parser::on_chunk_header_impl(std::uint64_t size, string_view, error_code& ec) {
  if (size > body_limits.wire_bytes || body_wire_bytes > body_limits.wire_bytes - size) {
    refuse(too_large(body_limits), ec);
  }
}

std::size_t RequestReader::Parser::add_body(string_view bytes, error_code& ec) {
  body_wire_bytes += bytes.size();
  if (!coding_) {
    if (request.body.size() + bytes.size() > body_limits.inflated_bytes) {
      refuse(too_large({body_limits.inflated_bytes, 0}), ec);
    } else {
      request.body.append(bytes.data(), bytes.size());
    }
    return bytes.size();
  }
  if (!inflater_) inflater_.emplace(*coding_, body_limits.inflated_bytes, limits_.inflate_ratio);
  const Status status = inflater_->add(view(bytes), request.body);
  if (!status.ok()) {
    const bool is_limit = status.error().code == ErrorCode::Limit;
    refuse(is_limit ? problem_of(413, "Body too large", status.error().message)
                    : malformed(status.error().message),
           ec);
  }
  return bytes.size();
}

std::optional<Problem> RequestReader::Parser::finish_body() {
  if (!inflater_) return std::nullopt;
  const Status status = inflater_->finish();
  if (!status.ok()) return malformed(status.error().message);
  std::erase_if(request.headers, [](const Header& header) { return header.name == "content-encoding"; });
  return std::nullopt;
}

RequestReader::RequestReader(const ReadLimits& limits)
    : limits_(limits), parser_(std::make_unique<Parser>(limits_)) {}

RequestReader::~RequestReader() = default;

void RequestReader::reset() {
  parser_ = std::make_unique<Parser>(limits_);
  scanned_ = 0;
  line_start_ = 0;
  blank_passed_ = false;
}

Request& RequestReader::request() {
  return parser_->request;
}
const Problem& RequestReader::problem() const {
  return problem_;
}
bool RequestReader::keep_alive() const {
  return parser_->version >= 11 && parser_->keep_alive();
}
bool RequestReader::is_http_1_1() const {
  return parser_->version >= 11;
}
bool RequestReader::expects_continue() const {
  return parser_->expects_continue;
}
std::uint64_t RequestReader::body_wire_bytes() const {
  return parser_->body_wire_bytes;
}

RequestReader::Step RequestReader::refuse(unsigned status, std::string title, std::string detail) {
  problem_ = problem_of(status, std::move(title), std::move(detail));
  return Step::Refused;
}

RequestReader::Step RequestReader::read(std::string_view bytes, std::size_t& used) {
  used = 0;
  return parser_->head_done ? read_body(bytes, used) : read_head(bytes, used);
}

RequestReader::Step RequestReader::read_head(std::string_view bytes, std::size_t& used) {
  if (!blank_passed_ && scanned_ == 0 && bytes.substr(0, 2) == "\r\n") {
    blank_passed_ = true;  // RFC 9112 2.2: an empty line before a request is let pass
    used = 2;
    bytes.remove_prefix(2);
  }
  if (bytes.empty() || bytes == "\r") return Step::NeedMore;
  if (const char* fault = fault_of_first_byte(bytes.front())) {
    return refuse(400, "Malformed request", fault);
  }
  const HeadScan scan = scan_head(bytes, scanned_, line_start_);
  if (scan.fault != nullptr) return refuse(400, "Malformed request", scan.fault);
  if (line_start_ == 0 && scanned_ > limits_.target_bytes + kRequestLineExtra) {
    return refuse(414, "Address too long",
                  "The request target is longer than " + std::to_string(limits_.target_bytes) +
                      " bytes; send long values in the body.");
  }
  if (scanned_ > limits_.head_bytes) {
    return refuse(431, "Headers too large",
                  "The request's head is larger than " + std::to_string(limits_.head_bytes) +
                      " bytes; send smaller headers.");
  }
  if (scan.head_bytes == 0) return Step::NeedMore;
  error_code ec;
  parser_->put({bytes.data(), scan.head_bytes}, ec);
  used += scan.head_bytes;
  if (ec || !parser_->is_header_done()) {
    problem_ = parser_->fault ? *parser_->fault : problem_of(ec);
    return Step::Refused;
  }
  if (auto problem = parser_->check_head(parser_->method_text)) {
    problem_ = std::move(*problem);
    return Step::Refused;
  }
  return Step::HeadDone;
}

RequestReader::Step RequestReader::begin_body(const BodyLimits& limits) {
  parser_->body_limits = limits;
  parser_->eager(true);
  if (parser_->is_done()) return Step::Done;
  const auto length = parser_->content_length();
  if (length && *length > limits.wire_bytes) {
    problem_ = too_large(limits);
    return Step::Refused;
  }
  if (length) {
    // Why: a length is only a claim; what is reserved on its word stays small.
    parser_->request.body.reserve(std::min<std::size_t>(*length, kReservedBodyBytes));
  }
  return Step::NeedMore;
}

RequestReader::Step RequestReader::read_body(std::string_view bytes, std::size_t& used) {
  if (bytes.empty()) return Step::NeedMore;
  error_code ec;
  used = parser_->put({bytes.data(), bytes.size()}, ec);
  if (ec == beast_http::error::need_more) {
    if (bytes.size() - used <= kChunkHeaderBytes) return Step::NeedMore;
    return refuse(400, "Malformed request",
                  "A chunk's header or the trailer is too long; leave extensions out.");
  }
  if (ec) {
    problem_ = parser_->fault ? *parser_->fault : problem_of(ec);
    return Step::Refused;
  }
  if (!parser_->is_done()) return Step::NeedMore;
  if (auto problem = parser_->finish_body()) {
    problem_ = std::move(*problem);
    return Step::Refused;
  }
  return Step::Done;
}

}  // namespace handslag::http
