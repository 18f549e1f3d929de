// SPDX-License-Identifier: Apache-2.0
// Names of customers, both ways, for one load of the log. Asks the log only when asked. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pure/identity/identity.h"
#include "pure/model/columns.h"
#include "pure/model/event.h"

namespace handslag::store {

class DuckDatabase;

class Customers {
 public:
  Customers() = default;
  Customers(std::shared_ptr<DuckDatabase> database, identity::Assignment assignment);

  const identity::Assignment& assignment() const { return assignment_; }
  std::size_t size() const { return assignment_.customers(); }
  /// "c123"; "organisation" for customer 0.
  std::string name(model::CustomerIndex customer) const;
  /// Everything she is known as, sorted; shared ones too. REQUIRES: customer < size().
  Result<std::vector<model::Identifier>> identifiers(model::CustomerIndex customer) const;
  /// The customers behind "c123" or "type:value"; several only where the identifier is a shared one. Customer
  /// 0 by "organisation". What no event names as it is typed is looked up as sources spell it
  /// (pure/identity/identifier_spellings.h). Error NotFound names the nearest known type; Invalid: neither
  /// form.
  Result<std::vector<model::CustomerIndex>> find(std::string_view reference, Date today) const;

 private:
  Result<std::vector<model::CustomerIndex>> find_typed(const model::Identifier& typed, Date today) const;
  Result<std::vector<model::CustomerIndex>> find_identifier(const model::Identifier& identifier) const;

  std::shared_ptr<DuckDatabase> database_;  // shared with the log, which may be closed before
  identity::Assignment assignment_;
};

}  // namespace handslag::store
