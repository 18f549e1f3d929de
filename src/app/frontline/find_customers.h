// SPDX-License-Identifier: Apache-2.0
// From what somebody asks for to customers. On the live system's thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/watch/live.h"
#include "base/result.h"

namespace handslag::app {

inline constexpr std::size_t kMostCandidates = 20;

/// One of these, the first that is not empty counts.
struct AskedFor {
  std::string_view customer;    // "c12"
  std::string_view identifier;  // "email:anna@example.se"
  std::string_view phone, order, matter;
  std::string_view anything;  // the search field
};

struct FoundCustomers {
  std::vector<model::CustomerIndex> customers;  // at most kMostCandidates
  std::string by;                               // "customer", "email", "order" …
  /// The identifier that hit, where it was one.
  model::Identifier identifier;
  bool has_more = false;  // than kMostCandidates
};

/// Nobody: `customers` is empty. Error Invalid: nothing was asked for, or an identifier without its type.
/// Cost: a few look-ups; orders and matters as Live::find_value says.
Result<FoundCustomers> find_customers(const Live& live, const AskedFor& asked, Date today);

/// The customers known by the identifier in any of its spellings, and for "phone" also by types such as
/// "phone@billing". The first spelling that hits.
FoundCustomers find_by_identifier(const Live& live, const model::Identifier& typed, Date today);

}  // namespace handslag::app
