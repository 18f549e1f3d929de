// SPDX-License-Identifier: Apache-2.0
#include "app/demo/random.h"

namespace handslag::demo {
namespace {

// splitmix64 (Steele, Lea, Flood 2014): the state walks by the golden ratio, the output is mixed.
constexpr std::uint64_t kGoldenRatio = 0x9E37'79B9'7F4A'7C15ULL;

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBULL;
  return z ^ (z >> 31);
}

// −ln(1 − k/32) in hundred thousandths, k = 0 to 16: the exponential distribution up to its half.
constexpr std::int64_t kHalfExponential[] = {0,     3175,  6454,  9844,  13353, 16990, 20764, 24686, 28768,
                                             33024, 37469, 42121, 47000, 52130, 57536, 63252, 69315};
constexpr std::int64_t kHalves = 69315;  // ln 2

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t part) : state_(mixed(seed + kGoldenRatio) ^ mixed(part)) {}

std::uint64_t Random::next() {
  state_ += kGoldenRatio;
  return mixed(state_);
}

std::uint32_t Random::below(std::uint32_t n) {
  return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32);
}

std::int32_t Random::between(std::int32_t lowest, std::int32_t highest) {
  return lowest + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(highest - lowest + 1)));
}

bool Random::chance(std::uint32_t per_mille) {
  return below(1000) < per_mille;
}

std::int64_t Random::exponential(std::int64_t mean) {
  // Why: the distribution has no memory, so heads count halves and the rest is read from a table in whole
  // numbers.
  const std::uint64_t bits = next();
  std::int64_t halves = 0;
  while (halves < 20 && ((bits >> halves) & 1) != 0) ++halves;
  const auto cell = (bits >> 60) & 15;
  const auto inside = static_cast<std::int64_t>((bits >> 40) & 1023);
  const std::int64_t low = kHalfExponential[cell];
  const std::int64_t rest = low + (kHalfExponential[cell + 1] - low) * inside / 1024;
  return mean * (halves * kHalves + rest) / 100'000;
}

}  // namespace handslag::demo
