// SPDX-License-Identifier: Apache-2.0
// Which contacts are about the same matter, where the sources do not say. Each contact, oldest first, goes to
// the matter that most speaks for: one that goes on, one that begins with something that she has open (an
// order, an invoice, a fault, …), or one of its own. What speaks for a matter is a sum of few parts, in
// natural logarithms of odds, so that it can be told and reckoned by hand:
//
//   (1) the contact names the thing (its order, …): +6; it names another of the kind: −6
//   (2) the thing is open: +1.5; it is closed: −1, and −1 a week, at least −4
//   (3) nearness: +2 where it was last heard of just now, −1 for each ten days, at least −3; heard of are the
//       matter's contacts and what happens to the thing
//   (4) the reason is one of the matter's: +2; it is another: −2
//   (5) words in common with the matter's contacts: +0.7 each, at most 2.1
//   (6) the words and the reason speak for the kind of thing (lessons.h): at most ±3; for "other" nothing
//   a matter of its own: +1
//
// How sure that is: what speaks for it against all that was weighed, e^score / Σ e^score.
// (7) What a source says (`given`) or a person decided (`corrected`) is not weighed, and is what later
// contacts
//     are weighed with.
// (8) Not weighed are matters and things that have not been heard of for kForgotten, unless the contact names
//     them, and things that begin after it.
//
// Pure: the same input gives the same output; any thread. Cost: what is weighed (contacts with neither a
// given nor a corrected matter) × (matters and things); the other contacts cost what one look-up costs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "pure/matter/lessons.h"

namespace handslag::matter {

inline constexpr std::int64_t kForgotten = 120 * kMicrosPerDay;

/// Something that she has: an order, an invoice, a fault, a commitment, a case.
struct Thing {
  std::string kind;              // one of kKinds
  std::string value;             // its number: "A-1001"
  std::vector<Timestamp> heard;  // what happened to it, oldest first; never empty
  std::optional<Timestamp> closed;
};

struct Contact {
  Timestamp time;
  std::string contact;    // its key; may be empty
  std::string given;      // the matter that its source names
  std::string corrected;  // the matter that somebody decided
  std::string reason;
  std::vector<std::string> words;  // words_of(reason, words)
  /// What it names: kind and value ("order", "A-1001").
  std::vector<std::pair<std::string, std::string>> names;
};

enum class Source : std::uint8_t { Given, Derived, Corrected };
std::string_view source_name(Source source);  // "given", "derived", "corrected"

struct Matter {
  std::string name;  // as given; else "order/A-1001", or "contact/K-7" of the first contact
  std::string kind = "other";
  std::optional<std::size_t> thing;
  std::vector<std::size_t> contacts;  // oldest first
};

struct Placement {
  std::size_t matter = 0;
  Source source = Source::Derived;
  double confidence = 1;
  /// What spoke for it: "named", "open", "near", "reason", "words", "learnt"; of what was derived alone.
  std::vector<std::string_view> because;
};

struct Derived {
  std::vector<Matter> matters;  // in the order in which they began
  std::vector<Placement> of;    // by contact
};

/// REQUIRES: contacts by time, the oldest first.
Derived derive(std::span<const Thing> things, std::span<const Contact> contacts, const Lessons& lessons);

/// The name of a matter that begins with this.
std::string name_of(const Thing& thing);
std::string name_of(const Contact& contact);

}  // namespace handslag::matter
