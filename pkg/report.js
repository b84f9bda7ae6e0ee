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

/** @param {string} text the engine's JSON @param {'vi' | 'en'} language */
export function readReport(text, language) {
  return withMessages(JSON.parse(text), language);
}

/**
 * A report that no engine could write, because there is none: all that is said is that nothing could be told.
 * @param {string | undefined} plan an earlier report of the engine that refused everything, for its plan of checks
 * @param {'engine_unusable' | 'engine_busy' | 'internal_error'} code
 * @param {'vi' | 'en'} language
 */
export function offlineReport(plan, code, language) {
  let report;
  try {
    report = JSON.parse(plan);
    const first = report.checks[0];
    report.checks = report.checks.map((check) =>
      check === first ? { ...check, outcome: 'unknown', code } : { ...check, outcome: 'unknown', code: 'not_reached' },
    );
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
