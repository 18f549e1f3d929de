// SPDX-License-Identifier: Apache-2.0
// What stays in memory of a log: columns with one key, what an open writer knows by heart (dictionaries), and
// the ids that are taken; each as the growth of resident memory, DuckDB's own left out by closing it.
// memory_bench DIRECTORY (made by: ingest_bench EVENTS DIRECTORY [own])
#include <malloc.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>

#include "io/runtime/clock.h"
#include "io/store/data_directory.h"
#include "io/store/dictionaries.h"
#include "io/store/load.h"

namespace handslag::bench {
namespace {

double resident_bytes() {
  malloc_trim(0);
  std::ifstream file("/proc/self/statm");
  double all = 0, resident = 0;
  file >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

struct Held {
  model::Columns columns;
  std::unique_ptr<store::Dictionaries> dictionaries;
  double at_first = 0, with_columns = 0, with_dictionaries = 0, with_ids = 0;
};

Status load_columns(const std::string& directory, Held& held) {
  const runtime::WallClock clock;
  HANDSLAG_TRY(data, store::DataDirectory::open(directory, store::Mode::Read, "bench", clock.now()));
  model::ColumnNeeds needs;
  needs.keys = {"order"};
  store::LoadOptions options;
  options.wall = clock.now();
  HANDSLAG_TRY(loaded, store::load(data.log(), needs, options));
  held.columns = std::move(loaded.columns);
  held.columns.texts = nullptr;  // reads the database, and would keep it open
  return {};
}

Status load_dictionaries(const std::string& directory, Held& held, bool with_ids) {
  HANDSLAG_TRY(database, store::DuckDatabase::open(directory + "/events.duckdb", store::DuckMode::Read));
  HANDSLAG_TRY(connection, database->connect());
  if (with_ids) return held.dictionaries->load_known_ids(connection);
  HANDSLAG_TRY(loaded, store::Dictionaries::load(connection));
  held.dictionaries = std::move(loaded);
  return {};
}

Status hold(const std::string& directory, Held& held) {
  held.at_first = resident_bytes();
  HANDSLAG_CHECK_STATUS(load_columns(directory, held));
  held.with_columns = resident_bytes();
  HANDSLAG_CHECK_STATUS(load_dictionaries(directory, held, false));
  held.with_dictionaries = resident_bytes();
  HANDSLAG_CHECK_STATUS(load_dictionaries(directory, held, true));
  held.with_ids = resident_bytes();
  return {};
}

// The same as an import leaves it that brought all of it: tables that have grown step by step.
Status grow(const Held& loaded, store::Interner& texts, std::optional<store::KnownIds>& ids) {
  for (std::uint32_t code = 1; code < loaded.dictionaries->texts.size(); ++code)
    texts.add(loaded.dictionaries->texts.text(code));
  HANDSLAG_TRY(empty, store::KnownIds::create("/tmp", 0));
  for (std::uint32_t row = 0; row < loaded.dictionaries->known_ids->size(); ++row) {
    const std::uint64_t hash = (row + 1) * 0x9E37'79B9'7F4A'7C15ULL;
    HANDSLAG_CHECK_STATUS(empty.note(hash, hash, row, [](std::uint32_t) { return false; }));
  }
  ids = std::move(empty);
  return {};
}

Status measure(const std::string& directory) {
  HANDSLAG_CHECK_STATUS([&] {
    Held first;  // Why: what libraries keep for ever is there from the first time on
    return hold(directory, first);
  }());
  Held held;
  HANDSLAG_CHECK_STATUS(hold(directory, held));
  const auto events = static_cast<double>(held.columns.events());
  const double columns = (held.with_columns - held.at_first) / events;
  const double dictionaries = (held.with_dictionaries - held.with_columns) / events;
  const double ids = (held.with_ids - held.with_dictionaries) / events;
  std::printf("%.0f events, %u texts, %zu own ids, bytes an event:\n", events,
              held.dictionaries->texts.size(), held.dictionaries->known_ids->size());
  std::printf("columns %.1f + dictionaries %.1f + deduplication %.1f = %.1f\n", columns, dictionaries, ids,
              columns + dictionaries + ids);
  store::Interner texts;
  std::optional<store::KnownIds> known;
  HANDSLAG_CHECK_STATUS(grow(held, texts, known));
  const double grown = resident_bytes();
  std::destroy_at(&held.dictionaries->texts);  // Why not assigned: others may read it, so it never moves
  std::construct_at(&held.dictionaries->texts);
  held.dictionaries->known_ids.reset();
  const double changed = (grown - held.with_ids) - (grown - resident_bytes());
  std::printf("right after the import that brought them all: %.1f\n",
              columns + dictionaries + ids + changed / events);
  return {};
}

}  // namespace
}  // namespace handslag::bench

int main(int argc, char** argv) {
  if (argc != 2)
    return std::fputs("memory_bench DIRECTORY (made by: ingest_bench EVENTS DIRECTORY [own])\n", stderr), 2;
  const handslag::Status done = handslag::bench::measure(argv[1]);
  if (!done.ok()) return std::fprintf(stderr, "%s\n", done.error().message.c_str()), 3;
  return 0;
}
