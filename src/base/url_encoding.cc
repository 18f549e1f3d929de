// SPDX-License-Identifier: Apache-2.0
#include "base/url_encoding.h"

#include <algorithm>

#include "base/text.h"

namespace handslag {
namespace {

std::string form_decoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decoded(spaced);
}

bool is_clean_text(std::string_view text) {
  return text.find('\0') == std::string_view::npos && is_utf8(text);
}

}  // namespace

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int escape_at(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || text[at] != '%') return -1;
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int escaped = escape_at(text, i);
    decoded += escaped < 0 ? text[i] : static_cast<char>(escaped);
    if (escaped >= 0) i += 2;
  }
  return decoded;
}

Result<std::vector<FormField>> parse_form(std::string_view text) {
  std::vector<FormField> fields;
  while (!text.empty()) {
    const std::string_view field = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(field.size() + 1, text.size()));
    if (field.empty()) continue;
    if (fields.size() >= kMaxFormFields) {
      return over_limit("the query or form has more than " + std::to_string(kMaxFormFields) +
                        " fields; send fewer");
    }
    const std::size_t equal = std::min(field.find('='), field.size());
    FormField& made = fields.emplace_back();
    made.name = form_decoded(field.substr(0, equal));
    made.value = form_decoded(field.substr(std::min(equal + 1, field.size())));
    if (!is_clean_text(made.name) || !is_clean_text(made.value)) {
      return invalid("field " + std::to_string(fields.size()) +
                     " of the query or form holds NUL or is not UTF-8; percent-encode the UTF-8 bytes");
    }
  }
  return fields;
}

}  // namespace handslag
