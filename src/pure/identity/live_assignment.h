// SPDX-License-Identifier: Apache-2.0
// Who is who, one subject at a time, for the live path: FirstRule (P-1) carried on from a batch assignment.
//
//   LiveAssignment who(evidence, rule.assign(evidence), rule);
//   who.add_identifier(number, "email");                   // each new identifier once
//   const Placed placed = who.place(subject, members);     // in any order, as often as they come
//
// (1) After any sequence of subjects, customers and their numbers are those that FirstRule::assign finds over
// all evidence so far, where the caller has put every event of a placed subject on `placed.customer`,
// followed every join by current(), and acted on every move.
//
// (2) An index is never given twice. Those of the batch stay; new customers get the next ones. Of customers
// that join, the one with the least number lives on, and its number is the least.
//
// When a subject moves: only subjects that carry shared identifiers alone ever do (a call from a phone
// number, a parcel to an address), and only
//   a. when a second customer is seen with a shared identifier that one customer had: what was hers by that
//      identifier alone is hers no longer;
//   b. when a shared identifier gets its one customer, its several customers become one, or two customers
//      join, and a subject carries it together with other shared ones, so that its customer is decided anew.
// Where everything of an identifier's own customer goes to one and the same, it is a join instead; so it is
// whenever the first customer with a phone is seen that had only called.
// Events that never come with shared identifiers alone never cause a move.
//
// A subject whose last event was withdrawn still counts here: make a batch assignment then.
//
// Memory: 16 bytes an identifier, 12 a customer, 16 for each shared identifier in a subject, some 25 for each
// subject with shared identifiers alone. One thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "pure/identity/clusters.h"
#include "pure/identity/identity.h"

namespace handslag::identity {

/// Everything of `from` now stands on `into`; `from` is dead.
struct Joined {
  model::CustomerIndex from = 0;
  model::CustomerIndex into = 0;
};

/// The events of `subject`, until now on `from`, belong to `into`; what else stands on `from` stays.
struct Moved {
  SubjectNumber subject = 0;
  model::CustomerIndex from = 0;
  model::CustomerIndex into = 0;
};

struct Placed {
  /// Whose timeline the subject's events stand on, from now on.
  model::CustomerIndex customer = model::kOrganisation;
  std::vector<Joined> joined;  // in the order in which they happened
  std::vector<Moved> moved;    // after these

  /// For a caller who can join timelines but not part them: then it must make a batch assignment.
  bool needs_rebuild() const { return !moved.empty(); }
};

class LiveAssignment {
 public:
  /// REQUIRES: `assignment` is what `rule` assigns over `evidence`. Keeps nothing of its arguments.
  /// Cost: O(members).
  LiveAssignment(const Evidence& evidence, const Assignment& assignment, const FirstRule& rule);

  /// REQUIRES: `identifier` is the number after the last one.
  void add_identifier(IdentifierNumber identifier, std::string_view type);

  /// Of a subject seen for the first time, or again (then nothing joins or moves).
  /// REQUIRES: `members` are all known, stand in the order that Evidence says, and are always the same for
  /// the same subject; they are empty for subject 0 alone. Cost: O(members), amortised; a join adds the
  /// shared identifiers of the customer that has fewer, and a change of a shared identifier's holder adds the
  /// subjects that carry it and no own one.
  Placed place(SubjectNumber subject, std::span<const IdentifierNumber> members);

  /// The customer that `customer` is part of by now. Cost: O(joins it went through).
  model::CustomerIndex current(model::CustomerIndex customer) const;
  /// The number of current(customer), as Assignment says; 0 for the organisation.
  IdentifierNumber number(model::CustomerIndex customer) const;
  /// Where an event of this identifier alone would stand; nothing where that would be a new customer.
  std::optional<model::CustomerIndex> customer_of_identifier(IdentifierNumber identifier) const;
  /// Those who have been seen with a shared identifier, at most `limit`, in no order that means anything; for
  /// one of somebody's own, that customer. Cost: O(subjects seen with it), mostly O(limit).
  std::vector<model::CustomerIndex> customers_with(IdentifierNumber identifier, std::size_t limit) const;

 private:
  using Position = std::uint32_t;  // in holdings_ or mentions_; 0 ends a list

  // A customer's own identifier was seen together with a shared one.
  struct Holding {
    IdentifierNumber own;
    IdentifierNumber shared;
    Position next_of_shared;  // who else has it
    Position next_of_own;     // what else this cluster has
  };
  // A subject that carries shared identifiers alone. Its members are alone_members_[first …), up to those of
  // the next one.
  struct Alone {
    SubjectNumber subject;
    Position first;
    model::CustomerIndex customer;
  };
  struct Mention {
    std::uint32_t alone;  // index into alone_
    Position next;        // of the same identifier
  };
  struct Customer {
    IdentifierNumber number;
    model::CustomerIndex joined_into;  // itself while it lives
    std::uint32_t alone;               // how many of alone_ stand on it
  };

  void load_own(const Evidence& evidence, const Assignment& assignment);
  void load_alone(const Evidence& evidence, const Assignment& assignment);
  void add_bits(bool is_shared);

  bool mark_seen(SubjectNumber subject);
  IdentifierNumber first_own(std::span<const IdentifierNumber> members) const;
  model::CustomerIndex new_customer(IdentifierNumber number);
  model::CustomerIndex customer_of_key(IdentifierNumber key);

  IdentifierNumber join_own(std::span<const IdentifierNumber> members, IdentifierNumber first,
                            Placed& placed);
  void join(IdentifierNumber a, IdentifierNumber b, Placed& placed);
  void join_customers(IdentifierNumber lives_on, IdentifierNumber goes, Placed& placed);
  void join_holdings(IdentifierNumber lives_on, IdentifierNumber goes);
  void hold(IdentifierNumber root, IdentifierNumber shared);
  void forget_joined_holders(IdentifierNumber shared);

  model::CustomerIndex place_alone(SubjectNumber subject, std::span<const IdentifierNumber> members);
  void add_alone(SubjectNumber subject, std::span<const IdentifierNumber> members,
                 model::CustomerIndex customer);
  IdentifierNumber sole_holder(IdentifierNumber shared) const;
  IdentifierNumber key_of_alone(std::span<const IdentifierNumber> members) const;
  void settle(Placed& placed);
  void settle_alone(std::uint32_t alone, std::vector<Moved>& moved);
  void report(std::vector<Moved>& moved, Placed& placed);

  FirstRule rule_;
  Clusters clusters_;  // of own identifiers; a shared one is always by itself
  // By identifier:
  std::vector<bool> is_shared_;
  std::vector<bool> has_several_;        // shared: more than one customer has it
  std::vector<Position> first_holding_;  // own, at the root: what it has; shared: who has it
  std::vector<Position> first_mention_;  // shared
  /// Own, at the root: the customer. Shared: the customer of this identifier's own. 0 where there is none.
  std::vector<model::CustomerIndex> customer_;

  std::vector<Holding> holdings_{Holding{}};  // position 0 is "none"
  std::vector<Alone> alone_;
  std::vector<IdentifierNumber> alone_members_{0};
  std::vector<Mention> mentions_{Mention{}};  // one for each of alone_members_
  std::vector<Customer> customers_;
  std::vector<bool> seen_;                 // by subject
  std::vector<IdentifierNumber> touched_;  // shared identifiers whose holders changed or joined
};

}  // namespace handslag::identity
