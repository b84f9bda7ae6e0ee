// A run as a chart, readable on light and dark pages. `node tools/bench/chart.mjs [FROM.json] [TO.svg]` draws the README's from the last run in Chromium.
import { readFileSync, writeFileSync } from "node:fs";
import { at } from "../run.mjs";
import { digits } from "./show.mjs";

/** What a page's users feel, and the limit. */
const SHOWN = ["raw", "raw-p256", "sd-jwt-12-none", "sd-jwt-12-p256", "first"];
/** Plain JavaScript is for hosts without WebAssembly, and off every scale. */
const HIDDEN = /compat/;
/** A bar longer than so many of the shortest one is cut, or the others would have no length. */
const CUT = 16;
const [WIDTH, LEFT, ROW, GAP] = [820, 350, 22, 46];

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const kind = (name) => (name.startsWith("eid-") ? "o" : name.startsWith("native") ? "l" : "p");
const STYLE = `text{font:13px system-ui,sans-serif;fill:#24292f}.t{font-weight:600}.n{text-anchor:end}.o{fill:#b3261e}.p{fill:#8a93a6}.l{fill:none;stroke:#8a93a6}
@media(prefers-color-scheme:dark){text{fill:#d0d7de}.o{fill:#f2867c}.p{fill:#6e7a90}.l{stroke:#6e7a90}}`;

/** Horizontal bars, one block a group: ours in colour, native Rust as an outline. */
export function chart({ results, runtime, machine, commit, aimsBy }) {
  const of = (row) => (aimsBy === "least" ? row.least : row.median);
  let y = 18;
  const parts = [];
  for (const { title, unit, rows } of results.filter(({ id }) => SHOWN.includes(id))) {
    parts.push(`<text x="0" y="${y}" class="t">${escape(title)}, ${unit}, less is better</text>`);
    const shown = rows.filter(({ name }) => !HIDDEN.test(name)).sort((a, b) => of(a) - of(b));
    const most = Math.min(of(shown.at(-1)), CUT * of(shown[0]));
    for (const row of shown) {
      y += ROW;
      const long = Math.min(1, of(row) / most) * (WIDTH - LEFT - 80);
      parts.push(`<text x="${LEFT - 8}" y="${y}" class="n">${escape(row.name)}</text><rect x="${LEFT}" y="${y - 12}" width="${long.toFixed(1)}" height="15" rx="2" class="${kind(row.name)}"/><text x="${(LEFT + long + 6).toFixed(1)}" y="${y}">${of(row) > most ? "… " : ""}${digits(of(row))}</text>`);
    }
    y += GAP;
  }
  const about = `${runtime}, ${machine.cpu}, ${machine.cores} cores, commit ${commit}; ${aimsBy === "least" ? "best rounds" : "medians"} of one interleaved run`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="Benchmark: ${escape(about)}"><style>${STYLE}</style>\n${parts.join("\n")}\n<text x="0" y="${y - 8}">${escape(about)}</text></svg>\n`;
}

if (process.argv[1] === at("tools", "bench", "chart.mjs")) {
  const [from = at("bench-results", "chromium.json"), to = at("tools", "bench", "chromium.svg")] = process.argv.slice(2);
  writeFileSync(to, chart(JSON.parse(readFileSync(from, "utf8"))));
}
