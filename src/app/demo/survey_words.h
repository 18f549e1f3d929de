// SPDX-License-Identifier: Apache-2.0
// What customers of the demo write in answer to surveys. Invented; in Swedish, as theirs would be.
#pragma once

#include <cstdint>

#include "app/demo/random.h"

namespace handslag::demo {

/// What she writes who was in touch because of `reason` (or got a delivery: "delivery") and gives this score,
/// 0 to 10; a literal. Null where she writes nothing.
const char* survey_words(const char* reason, std::int32_t score, Random& random);

}  // namespace handslag::demo
