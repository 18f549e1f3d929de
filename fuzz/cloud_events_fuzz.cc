// SPDX-License-Identifier: Apache-2.0
// Any bytes as a CloudEvent in its three modes. Of a binary one, the lines before an empty one are its
// headers.
#include <vector>

#include "fuzz/check_wire.h"
#include "io/format/cloud_events.h"

namespace {

void read(std::vector<handslag::format::WireHeader> headers, std::string_view body, bool is_fixed) {
  handslag::format::WireRequest request;
  request.headers = headers;
  request.body = body;
  handslag::fuzz::check_read(
      handslag::format::read_cloud_events(request, handslag::fuzz::setting_of(is_fixed)), is_fixed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  const std::string_view bytes = fuzz::bytes_of(data, size);
  std::vector<format::WireHeader> headers;
  std::string_view rest = bytes;
  while (headers.size() < 100) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || end == 0) break;
    const std::string_view line = rest.substr(0, end);
    const std::size_t colon = std::min(line.find(':'), line.size());
    headers.push_back({line.substr(0, colon), line.substr(std::min(colon + 1, line.size()))});
    rest.remove_prefix(end + 1);
  }
  for (bool is_fixed : {true, false}) {
    read(headers, rest, is_fixed);
    read({{"content-type", "application/cloudevents+json"}}, bytes, is_fixed);
    read({{"content-type", "application/cloudevents-batch+json"}}, bytes, is_fixed);
  }
  return 0;
}
