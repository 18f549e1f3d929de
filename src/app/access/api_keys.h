// SPDX-License-Identifier: Apache-2.0
// Keys by which other systems call: "hs_<number>_<secret>", shown once at making, stored as SHA-256. A key
// speaks for one source, or none, and has scopes: names of permissions that the table marks for keys
// (permissions.h).
//
// Kept in memory and written through, like accounts.h; changes are noted in the audit trail before they are
// done. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/access/permissions.h"
#include "base/result.h"
#include "io/runtime/clock.h"
#include "io/store/access_records.h"
#include "io/store/audit_trail.h"

namespace handslag::app {

struct ApiKey {
  std::int64_t number = 0;
  std::string name, source;
  std::vector<Permission> scopes;
  Timestamp created;
  std::string created_by;
  std::optional<Timestamp> used;  // to the hour
  std::optional<Timestamp> revoked;
};

struct NewKey {
  std::string name;    // what people call it
  std::string source;  // 1 to 128 bytes without spaces; empty: speaks for none
  std::vector<Permission> scopes;
};
struct MadeKey {
  ApiKey key;
  std::string text;  // the whole key, to be shown this once
};

class ApiKeys {
 public:
  /// Keeps `trail` and `clock`. Errors: of reading the records.
  static Result<std::unique_ptr<ApiKeys>> open(std::unique_ptr<store::KeyRecords> records,
                                               store::AuditTrail& trail, const runtime::Clock& clock);
  ~ApiKeys();

  /// Who calls with this key. Error Unauthenticated, the same for a wrong one, a revoked one and none. Some
  /// microseconds, without the disk.
  Result<Caller> caller_of_key(std::string_view text);

  // Administration. `by` needs AdministerKeys (Forbidden).
  /// Errors: Invalid (no scope; a scope that is not for keys; events.send or files.import without a source).
  Result<MadeKey> add(const Caller& by, const NewKey& key);
  /// The revoked too, by number.
  Result<std::vector<ApiKey>> keys(const Caller& by) const;
  /// At once, also for requests on their way in. Error NotFound; Conflict where it is revoked already.
  Status revoke(const Caller& by, std::int64_t number);

  /// Writes when keys were last used. To be called each minute, off the threads that serve; closing does too.
  Status keep_up();

 private:
  struct Entry {
    store::StoredKey stored;
    Caller caller;
    bool is_use_unwritten = false;
  };
  ApiKeys(std::unique_ptr<store::KeyRecords> records, store::AuditTrail& trail, const runtime::Clock& clock);
  void keep(const store::StoredKey& key);

  const std::unique_ptr<store::KeyRecords> records_;  // guarded by writing_
  store::AuditTrail& trail_;
  const runtime::Clock& clock_;
  std::mutex writing_;        // one change at a time; taken before mutex_
  mutable std::mutex mutex_;  // guards entries_; never held while the disk is written
  std::map<std::int64_t, Entry> entries_;
};

}  // namespace handslag::app
