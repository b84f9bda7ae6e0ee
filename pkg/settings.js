// What a caller hands over, read into what the engine takes: configuration, options of a call, input, artefacts.
import { EidError } from './errors.js';
import {
  LIMITS,
  Refusal,
  artefactText,
  base64Of,
  base64url,
  copyBytes,
  elementsOf,
  isBytes,
  isPlainObject,
  isWellFormed,
  membersOf,
  newBudget,
  plain,
  seconds,
} from './values.js';

// Names that the contract knows. The engine refuses a name that it does not know; these lists only catch the one case that
// never reaches it, a misspelt name whose value is `undefined`.
const CONFIG = ['trust', 'policy', 'relyingParty', 'language', 'now'];
const TRUST = ['anchors', 'threshold', 'lists', 'issuers', 'csca', 'masterLists', 'minVersion'];
const POLICY = [
  'law', 'minLevel', 'kinds', 'vct', 'requiredClaims', 'keyBinding', 'status', 'clockSkew', 'maxPresentationAge',
  'maxValidity', 'expiryDay', 'evidence', 'allowLegacyHash', 'ask', 'documents',
]; // prettier-ignore
const OPTIONS = ['now', 'nonce', 'audience', 'nonces', 'statusLists', 'accountStates', 'purpose', 'origin', 'serverTime', 'mrz', 'policy'];
const ARTEFACTS = ['trustLists', 'statusLists', 'accountStates'];
const INPUT = ['credential', 'mrz', 'sod', 'dataGroups', 'activeAuthentication', 'chipAuthentication'];
/** RND.IFD (ICAO 9303-11 §6.1.2.1). */
const CHALLENGE = 8;

/** Members without the `undefined` ones; a name that nobody knows is not forgiven for having no value. */
function known(members, names, where) {
  const kept = new Map();
  for (const [name, value] of members) {
    if (value !== undefined) kept.set(name, value);
    else if (!names.includes(name)) throw new Refusal('policy_invalid', `${where}.${name}`);
  }
  return kept;
}

function policyOf(value, budget, where) {
  known(membersOf(value, 'policy_invalid', where), POLICY, where);
  return plain(value, budget, where, 2);
}

function trustOf(value, budget) {
  const trust = {};
  let csca = [];
  let masterLists = [];
  for (const [name, member] of known(membersOf(value, 'policy_invalid', 'trust'), TRUST, 'trust')) {
    const where = `trust.${name}`;
    if (name === 'csca') {
      csca = elementsOf(member, 'policy_invalid', where).map((bytes) => copyBytes(bytes, LIMITS.certificate, 'policy_invalid', 'policy_invalid'));
    } else if (name === 'masterLists') {
      masterLists = elementsOf(member, 'policy_invalid', where).map((bytes) => copyBytes(bytes, LIMITS.masterList, 'policy_invalid', 'policy_invalid'));
    } else if (name === 'lists') {
      trust.lists = elementsOf(member, 'policy_invalid', where).map((text) => artefactText(text, LIMITS.trustList, where));
    } else {
      trust[name] = plain(member, budget, where, 2);
    }
  }
  return { trust, csca, masterLists };
}

const SENTENCES = {
  policy_invalid: (where) => `The configuration is not valid at "${where}": see the fields and their types in the documentation.`,
  encoding_invalid: (where) => `The configuration holds text with a lone surrogate at "${where}".`,
  resource_limit: (where) => `The configuration is larger than allowed at "${where}".`,
};

/**
 * Reads `new Verifier(config)`.
 * @returns {{ json: string, csca: Uint8Array[], masterLists: Uint8Array[], now?: number, language: 'vi' | 'en', relyingParty: boolean }}
 * @throws {EidError}
 */
export function readConfig(config) {
  let where = 'config';
  try {
    const budget = newBudget();
    const out = {};
    let csca = [];
    let masterLists = [];
    let now;
    for (const [name, value] of known(membersOf(config, 'policy_invalid', where), CONFIG, 'config')) {
      where = name;
      if (name === 'now') {
        now = seconds(value, name);
        out.now = now;
      } else if (name === 'trust') {
        const read = trustOf(value, budget);
        out.trust = read.trust;
        ({ csca, masterLists } = read);
      } else if (name === 'policy') {
        out.policy = policyOf(value, budget, name);
      } else if (name === 'relyingParty') {
        out.relyingParty = artefactText(value, LIMITS.token, name);
      } else {
        out[name] = plain(value, budget, name);
      }
    }
    return {
      json: JSON.stringify(out),
      csca,
      masterLists,
      now,
      language: out.language === 'en' ? 'en' : 'vi',
      relyingParty: 'relyingParty' in out,
    };
  } catch (error) {
    // a getter or a Proxy that throws is as wrong as a field of the wrong type
    const code = error instanceof Refusal && error.code in SENTENCES ? error.code : 'policy_invalid';
    const place = (error instanceof Refusal && error.where) || where;
    throw new EidError(code === 'encoding_invalid' ? 'policy_invalid' : code, SENTENCES[code](place));
  }
}

