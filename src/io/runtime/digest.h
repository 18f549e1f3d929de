// SPDX-License-Identifier: Apache-2.0
// XXH3-128: tells files apart and finds damaged ones. Not against forgery, and nothing here rests on that.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace handslag::runtime {

/// 32 hexadecimal digits.
std::string digest_of_text(std::string_view text);

/// Of a file's bytes as they lie on disk (a .gz is not unpacked). Several GB a second from the page cache.
Result<std::string> digest_of_file(const std::string& path);

}  // namespace handslag::runtime
