// One door: the class and the functions that a page calls, over the engine of a host. Every entry of the package (index,
// node, core, inline, compat …) is this file over another host.
import { EidError, engineFault } from './errors.js';
import { withFacts } from './facts.js';
import { Session, callEngine } from './session.js';
import { UNREAD, isWhole, withMessages } from './report.js';
import { LIMITS, Refusal, clock, copyBytes, isBytes, isWellFormed, membersOf, seconds } from './values.js';
import { readZone } from './zone.js';

/** @param {import('./host.js').Host} host */
export function makeDoor(host) {
  class Verifier {
    #session;

    constructor(config) {
      this.#session = new Session(host, config);
    }

    verify(input, options) {
      return this.#session.verify(input, options);
    }

    verifyMany(inputs, options) {
      return this.#session.verifyMany(inputs, options);
    }

    [UNREAD](inputs, options) {
      return this.#session.unread(inputs, options);
    }

    verifyVpToken(token, options) {
      return this.#session.verifyVpToken(token, options);
    }

    dcqlQuery(request) {
      if (this.#session.freed) throw engineFault('engine_freed');
      return this.#session.dcqlQuery(request);
    }

    warm() {
      if (this.#session.freed) throw engineFault('engine_freed');
      this.#session.warm();
    }

    update(artefacts, options) {
      if (this.#session.freed) throw engineFault('engine_freed');
      return this.#session.update(artefacts, options);
    }

    get trust() {
      if (this.#session.freed) throw engineFault('engine_freed');
      return this.#session.trust();
    }

    free() {
      this.#session.free();
    }
  }
  if (typeof Symbol.dispose === 'symbol') {
    Object.defineProperty(Verifier.prototype, Symbol.dispose, { value: Verifier.prototype.free, configurable: true, writable: true });
  }

  /** Throws before `init`; while a trapped engine is being replaced, the call that follows says so in its answer. */
  function begin() {
    try {
      host.cell();
    } catch (error) {
      if (error.code !== 'engine_busy' && error.code !== 'engine_unusable') throw error;
    }
  }

  /** Asks a free function of the engine; one that this build lacks is named, not tripped over. */
  function ask(name, ...values) {
    return asked(name, values, (text) => JSON.parse(text));
  }

  /** @param {(text: string, cell: object) => any} read what the engine answered */
  function asked(name, values, read) {
    const cell = host.cell();
    return callEngine(host, cell, (glue) => {
      if (typeof glue[name] !== 'function') throw new EidError('not_in_build', `${name} is not part of this build.`);
      return read(glue[name](...values), cell);
    });
  }

  function inspect(input) {
    begin();
    const unread = (code) => ({ verified: false, format: 'unknown', codes: [code] });
    try {
      if (typeof input === 'string') {
        if (input.length > LIMITS.token) return unread('input_too_large');
        if (!isWellFormed(input)) return unread('encoding_invalid');
        return ask('inspect', input);
      }
      if (!isBytes(input)) return unread('input_type_invalid');
      const bytes = copyBytes(input, LIMITS.token);
      return ask('inspectBytes', bytes);
    } catch (error) {
      return unread(error instanceof Refusal || error instanceof EidError ? error.code : 'internal_error');
    }
  }

  function readMrz(text, options) {
    begin();
    let language = 'vi';
    let now;
    let suggest;
    let refused;
    try {
      if (options !== undefined) {
        for (const [name, value] of membersOf(options)) {
          if (name !== 'now' && name !== 'language' && name !== 'suggest') throw new Refusal('policy_invalid');
          if (value === undefined) continue;
          if (name === 'now') now = seconds(value);
          else if (name === 'suggest' && typeof value === 'boolean') suggest = value;
          else if (name === 'language' && (value === 'vi' || value === 'en')) language = value;
          else throw new Refusal('policy_invalid');
        }
      }
      if (typeof text !== 'string') throw new Refusal('input_type_invalid');
      if (text.length > LIMITS.token) throw new Refusal('input_too_large');
      if (!isWellFormed(text)) throw new Refusal('encoding_invalid');
    } catch (error) {
      refused = error instanceof Refusal ? error.code : 'policy_invalid';
    }
    const read = (parts, cell) => {
      const answer = readZone(parts);
      if (!isWhole(answer.report, cell, language)) throw new Error('unsound');
      return answer;
    };
    let answer;
    try {
      const json = `{"now":${now ?? clock()}${suggest === undefined ? '' : `,"suggest":${suggest}`}}`;
      answer = asked('readMrz', [refused === undefined ? text : '', json], read);
    } catch (error) {
      refused = error instanceof EidError ? error.code : 'internal_error';
      answer = { format: 'unknown', digits: [], report: { verdict: 'indeterminate', format: 'mrz', codes: [], checks: [{ check: 'mrz.format', outcome: 'unknown' }], needs: [] } };
    }
    if (refused !== undefined) withMessages(deny(answer.report, refused), language);
    return answer;
  }

  /** The engine's answer to an empty MRZ, with the fault that the door found in its place. */
  function deny(report, code) {
    const lost = ['internal_error', 'engine_busy', 'engine_unusable', 'not_in_build'].includes(code);
    report.verdict = lost ? 'indeterminate' : 'invalid';
    report.codes = [code];
    report.checks.forEach((check, i) => {
      check.outcome = i === 0 && !lost ? 'fail' : 'unknown';
      check.code = i === 0 ? code : 'not_reached';
    });
    return report;
  }

  /** A pure function of the law: facts in, finding out. */
  function law(name, facts) {
    begin();
    try {
      return withFacts(facts, (bytes) => ask(name, bytes));
    } catch (error) {
      if (error instanceof EidError) throw error;
      throw new EidError('policy_invalid', 'The argument must be a plain object as described in the documentation.');
    }
  }

  return {
    init: (source) => host.init(source),
    initSync: (source) => host.initSync(source),
    Verifier,
    inspect,
    readMrz,
    assessAccount: (facts) => law('assessAccount', facts),
    requestDeadline: (request) => law('requestDeadline', request),
    /** `{ version, features }` of the wasm that is loaded. */
    engineInfo: () => ask('engineInfo'),
  };
}
