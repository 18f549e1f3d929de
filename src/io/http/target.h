// SPDX-License-Identifier: Apache-2.0
// The parts of a request that we take apart ourselves: target, path, query, form, cookies, host. Pure
// functions over bytes from outside; linear in their length, no recursion. An Error's message is a sentence
// for whoever sent it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "io/http/message.h"

namespace handslag::http {

struct Target {
  std::string path;  // as Request::path; "*" for the asterisk form
  std::vector<Parameter> query;
  std::string authority;  // of the absolute form ("http://host/path"), else ""
};

/// Origin form ("/a?b"), absolute form (http, https) or "*". Error Invalid for anything else.
Result<Target> parse_target(std::string_view target);

/// A path as Request::path has it. Error Invalid: no slash in front, a broken or forbidden escape (%zz, %2F,
/// %00), not UTF-8, or ".." above the root.
Result<std::string> normal_path(std::string_view raw);

/// Nothing where an escape is broken.
std::optional<std::string> percent_decode(std::string_view text);

/// The first value of `name` in a Cookie header ("a=1; b=\"2\""), without quotes.
std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name);

/// True for "name", "name:80", "192.0.2.1", "[2001:db8::1]:443".
bool is_host(std::string_view host);
std::string_view host_without_port(std::string_view host);

/// ASCII only.
std::string lower_case(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace handslag::http
