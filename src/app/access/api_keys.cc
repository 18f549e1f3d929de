// SPDX-License-Identifier: Apache-2.0
#include "app/access/api_keys.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/access/audit_entry.h"
#include "app/access/people.h"
#include "app/language/json.h"
#include "base/text.h"
#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

constexpr std::string_view kPrefix = "hs_";
constexpr std::size_t kMostKeyBytes = 128;
constexpr std::size_t kSourceBytes = 128;

struct KeyText {
  std::int64_t number = 0;
  std::string_view secret;
};

std::optional<KeyText> parse(std::string_view text) {
  if (text.size() > kMostKeyBytes || !text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  KeyText parsed;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), parsed.number);
  if (problem != std::errc() || end == text.data() + text.size() || *end != '_') return std::nullopt;
  parsed.secret = text.substr(static_cast<std::size_t>(end - text.data()) + 1);
  return parsed;
}

std::vector<Permission> scopes_of(const store::StoredKey& stored) {
  std::vector<Permission> scopes;
  for (const std::string& name : stored.scopes) {
    if (const auto permission = find_permission(name)) scopes.push_back(*permission);
  }
  return scopes;
}

ApiKey key_of(const store::StoredKey& stored) {
  return {stored.number,  stored.name,       stored.source, scopes_of(stored),
          stored.created, stored.created_by, stored.used,   stored.revoked};
}

Status require_key_administrator(const Caller& by) {
  if (may(by, Permission::AdministerKeys)) return {};
  return Error{ErrorCode::Forbidden, "only an administrator may administer keys"};
}

bool is_source(std::string_view source) {
  return source.size() <= kSourceBytes && is_utf8(source) &&
         std::all_of(source.begin(), source.end(),
                     [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7F'; });
}

Status check_scopes(const NewKey& key) {
  if (key.scopes.empty())
    return invalid("a key without a scope may do nothing; give it at least one").at("/scopes");
  for (std::size_t i = 0; i < key.scopes.size(); ++i) {
    const Permission scope = key.scopes[i];
    const std::string name(permission_name(scope));
    if (!is_for_keys(scope))
      return invalid(name + " is for people, not for keys").at("/scopes/" + std::to_string(i));
    const bool needs_source = scope == Permission::SendEvents || scope == Permission::ImportFiles ||
                              scope == Permission::ReadRejects;
    if (needs_source && key.source.empty())
      return invalid("a key with " + name + " needs a source to speak for").at("/source");
  }
  return {};
}

Result<store::StoredKey> made_key(const NewKey& key) {
  HANDSLAG_TRY(name, checked_name(key.name, "a key"));
  if (!is_source(key.source)) return invalid("a source has up to 128 bytes and no spaces").at("/source");
  HANDSLAG_CHECK_STATUS(check_scopes(key));
  store::StoredKey made;
  made.name = std::move(name);
  made.source = key.source;
  for (const Permission scope : key.scopes) made.scopes.emplace_back(permission_name(scope));
  std::sort(made.scopes.begin(), made.scopes.end());
  made.scopes.erase(std::unique(made.scopes.begin(), made.scopes.end()), made.scopes.end());
  return made;
}

}  // namespace

Result<std::unique_ptr<ApiKeys>> ApiKeys::open(std::unique_ptr<store::KeyRecords> records,
                                               store::AuditTrail& trail, const runtime::Clock& clock) {
  std::unique_ptr<ApiKeys> opened(new ApiKeys(std::move(records), trail, clock));
  HANDSLAG_TRY(keys, opened->records_->keys());
  for (const store::StoredKey& key : keys) opened->keep(key);
  return opened;
}

ApiKeys::ApiKeys(std::unique_ptr<store::KeyRecords> records, store::AuditTrail& trail,
                 const runtime::Clock& clock)
    : records_(std::move(records)), trail_(trail), clock_(clock) {}

ApiKeys::~ApiKeys() {
  (void)keep_up().ok();  // Why: the hour of a last use is all that could be lost
}

// REQUIRES: mutex_ is held, or nobody else knows of this yet.
void ApiKeys::keep(const store::StoredKey& key) {
  Caller caller;
  caller.kind = Caller::Kind::Key;
  caller.id = std::to_string(key.number);
  caller.name = key.name;
  caller.scopes = scopes_of(key);
  caller.source = key.source;
  entries_[key.number] = {key, std::move(caller)};
}

Result<Caller> ApiKeys::caller_of_key(std::string_view text) {
  const Error refusal{ErrorCode::Unauthenticated, "the key is not valid"};
  const std::optional<KeyText> key = parse(text);
  if (!key) return refusal;
  const std::string hash = runtime::sha256(key->secret);
  const Timestamp now = clock_.now();
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key->number);
  if (found == entries_.end()) return refusal;
  Entry& entry = found->second;
  if (!runtime::is_same_secret(entry.stored.secret_hash, hash) || entry.stored.revoked) return refusal;
  if (!entry.stored.used || now.us - entry.stored.used->us >= kMicrosPerHour) {
    entry.stored.used = Timestamp{now.us - now.us % kMicrosPerHour};
    entry.is_use_unwritten = true;
  }
  return entry.caller;
}

