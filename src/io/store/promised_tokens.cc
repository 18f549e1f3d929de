// SPDX-License-Identifier: Apache-2.0
#include "io/store/promised_tokens.h"

#include "io/store/sqlite_database.h"

namespace handslag::store {

PromisedTokens::PromisedTokens(std::unique_ptr<SqliteDatabase> database) : database_(std::move(database)) {}
PromisedTokens::~PromisedTokens() = default;

Result<std::vector<PromisedToken>> PromisedTokens::open_at(Timestamp now) {
  std::vector<PromisedToken> tokens;
  HANDSLAG_TRY(query,
               database_->prepare("SELECT token_hash, record, made_by, made_at_us, expires_at_us FROM "
                                  "promised_tokens WHERE expires_at_us > ? AND revoked_at_us IS NULL"));
  query.bind(now);
  while (true) {
    HANDSLAG_TRY(row, query.step());
    if (!row) return tokens;
    tokens.push_back({query.text(0), query.text(1), query.text(2), query.time(3), query.time(4), {}});
  }
}

Status PromisedTokens::add(const PromisedToken& token) {
  HANDSLAG_TRY(insert, database_->prepare("INSERT INTO promised_tokens (token_hash, record, made_by, "
                                          "made_at_us, expires_at_us) VALUES (?, ?, ?, ?, ?)"));
  return insert.bind(token.hash)
      .bind(token.record)
      .bind(token.made_by)
      .bind(token.made)
      .bind(token.expires)
      .run();
}

Status PromisedTokens::revoke(const std::string& record, Timestamp when) {
  HANDSLAG_TRY(update, database_->prepare("UPDATE promised_tokens SET revoked_at_us = ? WHERE record = ? AND "
                                          "revoked_at_us IS NULL"));
  return update.bind(when).bind(record).run();
}

}  // namespace handslag::store
