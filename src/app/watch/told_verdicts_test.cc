// SPDX-License-Identifier: Apache-2.0
#include "app/watch/told_verdicts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace handslag::app {
namespace {

using ByCustomer = std::map<model::CustomerIndex, std::vector<Told>>;

void expect_same(const ToldVerdicts& told, const ByCustomer& wanted, const std::string& where) {
  std::size_t size = 0;
  for (const auto& [customer, hers] : wanted) {
    const auto found = told.of(customer);
    ASSERT_EQ(std::vector(found.begin(), found.end()), hers) << where << ", customer " << customer;
    size += hers.size();
  }
  ASSERT_EQ(told.size(), size) << where;
}

// Whatever is replaced, and whoever still reads what was shared before.
TEST(ToldVerdicts, AreEachCustomersOwnAndStayAsTheyWereShared) {
  std::mt19937 random(7);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  constexpr std::uint32_t kCustomers = 50;  // more than three blocks
  ToldVerdicts told;
  ByCustomer wanted;
  for (model::CustomerIndex c = 0; c < kCustomers; ++c) wanted[c];
  std::vector<std::pair<ToldVerdicts, ByCustomer>> shared;
  for (std::uint32_t step = 0; step < 2'000; ++step) {
    const model::CustomerIndex customer = below(kCustomers), other = below(kCustomers);
    if (below(10) == 0 && customer != other) {
      told.join(customer, other);
      auto& into = wanted[customer];
      into.insert(into.end(), wanted[other].begin(), wanted[other].end());
      std::sort(into.begin(), into.end(),
                [](const Told& a, const Told& b) { return a.activation_row < b.activation_row; });
      wanted[other].clear();
    } else {
      std::vector<Told> fresh(below(5));
      for (std::uint32_t i = 0; i < fresh.size(); ++i) fresh[i].activation_row = 10 * step + i;
      told.replace(customer, fresh);
      wanted[customer] = fresh;
    }
    if (below(20) == 0) shared.emplace_back(told.share(), wanted);
    expect_same(told, wanted, "step " + std::to_string(step));
  }
  ASSERT_GT(shared.size(), 50U);
  for (std::size_t i = 0; i < shared.size(); ++i)
    expect_same(shared[i].first, shared[i].second, "shared " + std::to_string(i));
}

}  // namespace
}  // namespace handslag::app