function artefactsOf(value, limit, where) {
  return elementsOf(value, 'policy_invalid', where).map((text) => artefactText(text, limit, where));
}

/** How a status list in CWT form crosses the seam; src/verify/list/status_list.rs reads it. */
const CWT = 'data:application/statuslist+cwt;base64,';

/** Status lists: text is the JWT form (or that `data:` URL), bytes are the CWT form. */
function statusListsOf(value, where) {
  return elementsOf(value, 'policy_invalid', where).map((list) => {
    if (!isBytes(list)) return artefactText(list, CWT.length + LIMITS.statusList, where);
    try {
      return CWT + base64Of(copyBytes(list, (LIMITS.statusList / 4) * 3, 'policy_invalid', 'input_too_large'));
    } catch (error) {
      if (error.code !== 'input_too_large') throw error;
      return CWT + 'A'.repeat(LIMITS.statusList + 4); // for the engine to say so
    }
  });
}

/**
 * Reads the options of one call.
 * @param {unknown} options
 * @param {{ now?: number, relyingParty: boolean }} config
 * @param {() => number} clock
 * @returns {{ json: string, now: number, nonce?: string, nonces?: { consume(nonce: string): unknown } }}
 * @throws {Refusal}
 */
export function readOptions(options, config, clock) {
  const out = {};
  let now = config.now;
  let nonces;
  if (options !== undefined) {
    const budget = newBudget();
    for (const [name, value] of membersOf(options, 'policy_invalid', 'options')) {
      if (!OPTIONS.includes(name)) throw new Refusal('policy_invalid', name);
      if (value === undefined) {
        // a binding that the page meant to ask for and lost on the way is never dropped in silence
        if (name === 'nonce' || name === 'audience') out[name] = null;
        if (name === 'nonces') throw new Refusal('policy_invalid', name);
        continue;
      }
      switch (name) {
        case 'now':
          now = seconds(value, name);
          break;
        case 'nonces':
          if (typeof value !== 'object' || value === null || typeof value.consume !== 'function') throw new Refusal('policy_invalid', name);
          nonces = value;
          break;
        case 'statusLists':
          out.statusLists = statusListsOf(value, name);
          break;
        case 'accountStates':
          out.accountStates = artefactsOf(value, LIMITS.token, name);
          break;
        case 'serverTime':
          out.serverTime = seconds(value, name);
          break;
        case 'policy':
          out.policy = policyOf(value, budget, name);
          break;
        default:
          out[name] = plain(value, budget, name);
      }
    }
  }
  if (nonces !== undefined && typeof out.nonce !== 'string') throw new Refusal('policy_invalid', 'nonces');
  out.now = now ?? clock();
  if (config.relyingParty && out.origin === undefined) {
    const origin = globalThis.location?.origin;
    if (typeof origin === 'string' && origin !== 'null') out.origin = origin;
  }
  return { json: JSON.stringify(out), now: out.now, nonce: out.nonce, nonces };
}

function inputText(text) {
  if (text.length > LIMITS.token) throw new Refusal('input_too_large');
  if (!isWellFormed(text)) throw new Refusal('encoding_invalid');
  return text;
}

function optionalText(value) {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new Refusal('input_type_invalid');
  return inputText(value);
}

/** What was asked of a chip itself: bytes for a worker, and the same as text for the engine. */
function transcriptOf(members) {
  const bytes = {};
  const texts = {};
  const active = members.get('activeAuthentication');
  if (active !== undefined) {
    const given = membersOf(active, 'input_type_invalid');
    if (given.size !== 2) throw new Refusal('input_type_invalid');
    const challenge = copyBytes(given.get('challenge'), CHALLENGE, 'input_type_invalid', 'input_type_invalid');
    if (challenge.length !== CHALLENGE) throw new Refusal('input_type_invalid');
    const response = copyBytes(given.get('response'), LIMITS.response);
    bytes.activeAuthentication = { challenge, response };
    texts.activeAuthentication = { challenge: base64url(challenge), response: base64url(response) };
  }
  const chip = members.get('chipAuthentication');
  if (chip !== undefined) {
    if (!isPlainObject(chip)) throw new Refusal('input_type_invalid');
    bytes.chipAuthentication = {}; // what stands in it proves nothing: it is not read
    texts.chipAuthentication = {};
  }
  return { bytes, texts };
}

/**
 * Reads the input of `verify`. `crossing` is the same input, copied, for another door.
 * @returns {{ text: string } | { bytes: Uint8Array } | { document: string, sod?: Uint8Array, numbers: Uint8Array, groups: Uint8Array[], crossing: object }}
 * @throws {Refusal}
 */
