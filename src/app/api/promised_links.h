// SPDX-License-Identifier: Apache-2.0
// Links by which a customer sees what was promised to her, without signing in: whoever has the token sees the
// one record that it opens, until it expires or is taken back. Tokens are 256 random bits and kept as SHA-256
// (io/store/promised_tokens.h), all that are open also in memory, so that guessing never costs the disk.
//
// Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "app/access/throttle.h"
#include "io/store/data_directory.h"

namespace handslag::app {

inline constexpr std::size_t kMostLinks = 20;  // open ones of a record

class PromisedLinks {
 public:
  static Result<std::unique_ptr<PromisedLinks>> open(const store::DataDirectory& directory, Timestamp now);

  /// The token, told this once. Limit: the record has kMostLinks.
  Result<std::string> make(const std::string& record, const std::string& by, Timestamp now,
                           Timestamp expires);
  /// Takes all of the record's back. Waits for the disk.
  Status revoke(const std::string& record, Timestamp now);

  struct Found {
    std::string record;       // empty: the token opens nothing, whyever
    std::int64_t wait_s = 0;  // the address has tried wrong ones too often: nothing was looked up
  };
  Found find(const std::string& token, const std::string& address, Timestamp now);

 private:
  explicit PromisedLinks(std::unique_ptr<store::PromisedTokens> records) : records_(std::move(records)) {}

  std::mutex writing_;  // the records are one thread's at a time
  std::unique_ptr<store::PromisedTokens> records_;
  std::mutex mutex_;  // guards what follows; never held while the disk is waited for
  std::unordered_map<std::string, store::PromisedToken> open_;  // by hash
  Throttle wrong_{{.free = 20, .first_s = 2}};                  // by address
};

}  // namespace handslag::app
