// SPDX-License-Identifier: Apache-2.0
// Any bytes as a promise file: they give promises or diagnostics, every diagnostic can be shown, and what is
// laid out reads back as the same promises, in either spelling.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "pure/promise/format.h"
#include "pure/promise/parse.h"

using namespace handslag::promise;

namespace {

void show_all(const Parsed& parsed, std::string_view text) {
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    HANDSLAG_CHECK(diagnostic.span.from <= text.size(), "a place inside the text");
    for (Language language : {Language::English, Language::Swedish}) {
      HANDSLAG_CHECK(!render(diagnostic, "f.promise", text, language).empty(), "a text for every diagnostic");
    }
  }
}

void lay_out(const Parsed& parsed, std::string_view text) {
  auto once = format_file(text);
  if (!once.ok()) {
    HANDSLAG_CHECK(!parsed.ok(), "what parses can be laid out");
    return;
  }
  const Parsed again = parse(*once);
  HANDSLAG_CHECK(once->size() > kMaxTextBytes || again.promises == parsed.promises,
                 "the same promises again");
  auto twice = format_file(*once);
  HANDSLAG_CHECK(once->size() > kMaxTextBytes || (twice.ok() && *twice == *once),
                 "laid out twice is laid out once");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Parsed parsed = parse(text);
  show_all(parsed, text);
  lay_out(parsed, text);
  for (const Promise& promise : parsed.promises) {
    const std::string laid_out = format_promise(promise, parsed.spelling);
    const Parsed alone = parse(laid_out);
    HANDSLAG_CHECK(alone.promises.size() == 1 && alone.promises.front() == promise, "one promise reads back");
  }
  return 0;
}
