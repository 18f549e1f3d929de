// SPDX-License-Identifier: Apache-2.0
#include <iterator>

#include "io/store/migrations/migrations.h"

namespace handslag::store {
namespace {

constexpr const char* kEventLogTables = R"sql(
CREATE TABLE texts (code UINTEGER NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE identifiers (identifier UINTEGER NOT NULL, type UINTEGER NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE subjects (subject UINTEGER NOT NULL, identifier UINTEGER NOT NULL);
CREATE TABLE events (
  event UINTEGER NOT NULL, import UINTEGER NOT NULL, source UINTEGER NOT NULL, type UINTEGER NOT NULL,
  id VARCHAR NOT NULL, record UBIGINT NOT NULL, part UINTEGER NOT NULL,
  time TIMESTAMP NOT NULL, known TIMESTAMP, sequence BIGINT NOT NULL, subject UINTEGER NOT NULL,
  unit UINTEGER NOT NULL, channel UINTEGER NOT NULL, touchpoint UINTEGER NOT NULL, agent UINTEGER NOT NULL,
  content UBIGINT NOT NULL);
CREATE TABLE keys (event UINTEGER NOT NULL, name UINTEGER NOT NULL, text UINTEGER NOT NULL);
CREATE TABLE attributes (
  event UINTEGER NOT NULL, name UINTEGER NOT NULL, kind UTINYINT NOT NULL,
  text UINTEGER NOT NULL, number DOUBLE NOT NULL, moment BIGINT NOT NULL);
CREATE TABLE corrections (event UINTEGER NOT NULL, kind UTINYINT NOT NULL, target VARCHAR NOT NULL);
CREATE TABLE imports (
  import UINTEGER NOT NULL, file_name VARCHAR NOT NULL, digest VARCHAR NOT NULL, map_digest VARCHAR NOT NULL,
  source VARCHAR NOT NULL, id_prefix VARCHAR NOT NULL, started TIMESTAMP NOT NULL, finished TIMESTAMP NOT NULL,
  now TIMESTAMP NOT NULL, history_start TIMESTAMP, complete_through TIMESTAMP,
  events UBIGINT NOT NULL, duplicates UBIGINT NOT NULL, rejected UBIGINT NOT NULL, future_events UBIGINT NOT NULL,
  first_event TIMESTAMP, last_event TIMESTAMP, first_row UINTEGER NOT NULL, end_row UINTEGER NOT NULL,
  removed TIMESTAMP);
CREATE TABLE import_sources (
  import UINTEGER NOT NULL, source UINTEGER NOT NULL, events UBIGINT NOT NULL,
  first_event TIMESTAMP NOT NULL, last_event TIMESTAMP NOT NULL);
)sql";

// Why views: whoever opens the file with another program sees words, not codes.
constexpr const char* kViews = R"sql(
CREATE VIEW readable_events AS
  SELECT e.event, s.text AS source, t.text AS type,
         CASE WHEN e.id = '' THEN i.id_prefix || ':' || e.record || '.' || e.part ELSE e.id END AS id,
         e.time, coalesce(e.known, e.time) AS known, e.sequence, e.subject,
         u.text AS unit, c.text AS channel, p.text AS touchpoint, a.text AS agent, i.file_name AS file, e.record
  FROM events e JOIN imports i USING (import)
  JOIN texts s ON s.code = e.source JOIN texts t ON t.code = e.type
  LEFT JOIN texts u ON u.code = e.unit LEFT JOIN texts c ON c.code = e.channel
  LEFT JOIN texts p ON p.code = e.touchpoint LEFT JOIN texts a ON a.code = e.agent;
CREATE VIEW readable_identifiers AS
  SELECT s.subject, i.identifier, t.text AS type, i.value
  FROM subjects s JOIN identifiers i USING (identifier) JOIN texts t ON t.code = i.type;
CREATE VIEW readable_keys AS
  SELECT k.event, n.text AS name, v.text AS value
  FROM keys k JOIN texts n ON n.code = k.name JOIN texts v ON v.code = k.text;
CREATE VIEW readable_attributes AS
  SELECT a.event, n.text AS name,
         CASE a.kind WHEN 1 THEN v.text WHEN 2 THEN a.number::VARCHAR
                     WHEN 3 THEN make_timestamp(a.moment)::VARCHAR WHEN 4 THEN (a.moment <> 0)::VARCHAR
                     ELSE (DATE '1970-01-01' + a.moment::INTEGER)::VARCHAR END AS value
  FROM attributes a JOIN texts n ON n.code = a.name LEFT JOIN texts v ON v.code = a.text;
)sql";

// Of events that came over the network: how far the intake had come when they were stored.
constexpr const char* kEventLogLive = "ALTER TABLE imports ADD COLUMN live_through UBIGINT;";

// An event that a later import brought once more: what becomes its own when the earlier one is taken out.
constexpr const char* kEventLogBroughtAgain =
    "CREATE TABLE brought_again (import UINTEGER NOT NULL, event UINTEGER NOT NULL, record UBIGINT NOT NULL, "
    "part UINTEGER NOT NULL);";

constexpr const char* kEventLogSteps[] = {kEventLogTables, kViews, kEventLogLive, kEventLogBroughtAgain};

}  // namespace

std::span<const char* const> event_log_migrations() {
  return kEventLogSteps;
}

}  // namespace handslag::store
