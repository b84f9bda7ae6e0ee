// An engine that obeys the seam and understands a few words, to try what the door does by itself: reading options,
// replacing trapped instances, spending nonces. What the real engine answers is tested elsewhere.
import { makeDoor } from '../../pkg/door.js';
import { Host } from '../../pkg/host.js';
import { version } from '../../pkg/version.js';

const PLAN = ['input.format', 'issuer.signature', 'holder.binding', 'status.list'];
/** Questions to the law cross as UTF-8. */
const textOf = (bytes) => new TextDecoder().decode(bytes);
const info = { version, features: ['fake'] };

function report(codes, options, extra = {}) {
  const [code] = codes;
  const unknown = ['internal_error', 'engine_busy', 'engine_unusable'].includes(code);
  return {
    verdict: code === undefined ? 'valid' : unknown ? 'indeterminate' : 'invalid',
    format: code === undefined ? 'dc+sd-jwt' : 'unknown',
    codes,
    checks: PLAN.map((check, i) => {
      if (code === undefined) return { check, outcome: 'pass' };
      return i === 0 ? { check, outcome: unknown ? 'unknown' : 'fail', code } : { check, outcome: 'unknown', code: 'not_reached' };
    }),
    ...(code === undefined ? { holder: { claims: { name: 'MẪU' } }, answers: { inDate: true }, validUntil: '2030-01-01T00:00:00Z' } : {}),
    needs: [],
    verifiedAt: '1970-01-01T00:00:00Z',
    engine: info,
    ...extra,
    ...(options ? { options } : {}),
  };
}

/** Everything that crosses the seam is written down in `log`. */
export function fakeDoor({ sync = true, renewable = true, sourceSync = true, engineVersion = version } = {}) {
  const log = [];
  const state = { made: 0, sync, renewable, alive: 0 };
  function createGlue() {
    let broken = false;
    const trap = () => {
      broken = true;
      throw new WebAssembly.RuntimeError('unreachable');
    };
    const guard = () => {
      if (broken) throw new Error('recursive use of an object detected');
    };
    class Engine {
      constructor(config, csca, masterLists, now) {
        guard();
        log.push({ call: 'new', config, csca, masterLists, now });
        const read = JSON.parse(config);
        if (read.policy?.minLevel === 9) throw JSON.stringify({ code: 'policy_invalid', message: 'minLevel is 1 or 2.' });
        if (read.policy?.minLevel === 13) trap();
        this.updates = [];
        state.alive++;
      }
      verify(input, options) {
        guard();
        log.push({ call: 'verify', input, options });
        if (input === 'TRAP') trap();
        if (input === 'OVERFLOW') {
          broken = true;
          (function deeper() {
            deeper();
          })();
        }
        if (input === 'UPDATES') return JSON.stringify(report([], undefined, { updates: this.updates }));
        const asked = JSON.parse(options);
        if (asked.nonce === null) return JSON.stringify(report(['policy_invalid'], asked));
        return JSON.stringify(report(input.startsWith('VALID') ? [] : ['structure_invalid'], asked));
      }
      verifyBytes(bytes, options) {
        guard();
        log.push({ call: 'verifyBytes', bytes, options });
        return JSON.stringify(report([], JSON.parse(options)));
      }
      verifyDocument(input, sod, numbers, groups, options) {
        guard();
        log.push({ call: 'verifyDocument', input: JSON.parse(input), sod, numbers: [...numbers], groups, options });
        return JSON.stringify(report([], JSON.parse(options)));
      }
      verifyMany(inputs, options) {
        guard();
        log.push({ call: 'verifyMany', inputs });
        if (inputs.includes('TRAP')) trap();
        return JSON.stringify(inputs.map((input) => report(input.startsWith('VALID') ? [] : ['structure_invalid'], JSON.parse(options))));
      }
      refuse(code) {
        guard();
        return JSON.stringify(report([code]));
      }
      update(json, now) {
        guard();
        log.push({ call: 'update', json, now });
        if (json.includes('"TRAP"')) trap();
        this.updates.push({ ...JSON.parse(json), now });
        return this.trust();
      }
      trust() {
        guard();
        return JSON.stringify(this.updates.map((_, i) => ({ artefact: 'trust_list', verdict: 'valid', codes: [], version: i })));
      }
      free() {
        guard();
        state.alive--;
        log.push({ call: 'free' });
      }
    }
    return {
      imports: {},
      attach() {},
      detach() {},
      Engine,
      reportTable: () => '{"lines":{},"codes":[]}',
      engineInfo: () => JSON.stringify({ ...info, version: engineVersion }),
      inspect: (text) => (text === 'TRAP' ? trap() : JSON.stringify({ verified: false, format: 'dc+sd-jwt', claims: {} })),
      inspectBytes: () => JSON.stringify({ verified: false, format: 'mso_mdoc' }),
      readMrz: (text, options) =>
        text === 'TRAP' ? trap() : `${JSON.stringify(report(text === '' ? ['input_empty'] : ['mrz_unauthenticated'], JSON.parse(options)))}\n`,
      assessAccount: (bytes) => {
        const json = textOf(bytes);
        if (JSON.parse(json).law === 'none') throw JSON.stringify({ code: 'policy_invalid', message: 'no such law' });
        return JSON.stringify({ account: 'active', grounds: [], given: JSON.parse(json) });
      },
      requestDeadline: textOf,
    };
  }
  const make = () => {
    state.made++;
    return { exports: { memory: {} } };
  };
  const maker = {
    isThere: () => true,
    compile: async (source) => source,
    compileSync: (source) => source,
    make: async () => {
      if (!state.renewable && state.made > 0) throw new RangeError('out of memory');
      return make();
    },
    makeSync: () => {
      if (!state.sync && state.made > 0) throw new RangeError('WebAssembly.Instance is disallowed on the main thread');
      return make();
    },
  };
  const host = new Host(createGlue, { source: () => 'file', sourceSync: sourceSync ? () => 'file' : undefined, maker });
  return { ...makeDoor(host), log, state };
}