export function readInput(input) {
  if (typeof input === 'string') return { text: inputText(input) };
  if (isBytes(input)) return { bytes: copyBytes(input, LIMITS.token) };
  if (!isPlainObject(input)) throw new Refusal('input_type_invalid');

  const members = membersOf(input, 'input_type_invalid');
  for (const name of members.keys()) {
    if (!INPUT.includes(name)) throw new Refusal('input_type_invalid');
  }
  if (![...members.values()].some((value) => value !== undefined)) throw new Refusal('input_type_invalid');
  const texts = {};
  for (const name of ['credential', 'mrz']) {
    const text = optionalText(members.get(name));
    if (text !== undefined) texts[name] = text;
  }
  const given = members.get('sod');
  const sod = given === undefined ? undefined : copyBytes(given, LIMITS.sod);
  const numbers = [];
  const groups = [];
  const dataGroups = members.get('dataGroups');
  if (dataGroups !== undefined) {
    for (const [key, bytes] of membersOf(dataGroups, 'input_type_invalid')) {
      if (!/^(?:[1-9]|1[0-6])$/.test(key)) throw new Refusal('input_type_invalid'); // DG1 … DG16, ICAO 9303-10 §4.7
      if (bytes === undefined) continue;
      numbers.push(Number(key));
      groups.push(copyBytes(bytes, LIMITS.dataGroup));
    }
  }
  const transcript = transcriptOf(members);
  return {
    document: JSON.stringify({ ...texts, ...transcript.texts }),
    sod,
    numbers: Uint8Array.from(numbers),
    groups,
    crossing: { ...texts, ...transcript.bytes, sod, dataGroups: Object.fromEntries(numbers.map((number, i) => [number, groups[i]])) },
  };
}

/**
 * Reads what `update` is given.
 * @returns {Record<'trustLists' | 'statusLists' | 'accountStates', string[]>}
 * @throws {Refusal}
 */
export function readArtefacts(artefacts) {
  const out = { trustLists: [], statusLists: [], accountStates: [] };
  for (const [name, value] of membersOf(artefacts, 'policy_invalid', 'update')) {
    if (!ARTEFACTS.includes(name)) throw new Refusal('policy_invalid', name);
    if (value === undefined) continue;
    out[name] = name === 'statusLists' ? statusListsOf(value, name) : artefactsOf(value, name === 'trustLists' ? LIMITS.trustList : LIMITS.token, name);
  }
  return out;
}

/** Protocols of the Digital Credentials API that answer with a `vp_token` (OpenID4VP 1.0 Annex A.1). */
const PROTOCOLS = ['openid4vp-v1-unsigned', 'openid4vp-v1-signed', 'openid4vp-v1-multisigned'];

/**
 * Unwraps the answer of the Digital Credentials API, `{protocol, data}`. Signed request or not, such an answer is bound to the page's origin,
 * prefixed with `origin:` (Annex A.4); a page that says its audience itself is believed.
 * @throws {Refusal}
 */
export function readAnswer(answer, options) {
  const { protocol, data } = typeof answer === 'object' && answer !== null ? answer : {};
  if (typeof protocol !== 'string') return { token: answer, options };
  if (protocol === 'org-iso-mdoc') throw new Refusal('not_in_build');
  if (!PROTOCOLS.includes(protocol)) throw new Refusal('structure_invalid');
  if (options !== undefined && (!isPlainObject(options) || 'audience' in options)) return { token: data, options };
  const origin = options?.origin ?? globalThis.location?.origin;
  if (typeof origin !== 'string' || origin === 'null') throw new Refusal('policy_invalid', 'origin');
  return { token: data, options: { ...options, audience: `origin:${origin}` } };
}

/**
 * Reads a `vp_token`: an object of arrays, the response that has one as its member, or the JSON of either (which the engine reads strictly: no name
 * twice). What stands in the arrays is the engine's to judge.
 * @returns {string} JSON
 * @throws {Refusal}
 */
export function readResponse(answer) {
  if (typeof answer === 'string') {
    if (answer.length > PRESENTATIONS * LIMITS.token) throw new Refusal('input_too_large');
    if (!isWellFormed(answer)) throw new Refusal('encoding_invalid');
    return answer;
  }
  if (!isPlainObject(answer)) throw new Refusal('input_type_invalid');
  const token = isPlainObject(answer.vp_token) ? answer.vp_token : answer;
  const out = {};
  let characters = 0;
  for (const [id, presentations] of membersOf(token, 'input_type_invalid')) {
    if (id === '__proto__') throw new Refusal('claim_name_forbidden');
    out[id] = elementsOf(presentations, 'structure_invalid', 'vp_token', PRESENTATIONS).map((presentation) => {
      if (typeof presentation !== 'string') return null;
      characters += presentation.length;
      if (presentation.length > LIMITS.token || characters > PRESENTATIONS * LIMITS.token) throw new Refusal('input_too_large');
      if (!isWellFormed(presentation)) throw new Refusal('encoding_invalid');
      return presentation;
    });
  }
  return JSON.stringify(out);
}

/** Presentations in one response, as in the engine. */
const PRESENTATIONS = 32;

/** Reads what `dcqlQuery` asks beyond the policy. */
export function readRequest(request) {
  try {
    return request === undefined ? {} : plain(request, newBudget(), 'dcqlQuery');
  } catch {
    throw new EidError('policy_invalid', 'dcqlQuery takes {id?, claims?}: see the documentation.');
  }
}
