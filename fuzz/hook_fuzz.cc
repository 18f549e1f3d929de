// SPDX-License-Identifier: Apache-2.0
// Any bytes as a hook's settings, and, where they are some, a webhook by it; and as a webhook by a known
// hook.
#include "fuzz/check_wire.h"
#include "io/format/hook.h"

namespace {

void read(const handslag::format::Hook& hook, std::string_view body) {
  using namespace handslag;
  const std::vector<format::WireHeader> headers = {{"content-type", "application/json"}, {"x-topic", "a"}};
  format::WireRequest request;
  request.query = "a=1&b=%20";
  request.headers = headers;
  request.body = body;
  fuzz::check_read(format::read_hook(hook, request, fuzz::setting_of(true)), true);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  static const format::Hook kHook =
      format::parse_hook(
          "[hook]\nsignature = \"none\"\n[[event]]\ntype = \"header:x-topic\"\n"
          "when = \"at\"\nid = \"id\"\nkeys = { matter = \"ticket.id\" }\ndata_rest = true\n"
          "[[event]]\ntype = { column = \"type\" }\nwhen = \"request:received\"\n",
          "fuzz.toml")
          .value();
  const std::string_view bytes = fuzz::bytes_of(data, size);
  read(kHook, bytes);
  const auto hook = format::parse_hook(bytes, "fuzz.toml");
  if (hook.ok()) {
    read(*hook, R"([{"id":1,"type":"a","at":"2026-01-01T00:00:00Z","ticket":{"id":7}},{"b":[1,"x"]}])");
  } else {
    HANDSLAG_CHECK(!hook.error().message.empty(), "an error without a message");
  }
  return 0;
}
