// SPDX-License-Identifier: Apache-2.0
// The look of the report page. One colour means one thing: blue is delivered, amber late, red-orange broken,
// grey open. The four stay apart for the colour-blind, in light and dark and on paper.
#pragma once

namespace handslag::app {

inline constexpr const char* kPageStyle = R"css(
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#dde3ea;--paper:#fff;--card:#f6f8fa;
--kept:#2166ac;--late:#d9a441;--broken:#c8452d;--open:#a9b3bf;--target:#1c2430}
@media (prefers-color-scheme:dark){:root{--ink:#e7ecf2;--soft:#9fabb9;--line:#303a46;--paper:#12171d;--card:#1a2129;
--kept:#5ea3e0;--late:#e5b95c;--broken:#ee7a5f;--open:#5d6875;--target:#e7ecf2}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:2rem 1.25rem 4rem;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
color:var(--ink);background:var(--paper)}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.2rem;margin:0}h3{font-size:.95rem;margin:1.25rem 0 .5rem}
p{margin:.25rem 0}.soft{color:var(--soft);font-size:.9rem}a{color:inherit}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.4rem .5rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;font-size:.85rem;color:var(--soft)}th:first-child,td:first-child{text-align:left}
td:not(:first-child){white-space:nowrap}.parts{white-space:normal}td.bar{min-width:9rem;width:30%}.wide{overflow-x:auto}
section{margin-top:2.5rem;padding-top:1.5rem;border-top:2px solid var(--ink)}
blockquote{margin:.25rem 0;padding-left:.75rem;border-left:3px solid var(--kept);font-style:italic}
.three{display:grid;grid-template-columns:repeat(3,1fr);gap:.75rem;margin:1rem 0}
.three div{background:var(--card);border-radius:.5rem;padding:.75rem 1rem}
.three b{display:block;font-size:1.7rem;line-height:1.2;font-variant-numeric:tabular-nums}
.three .gap b{color:var(--broken)}.three .delivered b{color:var(--kept)}
.state{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:0 .6rem;font-size:.85rem;white-space:nowrap}
.state.kept,.state.on_course{color:var(--kept)}.state.missed,.state.off_course{color:var(--broken)}.state.too_few{color:var(--soft)}
svg{display:block;width:100%;height:auto}svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg text.soft{fill:var(--soft)}
.kept-fill{fill:var(--kept)}.late-fill{fill:var(--late)}.broken-fill{fill:var(--broken)}.open-fill{fill:var(--open)}
.axis{stroke:var(--line)}.target-line{stroke:var(--target);stroke-dasharray:5 4}.whisker{stroke:var(--ink);opacity:.55}.unsettled{opacity:.5}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.9rem;margin:.4rem 0}
.legend i{display:inline-block;width:.8rem;height:.8rem;border-radius:.2rem;margin-right:.4rem;vertical-align:-.05rem}
.i-kept{background:var(--kept)}.i-late{background:var(--late)}.i-broken{background:var(--broken)}.i-open{background:var(--open)}
details{margin:.75rem 0}summary{cursor:pointer;color:var(--soft)}
.empty{background:var(--card);border-radius:.5rem;padding:1rem}
@media (max-width:40rem){body{padding:1rem}.three{grid-template-columns:1fr}.hide-small{display:none}
.overview thead{display:none}.overview tr{display:grid;grid-template-columns:repeat(4,1fr);border-bottom:1px solid var(--line);padding:.5rem 0}
.overview td{border:0;padding:.15rem .25rem;text-align:left}.overview td:first-child{grid-column:1/-1}
.overview td[data-label]::before{content:attr(data-label);display:block;font-size:.75rem;color:var(--soft)}}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--card:#fff;--line:#bbb;--kept:#2166ac;--late:#d9a441;--broken:#c8452d;--open:#a9b3bf}
body{max-width:none;padding:0;font-size:11pt}section{break-inside:avoid;border-top-width:1px}.three div{border:1px solid #bbb}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}details>*{display:block}}
)css";

}  // namespace handslag::app
