// SPDX-License-Identifier: Apache-2.0
#include "io/http/target.h"

#include <algorithm>

#include "base/text.h"
#include "base/url_encoding.h"

namespace handslag::http {
namespace {

void drop_last_segment(std::string& path) {
  path.resize(path.rfind('/'));
}

/// Appends "/segment" to `path`, or does what "", "." and ".." stand for.
Status add_segment(std::string_view raw, std::string& path) {
  const auto segment = percent_decode(raw);
  if (!segment) return invalid("The path has a \"%\" that begins no escape; write it as %25.");
  if (segment->find('/') != std::string::npos || segment->find('\0') != std::string::npos) {
    return invalid("The path has an escaped slash or NUL (%2F, %00); send such values in query or body.");
  }
  if (segment->empty() || *segment == ".") return {};
  if (*segment == "..") {
    if (path.empty()) return invalid("The path leads above the root; leave out the \"..\".");
    drop_last_segment(path);
    return {};
  }
  path += '/';
  path += *segment;
  return {};
}

Result<Target> parse_origin_form(std::string_view target) {
  Target parsed;
  const auto question = target.find('?');
  HANDSLAG_TRY(path, normal_path(target.substr(0, question)));
  parsed.path = std::move(path);
  if (question != std::string_view::npos) {
    HANDSLAG_TRY(query, parse_form(target.substr(question + 1)));
    parsed.query = std::move(query);
  }
  return parsed;
}

std::optional<std::string_view> after_scheme(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (equal_ignoring_case(target.substr(0, scheme.size()), scheme)) return target.substr(scheme.size());
  }
  return std::nullopt;
}

bool is_port(std::string_view text) {
  return text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_name_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
         c == '_';
}

bool is_bracket_letter(char c) {
  return hex_value(c) >= 0 || c == ':' || c == '.';
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string> percent_decode(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (escape_at(text, at) < 0) return std::nullopt;
  }
  return percent_decoded(text);
}

Result<std::string> normal_path(std::string_view raw) {
  if (raw.empty() || raw.front() != '/') return invalid("The path must begin with a slash.");
  std::string path;
  path.reserve(raw.size());
  std::string_view last;
  for (std::size_t at = 1; at <= raw.size();) {
    const auto end = std::min(raw.find('/', at), raw.size());
    last = raw.substr(at, end - at);
    HANDSLAG_CHECK_STATUS(add_segment(last, path));
    at = end + 1;
  }
  const auto decoded = percent_decode(last);
  const bool is_folder = decoded->empty() || *decoded == "." || *decoded == "..";
  if (path.empty() || is_folder) path += '/';
  if (!is_utf8(path)) return invalid("The path is not UTF-8; percent-encode its UTF-8 bytes.");
  return path;
}

Result<Target> parse_target(std::string_view target) {
  if (target == "*") return Target{"*", {}, {}};
  if (!target.empty() && target.front() == '/') return parse_origin_form(target);
  const auto rest = after_scheme(target);
  if (!rest) return invalid("The request target must be a path (\"/…\") or an http address.");
  const auto path_at = std::min(rest->find_first_of("/?"), rest->size());
  const std::string_view authority = rest->substr(0, path_at);
  if (!is_host(authority)) return invalid("The request target names no valid host.");
  std::string path(rest->substr(path_at));
  if (path.empty() || path.front() == '?') path.insert(0, "/");
  auto parsed = parse_origin_form(path);
  if (parsed.ok()) parsed->authority = authority;
  return parsed;
}

std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name) {
  for (std::size_t at = 0; at < header.size();) {
    const auto end = std::min(header.find(';', at), header.size());
    const std::string_view pair = trimmed(header.substr(at, end - at));
    at = end + 1;
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
    std::string_view value = trimmed(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return value;
  }
  return std::nullopt;
}

std::string_view host_without_port(std::string_view host) {
  if (!host.empty() && host.front() == '[')
    return host.substr(0, std::min(host.find(']'), host.size() - 1) + 1);
  return host.substr(0, host.find(':'));
}

bool is_host(std::string_view host) {
  const std::string_view name = host_without_port(host);
  std::string_view port = host.substr(name.size());
  if (!port.empty()) {
    if (port.front() != ':') return false;
    port.remove_prefix(1);
  }
  if (name.empty() || name.size() > 255 || !is_port(port)) return false;
  if (name.front() == '[') {
    const std::string_view inside = name.substr(1, name.size() - std::min<std::size_t>(2, name.size()));
    return name.size() > 2 && name.back() == ']' &&
           std::all_of(inside.begin(), inside.end(), is_bracket_letter);
  }
  return std::all_of(name.begin(), name.end(), is_name_letter);
}

}  // namespace handslag::http
