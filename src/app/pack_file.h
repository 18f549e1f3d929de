// SPDX-License-Identifier: Apache-2.0
// The files of packs/ that the program carries with it, as CMake read them (cmake/packs.cmake). Immutable;
// any thread.
#pragma once

#include <span>
#include <string_view>

namespace handslag::app {

struct PackFile {
  std::string_view path;  // "packs/registers/case.toml"
  std::string_view text;
};

/// All below are in the order of paths.
std::span<const PackFile> register_files();  // packs/registers/*.toml
std::span<const PackFile> demo_files();      // packs/telecom: promises, units and types

}  // namespace handslag::app
