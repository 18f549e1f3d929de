// SPDX-License-Identifier: Apache-2.0
#include "app/promises/version_json.h"

namespace handslag::app {

Json version_json(const store::PromiseVersion& version) {
  return {{"id", version.id},
          {"version", version.version},
          {"from", version.from == kFirstTime ? Json() : time_json(version.from)},
          {"published_at", time_json(version.published_at)},
          {"published_by", version.published_by},
          {"why", version.why},
          {"withdrawn_at", time_json(version.withdrawn_at)},
          {"withdrawn_by", version.withdrawn_at ? Json(version.withdrawn_by) : Json()},
          {"withdrawn_why", version.withdrawn_at ? Json(version.withdrawn_why) : Json()},
          {"text", version.text}};
}

}  // namespace handslag::app
