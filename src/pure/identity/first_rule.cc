// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pure/identity/clusters.h"
#include "pure/identity/identity.h"

namespace handslag::identity {
namespace {

constexpr IdentifierNumber kNone = 0;

class Assigner {
 public:
  Assigner(const Evidence& evidence, std::vector<bool> shared_type)
      : evidence_(evidence),
        shared_type_(std::move(shared_type)),
        clusters_(evidence.identifier_type.size()) {}

  Assignment assign() {
    join_what_is_own();
    find_sole_holders();
    return number_customers();
  }

 private:
  bool shared(IdentifierNumber i) const { return shared_type_[evidence_.identifier_type[i]]; }
  bool counts(SubjectNumber s) const { return evidence_.counts.empty() || evidence_.counts[s]; }

  IdentifierNumber first_own(SubjectNumber s) const {
    for (const IdentifierNumber i : evidence_.members_of(s)) {
      if (!shared(i)) return i;
    }
    return kNone;
  }

  void join_what_is_own() {
    for (SubjectNumber s = 0; s < evidence_.subjects(); ++s) {
      const IdentifierNumber first = counts(s) ? first_own(s) : kNone;
      if (first == kNone) continue;
      for (const IdentifierNumber i : evidence_.members_of(s)) {
        if (!shared(i)) clusters_.join(first, i);
      }
    }
  }

  // holder_[i]: the one customer who has the shared identifier i; i itself where there are several; none.
  void find_sole_holders() {
    holder_.assign(evidence_.identifier_type.size(), kNone);
    for (SubjectNumber s = 0; s < evidence_.subjects(); ++s) {
      const IdentifierNumber first = counts(s) ? first_own(s) : kNone;
      if (first == kNone) continue;
      const IdentifierNumber owner = clusters_.root(first);
      for (const IdentifierNumber i : evidence_.members_of(s)) {
        if (shared(i)) holder_[i] = holder_[i] == kNone || holder_[i] == owner ? owner : i;
      }
    }
  }

  // P-1 for events with shared identifiers alone: the one customer who has them, else one customer a value.
  // Of several values, those held by one customer decide where they agree; else the first value in their
  // order.
  IdentifierNumber owner_of_shared(std::span<const IdentifierNumber> members) const {
    IdentifierNumber owner = kNone;
    for (const IdentifierNumber i : members) {
      const bool held_by_one = holder_[i] != kNone && holder_[i] != i;
      if (!held_by_one || holder_[i] == owner) continue;
      if (owner != kNone) return members.front();
      owner = holder_[i];
    }
    return owner == kNone ? members.front() : owner;
  }

  IdentifierNumber owner_of(SubjectNumber s) {
    const auto members = evidence_.members_of(s);
    if (members.empty() || !counts(s)) return kNone;
    const IdentifierNumber first = first_own(s);
    return first == kNone ? owner_of_shared(members) : clusters_.root(first);
  }

  Assignment number_customers() {
    Assignment assignment;
    std::vector<bool> owns(evidence_.identifier_type.size() + 1, false);
    owns[kNone] = true;  // the organisation is always there
    auto& owner_of_subject = assignment.customer_of_subject;
    owner_of_subject.resize(evidence_.subjects());
    for (SubjectNumber s = 0; s < evidence_.subjects(); ++s) {
      owner_of_subject[s] = owner_of(s);
      owns[owner_of_subject[s]] = true;
    }
    std::vector<model::CustomerIndex> index(owns.size(), 0);
    for (IdentifierNumber i = 0; i < owns.size(); ++i) {
      if (!owns[i]) continue;
      index[i] = static_cast<model::CustomerIndex>(assignment.number.size());
      assignment.number.push_back(i);
    }
    for (model::CustomerIndex& customer : owner_of_subject) customer = index[customer];
    return assignment;
  }

  const Evidence& evidence_;
  std::vector<bool> shared_type_;
  Clusters clusters_;
  std::vector<IdentifierNumber> holder_;
};

}  // namespace

FirstRule::FirstRule(std::span<const std::string_view> shared_types)
    : shared_(shared_types.begin(), shared_types.end()) {}

FirstRule::FirstRule(const std::vector<std::string>& shared_types) : shared_(shared_types) {}

bool FirstRule::is_shared(std::string_view type) const {
  const std::string_view kind = type.substr(0, type.find('@'));
  return std::any_of(shared_.begin(), shared_.end(),
                     [&](const std::string& shared) { return shared == type || shared == kind; });
}

Assignment FirstRule::assign(const Evidence& evidence) const {
  std::vector<bool> shared_type;
  for (const std::string& type : evidence.types) shared_type.push_back(is_shared(type));
  return Assigner(evidence, std::move(shared_type)).assign();
}

}  // namespace handslag::identity
