// SPDX-License-Identifier: Apache-2.0
#include "app/api/promised_links.h"

#include <fmt/format.h>

#include "io/http/address.h"
#include "io/runtime/secrets.h"

namespace handslag::app {

Result<std::unique_ptr<PromisedLinks>> PromisedLinks::open(const store::DataDirectory& directory,
                                                           Timestamp now) {
  HANDSLAG_TRY(records, directory.open_promised());
  HANDSLAG_TRY(tokens, records->open_at(now));
  std::unique_ptr<PromisedLinks> links(new PromisedLinks(std::move(records)));
  for (store::PromisedToken& it : tokens) {
    std::string hash = it.hash;
    links->open_.emplace(std::move(hash), std::move(it));
  }
  return links;
}

Result<std::string> PromisedLinks::make(const std::string& record, const std::string& by, Timestamp now,
                                        Timestamp expires) {
  const std::lock_guard writing(writing_);
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(open_, [now](const auto& it) { return it.second.expires <= now; });
    const auto links =
        std::count_if(open_.begin(), open_.end(), [&](const auto& it) { return it.second.record == record; });
    if (static_cast<std::size_t>(links) >= kMostLinks)
      return Error{ErrorCode::Limit,
                   fmt::format("{} has {} links already; take them back (DELETE), then make a new one",
                               record, kMostLinks)};
  }
  std::string token = runtime::random_secret();
  store::PromisedToken made{runtime::sha256(token), record, by, now, expires, {}};
  HANDSLAG_CHECK_STATUS(records_->add(made));
  const std::lock_guard lock(mutex_);
  std::string hash = made.hash;
  open_.emplace(std::move(hash), std::move(made));
  return token;
}

Status PromisedLinks::revoke(const std::string& record, Timestamp now) {
  const std::lock_guard writing(writing_);
  HANDSLAG_CHECK_STATUS(records_->revoke(record, now));
  const std::lock_guard lock(mutex_);
  std::erase_if(open_, [&](const auto& it) { return it.second.record == record; });
  return {};
}

PromisedLinks::Found PromisedLinks::find(const std::string& token, const std::string& address,
                                         Timestamp now) {
  constexpr std::size_t kMostToken = 64;
  const std::string caller = http::counted_part(address);
  const std::lock_guard lock(mutex_);
  Found found;
  found.wait_s = wrong_.wait_s(caller, now);
  if (found.wait_s > 0) return found;
  // Why by the hash of it: how long a look-up takes tells nothing about the token.
  const auto entry = token.size() > kMostToken ? open_.end() : open_.find(runtime::sha256(token));
  if (entry == open_.end() || entry->second.expires <= now)
    wrong_.fail(caller, now);
  else
    found.record = entry->second.record;
  return found;
}

}  // namespace handslag::app
