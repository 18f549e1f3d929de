// SPDX-License-Identifier: Apache-2.0
// Where the stages put what they find. Not for you unless you write a stage: see parse.h.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pure/promise/diagnostic.h"

namespace handslag::promise {

inline constexpr std::size_t kMaxDiagnostics = 500;  // of a file; keeps time and memory linear on garbage

/// One thread.
class DiagnosticList {
 public:
  /// Past kMaxDiagnostics one last TooManyErrors is kept and the rest dropped.
  void add(DiagnosticCode code, Span span, std::vector<std::string> arguments = {},
           std::string suggestion = {});
  bool full() const { return found_.size() > kMaxDiagnostics; }
  std::size_t errors() const { return errors_; }

  /// In the order of the text.
  std::vector<Diagnostic> take_sorted();

 private:
  std::vector<Diagnostic> found_;
  std::size_t errors_ = 0;
};

}  // namespace handslag::promise
