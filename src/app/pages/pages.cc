// SPDX-License-Identifier: Apache-2.0
#include "app/pages/pages.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

constexpr std::string_view kDocument = "/index.html";
// Stands in the document where the word of the answer goes (web/vite.config.ts).
constexpr std::string_view kNonceMark = "@@NONCE@@";
constexpr std::string_view kNotBuilt =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Handslag</title></head>\n"
    "<body><h1>Handslag</h1>\n<p>The server runs, but its pages were not built into it. Run "
    "<code>./run</code> "
    "in the source, which builds them, then the program.</p>\n<p lang=\"sv\">Servern är i gång, men sidorna "
    "är "
    "inte inbyggda. Kör <code>./run</code> i källkoden, som bygger dem och sedan programmet.</p>\n"
    "</body></html>\n";

struct Shared {
  std::shared_ptr<const std::string> plain, gzip;  // no gzip: null
  std::string_view type;
};

std::string_view type_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kTypes{{
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".html", "text/html; charset=utf-8"},
      {".json", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

// Copied once, since an answer shares ownership of its body.
const std::map<std::string_view, Shared>& files() {
  static const auto* const kFiles = [] {
    auto* made = new std::map<std::string_view, Shared>();
    for (const PageFile& file : built_pages()) {
      auto gzip = file.gzip.empty() ? nullptr : std::make_shared<const std::string>(file.gzip);
      made->emplace(file.path, Shared{std::make_shared<const std::string>(file.bytes), std::move(gzip),
                                      type_of(file.path)});
    }
    return made;
  }();
  return *kFiles;
}

// "gzip" in Accept-Encoding, unless it is refused (q=0).
bool takes_gzip(const http::Request& request) {
  const std::string* accepted = request.header("accept-encoding");
  if (accepted == nullptr) return false;
  const std::size_t at = accepted->find("gzip");
  if (at == std::string::npos) return false;
  const std::string_view rest = std::string_view(*accepted).substr(at + 4);
  const std::string_view own = rest.substr(0, rest.find(','));
  const std::size_t weight = own.find("q=");
  return weight == std::string_view::npos || own.find_first_of("123456789", weight) != std::string_view::npos;
}

void add_safety(http::Response& response) {
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  response.headers.push_back({"Cross-Origin-Resource-Policy", "same-origin"});
}

std::string policy(std::string_view nonce, std::span<const std::string> embedded_by) {
  std::string ancestors = "'self'";
  for (const std::string& origin : embedded_by) ancestors += " " + origin;
  return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + std::string(nonce) +
         "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
         "frame-ancestors " +
         ancestors;
}

std::string with_nonce(std::string_view document, std::string_view nonce) {
  std::string text;
  text.reserve(document.size() + 256);
  for (std::size_t at = 0; at < document.size();) {
    const std::size_t mark = document.find(kNonceMark, at);
    text.append(document.substr(at, mark - at));
    if (mark == std::string_view::npos) break;
    text.append(nonce);
    at = mark + kNonceMark.size();
  }
  return text;
}

}  // namespace

bool is_asked_by_browser(const http::Request& request) {
  if (request.method != http::Method::Get && request.method != http::Method::Head) return false;
  const std::string* accepted = request.header("accept");
  return accepted != nullptr && accepted->find("text/html") != std::string::npos;
}

http::Response page_document(std::span<const std::string> embedded_by) {
  const auto found = files().find(kDocument);
  const std::string_view document =
      found == files().end() ? kNotBuilt : std::string_view(*found->second.plain);
  const std::string nonce = runtime::random_secret();
  http::Response response = http::text_response(200, "text/html; charset=utf-8", with_nonce(document, nonce));
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Vary", "Accept"});
  response.headers.push_back({"Content-Security-Policy", policy(nonce, embedded_by)});
  response.headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
  add_safety(response);
  return response;
}

std::optional<http::Response> page_asset(const http::Request& request) {
  const auto found = files().find(std::string_view(request.path));
  if (found == files().end() || found->first == kDocument) return std::nullopt;
  const Shared& file = found->second;
  http::Response response;
  response.headers = {{"Content-Type", std::string(file.type)},
                      {"Cache-Control", "public, max-age=31536000, immutable"},
                      {"Vary", "Accept-Encoding"}};
  add_safety(response);
  const bool is_compressed = file.gzip != nullptr && takes_gzip(request);
  if (is_compressed) response.headers.push_back({"Content-Encoding", "gzip"});
  response.shared_body = is_compressed ? file.gzip : file.plain;
  return response;
}

}  // namespace handslag::app
