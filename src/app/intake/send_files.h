// SPDX-License-Identifier: Apache-2.0
// `handslag import --server URL`: files are read here, with maps as `import` does, and their events go to a
// running server. Ids are those of a local import (digest and record number), so the same file twice, whole
// or after an interruption, adds nothing.
#pragma once

#include "app/intake/import_files.h"

namespace handslag::app {

/// `options.server` is the URL, `options.key` the API key. Errors: of reading, and of BatchSender.
Status send_files(const Session& session, const ImportOptions& options);

}  // namespace handslag::app
