// SPDX-License-Identifier: Apache-2.0
// What can fail for reasons outside the program returns a Result or a Status. An Error is a code from one
// small list, a message that names the place and the remedy, and context added on the way up.
//
//   Result<Map> map = read_map(path);            // either a Map or an Error
//   HANDSLAG_TRY(rows, count_rows(path));        // returns the Error, or declares rows
//   HANDSLAG_CHECK_STATUS(log.commit());         // returns the Error of a Status
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "base/check.h"

namespace handslag {

enum class ErrorCode {
  Invalid,          // the input is wrong; exit code 1
  NotFound,         // what was named does not exist; exit code 1
  Conflict,         // it collides with what is there (another writer, another content under the same id)
  Unauthenticated,  // who are you
  Forbidden,        // you may not
  Limit,            // larger or more than a stated limit; exit code 1
  Unavailable,      // disk full, no permission, peer gone; exit code 3
  Timeout,          //
  Corrupt,          // stored bytes are not what was written; exit code 3
  Internal,         // a library failed in a way that we do not know; exit code 3
};

/// The code's name in lower case, as it stands in JSON and logs.
const char* error_name(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  std::string pointer = {};  // where in what was given, as a JSON Pointer: "/roles/0/unit"; empty: not said

  /// "context: message", for adding the place on the way up.
  Error in(const std::string& context) && {
    message = context + ": " + message;
    return std::move(*this);
  }
  /// The same, with its place in what was given: invalid("…").at("/name").
  Error at(std::string place) && {
    pointer = std::move(place);
    return std::move(*this);
  }
};

inline Error invalid(std::string message) {
  return {ErrorCode::Invalid, std::move(message)};
}
inline Error not_found(std::string message) {
  return {ErrorCode::NotFound, std::move(message)};
}
inline Error over_limit(std::string message) {
  return {ErrorCode::Limit, std::move(message)};
}
inline Error unavailable(std::string message) {
  return {ErrorCode::Unavailable, std::move(message)};
}

/// Either a T or an Error. Reading the one that is not there is a fault of ours and ends the program.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : state_(std::move(error)) {}  // NOLINT: implicit on purpose

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    HANDSLAG_CHECK(ok(), "value of a failed Result");
    return std::get<0>(state_);
  }
  const T& value() const& {
    HANDSLAG_CHECK(ok(), "value of a failed Result");
    return std::get<0>(state_);
  }
  T&& value() && {
    HANDSLAG_CHECK(ok(), "value of a failed Result");
    return std::get<0>(std::move(state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& {
    HANDSLAG_CHECK(!ok(), "error of a Result that holds a value");
    return std::get<1>(state_);
  }
  Error&& error() && {
    HANDSLAG_CHECK(!ok(), "error of a Result that holds a value");
    return std::get<1>(std::move(state_));
  }

 private:
  std::variant<T, Error> state_;
};

/// Done, or an Error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT: implicit on purpose

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  /// As Error::at, where it is one.
  Status at(std::string place) && {
    if (!ok_) error_.pointer = std::move(place);
    return std::move(*this);
  }
  const Error& error() const& {
    HANDSLAG_CHECK(!ok_, "error of a Status that is ok");
    return error_;
  }
  Error&& error() && {
    HANDSLAG_CHECK(!ok_, "error of a Status that is ok");
    return std::move(error_);
  }

 private:
  Error error_;
  bool ok_ = true;
};

}  // namespace handslag

#define HANDSLAG_JOIN_INNER(a, b) a##b
#define HANDSLAG_JOIN(a, b) HANDSLAG_JOIN_INNER(a, b)
#define HANDSLAG_TRY_INNER(holder, name, expression)  \
  auto holder = (expression);                         \
  if (!holder.ok()) return std::move(holder).error(); \
  auto name = std::move(holder).value()

/// Declares `name` with the value of a Result, or returns its Error from the enclosing function.
#define HANDSLAG_TRY(name, expression) \
  HANDSLAG_TRY_INNER(HANDSLAG_JOIN(result_, __COUNTER__), name, expression)

/// Returns the Error of a Status (or of a Result whose value is not needed) from the enclosing function.
#define HANDSLAG_CHECK_STATUS(expression)                           \
  do {                                                              \
    if (auto status_outcome = (expression); !status_outcome.ok()) { \
      return std::move(status_outcome).error();                     \
    }                                                               \
  } while (false)
