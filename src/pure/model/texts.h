// SPDX-License-Identifier: Apache-2.0
// The dictionary of all texts that columns name by code. Code 0 is "no text".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace handslag::model {

inline constexpr std::uint32_t kNoText = 0;

class Texts {
 public:
  virtual ~Texts() = default;
  /// The text of a code that this dictionary gave; valid as long as the dictionary.
  virtual std::string_view text(std::uint32_t code) const = 0;
  /// The code of a text; nothing where no event holds it.
  virtual std::optional<std::uint32_t> code(std::string_view text) const = 0;
};

}  // namespace handslag::model
