// SPDX-License-Identifier: Apache-2.0
#include "app/access/audit_entry.h"

namespace handslag::app {
namespace {

store::AuditWho audit_kind(Caller::Kind kind) {
  switch (kind) {
    case Caller::Kind::Nobody:
      return store::AuditWho::Nobody;
    case Caller::Kind::Person:
      return store::AuditWho::Person;
    case Caller::Kind::Key:
      return store::AuditWho::Key;
    case Caller::Kind::Operator:
      return store::AuditWho::Operator;
  }
  return store::AuditWho::Nobody;
}

}  // namespace

store::AuditEntry entry_by(const Caller& by, store::AuditVerb what, std::string whom, std::string details) {
  return {audit_kind(by.kind), by.id, what, std::move(whom), "", std::move(details)};
}

}  // namespace handslag::app
