// SPDX-License-Identifier: Apache-2.0
#include "app/pages/promised_page.h"

#include <fmt/format.h>

#include "app/language/html.h"
#include "app/language/numbers.h"
#include "io/runtime/secrets.h"

namespace handslag::app {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ground:#f5f6f8;--sheet:#fff;--ink:#14212d;--ink-2:#4c5a67;--line:#dce1e6;
--promised:#17456b;--kept:#0a7265;--overdue:#b3341a;--released:#52606d}
@media(prefers-color-scheme:dark){:root{--ground:#10161c;--sheet:#182028;--ink:#e9eef2;--ink-2:#a9b5c0;--line:#2d3842;
--promised:#8db5d3;--kept:#5cc4b3;--overdue:#ff9479;--released:#a9b5c0}}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.55 system-ui,"Segoe UI",Roboto,Arial,sans-serif}
main{max-width:34rem;margin:8vh auto;padding:2rem;background:var(--sheet);border:1px solid var(--line);border-radius:.75rem}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1.5rem;overflow-wrap:anywhere}
.state{margin:0;font-weight:600}
.promised{color:var(--promised)}.kept{color:var(--kept)}.overdue{color:var(--overdue)}.released{color:var(--released)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.4rem 1.25rem;margin:0}
dt{color:var(--ink-2)}dd{margin:0;overflow-wrap:anywhere}
footer{margin-top:1.75rem;color:var(--ink-2);font-size:.875rem}
@media(max-width:38rem){main{margin:0;border:0;border-radius:0;min-height:100vh;box-sizing:border-box;padding:1.25rem}}
@media print{main{border:0;margin:0}}
)";

http::Response page_of(unsigned status, std::string_view title, std::string_view content, Language language) {
  const std::string nonce = runtime::random_secret();
  http::Response response = http::text_response(
      status, "text/html; charset=utf-8",
      fmt::format(
          "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
          "content=\"width=device-width, initial-scale=1\"><title>{}</title><style "
          "nonce=\"{}\">{}</style></head>\n<body><main>\n{}</main></body>\n</html>\n",
          language == Language::Swedish ? "sv" : "en", html_escaped(title), nonce, kStyle, content));
  response.headers.push_back(
      {"Content-Security-Policy", fmt::format("default-src 'none'; style-src 'nonce-{}'; base-uri 'none'; "
                                              "form-action 'none'; frame-ancestors 'none'",
                                              nonce)});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  return response;
}

struct StateWords {
  std::string_view name, english, swedish;
};

StateWords words_of(PromisedToHer::State state) {
  switch (state) {
    case PromisedToHer::State::Promised:
      return {"promised", "● Promised", "● Lovat"};
    case PromisedToHer::State::Overdue:
      return {"overdue", "▲ The time has passed", "▲ Tiden har gått"};
    case PromisedToHer::State::Kept:
      return {"kept", "✓ Kept", "✓ Hållet"};
    case PromisedToHer::State::Released:
      return {"released", "– Not to be done any more", "– Ska inte göras längre"};
  }
  return {};
}

}  // namespace

http::Response promised_page(const PromisedToHer& it, Timestamp now, Language language,
                             const model::TimeRules& rules) {
  const bool swedish = language == Language::Swedish;
  const StateWords state = words_of(it.state);
  std::string rows;
  const auto row = [&](std::string_view english, std::string_view in_swedish, const std::string& value) {
    rows += fmt::format("<dt>{}</dt><dd>{}</dd>\n", swedish ? in_swedish : english, html_escaped(value));
  };
  if (it.due) row("By", "Senast", local_text(*it.due, rules));
  if (it.kept) row("Kept", "Hållet", local_text(*it.kept, rules));
  row("By whom", "Av", it.kept_by);
  row("Promised", "Lovat", local_text(it.promised, rules));
  const std::string foot = fmt::format(
      fmt::runtime(
          swedish ? "Så står det skrivet hos oss {} (svensk tid). Öppna sidan igen för att se vad som har "
                    "hänt sedan dess."
                  : "This is what stands written with us at {} (Swedish time). Open the page again to "
                    "see what has happened since."),
      local_text({now.us - now.us % kMicrosPerMinute}, rules));
  const std::string content =
      fmt::format("<p class=\"state {}\">{}</p>\n<h1>{}</h1>\n<dl>\n{}</dl>\n<footer>{}</footer>\n",
                  state.name, swedish ? state.swedish : state.english, html_escaped(it.what), rows, foot);
  return page_of(200, swedish ? "Vad vi har lovat dig" : "What we have promised you", content, language);
}

http::Response promised_nothing_page(unsigned status, Language language) {
  const bool swedish = language == Language::Swedish;
  const bool is_nowhere = status == 404;
  std::string_view title = swedish ? "Försök igen om en stund" : "Try again in a while";
  std::string_view text =
      swedish ? "Just nu kan vi inte visa vad som är lovat." : "We cannot show what is promised just now.";
  if (is_nowhere) {
    title = swedish ? "Länken leder ingenstans längre" : "This link leads nowhere any more";
    text = swedish ? "Be den som gav dig länken om en ny." : "Ask whoever gave you the link for a new one.";
  }
  return page_of(status, title, fmt::format("<h1>{}</h1>\n<p>{}</p>\n", title, text), language);
}

}  // namespace handslag::app
