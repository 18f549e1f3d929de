// SPDX-License-Identifier: Apache-2.0
// Not for you: the sets of own identifiers that events have joined, for the rules of this folder. The public
// header is identity.h. One thread.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "pure/identity/identity.h"

namespace handslag::identity {

/// Union-find with path halving; the least number is the root, so that it names the customer.
class Clusters {
 public:
  explicit Clusters(std::size_t identifiers) : parent_(identifiers) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::size_t size() const { return parent_.size(); }

  /// Identifiers up to `identifiers`, each new one alone.
  void grow(std::size_t identifiers) {
    while (parent_.size() < identifiers) parent_.push_back(static_cast<IdentifierNumber>(parent_.size()));
  }

  IdentifierNumber root(IdentifierNumber i) {
    while (parent_[i] != i) {
      parent_[i] = parent_[parent_[i]];
      i = parent_[i];
    }
    return i;
  }
  /// The same, leaving the paths as they are.
  IdentifierNumber root_of(IdentifierNumber i) const {
    while (parent_[i] != i) i = parent_[i];
    return i;
  }

  void join(IdentifierNumber a, IdentifierNumber b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<IdentifierNumber> parent_;
};

}  // namespace handslag::identity
