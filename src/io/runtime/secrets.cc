// SPDX-License-Identifier: Apache-2.0
#include "io/runtime/secrets.h"

#include <sodium.h>

#include <array>

#include "base/check.h"

namespace handslag::runtime {
namespace {

// Why at every door: libsodium wants it before the first call, and it costs a load when it is done.
void make_ready() {
  static const bool ready = sodium_init() >= 0;
  HANDSLAG_CHECK(ready, "libsodium finds no source of randomness");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string base64(const std::array<unsigned char, 32>& bytes) {
  std::array<char, 44> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

std::array<unsigned char, crypto_hash_sha256_BYTES> sha256_bytes(std::string_view bytes) {
  make_ready();
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), bytes_of(bytes), bytes.size());
  return digest;
}

}  // namespace

std::string random_secret() {
  make_ready();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return base64(bytes);
}

std::string sha256(std::string_view bytes) {
  const auto digest = sha256_bytes(bytes);
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  return text.data();
}

std::string derived_secret(std::string_view key, std::string_view text) {
  static_assert(crypto_auth_KEYBYTES == crypto_hash_sha256_BYTES);
  const auto short_key = sha256_bytes(key);
  std::array<unsigned char, crypto_auth_BYTES> tag{};
  crypto_auth(tag.data(), bytes_of(text), text.size(), short_key.data());
  return base64(tag);
}

bool is_same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace handslag::runtime
