// SPDX-License-Identifier: Apache-2.0
#include "app/demo/people.h"

#include <algorithm>

#include "app/demo/random.h"
#include "app/demo/shares.h"
#include "app/demo/test_numbers.h"

namespace handslag::demo {
namespace {

constexpr const char* kFirstNames[] = {
    "anna",  "erik",   "maria", "lars",  "eva",    "karl",   "lena",  "nils",   "sara",  "olle",  "maja",
    "johan", "ida",    "per",   "hanna", "anders", "elin",   "jonas", "fatima", "ahmed", "leyla", "mikko",
    "aino",  "astrid", "oskar", "wilma", "sven",   "ingrid", "amir",  "linnea", "hugo",  "saga"};
constexpr const char* kLastNames[] = {"berg", "lind",  "holm",   "dahl",     "nyman", "ek",     "sjostrand",
                                      "wall", "norin", "hassan", "virtanen", "aalto", "strand", "lund",
                                      "falk", "hed",   "kvist",  "sandin",   "ask",   "moberg", "rask"};
constexpr const char* kStreets[] = {"Exempelvägen", "Påhittsgatan", "Provvägen", "Låtsasgränd", "Testtorget"};

constexpr const char* kKarinsIdentity = "196808199266";

std::uint32_t find_test_number(const std::string& digits) {
  for (std::uint32_t i = 0; i < test_number_count(); ++i) {
    if (test_number(i) == digits) return i;
  }
  return 0;
}

Person karin() {
  Person person;
  person.identity = 1 + find_test_number(kKarinsIdentity);
  person.brand = Brand::Fjord;
  person.has_both = true;
  person.can_leave = false;
  person.area = 7;
  return person;
}

/// Spreads customers over the table, each number once; beyond the table there are none left.
std::uint32_t identity_for(std::uint32_t number, std::uint32_t karins) {
  const std::uint32_t count = test_number_count();
  constexpr std::uint32_t kStride =
      10'007;  // a prime that does not divide the count, so every index is met once
  if (number >= count) return 0;
  const auto index = static_cast<std::uint32_t>(std::uint64_t{number} * kStride % count);
  return index + 1 == karins ? 0 : index + 1;
}

Person make_person(std::uint32_t number, std::uint64_t seed, std::uint32_t karins, const Days& days) {
  Random random(seed, number);
  Person person;
  person.number = number;
  person.brand = random.chance(share::kFjord) ? Brand::Fjord : Brand::Nord;
  person.has_both = random.chance(share::kBothBrands);
  person.identity = random.chance(share::kNoIdentityNumber) ? 0 : identity_for(number, karins);
  // Why: neighbours in the list share homes, in twos and threes; Karin's is hers alone.
  person.household = std::max(1U, number - number % (2 + (number / 6) % 2));
  person.joined =
      random.chance(share::kJoinedDuringYear) ? random.between(1, std::max(1, days.count() - 1)) : 0;
  person.can_leave =
      !random.chance(person.brand == Brand::Fjord ? share::kCannotLeaveFjord : share::kCannotLeaveNord);
  person.has_fibre = random.chance(share::kFibre);
  person.is_protected = random.chance(share::kProtectedIdentity);
  person.shares_phone = random.chance(share::kSharedPhone) ? 1 : 0;
  person.area = static_cast<std::uint8_t>(random.below(kAreas));
  person.segment = static_cast<std::uint8_t>(random.below(std::size(kSegments)));
  return person;
}

std::string padded(std::uint32_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0').append(text) : text;
}

void add(std::vector<model::Identifier>& subject, const char* type, std::string value) {
  if (!value.empty()) subject.push_back({type, std::move(value)});
}

void add_customer_number(const Person& person, Brand brand, std::vector<model::Identifier>& subject) {
  if (!person.is_with(brand)) brand = person.brand;
  add(subject, brand == Brand::Nord ? "customer_no@nord" : "customer_no@fjord",
      customer_number(person, brand));
}

}  // namespace

const char* brand_name(Brand brand) {
  return brand == Brand::Nord ? "nord" : "fjord";
}

std::vector<Person> make_people(std::uint32_t customers, std::uint64_t seed, const Days& days) {
  std::vector<Person> people;
  people.reserve(customers);
  people.push_back(karin());
  const std::uint32_t karins = people[0].identity;
  for (std::uint32_t number = 1; number < customers; ++number) {
    people.push_back(make_person(number, seed, karins, days));
  }
  return people;
}

std::string email_of(const Person& person) {
  if (person.number == 0) return "karin@example.se";
  const std::uint32_t n = person.number;
  std::string text = kFirstNames[n % std::size(kFirstNames)];
  text.append(".").append(kLastNames[(n / 7) % std::size(kLastNames)]).append(std::to_string(n));
  return text.append("@example.se");
}

std::string phone_of(const Person& person) {
  // Why: no subscriber number begins with 0 after the country code, so these are nobody's.
  return "+460" + padded(person.shares_phone != 0 ? person.household : person.number, 8);
}

std::string address_of(const Person& person) {
  if (person.is_protected) return {};
  std::string text = kStreets[person.household % std::size(kStreets)];
  text.append(" ").append(std::to_string(person.household / std::size(kStreets) + 1));
  return text.append(", Område ").append(std::to_string(person.area));
}

std::string customer_number(const Person& person, Brand brand) {
  // Why: the two companies number their customers each in its own way, and the numbers overlap.
  return brand == Brand::Nord ? std::to_string(100'000 + person.number)
                              : "F" + padded(person.number * 7 + 3, 8);
}

std::string identity_number(const Person& person) {
  return person.identity == 0 ? std::string() : test_number(person.identity - 1);
}

const char* source_name(Source source) {
  constexpr const char* kNames[kSources] = {"app",      "billing_fjord", "billing_nord", "callcentre",
                                            "campaign", "cases",         "chat",         "crm_fjord",
                                            "crm_nord", "field_sales",   "ivr",          "logistics",
                                            "network",  "shop",          "survey",       "webshop_nord"};
  return kNames[static_cast<std::size_t>(source)];
}

void add_subject(const Person& person, Source source, Known known, std::vector<model::Identifier>& subject) {
  switch (source) {
    case Source::CrmFjord:
    case Source::CrmNord:
      add(subject, "personnummer", identity_number(person));
      add_customer_number(person, source == Source::CrmFjord ? Brand::Fjord : Brand::Nord, subject);
      add(subject, "email", email_of(person));
      add(subject, "phone", phone_of(person));
      add(subject, "address", address_of(person));
      return;
    case Source::BillingFjord:
    case Source::BillingNord:
      return add_customer_number(person, source == Source::BillingFjord ? Brand::Fjord : Brand::Nord,
                                 subject);
    case Source::CallCentre:
    case Source::Ivr:
      add(subject, "phone", phone_of(person));
      if (known == Known::Fully) add(subject, "personnummer", identity_number(person));
      if (known == Known::Customer) add_customer_number(person, person.brand, subject);
      return;
    case Source::Logistics:
      add_customer_number(person, person.brand, subject);
      return add(subject, "address", address_of(person));
    case Source::Cases:
    case Source::Shop:
      return add_customer_number(person, person.brand, subject);
    case Source::WebshopNord:
      add(subject, "email", email_of(person));
      if (known != Known::Little) add_customer_number(person, Brand::Nord, subject);
      return;
    case Source::App:
    case Source::Campaign:
    case Source::Chat:
    case Source::FieldSales:
    case Source::Survey:
      return add(subject, "email", email_of(person));
    case Source::Network:
      return;
  }
}

}  // namespace handslag::demo
