// SPDX-License-Identifier: Apache-2.0
#include "io/format/url_encoding.h"

#include <algorithm>

#include "base/text.h"

namespace handslag::format {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string form_decoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decoded(spaced);
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool may_be = text[i] == '%' && i + 2 < text.size();
    const int high = may_be ? hex_value(text[i + 1]) : -1;
    const int low = may_be ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

Result<std::vector<FormField>> parse_form(std::string_view text) {
  std::vector<FormField> fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (field.empty()) continue;
    if (fields.size() >= kMaxFormFields) {
      return over_limit("the form has more than " + std::to_string(kMaxFormFields) + " fields; send fewer");
    }
    const std::size_t equal = std::min(field.find('='), field.size());
    FormField& made = fields.emplace_back();
    made.name = form_decoded(field.substr(0, equal));
    made.value = form_decoded(field.substr(std::min(equal + 1, field.size())));
    if (!is_utf8(made.name) || !is_utf8(made.value)) {
      return invalid("field " + std::to_string(fields.size()) +
                     " of the form is not UTF-8; send it as UTF-8");
    }
  }
  return fields;
}

}  // namespace handslag::format
