// SPDX-License-Identifier: Apache-2.0
// Who is who: from identifiers seen together to customers. The interface is what a full identity engine will
// take over; FirstRule is today's rule (P-1): identifiers seen together in one event join, except of the
// types that several people share (phone, address, device, household).
//
//   Assignment who = FirstRule(kSharedTypes).assign(evidence);
//   who.customer_of_subject[s]      // the customer whose timeline the events of subject s stand on
//
// Immutable; any thread. Deterministic: the same evidence in any order of subjects gives the same clusters.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pure/model/columns.h"
#include "pure/model/event.h"

namespace handslag::identity {

/// Number of a (type, value), given at its first arrival, from 1; never given twice.
using IdentifierNumber = std::uint32_t;
/// Number of a set of identifiers that stood together in an event. 0 is the empty set: the organisation's
/// events.
using SubjectNumber = std::uint32_t;

/// What was seen. Identifier 0 and subject 0 mean "none" and have no content.
struct Evidence {
  std::vector<std::string> types;              // by type index
  std::vector<std::uint16_t> identifier_type;  // by IdentifierNumber: index into types
  /// The identifiers of subject s: members[offsets[s] … offsets[s+1]), ordered by (type, value), so that what
  /// rests on "the first" does not depend on arrival.
  std::vector<std::uint32_t> offsets;
  std::vector<IdentifierNumber> members;
  /// By subject: false where no event of it stands any more; it then proves nothing. Empty: all count.
  std::vector<bool> counts;

  std::size_t subjects() const { return offsets.empty() ? 0 : offsets.size() - 1; }
  std::span<const IdentifierNumber> members_of(SubjectNumber subject) const {
    return {members.data() + offsets[subject], members.data() + offsets[subject + 1]};
  }
};

/// (1) Customer 0 is the organisation. (2) Customers ascend by their numbers. (3) A customer's number is the
/// least identifier number among those that join it, so it stays when data is added, and a merged customer
/// has the least.
struct Assignment {
  std::vector<model::CustomerIndex> customer_of_subject;  // subjects that do not count: kOrganisation
  std::vector<IdentifierNumber> number;                   // by CustomerIndex; 0 for the organisation

  std::size_t customers() const { return number.size(); }
};

class Identity {
 public:
  virtual ~Identity() = default;
  virtual Assignment assign(const Evidence& evidence) const = 0;
};

/// What people share in practice; "phone@billing" is a phone.
inline constexpr std::string_view kSharedTypes[] = {"phone", "address", "device", "household"};

class FirstRule final : public Identity {
 public:
  explicit FirstRule(std::span<const std::string_view> shared_types = kSharedTypes);
  explicit FirstRule(const std::vector<std::string>& shared_types);

  /// Cost: O(members), near enough.
  Assignment assign(const Evidence& evidence) const override;

  bool is_shared(std::string_view type) const;

 private:
  std::vector<std::string> shared_;
};

/// One link of a chain: `from` and `to` stood together in the events of `subject`.
struct Link {
  IdentifierNumber from = 0;
  IdentifierNumber to = 0;
  SubjectNumber subject = 0;
};

/// The shortest chain of sightings that joins `from` to `to` by FirstRule; empty where nothing joins them.
/// Cost: O(members).
std::vector<Link> why_joined(const Evidence& evidence, const FirstRule& rule, IdentifierNumber from,
                             IdentifierNumber to);

/// The customer of every event, for tests and for timelines that were never stored. Numbers follow the
/// events' order.
struct EventCustomers {
  std::vector<model::CustomerIndex> customer_of_event;
  Assignment assignment;
  std::vector<model::Identifier> identifiers;  // by IdentifierNumber; the first is empty
};
EventCustomers assign_events(std::span<const model::Event> events, const Identity& identity);

/// "c123", or "type:value" split at the first colon.
struct CustomerReference {
  std::optional<IdentifierNumber> number;
  model::Identifier identifier;  // where there is no number
};
/// Error Invalid: neither form.
Result<CustomerReference> parse_customer_reference(std::string_view text);

/// "c123"; "organisation" for number 0.
std::string customer_name(IdentifierNumber number);

}  // namespace handslag::identity
