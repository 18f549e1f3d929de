// SPDX-License-Identifier: Apache-2.0
// What the routes to registers answer alike: a record with its ETag, faults as a problem. On a worker.
#pragma once

#include <functional>

#include "app/api/register_desk.h"
#include "app/api/route.h"

namespace handslag::app {

/// The register of commitments (packs/registers/commitment.toml), which has routes of its own.
inline constexpr const char* kCommitments = "commitment";

/// An id is "REGISTER-NUMBER".
bool is_of_register(const std::string& id, std::string_view register_id);

/// 422 with a pointer to each fault, 412 where somebody else changed it; without faults as the error says.
http::Response faults_response(const Error& error, const Faults& faults);

using RecordQuestion = std::function<Result<Json>(Registers&, const Actor&)>;
/// Asks as the caller. Of the records in the answer whose customer is a protected identity the personal
/// values are masked, but for who may open those; whose customer is shown in clear is noted in the audit
/// trail, and where that cannot be, nothing is shown. Not on the live system's thread.
Result<Json> shown(const Call& call, const RecordQuestion& question);

using RecordChange = std::function<Result<Changed>(Registers&, const Actor&, Faults&)>;
/// Makes the change as the caller, and answers the record as it is then, with its personal values as shown()
/// says, or masked where the look cannot be noted; null where the caller has lost sight of it by the change.
Result<http::Response> changed(const Call& call, unsigned status, const RecordChange& change);

}  // namespace handslag::app
