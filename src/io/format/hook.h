// SPDX-License-Identifier: Apache-2.0
// Any sender's webhook as events: a map as for files (contract/map.md) with a [hook] of its own, which says
// how the sender signs. contract/intake.md is the text for people. Immutable once read; any thread.
//
//   HANDSLAG_TRY(hook, parse_hook(toml, "zendesk.toml"));
//   if (hook.signature) HANDSLAG_CHECK_STATUS(check_signature(*hook.signature, secrets, request, now));
//   HANDSLAG_TRY(read, read_hook(hook, request, setting));
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "io/format/map.h"
#include "io/format/webhook_signature.h"
#include "io/format/wire_request.h"

namespace handslag::format {

struct Hook {
  Map map;
  std::optional<SignatureSetting> signature;  // absent: the map says `signature = "none"`
  std::string delivery_header;  // lower case; names the delivery, the same when it is sent again. Empty: none
};

/// All errors in one pass, as parse_map() gives them. Invalid; also where nothing says how the sender signs.
Result<Hook> parse_hook(std::string_view toml, const std::string& name);

/// The events of a JSON object, a list of them, or a form. Does not look at the signature. The map may name
/// the columns request:received, header:NAME and query:NAME besides those of the body. An event to which the
/// map gives no id gets one from the delivery, or from the digest of the body: sent again it counts once.
/// Invalid where the body is neither JSON nor a form or the map does not fit, Limit for more events than a
/// request may have.
Result<WireEvents> read_hook(const Hook& hook, const WireRequest& request, const WireSetting& setting,
                             const WireLimits& limits = {});

}  // namespace handslag::format
