// SPDX-License-Identifier: Apache-2.0
// The card: all that one look at a customer should tell whoever meets her. Plain values made of the columns
// and verdicts of one customer; who she is (identifiers, masking) and JSON stand in card_json.h.
//
//   Live::Look look = live.look(customer, now);
//   Card card = make_card({look.columns, 1, look.verdicts, …, now});
//
// Pure but for CardInput::normal; one thread. Cost: linear in her events and instances, and in the
// organisation's events once where she was sent an offer. Every list is bounded by kMostOnCard, the newest
// stay.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/frontline/reading.h"
#include "app/terminal/terminal.h"
#include "app/watch/times_taken.h"
#include "pure/matter/derive.h"
#include "pure/model/columns.h"
#include "pure/model/time_rules.h"
#include "pure/model/verdict.h"
#include "pure/promise/evaluate.h"

namespace handslag::app {

inline constexpr std::size_t kMostOnCard = 100;

/// Names whose values must be in the columns (LiveOptions::names): kFieldNames, and those by which promises
/// are compared (kAlikeNames).
std::vector<std::string> card_names();

/// What a promise usually takes, and how many of a hundred took less than the time that this one has waited.
struct Standing {
  NormalTime normal;
  int longer_than = 0;
  std::string product = {};  // of this product alone; empty: of the promise as a whole
};

/// Everything is borrowed for the call.
struct CardInput {
  const model::Columns& columns;
  model::CustomerIndex customer = 1;
  const model::Verdicts& verdicts;
  std::span<const promise::Version> versions;
  std::function<const model::TimeRules&(std::uint32_t version)> rules_of;
  std::function<promise::Horizon(std::uint32_t version)> horizon_of;
  /// Of a promise's id, the product that it is about (or empty) and the time waited. May be empty.
  std::function<std::optional<Standing>(const std::string& promise, std::string_view product,
                                        std::int64_t waited_us)>
      standing;
  Timestamp now;
  Language language = Language::English;
  /// Null: what everybody knows to begin with.
  const matter::Lessons* lessons = nullptr;
};

struct CardPromise {
  std::string id, title, unit;
  Timestamp activation, due = kNoTime, failed = kNoTime;  // failed: where it is broken or late
  model::Verdict verdict = model::Verdict::Pending;
  /// Broken, and what was promised has still not come (still_owed.h).
  bool is_still_owed = false;
  std::string why;                                         // one sentence
  std::vector<std::pair<std::string, std::string>> about;  // matter, order, product … of the activation
  std::optional<Standing> standing;                        // of what is owed
};

struct CardContact {
  std::string contact;  // the key; empty where the source has none
  Timestamp time;
  std::string channel, unit, outcome;
  std::vector<std::string> blocked;  // why whoever answered could not help
  std::uint32_t transfers = 0;
  std::size_t number = 0;  // in its chain, from 1; `of` is the chain's length
  matter::Source matter_source = matter::Source::Given;
  double confidence = 1;                  // that it belongs to this matter
  std::vector<std::string_view> because;  // what spoke for it, where it was derived
};

/// A chain of contacts about one thing (matters.h).
struct CardMatter {
  std::string matter, kind, reason, order;
  std::vector<CardContact> contacts;  // oldest first
  std::size_t of = 0;
  std::size_t own_tries = 0, failed_tries = 0;  // by herself, on the web or in the app
};

struct CardFact {
  std::string fact;
  std::vector<Timestamp> given;  // oldest first
  std::string channel, unit;     // of the last time
  std::size_t asked_again = 0;   // after she had given it
};

struct CardOffer {
  std::string offer;
  Timestamp sent;
  std::optional<Timestamp> used;
  std::vector<std::pair<std::string, Timestamp>> acknowledged;  // unit and when: it is ready for the offer
};

struct CardFailure {
  Timestamp time;
  std::string channel, why;
};

struct CardLeave {
  std::optional<bool> can;  // nothing: no source says
  Timestamp since = kNoTime;
  std::string why, binding;
};

/// Who acts for her: ombud.appointed (key `ombud`; data `ombud_name`, `ombud_may`, `ombud_until`), until
/// ombud.ended, the end of the day named (in the zone of the house) or the instant; other words end nothing.
struct CardOmbud {
  std::string ombud, name, may, until;
  Timestamp since;
};

struct CardTouch {
  std::string channel, type, unit;
  Timestamp time;
};

struct Card {
  bool is_protected = false;
  std::vector<CardPromise> owed;     // somebody is to do something: open, or broken and still owed; by due
  std::vector<CardPromise> watched;  // open, and kept as long as nothing happens
  std::vector<CardMatter> matters;   // the one of the last contact first
  std::vector<CardFact> facts;       // by name
  std::vector<CardOffer> offers;     // newest first
  std::vector<CardFailure> failed_identifications;  // newest first
  std::vector<CardPromise> broken;                  // broken or late in the last 365 days, newest first
  std::size_t broken_count = 0, late_count = 0;     // of these, also those beyond kMostOnCard
  CardLeave leave;
  std::vector<CardOmbud> ombud;         // by appointment, the newest kMostOnCard
  std::vector<CardTouch> last_touches;  // newest first, one a channel
  std::optional<Timestamp> last_contact;
};

Card make_card(const CardInput& input);

/// By the last event that says so: customer.updated with `protected`.
bool is_protected(const model::Columns& columns, model::CustomerIndex customer);

}  // namespace handslag::app
