// SPDX-License-Identifier: Apache-2.0
// The web pages, which lie inside the program: what web's build made (web/dist), or, where nobody has built
// them, one page that says how to. A page is always the same document; it finds out by its own script what
// its path shows, so every path that is nobody else's answers with it. Any thread.
//
// Nothing on a page comes from another host, and no script stands in the document: the Content-Security-
// Policy allows files of our own alone, and styles besides by a word that is new in each answer (`nonce`).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "io/http/message.h"

namespace handslag::app {

/// One file of web's build, as CMake put it into the program (built.cmake).
struct PageFile {
  std::string_view path;  // "/index.html", "/assets/index-B7c2.js"
  std::string_view bytes;
  std::string_view gzip;  // the same compressed; empty where that would not be smaller
};

/// In the order of their paths; none where the pages were not built.
std::span<const PageFile> built_pages();

/// Whether a person's browser asks: it reads, and it takes text/html by name.
bool is_asked_by_browser(const http::Request& request);

/// The document, never cached. 200. A page of another origin shows it in a frame only where that is one of
/// `embedded_by` ("https://crm.example.se").
http::Response page_document(std::span<const std::string> embedded_by = {});

/// A file that the document names, such as /assets/index-B7c2.js, to be kept for ever, since its name changes
/// with what it holds; compressed for those who take gzip. Nothing where there is none.
std::optional<http::Response> page_asset(const http::Request& request);

}  // namespace handslag::app
