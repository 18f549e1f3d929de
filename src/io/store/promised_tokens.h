// SPDX-License-Identifier: Apache-2.0
// The tokens by which customers see what was promised to them, as they lie in DIR/records.sqlite: hashed,
// with an end. What they open is not here: src/app/api/promised_links.h. Each object has a connection of its
// own; one thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace handslag::store {

class SqliteDatabase;

struct PromisedToken {
  std::string hash;    // SHA-256 of the token
  std::string record;  // the commitment
  std::string made_by;
  Timestamp made, expires;
  std::optional<Timestamp> revoked;
};

class PromisedTokens {
 public:
  explicit PromisedTokens(std::unique_ptr<SqliteDatabase> database);
  ~PromisedTokens();

  /// Those that open something at `now`.
  Result<std::vector<PromisedToken>> open_at(Timestamp now);
  Status add(const PromisedToken& token);
  /// All of the record that are not revoked yet.
  Status revoke(const std::string& record, Timestamp when);

 private:
  std::unique_ptr<SqliteDatabase> database_;
};

}  // namespace handslag::store
