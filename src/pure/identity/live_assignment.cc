// SPDX-License-Identifier: Apache-2.0
#include "pure/identity/live_assignment.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace handslag::identity {
namespace {

constexpr IdentifierNumber kNoIdentifier = 0;
constexpr model::CustomerIndex kNobody = model::kOrganisation;

}  // namespace

LiveAssignment::LiveAssignment(const Evidence& evidence, const Assignment& assignment, const FirstRule& rule)
    : rule_(rule), clusters_(evidence.identifier_type.size()), seen_(evidence.subjects(), false) {
  std::vector<bool> shared_type;
  for (const std::string& type : evidence.types) shared_type.push_back(rule.is_shared(type));
  for (const std::uint16_t type : evidence.identifier_type) add_bits(shared_type[type]);
  for (const IdentifierNumber number : assignment.number) new_customer(number);
  for (SubjectNumber s = 0; s < evidence.subjects(); ++s) {
    seen_[s] = evidence.counts.empty() || evidence.counts[s];
  }
  load_own(evidence, assignment);
  load_alone(evidence, assignment);
  touched_ = {};  // what was loaded moves nobody
}

void LiveAssignment::load_own(const Evidence& evidence, const Assignment& assignment) {
  Placed ignored;
  for (SubjectNumber s = 0; s < evidence.subjects(); ++s) {
    const auto members = evidence.members_of(s);
    const IdentifierNumber first = seen_[s] ? first_own(members) : kNoIdentifier;
    if (first != kNoIdentifier) join_own(members, first, ignored);
  }
  for (SubjectNumber s = 0; s < evidence.subjects(); ++s) {
    const auto members = evidence.members_of(s);
    const IdentifierNumber first = seen_[s] ? first_own(members) : kNoIdentifier;
    if (first == kNoIdentifier) continue;
    const IdentifierNumber root = clusters_.root(first);
    customer_[root] = assignment.customer_of_subject[s];
    for (const IdentifierNumber i : members) {
      if (is_shared_[i]) hold(root, i);
    }
  }
}

void LiveAssignment::load_alone(const Evidence& evidence, const Assignment& assignment) {
  for (SubjectNumber s = 0; s < evidence.subjects(); ++s) {
    const auto members = evidence.members_of(s);
    if (!seen_[s] || members.empty() || first_own(members) != kNoIdentifier) continue;
    const model::CustomerIndex customer = assignment.customer_of_subject[s];
    const IdentifierNumber number = customers_[customer].number;
    if (is_shared_[number]) customer_[number] = customer;
    add_alone(s, members, customer);
  }
}

void LiveAssignment::add_bits(bool is_shared) {
  is_shared_.push_back(is_shared);
  has_several_.push_back(false);
  first_holding_.push_back(0);
  first_mention_.push_back(0);
  customer_.push_back(kNobody);
}

void LiveAssignment::add_identifier(IdentifierNumber identifier, std::string_view type) {
  HANDSLAG_CHECK(identifier == clusters_.size(), "identifiers are added in the order of their numbers");
  clusters_.grow(identifier + std::size_t{1});
  add_bits(rule_.is_shared(type));
}

Placed LiveAssignment::place(SubjectNumber subject, std::span<const IdentifierNumber> members) {
  Placed placed;
  if (members.empty()) return placed;
  const bool is_new = mark_seen(subject);
  const IdentifierNumber first = first_own(members);
  if (!is_new) {
    placed.customer = customer_of_key(first == kNoIdentifier ? key_of_alone(members) : clusters_.root(first));
  } else if (first == kNoIdentifier) {
    placed.customer = place_alone(subject, members);
  } else {
    const IdentifierNumber root = join_own(members, first, placed);
    placed.customer = customer_of_key(root);
    for (const IdentifierNumber i : members) {
      if (is_shared_[i]) hold(root, i);
    }
    settle(placed);
  }
  return placed;
}

bool LiveAssignment::mark_seen(SubjectNumber subject) {
  if (subject >= seen_.size()) seen_.resize(subject + std::size_t{1}, false);
  const bool is_new = !seen_[subject];
  seen_[subject] = true;
  return is_new;
}

IdentifierNumber LiveAssignment::first_own(std::span<const IdentifierNumber> members) const {
  for (const IdentifierNumber i : members) {
    if (!is_shared_[i]) return i;
  }
  return kNoIdentifier;
}

model::CustomerIndex LiveAssignment::new_customer(IdentifierNumber number) {
  const auto customer = static_cast<model::CustomerIndex>(customers_.size());
  customers_.push_back({number, customer, 0});
  return customer;
}

// A key is the root of a cluster or a shared identifier.
model::CustomerIndex LiveAssignment::customer_of_key(IdentifierNumber key) {
  if (customer_[key] == kNobody) customer_[key] = new_customer(key);
  return customer_[key];
}

