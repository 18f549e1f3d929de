// SPDX-License-Identifier: Apache-2.0
// Text of any of the usual encodings as UTF-8, while it is read. One thread.
#pragma once

#include <optional>
#include <string_view>

#include "io/runtime/file.h"

namespace handslag::format {

enum class Encoding : std::uint8_t { Utf8, Windows1252, Utf16LittleEndian, Utf16BigEndian };

/// The encoding that a map names: "utf-8", "latin1" and "windows-1252" (one and the same, as browsers have
/// it), "utf-16le", "utf-16be". Nothing for other words.
std::optional<Encoding> encoding_from_name(std::string_view name);

/// By byte order mark; else UTF-8 where `head` is well-formed UTF-8 (but for a character cut at its end),
/// else windows-1252.
Encoding detect_encoding(std::string_view head);

/// `source`, which begins with `head`, as UTF-8 without a byte order mark. UTF-8 itself is passed on
/// unchecked; lone surrogates become U+FFFD.
std::unique_ptr<runtime::ByteSource> decode(std::unique_ptr<runtime::ByteSource> source, Encoding encoding,
                                            std::string_view head);

}  // namespace handslag::format
