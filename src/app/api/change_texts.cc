// SPDX-License-Identifier: Apache-2.0
#include "app/api/change_texts.h"

#include "app/watch/change_json.h"

namespace handslag::app {

std::shared_ptr<const std::string> ChangeTexts::text(const Change& change) {
  const std::lock_guard lock(mutex_);
  if (const auto known = texts_.find(change.number); known != texts_.end()) return known->second;
  const auto written = std::make_shared<const std::string>(
      change_json(change).dump(-1, ' ', false, Json::error_handler_t::replace));
  texts_.emplace(change.number, written);
  if (texts_.size() > kept_) texts_.erase(texts_.begin());
  return written;
}

}  // namespace handslag::app