// Joins what the subject says is one; returns the root.
IdentifierNumber LiveAssignment::join_own(std::span<const IdentifierNumber> members, IdentifierNumber first,
                                          Placed& placed) {
  for (const IdentifierNumber i : members) {
    if (!is_shared_[i]) join(first, i, placed);
  }
  return clusters_.root(first);
}

void LiveAssignment::join(IdentifierNumber a, IdentifierNumber b, Placed& placed) {
  a = clusters_.root(a);
  b = clusters_.root(b);
  if (a == b) return;
  clusters_.join(a, b);
  const IdentifierNumber lives_on = std::min(a, b);
  const IdentifierNumber goes = std::max(a, b);
  join_customers(lives_on, goes, placed);
  join_holdings(lives_on, goes);
}

void LiveAssignment::join_customers(IdentifierNumber lives_on, IdentifierNumber goes, Placed& placed) {
  const model::CustomerIndex from = std::exchange(customer_[goes], kNobody);
  if (from == kNobody) return;
  model::CustomerIndex& into = customer_[lives_on];
  if (into == kNobody) {
    into = from;
    customers_[into].number = lives_on;
    return;
  }
  customers_[from].joined_into = into;
  customers_[into].alone += std::exchange(customers_[from].alone, 0U);
  placed.joined.push_back({from, into});
}

// OPTIMIZATION: walks both lists in step, so that a join costs what the shorter one holds.
void LiveAssignment::join_holdings(IdentifierNumber lives_on, IdentifierNumber goes) {
  const Position a = first_holding_[lives_on];
  const Position b = std::exchange(first_holding_[goes], Position{0});
  if (a == 0 || b == 0) {
    first_holding_[lives_on] = a + b;
    return;
  }
  Position end_a = a;
  Position end_b = b;
  while (holdings_[end_a].next_of_own != 0 && holdings_[end_b].next_of_own != 0) {
    end_a = holdings_[end_a].next_of_own;
    end_b = holdings_[end_b].next_of_own;
  }
  const bool a_is_shorter = holdings_[end_a].next_of_own == 0;
  const Position shorter = a_is_shorter ? a : b;
  const Position end = a_is_shorter ? end_a : end_b;
  for (Position at = shorter; at != 0; at = holdings_[at].next_of_own) {
    const IdentifierNumber shared = holdings_[at].shared;
    if (has_several_[shared]) {
      forget_joined_holders(shared);
    } else {
      touched_.push_back(shared);  // Why: another identifier of the same subject may have been the other's
    }
  }
  holdings_[end].next_of_own = a_is_shorter ? b : a;
  first_holding_[lives_on] = shorter;
}

// Of the holders of a shared identifier it matters only whether there are two, so the first two in the list
// are kept different. A holder that has joined the first one is taken out of the list, once.
void LiveAssignment::forget_joined_holders(IdentifierNumber shared) {
  Holding& first = holdings_[first_holding_[shared]];
  const IdentifierNumber root = clusters_.root(first.own);
  while (first.next_of_shared != 0 && clusters_.root(holdings_[first.next_of_shared].own) == root) {
    first.next_of_shared = holdings_[first.next_of_shared].next_of_shared;
  }
  if (first.next_of_shared != 0) return;
  has_several_[shared] = false;
  touched_.push_back(shared);
}

void LiveAssignment::hold(IdentifierNumber root, IdentifierNumber shared) {
  const Position first = first_holding_[shared];
  const auto is_held_at = [&](Position at) { return at != 0 && clusters_.root(holdings_[at].own) == root; };
  if (is_held_at(first)) return;
  const Position second = first == 0 ? 0 : holdings_[first].next_of_shared;
  if (is_held_at(second)) return;
  const auto added = static_cast<Position>(holdings_.size());
  holdings_.push_back({root, shared, second, first_holding_[root]});
  first_holding_[root] = added;
  (first == 0 ? first_holding_[shared] : holdings_[first].next_of_shared) = added;
  if (has_several_[shared]) return;
  has_several_[shared] = first != 0;
  touched_.push_back(shared);
}

model::CustomerIndex LiveAssignment::place_alone(SubjectNumber subject,
                                                 std::span<const IdentifierNumber> members) {
  const model::CustomerIndex customer = customer_of_key(key_of_alone(members));
  add_alone(subject, members, customer);
  return customer;
}

void LiveAssignment::add_alone(SubjectNumber subject, std::span<const IdentifierNumber> members,
                               model::CustomerIndex customer) {
  const auto index = static_cast<std::uint32_t>(alone_.size());
  alone_.push_back({subject, static_cast<Position>(mentions_.size()), customer});
  ++customers_[customer].alone;
  for (const IdentifierNumber i : members) {
    const auto added = static_cast<Position>(mentions_.size());
    mentions_.push_back({index, std::exchange(first_mention_[i], added)});
    alone_members_.push_back(i);
  }
}

