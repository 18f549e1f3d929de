// SPDX-License-Identifier: Apache-2.0
#include "pure/promise/diagnostic_list.h"

#include <algorithm>

namespace handslag::promise {

void DiagnosticList::add(DiagnosticCode code, Span span, std::vector<std::string> arguments,
                         std::string suggestion) {
  if (full()) return;
  if (found_.size() == kMaxDiagnostics) {
    code = DiagnosticCode::TooManyErrors;
    arguments = {std::to_string(kMaxDiagnostics)};
    suggestion.clear();
  }
  const Severity severity = severity_of(code);
  if (severity == Severity::Error) ++errors_;
  found_.push_back({code, severity, span, std::move(arguments), std::move(suggestion)});
}

std::vector<Diagnostic> DiagnosticList::take_sorted() {
  std::stable_sort(found_.begin(), found_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span.from < b.span.from; });
  return std::move(found_);
}

}  // namespace handslag::promise
