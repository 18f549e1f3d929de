// SPDX-License-Identifier: Apache-2.0
// Makes one CSV file of five columns that both we and DuckDB read: customers who order, with a promised time,
// are delivered to, and are in touch. make_rows ROWS > rows.csv; the same ROWS give the same file.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/time.h"

namespace handslag::bench {
namespace {

constexpr std::uint64_t kRowsEach = 20;  // of a customer: seven orders, their deliveries, six contacts
constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;

// splitmix64: well mixed and the same everywhere.
std::uint64_t mixed(std::uint64_t number) {
  number += 0x9E3779B97F4A7C15ULL;
  number = (number ^ (number >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  number = (number ^ (number >> 27U)) * 0x94D049BB133111EBULL;
  return number ^ (number >> 31U);
}

void print_row(std::uint64_t customer, Timestamp time, const char* type, std::uint64_t order,
               const std::string& promised) {
  const std::string key = order == 0 ? "" : "A-" + std::to_string(order);
  std::printf("%llu,%s,%s,%s,%s\n", static_cast<unsigned long long>(customer), format_rfc3339(time).c_str(),
              type, key.c_str(), promised.c_str());
}

// Row `number` of all: rounds of all customers, so that the file is in the order of time, not of customers.
void row(std::uint64_t number, std::uint64_t customers) {
  const std::uint64_t customer = number % customers, round = number / customers;
  const std::int64_t start = 1'700'000'000 * kMicrosPerSecond;
  const auto jitter = static_cast<std::int64_t>(mixed(number) % 20);
  const Timestamp time{start + (static_cast<std::int64_t>(round) * 48 + jitter) * kHour};
  const std::uint64_t order = customer * kRowsEach + round / 3 + 1;
  switch (round % 3) {
    case 0:
      return print_row(customer, time, "order.placed", order, format_rfc3339({time.us + 50 * kHour}));
    case 1:
      return print_row(customer, time, "order.delivered", order, "");
    default:
      return print_row(customer, time, "contact.started", 0, "");
  }
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  const std::uint64_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
  const std::uint64_t customers = rows < handslag::bench::kRowsEach ? 1 : rows / handslag::bench::kRowsEach;
  std::puts("customer_no,time,type,order,promised_at");
  for (std::uint64_t i = 0; i < rows; ++i) handslag::bench::row(i, customers);
}