IdentifierNumber LiveAssignment::sole_holder(IdentifierNumber shared) const {
  const Position first = first_holding_[shared];
  return first == 0 || has_several_[shared] ? kNoIdentifier : clusters_.root_of(holdings_[first].own);
}

// P-1 for subjects with shared identifiers alone, as FirstRule says it.
IdentifierNumber LiveAssignment::key_of_alone(std::span<const IdentifierNumber> members) const {
  IdentifierNumber key = kNoIdentifier;
  for (const IdentifierNumber i : members) {
    const IdentifierNumber holder = sole_holder(i);
    if (holder == kNoIdentifier || holder == key) continue;
    if (key != kNoIdentifier) return members.front();
    key = holder;
  }
  return key == kNoIdentifier ? members.front() : key;
}

// Asks anew where the subjects with shared identifiers alone stand, of the identifiers touched.
void LiveAssignment::settle(Placed& placed) {
  std::vector<Moved> moved;
  for (const IdentifierNumber i : touched_) {
    for (Position at = first_mention_[i]; at != 0; at = mentions_[at].next) {
      settle_alone(mentions_[at].alone, moved);
    }
  }
  touched_.clear();
  if (!moved.empty()) report(moved, placed);
}

void LiveAssignment::settle_alone(std::uint32_t alone, std::vector<Moved>& moved) {
  const Position first = alone_[alone].first;
  const std::size_t end = alone + std::size_t{1} < alone_.size() ? alone_[alone + 1].first : mentions_.size();
  const model::CustomerIndex into =
      customer_of_key(key_of_alone({alone_members_.data() + first, alone_members_.data() + end}));
  const model::CustomerIndex from = current(alone_[alone].customer);
  if (from == into) return;
  alone_[alone].customer = into;
  --customers_[from].alone;
  ++customers_[into].alone;
  moved.push_back({alone_[alone].subject, from, into});
}

// A shared identifier's own customer of whom everything goes to one other has joined that one.
void LiveAssignment::report(std::vector<Moved>& moved, Placed& placed) {
  std::sort(moved.begin(), moved.end(), [](const Moved& a, const Moved& b) {
    return a.from != b.from ? a.from < b.from : a.subject < b.subject;
  });
  for (auto begin = moved.begin(); begin != moved.end();) {
    const auto end = std::find_if(begin, moved.end(), [&](const Moved& m) { return m.from != begin->from; });
    Customer& from = customers_[begin->from];
    const bool all_to_one = std::all_of(begin, end, [&](const Moved& m) { return m.into == begin->into; });
    if (all_to_one && from.alone == 0 && is_shared_[from.number]) {
      customer_[from.number] = kNobody;
      from.joined_into = begin->into;
      placed.joined.push_back({begin->from, begin->into});
    } else {
      placed.moved.insert(placed.moved.end(), begin, end);
    }
    begin = end;
  }
}

model::CustomerIndex LiveAssignment::current(model::CustomerIndex customer) const {
  while (customers_[customer].joined_into != customer) customer = customers_[customer].joined_into;
  return customer;
}

IdentifierNumber LiveAssignment::number(model::CustomerIndex customer) const {
  return customers_[current(customer)].number;
}

std::optional<model::CustomerIndex> LiveAssignment::customer_of_identifier(
    IdentifierNumber identifier) const {
  if (identifier == kNoIdentifier || identifier >= clusters_.size()) return std::nullopt;
  const IdentifierNumber holder = is_shared_[identifier] ? sole_holder(identifier) : kNoIdentifier;
  const model::CustomerIndex customer =
      customer_[holder == kNoIdentifier ? clusters_.root_of(identifier) : holder];
  if (customer == kNobody) return std::nullopt;
  return customer;
}

std::vector<model::CustomerIndex> LiveAssignment::customers_with(IdentifierNumber identifier,
                                                                 std::size_t limit) const {
  std::vector<model::CustomerIndex> found;
  if (identifier == kNoIdentifier || identifier >= clusters_.size()) return found;
  const auto add = [&](model::CustomerIndex customer) {
    if (customer == kNobody || found.size() >= limit) return;
    if (std::find(found.begin(), found.end(), customer) == found.end()) found.push_back(customer);
  };
  if (!is_shared_[identifier]) add(customer_[clusters_.root_of(identifier)]);
  for (Position at = is_shared_[identifier] ? first_holding_[identifier] : 0; at != 0 && found.size() < limit;
       at = holdings_[at].next_of_shared) {
    add(customer_[clusters_.root_of(holdings_[at].own)]);
  }
  return found;
}

}  // namespace handslag::identity
