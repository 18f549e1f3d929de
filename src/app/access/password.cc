// SPDX-License-Identifier: Apache-2.0
#include "app/access/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/check.h"
#include "base/text.h"

namespace handslag::app {
namespace {

constexpr std::size_t kLeastCharacters = 12;
constexpr std::size_t kLeastDifferent = 5;

// Of the lists of leaked passwords, those that the other rules let through, and ours.
constexpr std::string_view kWorst[] = {
    "password1234",     "password12345",    "passwordpassword", "lösenord1234", "lösenord12345",
    "lösenordlösenord", "losenord1234",     "losenord12345",    "123456789012", "1234567890123",
    "0123456789ab",     "qwertyuiop12",     "qwertyuiop123",    "qwertyuiopå",  "qwertyuiopåä",
    "qwerty123456",     "1q2w3e4r5t6y",     "1qaz2wsx3edc",     "qwe123qwe123", "abc123abc123",
    "abcd1234abcd",     "abcdefghijkl",     "letmein12345",     "welcome12345", "välkommen123",
    "valkommen123",     "sommar123456",     "vinter123456",     "hejhejhejhej", "hemligt12345",
    "administrator",    "administrator1",   "admin1234567",     "iloveyou1234", "changeme1234",
    "handslag1234",     "handslaghandslag", "stockholm123",     "sverige12345", "kundkund1234",
};

std::string lower_ascii(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

// A well-formed hash of a cost that was made of no password: verifying it does the whole work.
std::string hash_of_nobody(PasswordCost cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) +
         ",t=" + std::to_string(cost.operations) + ",p=1$" + std::string(22, 'A') + "$" +
         std::string(43, 'A');
}

}  // namespace

Status check_password(std::string_view password, std::string_view login) {
  if (password.size() > kMostPasswordBytes) return invalid("a password may be 1,024 bytes long");
  if (!is_utf8(password)) return invalid("a password must be text (UTF-8)");
  if (count_code_points(password) < kLeastCharacters) {
    return invalid("a password needs at least 12 characters; a few words in a row are easy to keep in mind");
  }
  if (std::set<char>(password.begin(), password.end()).size() < kLeastDifferent) {
    return invalid("a password needs at least five different characters");
  }
  const std::string lowered = lower_ascii(password);
  if (!login.empty() && lowered.find(lower_ascii(login)) != std::string::npos) {
    return invalid("a password must not hold the login");
  }
  if (std::find(std::begin(kWorst), std::end(kWorst), lowered) != std::end(kWorst)) {
    return invalid("this password is among the first that everybody tries; choose another");
  }
  return {};
}

PasswordCost usual_password_cost() {
  return {3, 64 << 20};
}

PasswordCost least_password_cost() {
  return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

// One hashes, few wait, the rest is sent away.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher), lock_(hasher.hashing_, std::defer_lock) {
    {
      const std::lock_guard counting(hasher_.counting_);
      if (hasher_.waiting_ > kMostWaiting) return;
      ++hasher_.waiting_;
    }
    lock_.lock();
  }
  ~Turn() {
    if (!is_granted()) return;
    const std::lock_guard counting(hasher_.counting_);
    --hasher_.waiting_;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool is_granted() const { return lock_.owns_lock(); }
  static Error refusal() {
    return over_limit("too many are signing in at the same time; try again in a second");
  }

 private:
  PasswordHasher& hasher_;
  std::unique_lock<std::mutex> lock_;
};

PasswordHasher::PasswordHasher(PasswordCost cost) : cost_(cost), nobody_(hash_of_nobody(cost)) {
  HANDSLAG_CHECK(sodium_init() >= 0, "libsodium finds no source of randomness");
  HANDSLAG_CHECK(!is_outdated(nobody_), "the hash of nobody has the cost of everybody's");
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  const Turn turn(*this);
  if (!turn.is_granted()) return Turn::refusal();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str(text.data(), password.data(), password.size(), cost_.operations,
                        cost_.memory_bytes) != 0) {
    return unavailable("no memory is free for checking a password; close other programs");
  }
  return std::string(text.data());
}

Result<bool> PasswordHasher::matches(std::string_view password, std::string_view stored) {
  if (password.size() > kMostPasswordBytes) stored = {};
  const std::string_view cut = password.substr(0, kMostPasswordBytes);
  const std::string hash(stored.empty() ? std::string_view(nobody_) : stored);
  const Turn turn(*this);
  if (!turn.is_granted()) return Turn::refusal();
  const bool is_match = crypto_pwhash_str_verify(hash.c_str(), cut.data(), cut.size()) == 0;
  return is_match && !stored.empty();
}

bool PasswordHasher::is_outdated(std::string_view stored) const {
  return crypto_pwhash_str_needs_rehash(std::string(stored).c_str(), cost_.operations, cost_.memory_bytes) !=
         0;
}

}  // namespace handslag::app
