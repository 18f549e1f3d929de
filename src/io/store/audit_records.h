// SPDX-License-Identifier: Apache-2.0
// The audit trail as it lies on disk (DIR/audit.sqlite): who did what to whom, when and why. A line carries
// the hash of the line before it, so that a line that is changed, put in or taken out no longer fits.
// Here it is read and verified; audit_trail.h writes it. One thread.
//
// What verifying finds, and what it cannot:
// (1) a line changed, put in, taken out or moved: found, and named by its number, unless every hash after it
//     is computed anew as well;
// (2) lines cut from the end, and hashes computed anew: found by the head (number and hash of the newest
// line)
//     that stands in the records, at most a second old, unless somebody changes that too;
// (3) whoever may write both files and knows this text can make a trail that fits. He cannot make it fit a
//     head that was written down elsewhere: give it to verify().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace handslag::store {

class SqliteDatabase;

/// Who acts. Stored by name; never rename.
enum class AuditWho : std::uint8_t {
  Nobody,    // not signed in; `who` is the login or address that was tried
  Person,    // `who` is the number of the person
  Key,       // `who` is the number of the API key
  Operator,  // at the command line; `who` is the system's name for them
  System,    // this program by itself
};
const char* audit_who_name(AuditWho who);

/// What was done. Stored by name (audit_verb_name); never rename.
enum class AuditVerb : std::uint8_t {
  TrailBroken,  // found at opening: the newest line was not the one that was written last
  FirstTokenMade,
  SignedIn,
  SignInFailed,
  SignedOut,
  PersonAdded,
  PersonDisabled,
  PersonEnabled,
  RolesSet,
  ProtectedSet,  // who may open protected identities
  PasswordChanged,
  KeyAdded,
  KeyRevoked,
  Denied,
  CardRead,
  CustomerSearched,
  IdentifierUnmasked,
  ProtectedOpened,
  TimelineRead,
  CauseRead,
  ResultsRead,
  CommitmentMade,
  CommitmentChanged,
  MatterCorrected,
  PromisePublished,
  PromiseWithdrawn,
  RejectsRead,
  RejectMended,
  FileImported,
  ImportRemoved,
  SourceChanged,
  HookChanged,
  SettingsChanged,
  AuditRead,
};
/// "card.read"
const char* audit_verb_name(AuditVerb verb);
inline constexpr std::size_t kAuditVerbs = static_cast<std::size_t>(AuditVerb::AuditRead) + 1;

struct AuditLine {
  std::uint64_t number = 0;  // from 1, without gaps
  Timestamp at;
  std::string who_kind, who, what;
  std::string whom;     // the customer's name or the id of what was touched
  std::string why;      // given by the one who acts, or the call it belongs to
  std::string details;  // JSON, or empty
  std::string previous_hash, hash;
};

/// What `hash` must be: SHA-256 of "handslag audit 1\n" and then number, µs, kind, who, what, whom, why,
/// details and previous hash, each as its length in bytes, a colon and the bytes.
std::string audit_hash(const AuditLine& line);

/// The previous hash of line 1.
inline constexpr const char* kAuditBegin = "0000000000000000000000000000000000000000000000000000000000000000";

/// Number and hash of the newest line; 0 and kAuditBegin where there is none.
struct AuditHead {
  std::uint64_t lines = 0;
  std::string hash = kAuditBegin;
  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

struct AuditFault {
  std::uint64_t line = 0;  // the first that does not fit, or that is not there
  std::string reason;      // for people
};
struct AuditVerdict {
  AuditHead head;  // the last line that fits
  std::optional<AuditFault> fault;
};

/// Empty fields ask for nothing.
struct AuditQuery {
  enum class Order : std::uint8_t { OldestFirst, NewestFirst };
  std::string who_kind = {}, who = {}, what = {}, whom = {};
  std::optional<Timestamp> from = {}, to = {};  // from ≤ at < to
  Order order = Order::OldestFirst;
  std::optional<std::uint64_t> beyond = {};  // only lines that stand after this number in that order
  std::uint64_t limit = 1000;
};

class AuditRecords {
 public:
  /// Keeps both. `records` holds the head.
  AuditRecords(SqliteDatabase& trail, SqliteDatabase& records) : trail_(trail), records_(records) {}

  Result<std::vector<AuditLine>> list(const AuditQuery& query);
  /// Walks the whole trail (some hundred thousand lines a second) and stops at the first line that does not
  /// fit. `known`: a head that was written down elsewhere. The error is of reading; a fault is no error.
  Result<AuditVerdict> verify(const std::optional<AuditHead>& known = std::nullopt);
  /// Of the newest line, as the trail itself says.
  Result<AuditHead> newest();
  /// As the records say.
  Result<AuditHead> noted_head();
  Status note_head(const AuditHead& head);
  /// All lines, or none, in one durable transaction. REQUIRES: hashes as audit_hash says.
  Status append(const std::vector<AuditLine>& lines);

 private:
  SqliteDatabase& trail_;
  SqliteDatabase& records_;
};

}  // namespace handslag::store
