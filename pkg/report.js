// Reports on their way out: the engine's text into plain objects, with a sentence beside each code.
import { messageFor } from './messages.js';
import { instant } from './values.js';
import { version } from './version.js';

/** How the worker of a pool asks its verifier: no part of what a page sees. */
export const UNREAD = Symbol('unread');

/** Adds the sentence of its code to every check. */
export function withMessages(report, language) {
  for (const check of report.checks) addMessage(check, language);
  return report;
}

function addMessage(check, language) {
  if (check.code === undefined) return;
  const message = messageFor(check.code, language);
  if (message !== undefined) check.message = message;
}

const OUTCOMES = ['pass', 'fail', 'unknown', 'skip'];
// flags of a line in the short form (src/boundary/check_wire.rs)
const OUTCOME = 3;
const HAS_BASIS = 4;
const HAS_PLACE = 8;
const HUNDRED = 16;

/** What the numbers of short reports stand for, in the engine's own words. */
export function readTable(json) {
  const { lines, codes } = JSON.parse(json);
  const sentences = (language) => codes.map((code) => messageFor(code, language));
  return { lines: Object.entries(lines).map(([check, spec]) => ({ check, spec })), codes, vi: sentences('vi'), en: sentences('en') };
}

/** Lines in the short form, written out. Throws a TypeError for a line or a code that there is not. */
function linesOf(items, table, language) {
  const checks = [];
  const { lines, codes } = table;
  const sentences = table[language];
  let next = items[0];
  for (let i = 1; i < items.length; ) {
    const item = items[i++];
    if (typeof item === 'object') {
      addMessage(item, language); // a line that the table does not hold
      checks.push(item);
      continue;
    }
    const { check, spec } = lines[next++];
    const outcome = OUTCOMES[item & OUTCOME];
    let line = { check, outcome, spec };
    let message;
    if (item & OUTCOME) {
      const number = items[i++] + (item & HUNDRED ? 100 : 0);
      if (!(number in codes)) throw new TypeError('no code');
      line = { check, outcome, code: codes[number], spec };
      message = sentences[number];
    }
    if (item & HAS_BASIS) line.basis = items[i++];
    if (item & HAS_PLACE) line.at = { start: items[i++], end: items[i++] };
    if (message !== undefined) line.message = message;
    checks.push(line);
  }
  return checks;
}

/**
 * Makes a whole report, with a sentence beside each code, of what the engine wrote, in place; false for what no sound engine writes: a plan, and the
 * verdict that follows from it. Destroyed memory writes something else, and must never be read as a verdict.
 * @param {any} report
 * @param {{ table: ReturnType<typeof readTable>, info: { version: string, features: string[] } }} cell whose engine wrote it
 * @param {'vi' | 'en'} language
 */
export function isWhole(report, cell, language) {
  if (typeof report !== 'object' || report === null || !Array.isArray(report.checks) || !Array.isArray(report.codes)) return false;
  if (typeof report.checks[0] === 'number') {
    report.checks = linesOf(report.checks, cell.table, language);
    report.engine = { version: cell.info.version, features: cell.info.features.slice() };
  } else {
    withMessages(report, language);
  }
  let [fails, isUnknown, passes] = [false, false, false];
  for (const check of report.checks) {
    switch (check?.outcome) {
      case 'pass':
        passes = true;
        break;
      case 'fail':
        fails = true;
        break;
      case 'unknown':
        isUnknown = true;
        break;
      case 'skip':
        break;
      default:
        return false;
    }
  }
  const verdict = fails ? 'invalid' : isUnknown || !passes ? 'indeterminate' : 'valid';
  return report.verdict === verdict && (verdict === 'valid') === (report.codes.length === 0) && (verdict === 'valid' || report.holder === undefined);
}

/** The same of the answers to so many inputs. */
export function areWhole(reports, count, cell, language) {
  return Array.isArray(reports) && reports.length === count && reports.every((report) => isWhole(report, cell, language));
}

/** The same of the answer to a `vp_token`: valid only if every report in it is. */
export function isWholeResponse(response, cell, language) {
  const arrays = Object.values(response?.presentations ?? {});
  if (!Array.isArray(response?.codes) || !OUTCOMES.includes(response.crossCheck?.outcome) || !arrays.every(Array.isArray)) return false;
  const reports = arrays.flat();
  addMessage(response.crossCheck, language);
  if (!reports.every((report) => isWhole(report, cell, language))) return false;
  const valid = reports.length > 0 && response.crossCheck.outcome !== 'fail' && reports.every((report) => report.verdict === 'valid');
  return (response.verdict === 'valid') === valid;
}

/**
 * A report that no engine could write, because there is none: all that is said is that nothing could be told.
 * @param {any} plan an earlier report of the engine that refused everything, for its plan of checks
 * @param {'engine_unusable' | 'engine_busy' | 'internal_error'} code
 * @param {'vi' | 'en'} language
 */
export function offlineReport(plan, code, language) {
  let report;
  try {
    const checks = plan.checks.map((check, i) => ({ ...check, outcome: 'unknown', code: i === 0 ? code : 'not_reached' }));
    report = { checks, engine: { ...plan.engine } };
  } catch {
    report = { checks: [{ check: 'input.format', outcome: 'unknown', code }], engine: { version, features: [] } };
  }
  return withMessages(
    {
      verdict: 'indeterminate',
      format: 'unknown',
      codes: [code],
      checks: report.checks,
      needs: [],
      verifiedAt: instant(Math.floor(Date.now() / 1000)),
      engine: report.engine,
    },
    language,
  );
}

/** Turns a line of a valid report into a fault; nothing that only a valid report may carry is left. */
function spoil(report, outcome, code, language) {
  const line = report.checks.find((check) => check.check === 'holder.binding');
  line.outcome = outcome;
  line.code = code;
  line.message = messageFor(code, language);
  report.verdict = outcome === 'fail' ? 'invalid' : 'indeterminate';
  report.codes = [code];
  delete report.holder;
  delete report.answers;
  delete report.validUntil;
  return report;
}

/**
 * Takes the nonce back, last of all and only when everything else passed (contract §12 "Key binding").
 * @param {any} report
 * @param {{ nonce?: string, nonces?: { consume(nonce: string): unknown } }} asked
 * @param {'vi' | 'en'} language
 */
export function spendNonce(report, { nonce, nonces }, language) {
  if (nonces === undefined || report.verdict !== 'valid') return report;
  const line = report.checks.find((check) => check.check === 'holder.binding');
  if (line === undefined || line.outcome !== 'pass') return report; // binding ignored by policy: nothing was bound to the nonce
  let taken;
  try {
    taken = nonces.consume(nonce);
  } catch {
    taken = undefined;
  }
  if (taken === true) return report;
  // a store that answers late (a promise) or not at all has not said that the nonce was unspent
  return taken === false ? spoil(report, 'fail', 'key_binding_replayed', language) : spoil(report, 'unknown', 'internal_error', language);
}
