// SPDX-License-Identifier: Apache-2.0
// Hashes by which a repeated event is known.
#pragma once

#include <cstdint>
#include <string_view>

#include "pure/model/event.h"

namespace handslag::store {

/// Written to disk (events.content); never change what it covers.
/// Of everything the source said: not of where the event stood in a file, its sequence, when it was learned
/// of, or a time that is ours (Event::is_time_ours). The order of subjects, keys and attributes does not
/// count.
std::uint64_t content_hash(const model::Event& event);

/// Of (source, id), for KnownIds: another in every process (hash_seed), and never written down.
std::uint64_t id_hash(std::uint32_t source_code, std::string_view id);

}  // namespace handslag::store
