// Reports on their way out: the engine's text into plain objects, with a sentence beside each code.
import { messageFor } from './messages.js';
import { instant } from './values.js';
import { version } from './version.js';

/** Adds the sentence of its code to every check. */
export function withMessages(report, language) {
  for (const check of report.checks) {
    if (check.code === undefined) continue;
    const message = messageFor(check.code, language);
    if (message !== undefined) check.message = message;
  }
  return report;
}

const OUTCOMES = ['pass', 'fail', 'unknown', 'skip'];

/**
 * True for what a sound engine writes: a plan, and the verdict that follows from it. Destroyed memory writes something
 * else, and must never be read as a verdict.
 */
export function isSound(report) {
  if (typeof report !== 'object' || report === null || !Array.isArray(report.checks) || !Array.isArray(report.codes)) return false;
  const seen = new Set();
  for (const check of report.checks) {
    if (!OUTCOMES.includes(check?.outcome)) return false;
    seen.add(check.outcome);
  }
  const verdict = seen.has('fail') ? 'invalid' : seen.has('unknown') || !seen.has('pass') ? 'indeterminate' : 'valid';
  return report.verdict === verdict && (verdict === 'valid') === (report.codes.length === 0) && (verdict === 'valid' || report.holder === undefined);
}

/** The same of the answer to a `vp_token`: valid only if every report in it is. */
export function isSoundResponse(response) {
  const arrays = Object.values(response?.presentations ?? {});
  if (!Array.isArray(response?.codes) || !OUTCOMES.includes(response.crossCheck?.outcome) || !arrays.every(Array.isArray)) return false;
  const reports = arrays.flat();
  const valid = reports.length > 0 && response.crossCheck.outcome !== 'fail' && reports.every((report) => report.verdict === 'valid');
  return reports.every(isSound) && (response.verdict === 'valid') === valid;
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
