// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/digest.h"

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <vector>

#include "io/runtime/disk.h"

namespace handslag::runtime {
namespace {

std::string hexadecimal(XXH128_hash_t hash) {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text.data();
}

}  // namespace

std::string digest_of_text(std::string_view text) {
  return hexadecimal(XXH3_128bits(text.data(), text.size()));
}

Result<std::string> digest_of_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return file_error("cannot read", path, errno);
  const auto close_file = [](const int* open) { ::close(*open); };
  const std::unique_ptr<const int, decltype(close_file)> closing(&descriptor, close_file);
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
  XXH3_128bits_reset(state.get());
  std::vector<char> block(1 << 18);
  while (true) {
    const ssize_t size = ::read(descriptor, block.data(), block.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return file_error("cannot read", path, errno);
    if (size == 0) return hexadecimal(XXH3_128bits_digest(state.get()));
    XXH3_128bits_update(state.get(), block.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace handslag::runtime
