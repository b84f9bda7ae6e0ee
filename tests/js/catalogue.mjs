// One case of the catalogue against a door of the package; the same file runs in Node and inside Chromium, so that both ask the same.

/** Personal data of the specimens: in no report but a valid one. */
const MARKERS = [
  '001190000018', 'NGUYỄN', '1990-03-15', 'FRN0SPECIMEN0042', 'MARIE', '1988-07-09', 'XX0SPECIMEN7', 'TRC0SPECIMEN3', 'CC0SPECIMEN9',
  '0100000000-SPECIMEN', 'CÔNG TY', '001085000021',
];

/** The input of a case: text, bytes, or runs of text. */
export function inputOf(input) {
  if (typeof input === 'string') return input;
  if (input.bytes_b64url !== undefined) {
    const binary = atob(input.bytes_b64url.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  }
  return input.repeat.map(([piece, times]) => piece.repeat(times)).join('');
}

/** What is wrong with the answer to a case, or undefined. Throws never pass as an answer. */
export function faultOf({ Verifier }, { config, options, updates = [], input, expect }) {
  const { now } = options;
  let verifier;
  try {
    verifier = new Verifier({ now, ...config });
  } catch (error) {
    return error.code === expect.throws ? undefined : `constructor threw ${error.code ?? error}, expected ${expect.throws}`;
  }
  if (expect.throws) return `expected the constructor to throw ${expect.throws}`;
  try {
    for (const update of updates) verifier.update(update, { now });
    if (expect.trust && !verifier.trust.some(({ codes }) => codes[0] === expect.trust)) return `no artefact says ${expect.trust}: ${JSON.stringify(verifier.trust)}`;
    const report = verifier.verify(inputOf(input), options);
    const text = JSON.stringify(report);
    const valid = report.verdict === 'valid';
    if (report.verdict !== expect.verdict || report.codes[0] !== expect.codes[0]) {
      return `expected ${expect.verdict} ${expect.codes}, got ${report.verdict} ${report.codes}`;
    }
    if (expect.account && report.account?.state !== expect.account) return `expected account ${expect.account}, got ${JSON.stringify(report.account)}`;
    if (expect.skip && !report.checks.some(({ outcome, code }) => outcome === 'skip' && code === expect.skip)) return `no line is skipped with ${expect.skip}`;
    for (const [name, value] of Object.entries(expect.claims ?? {})) {
      if (JSON.stringify(report.holder?.claims[name]) !== JSON.stringify(value)) return `claim ${name} is ${JSON.stringify(report.holder?.claims[name])}, expected ${JSON.stringify(value)}`;
    }
    if (valid && /"(?:_sd|_sd_alg|\.\.\.)":/.test(text)) return 'digests left in the claims';
    if (('holder' in report) !== valid) return 'holder on a verdict that is not valid, or none on a valid one';
    const marker = valid ? undefined : MARKERS.find((one) => text.includes(one));
    if (marker) return `${marker} in a report that is not valid`;
    if (report.checks.some(({ code, message }) => code !== undefined && !message)) return 'a code without its sentence';
    return undefined;
  } catch (error) {
    return `threw ${error?.stack ?? error}`;
  } finally {
    verifier.free();
  }
}

/**
 * What is wrong with the table of duties (tests/vectors/sd-jwt/musts.json): each row's vectors, good and bad, asked of this door.
 * @param {Record<string, {cases: object[]}>} sections the catalogue's, by letter
 */
export function runTable(door, table, sections) {
  const all = { ...sections, m: table };
  const find = (name) => all[name[0]].cases.find(({ id }) => id === name.slice(2));
  const faults = table.cases.map((one) => [one.id, faultOf(door, one)]);
  for (const { spec, clause, good, bad } of table.rows) {
    if (good.length === 0 || bad.length === 0) faults.push([clause, 'lacks a vector']);
    for (const [name, code] of [...good.map((name) => [name]), ...bad.map((entry) => [entry.case, entry.code])]) {
      const one = find(name);
      const fits = one !== undefined && (code === undefined ? one.expect.verdict === 'valid' : one.expect.codes[0] === code);
      faults.push([`${spec} ${clause}: ${name}`, fits ? faultOf(door, one) : 'is not what the row says']);
    }
  }
  return { rows: table.rows.length, faults: faults.filter(([, fault]) => fault !== undefined).map(([name, fault]) => `${name}: ${fault}`) };
}

/** What is wrong with every case of a section file. */
export function run(door, section) {
  const faults = section.cases.map((one) => [one, faultOf(door, one)]).filter(([, fault]) => fault !== undefined);
  return { faults: faults.map(([{ id, about }, fault]) => `${section.section} ${id}: ${fault} (${about})`), cases: section.cases.length };
}
