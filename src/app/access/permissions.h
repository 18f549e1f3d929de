// SPDX-License-Identifier: Apache-2.0
// Who may do what: one table, Role × Permission, and the question asked of it. Everything that is not granted
// here is denied. permissions_test.cc spells the table a second time by hand.
//
// (1) A person has grants: a role in a unit, or in all units.
// (2) A permission of reach Unit is about something that belongs to a unit (its results, its cases): a grant
//     holds for its own unit alone. Asked without a unit, or with kAllUnits, it is about all of them, and
//     only a grant for all units holds. units_where() tells by which units a list is to be filtered.
// (3) A permission of reach Anywhere is about something that lies in no unit (a customer, a promise's text):
//     any grant holds, whatever its unit.
// (4) A permission of reach House governs the installation: only a grant for all units holds.
// (5) An API key has scopes, which are names of permissions that the table marks for keys. It is bound to a
//     source and to no unit; which source it may speak for is asked by may_speak_for().
// (6) OpenProtected needs the permission and the person's own name on the list (Caller::opens_protected).
// (7) Units are compared as they are. Who holds that a unit's parents count asks for each.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace handslag::app {

/// Stored by name; never rename.
enum class Role : std::uint8_t {
  FrontLine,      // meets customers
  Owner,          // owns promises of a unit, and answers for them
  Analyst,        // reads and drafts; sees no customer in clear
  Steward,        // tends data: sources, rejects, identities
  Leader,         // decides, and answers what is owed
  Administrator,  // people, keys, settings; sees no customer
};
inline constexpr std::size_t kRoles = 6;

enum class Permission : std::uint8_t {
  UseAccount,  // one's own name, password, sessions
  SendEvents,
  ReadGap,
  ReadPromises,
  DraftPromises,  // check, back-test
  PublishPromises,
  ReadCard,
  Identify,  // search a customer by what she says
  UnmaskIdentifiers,
  OpenProtected,
  ReadCauses,
  CorrectMatters,
  MakeCommitments,
  ReportBlockedHelp,
  AnswerBlockedHelp,
  OpenCases,
  HandleOwnCases,
  ReadCases,
  ManageCases,
  ReadRegisters,  // guesses, walks, meetings, observations
  KeepRegisters,
  GuessFigures,
  ReadStream,
  ReadUnitResults,
  ReadOwnResults,  // of the agent who asks
  ReadRejects,
  MendRejects,
  MendIdentities,
  ImportFiles,
  ManageSources,
  ManageHooks,       // webhooks out
  ManageRecipients,  // who in a unit is told before a promise breaks
  ReadSettings,
  AdministerSettings,
  AdministerPeople,
  AdministerKeys,
  ReadAudit,
  ReadMetrics,
};
inline constexpr std::size_t kPermissions = static_cast<std::size_t>(Permission::ReadMetrics) + 1;

enum class Reach : std::uint8_t { Unit, Anywhere, House };

inline constexpr std::string_view kAllUnits = "*";

struct Grant {
  Role role = Role::FrontLine;
  std::string unit;  // kAllUnits, or a unit's id; empty grants nothing
  friend bool operator==(const Grant&, const Grant&) = default;
};

struct Caller {
  enum class Kind : std::uint8_t {
    Nobody,    // not signed in
    Person,    //
    Key,       // an API key
    Operator,  // at the command line of the machine itself, where the files lie open anyway
  };
  Kind kind = Kind::Nobody;
  std::string id;     // number of the person or key, system name of the operator; what the audit trail notes
  std::string login;  // of a person
  std::string name;   // for people to read
  std::vector<Grant> grants;       // of a person
  bool opens_protected = false;    // of a person
  std::vector<Permission> scopes;  // of a key
  std::string source;              // of a key: the source it speaks for; empty: none

  friend bool operator==(const Caller&, const Caller&) = default;
};

/// The one at the command line: an administrator of everything.
Caller operator_caller(const std::string& system_name);

/// Denied unless granted, as (2) to (6) say. Some tens of nanoseconds.
bool may(const Caller& caller, Permission permission, std::string_view unit = {});

/// Whether a key speaks for the source, or a person imports and mends for any.
bool may_speak_for(const Caller& caller, std::string_view source);

/// The units for which a permission holds.
struct Units {
  bool all = false;
  std::vector<std::string> names;  // where not all; sorted, each once
};
Units units_where(const Caller& caller, Permission permission);

/// The table's columns.
bool is_granted(Role role, Permission permission);
bool is_for_keys(Permission permission);
Reach reach_of(Permission permission);

/// "front_line"; as it is stored and stands in JSON.
std::string_view role_name(Role role);
std::optional<Role> find_role(std::string_view name);
/// "events.send"; a key's scopes are such names.
std::string_view permission_name(Permission permission);
std::optional<Permission> find_permission(std::string_view name);

}  // namespace handslag::app
