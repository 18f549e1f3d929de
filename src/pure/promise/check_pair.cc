// SPDX-License-Identifier: Apache-2.0
// Promises of one file that cannot both be kept: what one asks for, another forbids.
#include "pure/promise/check.h"

namespace handslag::promise {
namespace {

struct Prohibition {
  const SourcePromise* source;
  const EventPattern* a;  // null: always
  const EventPattern* b;
  model::Duration within;
  const Same* same;
};

struct Demand {
  const SourcePromise* source;
  const EventPattern* a;
  const EventPattern* b;
  const Step* step;
};

bool covers_type(const TypePattern& wide, const TypePattern& narrow) {
  if (wide.is_prefix) return narrow.text.starts_with(wide.text);
  return !narrow.is_prefix && wide.text == narrow.text;
}

// Whoever the one is made to, the other is too.
bool same_customers(const Promise& a, const Promise& b) {
  return a.customers == b.customers;
}

bool never_valid_together(const Promise& a, const Promise& b) {
  return (a.valid_to && b.valid_from && *a.valid_to < *b.valid_from) ||
         (b.valid_to && a.valid_from && *b.valid_to < *a.valid_from);
}

// R8, R2 without `unless`.
std::vector<Prohibition> prohibitions(const SourceFile& file) {
  std::vector<Prohibition> found;
  for (const SourcePromise& source : file.promises) {
    if (!source.sound) continue;
    if (const auto* never = std::get_if<Never>(&source.promise.rule)) {
      found.push_back({&source, nullptr, &never->b, {}, nullptr});
    } else if (const auto* absence = std::get_if<Absence>(&source.promise.rule);
               absence != nullptr && !absence->unless) {
      found.push_back({&source, &absence->a, &absence->b, absence->within, &absence->same});
    }
  }
  return found;
}

// R1 and the steps of R10, where all parts must come; of `or` any may.
std::vector<Demand> demands(const SourceFile& file) {
  std::vector<Demand> found;
  const auto add = [&found](const SourcePromise& source, const EventPattern& a, const Step& step) {
    if (step.combine == Combine::Any) return;
    for (const EventPattern& part : step.parts) found.push_back({&source, &a, &part, &step});
  };
  for (const SourcePromise& source : file.promises) {
    if (!source.sound) continue;
    if (const auto* response = std::get_if<Response>(&source.promise.rule)) {
      add(source, response->a, response->then);
    } else if (const auto* chain = std::get_if<Chain>(&source.promise.rule)) {
      for (const Step& step : chain->steps) add(source, chain->a, step);
    }
  }
  return found;
}

bool contradict(const Prohibition& never, const Demand& demand) {
  const Promise &one = never.source->promise, &other = demand.source->promise;
  if (!covers(*never.b, *demand.b) || !same_customers(one, other) || never_valid_together(one, other))
    return false;
  if (never.a == nullptr) return true;
  // after A never B within D, when A then B within D
  const auto* within = std::get_if<Within>(&demand.step->bound);
  return within != nullptr && within->duration == never.within && covers(*never.a, *demand.a) &&
         *never.same == demand.step->same && std::holds_alternative<Response>(demand.source->promise.rule);
}

}  // namespace

bool covers(const EventPattern& wide, const EventPattern& narrow) {
  return covers_type(wide.type, narrow.type) && (!wide.where || wide.where == narrow.where);
}

void check_contradictions(std::string_view text, const SourceFile& file, DiagnosticList& diagnostics) {
  const auto wanted = demands(file);
  for (const Prohibition& never : prohibitions(file)) {
    for (const Demand& demand : wanted) {
      if (!contradict(never, demand)) continue;
      const bool never_first = never.b->span.from < demand.b->span.from;
      const SourcePromise& first = never_first ? *never.source : *demand.source;
      const Span later = never_first ? demand.b->span : never.b->span;
      const auto line = place_of(text, first.places.id.from).line;
      diagnostics.add(DiagnosticCode::Contradiction, later, {first.promise.id, std::to_string(line)});
      if (diagnostics.full()) return;
      break;
    }
  }
}

}  // namespace handslag::promise
