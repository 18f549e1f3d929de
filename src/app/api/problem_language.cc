// SPDX-License-Identifier: Apache-2.0
#include "app/api/problem_language.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/language/swedish.h"

namespace handslag::app {
namespace {

using OrderedJson = nlohmann::ordered_json;

bool is_problem(const http::Response& response) {
  return response.status >= 400 &&
         std::any_of(response.headers.begin(), response.headers.end(), [](const http::Header& header) {
           return header.name == "Content-Type" && header.value == "application/problem+json";
         });
}

void translate(OrderedJson& holder, const char* name, Language language) {
  const auto text = holder.find(name);
  if (text != holder.end() && text->is_string())
    *text = in_language(text->get_ref<const std::string&>(), language);
}

}  // namespace

void tell_in(Language language, http::Response& response) {
  if (language == Language::English || !is_problem(response)) return;
  OrderedJson document = OrderedJson::parse(response.body, nullptr, false);
  if (!document.is_object()) return;
  for (const char* name : {"title", "detail"}) translate(document, name, language);
  const auto errors = document.find("errors");
  if (errors != document.end() && errors->is_array()) {
    for (OrderedJson& error : *errors)
      if (error.is_object()) translate(error, "detail", language);
  }
  response.body = document.dump(-1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace handslag::app