Result<MadeKey> ApiKeys::add(const Caller& by, const NewKey& key) {
  HANDSLAG_CHECK_STATUS(require_key_administrator(by));
  HANDSLAG_TRY(made, made_key(key));
  const std::string secret = runtime::random_secret();
  made.secret_hash = runtime::sha256(secret);
  made.created = clock_.now();
  made.created_by = by.name;
  const Json details = {{"name", made.name}, {"source", made.source}, {"scopes", made.scopes}};
  const std::lock_guard writing(writing_);
  HANDSLAG_TRY(added, records_->add(made));
  // Why revoked where it cannot be noted: its number is in the note, so the key is made first, and counts for
  // nothing until the note is taken.
  const Status noted =
      trail_.note(entry_by(by, store::AuditVerb::KeyAdded, std::to_string(added.number), details.dump()));
  if (!noted.ok()) {
    HANDSLAG_CHECK_STATUS(records_->revoke(added.number, made.created));
    return noted.error();
  }
  const std::lock_guard lock(mutex_);
  keep(added);
  const std::string whole = std::string(kPrefix) + std::to_string(added.number) + "_" + secret;
  return MadeKey{key_of(added), whole};
}

Result<std::vector<ApiKey>> ApiKeys::keys(const Caller& by) const {
  HANDSLAG_CHECK_STATUS(require_key_administrator(by));
  std::vector<ApiKey> keys;
  const std::lock_guard lock(mutex_);
  for (const auto& [number, entry] : entries_) keys.push_back(key_of(entry.stored));
  return keys;
}

Status ApiKeys::revoke(const Caller& by, std::int64_t number) {
  HANDSLAG_CHECK_STATUS(require_key_administrator(by));
  const Timestamp now = clock_.now();
  const std::lock_guard writing(writing_);
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(number);
    if (found == entries_.end()) return not_found("there is no key number " + std::to_string(number));
    if (found->second.stored.revoked) {
      return Error{ErrorCode::Conflict, "key " + std::to_string(number) + " is revoked already, since " +
                                            format_rfc3339(*found->second.stored.revoked)};
    }
  }
  HANDSLAG_CHECK_STATUS(trail_.note(entry_by(by, store::AuditVerb::KeyRevoked, std::to_string(number))));
  HANDSLAG_CHECK_STATUS(records_->revoke(number, now));
  const std::lock_guard lock(mutex_);
  entries_.at(number).stored.revoked = now;
  return {};
}

Status ApiKeys::keep_up() {
  const std::lock_guard writing(writing_);
  std::vector<std::pair<std::int64_t, Timestamp>> uses;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [number, entry] : entries_) {
      if (std::exchange(entry.is_use_unwritten, false)) uses.emplace_back(number, *entry.stored.used);
    }
  }
  return records_->note_use(uses);
}

}  // namespace handslag::app
