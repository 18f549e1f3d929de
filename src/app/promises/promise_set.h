// SPDX-License-Identifier: Apache-2.0
// The promises that a question is asked about: from files and folders (--promises PATH…), or those in force
// in the data directory, each with all its versions.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "app/terminal/terminal.h"
#include "base/result.h"
#include "pure/calendar/calendars.h"
#include "pure/promise/ast.h"
#include "pure/promise/evaluate.h"

namespace handslag::app {

/// Move-only: versions point into promises.
class PromiseSet {
 public:
  PromiseSet() = default;
  PromiseSet(PromiseSet&&) = default;
  PromiseSet& operator=(PromiseSet&&) = default;

  /// Adds one version; versions of one id belong together and do not overlap.
  void add(promise::Promise promise, std::uint32_t number, Timestamp from, Timestamp to);

  const std::vector<promise::Version>& versions() const { return versions_; }
  /// Distinct ids in the order they came; what a report has a line for.
  const std::vector<std::string>& ids() const { return ids_; }
  /// Index into ids() of a version.
  std::uint32_t id_of(std::uint32_t version) const { return id_of_version_[version]; }
  /// The newest version of an id: its title, unit and target stand in reports.
  const promise::Promise& newest(std::uint32_t id) const;
  bool empty() const { return versions_.empty(); }
  /// The same promises again.
  PromiseSet copy() const;

 private:
  std::deque<promise::Promise> promises_;
  std::vector<promise::Version> versions_;
  std::vector<std::string> ids_;
  std::vector<std::uint32_t> id_of_version_;
};

/// One promise file, read whole.
struct PromiseFile {
  std::string path;
  std::string text;
};

/// The *.promise files at the paths: files as they are, folders with all below them, in the order of their
/// names. NotFound for a path that is not there or a folder without any; Limit for a file over
/// promise::kMaxTextBytes.
Result<std::vector<PromiseFile>> find_promise_files(const std::vector<std::string>& paths);

/// Reads the promises of files as first versions, to run with these calendars. Diagnostics go to
/// terminal.notes; Invalid where one is an error, or where two files hold the same id.
Result<PromiseSet> read_promise_files(const std::vector<std::string>& paths,
                                      const calendar::Calendars& calendars, const Terminal& terminal);

/// Prints the diagnostics of one file; the number of errors among them.
std::size_t print_diagnostics(const PromiseFile& file, const std::vector<promise::Diagnostic>& diagnostics,
                              const Terminal& terminal);

}  // namespace handslag::app
