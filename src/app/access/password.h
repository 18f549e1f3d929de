// SPDX-License-Identifier: Apache-2.0
// Passwords: which are good enough, and their slow hash (argon2id of libsodium).
//
// A hash takes some tenths of a second and 64 MiB with the usual cost, so never ask on a thread that serves
// others. PasswordHasher makes one at a time and lets few wait: memory stays bounded however many try to sign
// in.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace handslag::app {

inline constexpr std::size_t kMostPasswordBytes = 1024;

/// What a password must be: 12 to 1024 bytes of UTF-8, of at least 12 characters and five different ones, not
/// the login nor holding it, and none of the worst. Error Invalid says which, and never repeats it.
Status check_password(std::string_view password, std::string_view login);

struct PasswordCost {
  unsigned long long operations;
  std::size_t memory_bytes;
};
/// RFC 9106, section 4, the second recommended choice: 3 passes over 64 MiB. Why not more: one is made at a
/// time, and at eight in the morning everybody signs in.
PasswordCost usual_password_cost();
/// The least that libsodium takes; for tests.
PasswordCost least_password_cost();

/// Any thread.
class PasswordHasher {
 public:
  explicit PasswordHasher(PasswordCost cost);

  /// As crypto_pwhash_str. Errors: Limit (too many wait, try again in a second), Unavailable (no memory).
  Result<std::string> hash(std::string_view password);
  /// Errors as hash(). An empty `stored` never matches, and takes as long as one that does.
  Result<bool> matches(std::string_view password, std::string_view stored);
  /// Made with another cost than today's.
  bool is_outdated(std::string_view stored) const;

  static constexpr int kMostWaiting = 8;

 private:
  class Turn;

  const PasswordCost cost_;
  const std::string nobody_;  // a hash that no password matches
  std::mutex counting_, hashing_;
  int waiting_ = 0;
};

}  // namespace handslag::app
