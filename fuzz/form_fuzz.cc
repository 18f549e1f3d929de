// SPDX-License-Identifier: Apache-2.0
// Any bytes as a form, as Base64, as a query and URL that are signed, and as a form that a map reads.
#include "base/text.h"
#include "base/url_encoding.h"
#include "fuzz/check_wire.h"
#include "io/format/base64.h"
#include "io/format/hook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace handslag;
  static const format::Hook kHook =
      format::parse_hook(
          "[hook]\nsignature = \"twilio\"\n[[event]]\ntype = { column = \"type\" }\n"
          "when = \"request:received\"\ndata_rest = true\n",
          "fuzz.toml")
          .value();
  const std::string_view bytes = fuzz::bytes_of(data, size);
  if (const auto fields = parse_form(bytes); fields.ok()) {
    for (const FormField& field : *fields)
      HANDSLAG_CHECK(is_utf8(field.name) && is_utf8(field.value), "a field that is not UTF-8");
  }
  if (const auto decoded = format::base64_decoded(bytes))
    HANDSLAG_CHECK(format::base64_decoded(format::base64(*decoded)) == decoded,
                   "Base64 that does not come back");
  const std::vector<format::WireHeader> headers = {{"content-type", "application/x-www-form-urlencoded"},
                                                   {"x-twilio-signature", "x"}};
  format::WireRequest request;
  request.full_url = bytes;
  request.query = bytes;
  request.headers = headers;
  request.body = bytes;
  fuzz::check_read(format::read_hook(kHook, request, fuzz::setting_of(true)), true);
  const std::vector<std::string> secrets = {"secret"};
  HANDSLAG_CHECK(!format::check_signature(*kHook.signature, secrets, request, {}).ok(),
                 "a signature out of thin air");
  return 0;
}
