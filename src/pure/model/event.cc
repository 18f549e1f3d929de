// SPDX-License-Identifier: Apache-2.0
#include "pure/model/event.h"

namespace handslag::model {

void Event::clear() {
  for (std::string* text : {&source, &id, &type, &unit, &channel, &touchpoint, &agent, &replaces, &voids})
    text->clear();
  time = {};
  is_time_ours = false;
  known.reset();
  sequence = 0;
  subject.clear();
  keys.clear();
  data.clear();
  record = 0;
  part = 0;
}

}  // namespace handslag::model
