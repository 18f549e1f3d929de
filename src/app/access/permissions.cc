// SPDX-License-Identifier: Apache-2.0
#include "app/access/permissions.h"

#include <algorithm>
#include <array>

namespace handslag::app {
namespace {

constexpr std::string_view kRoleNames[kRoles] = {"front_line", "owner",  "analyst",
                                                 "steward",    "leader", "administrator"};

struct Row {
  Permission permission;
  std::string_view name;
  Reach reach;
  bool for_keys;
  std::string_view roles;  // a letter each: F O A S L D (aDministrator); a dot where denied
};

constexpr std::string_view kLetters = "FOASLD";
using enum Permission;

// Why so: front line and steward alone see customers in clear, for they serve and mend them; owners see the
// story of a broken promise without knowing whose; analysts, leaders and administrators see figures.
constexpr Row kTable[] = {
    {UseAccount, "account.use", Reach::Anywhere, false, "FOASLD"},
    {SendEvents, "events.send", Reach::Anywhere, true, "......"},
    {ReadGap, "gap.read", Reach::Anywhere, true, ".OASL."},
    {ReadPromises, "promises.read", Reach::Anywhere, true, "FOASLD"},
    {DraftPromises, "promises.draft", Reach::Anywhere, false, ".OAS.."},
    {PublishPromises, "promises.publish", Reach::Unit, false, ".O...."},
    {ReadCard, "card.read", Reach::Anywhere, true, "FO.S.."},
    {Identify, "customers.identify", Reach::Anywhere, true, "F..S.."},
    {UnmaskIdentifiers, "identifiers.unmask", Reach::Anywhere, false, "F..S.."},
    {OpenProtected, "protected.open", Reach::Anywhere, false, "F..S.."},
    {ReadCauses, "causes.read", Reach::Anywhere, false, "FOASL."},
    {CorrectMatters, "matters.correct", Reach::Anywhere, false, "F..S.."},
    {MakeCommitments, "commitments.make", Reach::Anywhere, false, "FO...."},
    {ReportBlockedHelp, "blocked_help.report", Reach::Anywhere, false, "FO...."},
    {AnswerBlockedHelp, "blocked_help.answer", Reach::Unit, false, ".O..L."},
    {OpenCases, "cases.open", Reach::Anywhere, false, "FO.SL."},
    {HandleOwnCases, "cases.own", Reach::Anywhere, false, "FOASL."},
    {ReadCases, "cases.read", Reach::Unit, false, ".O.SL."},
    {ManageCases, "cases.manage", Reach::Unit, false, ".O..L."},
    {ReadRegisters, "registers.read", Reach::Unit, false, ".OASL."},
    {KeepRegisters, "registers.keep", Reach::Unit, false, "FO.SL."},
    {GuessFigures, "guesses.make", Reach::Unit, false, "....L."},
    {ReadStream, "stream.read", Reach::Unit, true, "FOASL."},
    {ReadUnitResults, "results.read", Reach::Unit, true, ".OA.L."},
    {ReadOwnResults, "results.own", Reach::Anywhere, false, "F....."},
    {ReadRejects, "rejects.read", Reach::Anywhere, true, "...S.."},
    {MendRejects, "rejects.mend", Reach::Anywhere, false, "...S.."},
    {MendIdentities, "identities.mend", Reach::Anywhere, false, "...S.."},
    {ImportFiles, "files.import", Reach::Anywhere, true, "...S.."},
    {ManageSources, "sources.manage", Reach::House, false, "...S.D"},
    {ManageHooks, "hooks.manage", Reach::House, false, ".....D"},
    {ManageRecipients, "recipients.manage", Reach::Unit, false, ".O..LD"},
    {ReadSettings, "settings.read", Reach::Anywhere, false, ".OASLD"},
    {AdministerSettings, "settings.administer", Reach::House, false, ".....D"},
    {AdministerPeople, "people.administer", Reach::House, false, ".....D"},
    {AdministerKeys, "keys.administer", Reach::House, false, ".....D"},
    {ReadAudit, "audit.read", Reach::House, false, "...S.D"},
    {ReadMetrics, "metrics.read", Reach::House, true, ".....D"},
};

constexpr bool is_table_in_order() {
  for (std::size_t i = 0; i < kPermissions; ++i) {
    if (static_cast<std::size_t>(kTable[i].permission) != i) return false;
    if (kTable[i].roles.size() != kRoles) return false;
    for (std::size_t r = 0; r < kRoles; ++r) {
      if (kTable[i].roles[r] != '.' && kTable[i].roles[r] != kLetters[r]) return false;
    }
  }
  return true;
}
static_assert(std::size(kTable) == kPermissions);
static_assert(is_table_in_order());

constexpr const Row& row_of(Permission permission) {
  return kTable[static_cast<std::size_t>(permission)];
}

bool holds(const Grant& grant, Reach reach, std::string_view unit) {
  if (grant.unit.empty()) return false;
  if (grant.unit == kAllUnits) return true;
  switch (reach) {
    case Reach::Anywhere:
      return true;
    case Reach::Unit:
      return grant.unit == unit;
    case Reach::House:
      return false;
  }
  return false;
}

bool is_one_with_grants(const Caller& caller) {
  return caller.kind == Caller::Kind::Person || caller.kind == Caller::Kind::Operator;
}

bool has_scope(const Caller& caller, Permission permission) {
  return row_of(permission).for_keys &&
         std::find(caller.scopes.begin(), caller.scopes.end(), permission) != caller.scopes.end();
}

}  // namespace

Caller operator_caller(const std::string& system_name) {
  Caller caller;
  caller.kind = Caller::Kind::Operator;
  caller.id = caller.name = system_name;
  caller.grants = {{Role::Administrator, std::string(kAllUnits)}};
  return caller;
}

bool may(const Caller& caller, Permission permission, std::string_view unit) {
  if (caller.kind == Caller::Kind::Key) return has_scope(caller, permission);
  if (!is_one_with_grants(caller)) return false;
  if (permission == OpenProtected && !caller.opens_protected) return false;
  const Reach reach = reach_of(permission);
  return std::any_of(caller.grants.begin(), caller.grants.end(), [&](const Grant& grant) {
    return is_granted(grant.role, permission) && holds(grant, reach, unit);
  });
}

bool may_speak_for(const Caller& caller, std::string_view source) {
  if (caller.kind == Caller::Kind::Key) return !caller.source.empty() && caller.source == source;
  return may(caller, ImportFiles);
}

Units units_where(const Caller& caller, Permission permission) {
  Units units;
  units.all = may(caller, permission, kAllUnits);
  if (units.all) return units;
  for (const Grant& grant : caller.grants) {
    if (may(caller, permission, grant.unit)) units.names.push_back(grant.unit);
  }
  std::sort(units.names.begin(), units.names.end());
  units.names.erase(std::unique(units.names.begin(), units.names.end()), units.names.end());
  return units;
}

bool is_granted(Role role, Permission permission) {
  return row_of(permission).roles[static_cast<std::size_t>(role)] != '.';
}

bool is_for_keys(Permission permission) {
  return row_of(permission).for_keys;
}

Reach reach_of(Permission permission) {
  return row_of(permission).reach;
}

std::string_view role_name(Role role) {
  return kRoleNames[static_cast<std::size_t>(role)];
}

std::optional<Role> find_role(std::string_view name) {
  const auto* const found = std::find(std::begin(kRoleNames), std::end(kRoleNames), name);
  if (found == std::end(kRoleNames)) return std::nullopt;
  return static_cast<Role>(found - std::begin(kRoleNames));
}

std::string_view permission_name(Permission permission) {
  return row_of(permission).name;
}

std::optional<Permission> find_permission(std::string_view name) {
  for (const Row& row : kTable) {
    if (row.name == name) return row.permission;
  }
  return std::nullopt;
}

}  // namespace handslag::app
