// SPDX-License-Identifier: Apache-2.0
// Who the demo's customers are and by which identifiers each system knows them. Made up, but for identity
// numbers, which are official test numbers. Immutable once made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/demo/days.h"
#include "pure/model/event.h"

namespace handslag::demo {

/// The two merged companies. A customer can be with both.
enum class Brand : std::uint8_t { Nord, Fjord };
const char* brand_name(Brand brand);

struct Person {
  std::uint32_t number = 0;    // 0 is Karin
  std::uint32_t identity = 0;  // 1 + index of her test number; 0: none known
  std::uint32_t household = 0;
  std::int32_t joined = 0;    // day she became a customer; 0: was one when the demo begins
  Brand brand = Brand::Nord;  // the company she came from
  bool has_both = false;      // and is with the other one too
  bool can_leave = true;      // false: the housing association chose for her
  bool has_fibre = false;
  bool is_protected = false;      // protected identity: no address anywhere
  std::uint8_t shares_phone = 0;  // 1: the household's phone is all she gave
  std::uint8_t area = 0;          // of the network
  std::uint8_t segment = 0;       // index into kSegments

  bool is_with(Brand other) const { return has_both || brand == other; }
};

inline constexpr const char* kSegments[] = {"family", "single", "senior", "small business"};
inline constexpr std::uint32_t kAreas = 40;

/// Everybody, in the order of their numbers; the first is Karin.
std::vector<Person> make_people(std::uint32_t customers, std::uint64_t seed, const Days& days);

// Her identifiers. The texts are made anew at each call.
std::string email_of(const Person& person);
std::string phone_of(const Person& person);
std::string address_of(const Person& person);
std::string customer_number(const Person& person, Brand brand);
/// Twelve digits; empty where none is known.
std::string identity_number(const Person& person);

/// Where events come from.
enum class Source : std::uint8_t {
  App,
  BillingFjord,
  BillingNord,
  CallCentre,
  Campaign,
  Cases,
  Chat,
  CrmFjord,
  CrmNord,
  FieldSales,
  Ivr,
  Logistics,
  Network,
  Shop,
  Survey,
  WebshopNord,
};
inline constexpr std::size_t kSources = 16;
const char* source_name(Source source);

/// How much a source knows of who it is.
enum class Known : std::uint8_t {
  Little,    // what comes by itself: a phone number, an address
  Customer,  // a customer number or an e-mail address beside it
  Fully,     // the identity number too
};

/// Appends the identifiers by which `source` names her.
void add_subject(const Person& person, Source source, Known known, std::vector<model::Identifier>& subject);

}  // namespace handslag::demo
