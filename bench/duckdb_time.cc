// SPDX-License-Identifier: Apache-2.0
// Runs SQL in DuckDB and says how long it took and what its last statement answered: the peer's figure in
// bench/beside_duckdb. duckdb_time DATABASE SQL
#include <duckdb.h>

#include <cstdio>

#include "bench/stopwatch.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("duckdb_time DATABASE SQL\n", stderr);
    return 2;
  }
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  const handslag::bench::Stopwatch watch;
  if (duckdb_open(argv[1], &database) == DuckDBError || duckdb_connect(database, &connection) == DuckDBError)
    return 3;
  duckdb_result result;
  const duckdb_state state = duckdb_query(connection, argv[2], &result);
  const double seconds = watch.seconds();
  if (state == DuckDBError) {
    std::fprintf(stderr, "%s\n", duckdb_result_error(&result));
    return 1;
  }
  std::printf("%.2f", seconds);
  for (idx_t column = 0; column < duckdb_column_count(&result) && duckdb_row_count(&result) > 0; ++column) {
    std::printf(" %lld", static_cast<long long>(duckdb_value_int64(&result, column, 0)));
  }
  std::puts("");
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return 0;
}
