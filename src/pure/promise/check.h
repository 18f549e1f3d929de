// SPDX-License-Identifier: Apache-2.0
// Third stage: what a well-formed promise may still have wrong, seen from the text alone, or from what the
// installation has where that is known. Not for you: parse() calls it.
//
// Errors: what has no meaning (x.name without an x, the same id twice). Warnings: what has one that nobody
// can want (a guard that is never true, a promise that another forbids). No warning where a sensible text
// could earn it.
#pragma once

#include <string_view>

#include "pure/promise/parser.h"

namespace handslag::promise {

/// Looks at the sound promises of the file and marks those with an error as not sound. Cost: linear but for
/// contradictions, which compare each `never` of a file with each rule that asks for something.
void check(std::string_view text, SourceFile& file, DiagnosticList& diagnostics);

/// check_guard.cc: comparisons that cannot hold together, or not at all.
void check_guard(const Guard& guard, DiagnosticList& diagnostics);

/// check_own.cc: a rule that cannot be kept, an `unless` that never counts, whatever comes.
void check_own_parts(const Promise& promise, DiagnosticList& diagnostics);

/// check_names.cc: calendars and zones that are not there, of promises with other errors too.
void check_names(const TimeNames& names, SourceFile& file, DiagnosticList& diagnostics);

/// check_pair.cc: is every event of `narrow` one of `wide`, as far as the text shows?
bool covers(const EventPattern& wide, const EventPattern& narrow);

/// check_pair.cc: promises of one file that cannot both be kept.
void check_contradictions(std::string_view text, const SourceFile& file, DiagnosticList& diagnostics);

}  // namespace handslag::promise
