// SPDX-License-Identifier: Apache-2.0
#include "app/access/permissions.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace handslag::app {
namespace {

using enum Permission;

constexpr Role kFrontLine = Role::FrontLine, kOwner = Role::Owner, kAnalyst = Role::Analyst,
               kSteward = Role::Steward, kLeader = Role::Leader, kAdministrator = Role::Administrator;

// The table once more, by hand and role by role, the other way round than the code has it.
const std::map<Role, std::set<Permission>> kGranted = {
    {kFrontLine,
     {UseAccount, ReadPromises, ReadCard, Identify, UnmaskIdentifiers, OpenProtected, ReadCauses,
      CorrectMatters, MakeCommitments, ReportBlockedHelp, OpenCases, HandleOwnCases, KeepRegisters,
      ReadStream, ReadOwnResults}},
    {kOwner, {UseAccount,    ReadGap,        ReadPromises,    DraftPromises,     PublishPromises,
              ReadCard,      ReadCauses,     MakeCommitments, ReportBlockedHelp, AnswerBlockedHelp,
              OpenCases,     HandleOwnCases, ReadCases,       ManageCases,       ReadRegisters,
              KeepRegisters, ReadStream,     ReadUnitResults, ReadSettings,      ManageRecipients}},
    {kAnalyst,
     {UseAccount, ReadGap, ReadPromises, DraftPromises, ReadCauses, HandleOwnCases, ReadRegisters, ReadStream,
      ReadUnitResults, ReadSettings}},
    {kSteward, {UseAccount,        ReadGap,       ReadPromises,  DraftPromises,  ReadCard,    Identify,
                UnmaskIdentifiers, OpenProtected, ReadCauses,    CorrectMatters, OpenCases,   HandleOwnCases,
                ReadCases,         ReadRegisters, KeepRegisters, ReadStream,     ReadRejects, MendRejects,
                MendIdentities,    ImportFiles,   ManageSources, ReadSettings,   ReadAudit}},
    {kLeader,
     {UseAccount, ReadGap, ReadPromises, ReadCauses, AnswerBlockedHelp, OpenCases, HandleOwnCases, ReadCases,
      ManageCases, ReadRegisters, KeepRegisters, GuessFigures, ReadStream, ReadUnitResults, ReadSettings,
      ManageRecipients}},
    {kAdministrator,
     {UseAccount, ReadPromises, ManageSources, ManageHooks, ManageRecipients, ReadSettings,
      AdministerSettings, AdministerPeople, AdministerKeys, ReadAudit, ReadMetrics}},
};
const std::set<Permission> kForKeys = {SendEvents, ReadGap,         ReadPromises, ReadCard,    Identify,
                                       ReadStream, ReadUnitResults, ReadRejects,  ImportFiles, ReadMetrics};
const std::set<Permission> kOfAUnit = {PublishPromises, AnswerBlockedHelp, ReadCases,    ManageCases,
                                       ReadRegisters,   KeepRegisters,     GuessFigures, ReadStream,
                                       ReadUnitResults, ManageRecipients};
const std::set<Permission> kOfTheHouse = {ManageSources,  ManageHooks, AdministerSettings, AdministerPeople,
                                          AdministerKeys, ReadAudit,   ReadMetrics};

std::vector<Permission> all_permissions() {
  std::vector<Permission> all;
  for (std::size_t i = 0; i < kPermissions; ++i) all.push_back(static_cast<Permission>(i));
  return all;
}

Caller person(const std::vector<Grant>& grants) {
  Caller caller;
  caller.kind = Caller::Kind::Person;
  caller.grants = grants;
  caller.opens_protected = true;
  return caller;
}

TEST(Permissions, AreTheTableForEveryRoleAndPermission) {
  ASSERT_EQ(kGranted.size(), kRoles);
  for (const auto& [role, granted] : kGranted) {
    for (const Permission permission : all_permissions()) {
      EXPECT_EQ(may(person({{role, "*"}}), permission), granted.contains(permission))
          << role_name(role) << " " << permission_name(permission);
    }
  }
}

TEST(Permissions, OfKeysAreTheTable) {
  for (const Permission permission : all_permissions()) {
    Caller key;
    key.kind = Caller::Kind::Key;
    EXPECT_FALSE(may(key, permission)) << permission_name(permission);
    key.scopes = {permission};
    for (const Permission asked : all_permissions()) {
      EXPECT_EQ(may(key, asked), asked == permission && kForKeys.contains(asked)) << permission_name(asked);
    }
  }
}

TEST(Permissions, ReachAsFarAsTheTableSays) {
  for (const auto& [role, granted] : kGranted) {
    const Caller caller = person({{role, "sales"}});
    for (const Permission permission : all_permissions()) {
      const bool has = granted.contains(permission);
      const bool of_unit = kOfAUnit.contains(permission), of_house = kOfTheHouse.contains(permission);
      const bool anywhere = has && !of_unit && !of_house;
      EXPECT_EQ(may(caller, permission, "sales"), has && !of_house) << permission_name(permission);
      EXPECT_EQ(may(caller, permission, "delivery"), anywhere) << permission_name(permission);
      EXPECT_EQ(may(caller, permission), anywhere) << permission_name(permission);
      EXPECT_EQ(may(caller, permission, kAllUnits), anywhere) << permission_name(permission);
    }
  }
}

TEST(Permissions, AreDeniedToWhoIsNotSignedIn) {
  Caller nobody;
  nobody.grants = {{kAdministrator, "*"}, {kSteward, "*"}};
  nobody.scopes = {SendEvents};
  for (const Permission permission : all_permissions()) EXPECT_FALSE(may(nobody, permission));
}

TEST(Permissions, ComeFromNoGrantWithoutAUnit) {
  for (const Permission permission : all_permissions()) {
    EXPECT_FALSE(may(person({{kOwner, ""}, {kSteward, ""}, {kAdministrator, ""}}), permission));
  }
}

TEST(Permissions, AddUpOverGrants) {
  const Caller caller = person({{kOwner, "sales"}, {kLeader, "delivery"}});
  EXPECT_TRUE(may(caller, PublishPromises, "sales"));
  EXPECT_FALSE(may(caller, PublishPromises, "delivery"));
  EXPECT_TRUE(may(caller, ManageCases, "sales"));
  EXPECT_TRUE(may(caller, ManageCases, "delivery"));
  EXPECT_FALSE(may(caller, ManageCases));
}

TEST(Permissions, OpenProtectedIdentitiesToNamedPeopleAlone) {
  Caller caller = person({{kFrontLine, "*"}});
  EXPECT_TRUE(may(caller, OpenProtected));
  caller.opens_protected = false;
  EXPECT_FALSE(may(caller, OpenProtected));
  caller.opens_protected = true;
  caller.grants = {{kAdministrator, "*"}, {kAnalyst, "*"}};
  EXPECT_FALSE(may(caller, OpenProtected));
}

TEST(Permissions, NameTheUnitsWhereTheyHold) {
  const Caller bound =
      person({{kOwner, "sales"}, {kLeader, "delivery"}, {kAnalyst, "sales"}, {kSteward, "web"}});
  EXPECT_FALSE(units_where(bound, ReadUnitResults).all);
  EXPECT_EQ(units_where(bound, ReadUnitResults).names, (std::vector<std::string>{"delivery", "sales"}));
  EXPECT_TRUE(units_where(person({{kLeader, "*"}}), ReadUnitResults).all);
  EXPECT_TRUE(units_where(bound, ReadCard).all);
  EXPECT_FALSE(units_where(bound, AdministerPeople).all);
  EXPECT_TRUE(units_where(bound, AdministerPeople).names.empty());
}

TEST(Permissions, LetAKeySpeakForItsSourceAlone) {
  Caller key;
  key.kind = Caller::Kind::Key;
  key.source = "shop";
  EXPECT_TRUE(may_speak_for(key, "shop"));
  EXPECT_FALSE(may_speak_for(key, "billing"));
  key.source = "";
  EXPECT_FALSE(may_speak_for(key, ""));
  EXPECT_TRUE(may_speak_for(person({{kSteward, "*"}}), "shop"));
  EXPECT_FALSE(may_speak_for(person({{kOwner, "*"}}), "shop"));
}

TEST(Permissions, MakeTheOperatorAnAdministrator) {
  const Caller caller = operator_caller("root");
  EXPECT_TRUE(may(caller, AdministerPeople));
  EXPECT_TRUE(may(caller, ReadAudit));
  EXPECT_FALSE(may(caller, ReadCard));
}

// Stored in people's rows and in keys, and used by clients.
TEST(Permissions, HaveNamesThatNeverChange) {
  EXPECT_EQ(find_role("front_line"), kFrontLine);
  EXPECT_EQ(find_role("owner"), kOwner);
  EXPECT_EQ(find_role("analyst"), kAnalyst);
  EXPECT_EQ(find_role("steward"), kSteward);
  EXPECT_EQ(find_role("leader"), kLeader);
  EXPECT_EQ(find_role("administrator"), kAdministrator);
  EXPECT_FALSE(find_role("root"));
  EXPECT_EQ(find_permission("events.send"), SendEvents);
  EXPECT_EQ(find_permission("gap.read"), ReadGap);
  EXPECT_EQ(find_permission("promises.read"), ReadPromises);
  EXPECT_EQ(find_permission("card.read"), ReadCard);
  EXPECT_EQ(find_permission("customers.identify"), Identify);
  EXPECT_EQ(find_permission("stream.read"), ReadStream);
  EXPECT_EQ(find_permission("results.read"), ReadUnitResults);
  EXPECT_EQ(find_permission("rejects.read"), ReadRejects);
  EXPECT_EQ(find_permission("files.import"), ImportFiles);
  EXPECT_EQ(find_permission("metrics.read"), ReadMetrics);
  EXPECT_FALSE(find_permission("*"));
  std::set<std::string_view> names;
  for (const Permission permission : all_permissions()) names.insert(permission_name(permission));
  EXPECT_EQ(names.size(), kPermissions);
}

}  // namespace
}  // namespace handslag::app
