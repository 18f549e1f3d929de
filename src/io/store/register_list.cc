// SPDX-License-Identifier: Apache-2.0
// Lists of register records: the filter as SQL, a page at a time.
#include <charconv>
#include <limits>

#include "base/text.h"
#include "io/store/register_records.h"
#include "io/store/sqlite_database.h"

namespace handslag::store {
namespace {

// Those without a due time stand behind all others.
constexpr std::int64_t kNoDue = std::numeric_limits<std::int64_t>::max();
constexpr const char* kDueOrder = "coalesce(r.due_us, 9223372036854775807)";

struct Cursor {
  std::int64_t due = 0;
  std::int64_t number = 0;
};

std::string cursor_text(const RegisterRecord& last, RegisterOrder order) {
  const std::string number = std::to_string(last.number);
  return order == RegisterOrder::Newest
             ? "n." + number
             : "d." + std::to_string(last.due ? last.due->us : kNoDue) + "." + number;
}

bool read_whole(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

Result<Cursor> read_cursor(const std::string& text, RegisterOrder order) {
  const auto parts = split(text, '.');
  Cursor cursor;
  const bool fits = order == RegisterOrder::Newest
                        ? parts.size() == 2 && parts[0] == "n" && read_whole(parts[1], cursor.number)
                        : parts.size() == 3 && parts[0] == "d" && read_whole(parts[1], cursor.due) &&
                              read_whole(parts[2], cursor.number);
  if (!fits) return invalid("this cursor was not given by this list; leave it out to begin from the start");
  return cursor;
}

// Conditions and the values that they take, in one order.
class Query {
 public:
  void where(const std::string& condition) { sql_ += (sql_.empty() ? " WHERE " : " AND ") + condition; }
  void where(const std::string& condition, const std::string& value) {
    where(condition);
    values_.push_back(value);
  }
  void where_if(const std::string& condition, const std::string& value) {
    if (!value.empty()) where(condition, value);
  }
  void value(const std::string& value) { values_.push_back(value); }

  const std::string& sql() const { return sql_; }
  void bind(SqliteStatement& statement) const {
    for (const std::string& value : values_) statement.bind(std::string_view(value));
  }

 private:
  std::string sql_;
  std::vector<std::string> values_;
};

std::string alternatives(std::size_t count, const char* one) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + std::string(one);
  return text;
}

Query conditions(const RegisterFilter& filter) {
  Query query;
  query.where_if("r.register = ?", filter.register_id);
  query.where_if("r.owner = ?", filter.owner);
  query.where_if("r.unit = ?", filter.unit);
  query.where_if("r.creator = ?", filter.creator);
  query.where_if("instr(r.search, ?) > 0", filter.text);
  query.where_if("r.id IN (SELECT from_id FROM register_links WHERE to_id = ?)", filter.leads_to);
  if (!filter.field.empty()) {
    query.where("json_extract(r.\"values\", ?) = ?", "$." + filter.field);
    query.value(filter.field_value);
  }
  if (!filter.states.empty()) {
    query.where("r.state IN (" + alternatives(filter.states.size(), "?") + ")");
    for (const std::string& state : filter.states) query.value(state);
  }
  if (!filter.customer.empty()) {
    query.where("r.number IN (SELECT record FROM register_customers WHERE (type, value) IN (VALUES " +
                alternatives(filter.customer.size(), "(?, ?)") + "))");
    for (const model::Identifier& it : filter.customer) {
      query.value(it.type);
      query.value(it.value);
    }
  }
  if (filter.due_before) query.where("r.due_us < " + std::to_string(filter.due_before->us));
  return query;
}

}  // namespace

Result<RegisterPage> RegisterRecords::list(const RegisterFilter& filter, std::uint64_t limit) {
  Query query = conditions(filter);
  const bool newest = filter.order == RegisterOrder::Newest;
  if (!filter.cursor.empty()) {
    HANDSLAG_TRY(cursor, read_cursor(filter.cursor, filter.order));
    const std::string number = std::to_string(cursor.number);
    query.where(newest ? "r.number < " + number
                       : "(" + std::string(kDueOrder) + ", r.number) > (" + std::to_string(cursor.due) +
                             ", " + number + ")");
  }
  const std::string order = newest ? "r.number DESC" : std::string(kDueOrder) + ", r.number";
  const std::string sql = "SELECT r.id FROM register_records r" + query.sql() + " ORDER BY " + order +
                          " LIMIT " + std::to_string(limit + 1);
  HANDSLAG_TRY(rows, database_.prepare(sql.c_str()));
  query.bind(rows);
  RegisterPage page;
  while (true) {
    HANDSLAG_TRY(row, rows.step());
    if (!row) return page;
    if (page.records.size() == limit) {
      if (limit > 0) page.cursor = cursor_text(page.records.back(), filter.order);
      return page;
    }
    HANDSLAG_TRY(record, find(rows.text(0)));
    page.records.push_back(std::move(record));
  }
}

}  // namespace handslag::store
