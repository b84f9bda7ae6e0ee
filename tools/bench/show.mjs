// A run as tables for people.

export const digits = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

export function table({ title, unit, rows }) {
  const best = Math.min(...rows.map((row) => row.median));
  const lines = rows.map(({ name, median, p95, least }) => `  ${name.padEnd(44)} ${[median, p95, least].map((value) => digits(value).padStart(9)).join(" ")} ${`${(median / best).toFixed(2)}×`.padStart(8)}`);
  return [`${title} (${unit}: median, p95, best round, ratio of medians)`, ...lines].join("\n");
}

const find = (results, by, id, name) => results.find((group) => group.id === id)?.rows.find((row) => row.name === name)?.[by];

/** The aims, each a ratio within this run. `by` is `median`, or `least` where a busy machine makes medians say more about its other work. */
export function aims(results, by, isWide = false) {
  const of = (id, one, other) => find(results, by, id, one) / find(results, by, id, other);
  const peer = "@sd-jwt/sd-jwt-vc, WebCrypto";
  const core = "eid-verifier/core";
  const first = find(results, by, "first", `${core}, bundled, in cache`);
  const list = [
    ["raw Ed25519, warm key ÷ WebCrypto", of("raw", "eid-verifier, warm key", "WebCrypto"), "≤", isWide ? 0.65 : 1],
    ["@noble/curves ÷ raw Ed25519, warm key", of("raw", "@noble/curves", "eid-verifier, warm key"), "≥", 8],
    ["sd-jwt-vc + WebCrypto ÷ ours, 12 disclosures", of("sd-jwt-12-none", peer, core), "≥", 5],
    ["ours ÷ jose.jwtVerify of the JWT alone, 12 disclosures", of("sd-jwt-12-none", core, "jose.jwtVerify, JWT alone"), "≤", 1.2],
    ["sd-jwt-vc + WebCrypto ÷ ours, Ed25519 key binding", of("sd-jwt-12-ed25519", peer, core), "≥", 4],
    ["sd-jwt-vc + WebCrypto ÷ ours, P-256 key binding", of("sd-jwt-12-p256", peer, core), "≥", 1],
    ["pkijs + WebCrypto ÷ ours, a chip with RSA-2048 PSS", of("chip-RSA-2048 PSS", "pkijs, WebCrypto", "eid-verifier"), "≥", 1],
    ["pkijs + WebCrypto ÷ ours, a chip with P-256", of("chip-P-256", "pkijs, WebCrypto", "eid-verifier"), "≥", 1],
    ["master list of 525 certificates loaded, ms", find(results, by, "master-list", "eid-verifier") / 1000, "≤", 250],
    ["npm mrz ÷ ours, MRZ of a passport", of("mrz", "mrz", "eid-verifier/core"), "≥", 5],
    ["@noble/curves ÷ raw ES256", of("raw-p256", "@noble/curves", "eid-verifier, new key"), "≥", 1.5],
    ["one by one ÷ verifyMany, 1,000", of("many-1000", "one by one", "verifyMany"), "≥", 1.3],
    ["one worker ÷ two workers", of("pool", "1 worker", "2 workers"), "≥", 1.8],
    ["t(128) ÷ t(64) disclosures", of("growth", "128", "64"), "≤", 2.2],
    ["t(256) ÷ t(128) disclosures", of("growth", "256", "128"), "≤", 2.2],
    ...(first === undefined ? [] : [["import to first verdict in cache, bundled, ms", first, "≤", 30]]),
  ];
  return list.map(([what, measured, sign, aim]) => ({ what, measured, aim: `${sign} ${aim}`, met: sign === "≤" ? measured <= aim : measured >= aim }));
}

export const aimsTable = (list, by) => [`Aims, as ratios of this run (${by === "least" ? "best rounds: the machine was busy" : "medians"})`, ...list.map(({ what, measured, aim, met }) => `  ${met ? "✓" : "✗"} ${what.padEnd(58)} ${measured.toFixed(2).padStart(7)}  ${aim}`)].join("\n");
