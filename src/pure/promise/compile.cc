// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/compile.h"

#include <algorithm>
#include <string>
#include <utility>

#include "pure/promise/compile_rule.h"

namespace handslag::promise {

namespace {

struct Entry {
  model::TypeCode type;
  Concern concern;
};

// One entry for each type that concerns the monitor, its roles joined.
void add_entries(std::vector<std::pair<model::TypeCode, std::uint32_t>> roles, std::uint32_t monitor,
                 std::vector<Entry>& entries) {
  std::sort(roles.begin(), roles.end());
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (i == 0 || roles[i].first != roles[i - 1].first) entries.push_back({roles[i].first, {monitor, 0}});
    entries.back().concern.roles |= roles[i].second;
  }
}

// Entries stand in the order of monitors; a stable sort by type keeps that order inside a type.
void set_dispatch(Program& program, std::vector<Entry>& entries, std::size_t types) {
  std::stable_sort(entries.begin(), entries.end(), [](auto& a, auto& b) { return a.type < b.type; });
  program.first_concern.assign(types + 1, 0);
  for (const Entry& entry : entries) {
    ++program.first_concern[entry.type + 1U];
    program.concerns.push_back(entry.concern);
  }
  for (std::size_t t = 0; t < types; ++t) program.first_concern[t + 1] += program.first_concern[t];
}

Error too_many_versions() {
  return over_limit("more than " + std::to_string(kMaxVersions) + " promise versions at once; withdraw some");
}

Error too_many_types() {
  return over_limit("the event patterns of all promises together match too many types (more than " +
                    std::to_string(kMaxDispatched) + "); use narrower prefixes");
}

}  // namespace

CompileResult compile(const std::vector<Version>& versions, const model::Columns& columns,
                      const model::Horizons& horizons, const model::TimeRulesSource& rules) {
  CompileResult result;
  auto program = std::make_shared<Program>();
  program->horizons.resize(versions.size());
  Installation installation(columns, horizons, rules);
  std::vector<Entry> entries;
  for (std::uint32_t v = 0; v < versions.size(); ++v) {
    const auto refuse = [&](Error error) {
      result.problems.push_back({v, std::move(error).in("promise " + versions[v].promise->id)});
    };
    if (v >= kMaxVersions) {
      refuse(too_many_versions());
      continue;
    }
    Result<CompiledRule> compiled = compile_rule(versions[v], v, installation, program->durations);
    if (!compiled.ok()) {
      refuse(std::move(compiled).error());
      continue;
    }
    if (entries.size() + compiled->roles.size() > kMaxDispatched) {
      refuse(too_many_types());
      continue;
    }
    program->horizons[v] = compiled->monitor.horizon;
    if (!compiled->has_source) continue;  // D-5
    add_entries(std::move(compiled->roles), static_cast<std::uint32_t>(program->monitors.size()), entries);
    program->monitors.push_back(std::move(compiled->monitor));
  }
  set_dispatch(*program, entries, columns.types.size());
  if (const auto updates = installation.types_of({"customer.updated", false, {}}); !updates.empty()) {
    program->update_type = updates.front();
    program->has_update_type = true;
  }
  result.program = std::move(program);
  return result;
}

Horizon horizon_of(const Program& program, std::uint32_t version) {
  return program.horizons[version];
}

}  // namespace handslag::promise
