// SPDX-License-Identifier: Apache-2.0
#include "app/promises/promise_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "app/language/words.h"
#include "app/promises/time_names.h"
#include "io/runtime/file.h"
#include "pure/promise/parse.h"

namespace handslag::app {
namespace {
namespace fs = std::filesystem;

Result<PromiseFile> read_file(const std::string& path) {
  HANDSLAG_TRY(text, runtime::read_small_file(path, promise::kMaxTextBytes));
  return PromiseFile{path, std::move(text)};
}

// The *.promise files below a folder, by name.
Result<std::vector<std::string>> files_below(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code failure;
  for (fs::recursive_directory_iterator at(folder, failure), end; at != end; at.increment(failure)) {
    if (failure) break;
    if (at->is_regular_file(failure) && at->path().extension() == ".promise")
      found.push_back(at->path().string());
  }
  if (failure) return not_found(fmt::format("{}: {}", folder, failure.message()));
  if (found.empty()) {
    return not_found(
        fmt::format("{}: no file here ends in .promise. Name the folder that holds your promises.", folder));
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

void PromiseSet::add(promise::Promise promise, std::uint32_t number, Timestamp from, Timestamp to) {
  const auto known = std::find(ids_.begin(), ids_.end(), promise.id);
  id_of_version_.push_back(static_cast<std::uint32_t>(known - ids_.begin()));
  if (known == ids_.end()) ids_.push_back(promise.id);
  promises_.push_back(std::move(promise));
  versions_.push_back({&promises_.back(), number, from, to});
}

PromiseSet PromiseSet::copy() const {
  PromiseSet copied;
  for (const promise::Version& version : versions_)
    copied.add(*version.promise, version.number, version.from, version.to);
  return copied;
}

const promise::Promise& PromiseSet::newest(std::uint32_t id) const {
  const promise::Version* newest = nullptr;
  for (std::size_t v = 0; v < versions_.size(); ++v) {
    if (id_of_version_[v] == id && (newest == nullptr || versions_[v].number > newest->number))
      newest = &versions_[v];
  }
  HANDSLAG_CHECK(newest != nullptr, "an id without a version");
  return *newest->promise;
}

Result<std::vector<PromiseFile>> find_promise_files(const std::vector<std::string>& paths) {
  std::vector<PromiseFile> files;
  for (const std::string& path : paths) {
    std::error_code failure;
    std::vector<std::string> names{path};
    if (fs::is_directory(path, failure)) {
      HANDSLAG_TRY(below, files_below(path));
      names = std::move(below);
    } else if (!fs::exists(path, failure)) {
      return not_found(fmt::format("{}: there is no such file or folder.", path));
    }
    for (const std::string& name : names) {
      HANDSLAG_TRY(file, read_file(name));
      files.push_back(std::move(file));
    }
  }
  return files;
}

std::size_t print_diagnostics(const PromiseFile& file, const std::vector<promise::Diagnostic>& diagnostics,
                              const Terminal& terminal) {
  std::size_t errors = 0;
  for (const promise::Diagnostic& diagnostic : diagnostics) {
    *terminal.notes << promise::render(diagnostic, file.path, file.text, terminal.language);
    if (diagnostic.severity == promise::Severity::Error) ++errors;
  }
  return errors;
}

Result<PromiseSet> read_promise_files(const std::vector<std::string>& paths,
                                      const calendar::Calendars& calendars, const Terminal& terminal) {
  const promise::TimeNames names = time_names(calendars);
  HANDSLAG_TRY(files, find_promise_files(paths));
  PromiseSet set;
  std::size_t errors = 0;
  std::map<std::string, std::string> file_of_id;
  for (const PromiseFile& file : files) {
    promise::Parsed parsed = promise::parse(file.text, &names);
    errors += print_diagnostics(file, parsed.diagnostics, terminal);
    for (promise::Promise& promise : parsed.promises) {
      const auto [other, is_new] = file_of_id.emplace(promise.id, file.path);
      if (!is_new) {
        return invalid(fmt::format("{}: the promise \"{}\" stands already in {}. Rename one of them.",
                                   file.path, promise.id, other->second));
      }
      set.add(std::move(promise), 1, kFirstTime, kEndOfTime);
    }
  }
  if (errors > 0) {
    return invalid(
        fmt::format(fmt::runtime(terminal.say("{} in the promises, told above; mend and run again.",
                                              "{} i löftestexten, se ovan; rätta och kör igen.")),
                    counted(errors, kErrors, terminal.language)));
  }
  return set;
}

}  // namespace handslag::app
