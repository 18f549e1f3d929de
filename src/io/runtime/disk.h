// SPDX-License-Identifier: Apache-2.0
// Small things about files and the room left for them. Errors name the path and the system's reason.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace handslag::runtime {

/// The whole file has `text` afterwards, or is as it was: a temporary file, fsync, rename, fsync of the
/// folder.
Status write_file_atomically(const std::string& path, std::string_view text);

/// All of a file. Error NotFound; Limit where it is larger than `limit_bytes`.
Result<std::string> read_whole_file(const std::string& path, std::uint64_t limit_bytes);

/// Copies a file and syncs it. Error Conflict where `to` exists.
Status copy_file_durably(const std::string& from, const std::string& to);

/// Syncs a folder, so that names made or changed in it last.
Status sync_folder(const std::string& path);

Result<std::uint64_t> free_disk_bytes(const std::string& path);

/// Less than a megabyte is left where `path` lies: what the cause of a failed write most likely is. Paths
/// that cannot be asked about are not full.
bool is_disk_full(const std::string& path);

/// Error Unavailable with the figures where less than `needed_bytes` is free.
Status require_free_disk(const std::string& path, std::uint64_t needed_bytes);

/// "What failed: path: No space left on device. Remedy." with the code that fits `system_error` (an errno).
Error file_error(const std::string& what, const std::string& path, int system_error);

/// "1.5 GB".
std::string format_bytes(std::uint64_t bytes);

/// Resident memory of this process at its highest.
std::uint64_t peak_resident_bytes();

}  // namespace handslag::runtime
