// Rows K (machine readable zones) and L (chips) of the bad inputs against a door of the package: the same code runs in Node and inside a browser.

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const sorted = (_, value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value);
const same = (a, b) => JSON.stringify(a, sorted) === JSON.stringify(b, sorted);

/** What is wrong with the answer to each zone, and to each zone as an input of `verify`. */
export function runZones({ Verifier, readMrz }, cases) {
  const faults = [];
  const say = (id, ...words) => faults.push(`${id}: ${words.map((word) => JSON.stringify(word)).join(' ')}`);
  for (const { id, input, now, twin, expect } of cases) {
    const answer = readMrz(input, { now });
    for (const [name, expected] of Object.entries(expect)) {
      const seen = name === 'verdict' || name === 'codes' ? answer.report[name] : answer[name];
      if (!same(seen, expected)) say(id, name, seen, 'instead of', expected);
    }
    if (answer.report.verdict === 'valid') say(id, 'a zone alone is never valid');
    if (answer.report.checks.some(({ code, message }) => code !== undefined && !message)) say(id, 'a code without its sentence');
    if (twin !== undefined && cases.find((other) => other.id === twin)?.expect.verdict !== 'indeterminate') say(id, 'no good twin');
    const verifier = new Verifier({ now });
    const { verdict, codes } = verifier.verify({ mrz: input }, { now });
    verifier.free();
    if (verdict !== expect.verdict || codes[0] !== expect.codes[0]) say(id, 'as an input', verdict, codes);
  }
  return { faults, cases: cases.length };
}

function verifierOf({ Verifier }, { config, options }) {
  const { csca = [], masterLists = [] } = config.trust;
  return new Verifier({ ...config, now: options.now, trust: { ...config.trust, csca: csca.map(bytes), masterLists: masterLists.map(bytes) } });
}

/** The input of a row, with its bytes. */
export function chipOf({ input }) {
  const { dataGroups, sod, activeAuthentication: asked, ...rest } = input;
  return {
    ...rest,
    dataGroups: Object.fromEntries(Object.entries(dataGroups).map(([number, group]) => [number, bytes(group)])),
    ...(sod !== undefined && { sod: bytes(sod) }),
    ...(asked && { activeAuthentication: { challenge: bytes(asked.challenge), response: bytes(asked.response) } }),
  };
}

/** Judges one row. */
export function judgeChip(door, row) {
  const verifier = verifierOf(door, row);
  try {
    return verifier.verify(chipOf(row), row.options);
  } finally {
    verifier.free();
  }
}

// the door counts groups from 1 to 16 itself, and wants a chip to have something in it: these rows end at the door, with its own codes
const OF_THE_DOOR = new Set(['l245-dg0']);

/** What is wrong with the answer to each chip. */
export function runChips(door, rows) {
  const faults = [];
  for (const row of rows) {
    const { id, input, expect, twin } = row;
    const report = judgeChip(door, row);
    if (OF_THE_DOOR.has(id)) {
      if (report.verdict !== 'invalid') faults.push(`${id}: ${report.verdict}`);
      continue;
    }
    if (report.verdict !== expect.verdict || !same(report.codes, expect.codes)) faults.push(`${id}: ${report.verdict} ${report.codes} instead of ${expect.verdict} ${expect.codes}`);
    if ('holder' in report !== (report.verdict === 'valid')) faults.push(`${id}: data leave only when valid`);
    for (const [name, value] of Object.entries(expect.claims ?? {})) if (!same(report.holder?.claims[name], value)) faults.push(`${id}: ${name} ${JSON.stringify(report.holder?.claims[name])}`);
    if (expect.account && !same({ state: report.account?.state, grounds: report.account?.grounds }, expect.account)) faults.push(`${id}: ${JSON.stringify(report.account)}`);
    const genuine = report.checks.at(-1);
    const asked = input.activeAuthentication !== undefined || input.chipAuthentication !== undefined;
    if (genuine.check !== 'chip.genuine' || (genuine.code === 'clone_not_excluded') === asked) faults.push(`${id}: ${JSON.stringify(genuine)}`);
    if (genuine.outcome === 'pass' && !input.activeAuthentication) faults.push(`${id}: genuine, and nothing was asked`);
    if (twin !== undefined && rows.find((other) => other.id === twin)?.expect.verdict !== 'valid') faults.push(`${id}: no good twin`);
  }
  return { faults, cases: rows.length };
}

/** Chips whose bits are turned, one in each `step`-th byte of every part: never valid, and the untouched one is. */
export function runFlipped(door, rows, step) {
  const faults = [];
  let turned = 0;
  for (const row of rows) {
    const verifier = verifierOf(door, row);
    const good = chipOf(row);
    const verdict = (input) => verifier.verify(input, row.options).verdict;
    if (verdict(good) !== 'valid') faults.push(`${row.id}: the untouched one is ${verdict(good)}`);
    const parts = [
      [good.sod, (sod) => ({ ...good, sod })],
      ...Object.entries(good.dataGroups).map(([number, group]) => [group, (changed) => ({ ...good, dataGroups: { ...good.dataGroups, [number]: changed } })]),
      ...Object.entries(good.activeAuthentication ?? {}).map(([name, value]) => [value, (changed) => ({ ...good, activeAuthentication: { ...good.activeAuthentication, [name]: changed } })]),
    ];
    for (const [part, put] of parts) {
      for (let place = 0; place < part.length; place += part.length > 100 ? step : 1) {
        const changed = part.slice();
        changed[place] ^= 1 << place % 8;
        turned += 1;
        if (verdict(put(changed)) === 'valid') faults.push(`${row.id}: byte ${place} of ${part.length}`);
      }
    }
    verifier.free();
  }
  return { faults, cases: turned };
}

/** Rows whose bits are turned: an elliptic curve, RSA-PSS, a named quirk, and two chips that answered. */
export const FLIPPED = ['l000-good', 'l000-rsa-pss-sha256', 'l253-indefinite-nz', 'l300-rsa-1024-sha256', 'l300-ec-p256-sha256'];
