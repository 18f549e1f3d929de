// SPDX-License-Identifier: Apache-2.0
// Any bytes as a connection's requests, whole and cut in two at a place that the first byte chooses: both
// ways must come to the same requests. And as target, form, cookies, host.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "base/url_encoding.h"
#include "io/http/request_reader.h"
#include "io/http/target.h"

namespace {

using namespace handslag;
using http::RequestReader;

constexpr http::ReadLimits kLimits{4096, 1024, 20, 50};
constexpr http::BodyLimits kBodyLimits{8192, 16384};

void check_request(const http::Request& request) {
  HANDSLAG_CHECK(request.path == "*" || request.path.front() == '/', "a path without slash");
  HANDSLAG_CHECK(is_utf8(request.path) && request.path.find('\0') == std::string::npos,
                 "a path that is no text");
  HANDSLAG_CHECK(request.path.find("//") == std::string::npos, "a path that is not normal");
  HANDSLAG_CHECK((request.path + "/").find("/../") == std::string::npos, "a path that climbs");
  HANDSLAG_CHECK(request.headers.size() <= kLimits.header_count, "more headers than allowed");
  HANDSLAG_CHECK(request.target.size() <= kLimits.target_bytes, "a longer target than allowed");
  HANDSLAG_CHECK(request.body.size() <= kBodyLimits.inflated_bytes, "a larger body than allowed");
}

/// The requests of a connection whose bytes come up to `first_part`, then the rest.
std::string read_connection(std::string_view bytes, std::size_t first_part) {
  RequestReader reader(kLimits);
  std::string outcome;
  std::size_t there = first_part;
  for (std::size_t at = 0;;) {
    std::size_t used = 0;
    RequestReader::Step step = reader.read(bytes.substr(at, there - at), used);
    HANDSLAG_CHECK(used <= there - at, "more read than there was");
    at += used;
    if (step == RequestReader::Step::HeadDone) {
      step = reader.begin_body(kBodyLimits);
      if (step == RequestReader::Step::NeedMore) continue;
    }
    if (step == RequestReader::Step::Done) {
      check_request(reader.request());
      outcome += reader.request().path + "|" + reader.request().body + "|";
      reader.reset();
      if (at < there) continue;
    } else if (step == RequestReader::Step::Refused) {
      HANDSLAG_CHECK(reader.problem().status >= 400 && !reader.problem().detail.empty(),
                     "refused without reason");
      return outcome + "refused";
    }
    if (there == bytes.size()) return outcome;
    there = bytes.size();
  }
}

void check_parts(std::string_view bytes) {
  const auto target = http::parse_target(bytes);
  if (target.ok() && target->path != "*") {
    const auto again = http::normal_path(target->path);
    // A path is normal once: only a "%" that was written as %25 may be read otherwise the second time.
    HANDSLAG_CHECK(target->path.find('%') != std::string::npos || (again.ok() && *again == target->path),
                   "a path that is not yet normal");
  }
  const auto form = parse_form(bytes);
  if (form.ok()) {
    for (const http::Parameter& parameter : *form)
      HANDSLAG_CHECK(is_utf8(parameter.value), "a value that is no text");
  }
  const auto cookie = http::find_cookie(bytes, "a");
  HANDSLAG_CHECK(!cookie || cookie->size() <= bytes.size(), "a cookie from nowhere");
  if (http::is_host(bytes)) {
    HANDSLAG_CHECK(!http::host_without_port(bytes).empty(), "a host without a name");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t cut = bytes.size() * data[0] / 256;
  HANDSLAG_CHECK(read_connection(bytes, bytes.size()) == read_connection(bytes, cut),
                 "another outcome when the bytes come in two parts");
  check_parts(bytes);
  return 0;
}
