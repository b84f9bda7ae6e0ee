import type { Code, ErrorCode, FailCode, SkipCode, UnknownCode } from './codes.js';
export type { Code, ErrorCode, FailCode, SkipCode, UnknownCode } from './codes.js';

/** A public key as JSON (RFC 7517, RFC 8037). */
export interface Jwk {
  kty: 'OKP' | 'EC' | (string & {});
  crv?: string;
  x?: string;
  y?: string;
  kid?: string;
  alg?: string;
  use?: string;
  [member: string]: unknown;
}

/** Kinds of holders. */
export type Kind = 'citizen' | 'foreigner' | 'organisation';

/** Decrees whose rules can be applied. */
export type Law = 'ND59-2022' | 'ND69-2024';

/** An issuer that the page itself trusts. What is left out narrows nothing. */
export interface PinnedIssuer {
  iss: string;
  keys: Jwk[];
  vct?: string[];
  maxLevel?: 1 | 2;
  kinds?: Kind[];
}

/** Whom to trust. */
export interface Trust {
  /** Keys that may sign trust lists. */
  anchors?: Jwk[];
  /** How many of them must have signed a list; default 1. */
  threshold?: number;
  /** Signed trust lists. */
  lists?: string[];
  /** Issuers pinned by the page, beside or instead of a list. */
  issuers?: PinnedIssuer[];
  /** CSCA certificates (DER), for travel documents. */
  csca?: Uint8Array[];
  /** ICAO master lists (CMS). */
  masterLists?: Uint8Array[];
  /** The highest version of a trust list that the page remembers. */
  minVersion?: number;
}

/** What is asked of a credential. Every default is the strict one; an unknown field is refused (`policy_invalid`). */
export interface Policy {
  /** Which decree's rules apply; default `"ND69-2024"`. */
  law?: Law;
  /** Default 1. */
  minLevel?: 1 | 2;
  /** Default `["citizen", "foreigner"]`. */
  kinds?: Kind[];
  /** Accepted credential types, compared byte for byte; default: all of the profile. */
  vct?: string[];
  /** Claims that must be disclosed: paths as arrays, or dotted names. */
  requiredClaims?: (string | (string | number)[])[];
  /** Default `"if-asked"`: required when `nonce` or `audience` is given. */
  keyBinding?: 'require' | 'if-asked' | 'ignore';
  /** Default `"require"`. */
  status?: 'require' | 'if-present' | 'ignore';
  /** Seconds, for `iat` and `nbf`; default 60. Never for `exp`. */
  clockSkew?: number;
  /** Seconds; default 300. */
  maxPresentationAge?: number;
  /** Seconds between `iat` and `exp`; default 315,576,000 (10 years). */
  maxValidity?: number;
  /** Default `"inclusive"`: a document dated D is good until 24:00 of D in Viet Nam. */
  expiryDay?: 'inclusive' | 'exclusive';
  /** What level 2 needs; default `"any"`. */
  evidence?: 'any' | 'portrait-and-fingerprint';
  /** SHA-1 in travel documents; default false. */
  allowLegacyHash?: boolean;
  /** Questions answered in `report.answers`. */
  ask?: { ageAtLeast?: number; levelAtLeast?: 1 | 2; inDate?: string[] };
  /** Which disclosed documents must be in date; default `"identity"`. */
  documents?: 'identity' | 'all' | 'ignore';
}

/** Language of `message`s. */
export type Language = 'vi' | 'en';

/** `new Verifier(config)`: trust once, verify many. */
export interface Config {
  trust?: Trust;
  policy?: Policy;
  /** Signed authorisation of the relying party: then every call names a `purpose`. */
  relyingParty?: string;
  /** Default `"vi"`. */
  language?: Language;
  /** A clock that stands still: a `Date`, or seconds. Default: the host's clock at each call. */
  now?: Date | number;
}

/** Options of one call. An unknown field is refused. */
export interface VerifyOptions {
  /** A `Date`, or seconds; default `config.now`, else the host's clock. */
  now?: Date | number;
  /** The nonce that the presentation must carry. Given as `undefined` it is refused, not ignored. */
  nonce?: string;
  /** The audience that the presentation must name. Given as `undefined` it is refused, not ignored. */
  audience?: string;
  /** Where `nonce` is taken back, once: see {@link NonceStore}. */
  nonces?: NonceTaker;
  /**
   * Signed status lists for this call: text in JWT form, bytes in CWT form (`application/statuslist+cwt`; in `core`: `not_in_build`). Of two that one issuer
   * signed for one address and second, the worse word counts.
   */
  statusLists?: (string | Uint8Array)[];
  /** Signed account states for this call. */
  accountStates?: string[];
  /** The purpose that the relying party's authorisation grants. */
  purpose?: string;
  /** Default: the page's own origin. */
  origin?: string;
  /** Seconds (or a `Date`), told by a server that the page trusts. */
  serverTime?: number | Date;
  /** Machine-readable lines to hold against the credential. */
  mrz?: string;
  /** Fields that make this call stricter; one that would loosen is refused. */
  policy?: Policy;
}

/** Anything that takes a nonce back: `true` exactly once for each nonce given out, `false` ever after, and at once. */
export interface NonceTaker {
  consume(nonce: string): boolean;
}

/** A travel document, a credential, or both, to be held against each other. */
export interface DocumentInput {
  credential?: string;
  /** Machine-readable lines, separated by line feeds. */
  mrz?: string;
  /** EF.SOD. */
  sod?: Uint8Array;
  /** Data groups by number, 1 to 16. */
  dataGroups?: { [group: number]: Uint8Array };
  /** Active authentication; needs DG15 among `dataGroups`, and DG14 where the chip's key is on an elliptic curve. */
  activeAuthentication?: ActiveAuthentication;
  /** Chip authentication: a record of it proves nothing to anyone who was not there, so `chip.genuine` is `not_in_build`. */
  chipAuthentication?: object;
}

/**
 * A challenge and the chip's answer (ICAO Doc 9303-11 §6.1). With it, `chip.genuine` is `pass` or `fail` instead of `skip`.
 *
 * The page makes the challenge itself, fresh for each reading: an answer to a challenge that somebody else chose proves nothing.
 *
 * @example
 * const challenge = crypto.getRandomValues(new Uint8Array(8));
 * const response = await reader.internalAuthenticate(challenge); // the phone's NFC, over secure messaging
 * const report = verifier.verify({ sod, dataGroups: { 1: dg1, 14: dg14, 15: dg15 }, activeAuthentication: { challenge, response } });
 */
export interface ActiveAuthentication {
  /** RND.IFD: 8 bytes. */
  challenge: Uint8Array;
  /** What INTERNAL AUTHENTICATE gave back. */
  response: Uint8Array;
}

/** A compact token or QR text, bytes (CBOR, or the UTF-8 of a text), or documents. The format is recognised. */
export type Input = string | Uint8Array | DocumentInput;

/** Formats that are recognised. */
export type Format = 'dc+sd-jwt' | 'jwt' | 'mso_mdoc' | 'cwt-169' | 'emrtd' | 'mrz' | 'vds' | 'di' | 'unknown';

/** Lines of the report on a credential, in order. */
export type CredentialCheckId =
  | 'input.format' | 'jws.header' | 'issuer.trust' | 'issuer.signature' | 'disclosures' | 'credential.type'
  | 'credential.time' | 'credential.level' | 'credential.law' | 'credential.kind' | 'claims.required' | 'claims.format'
  | 'claims.personal_number' | 'holder.binding' | 'holder.audience' | 'holder.nonce' | 'holder.time' | 'status.mechanism' | 'status.list'
  | 'account.state' | 'document.passport' | 'document.residence' | 'document.residence_term' | 'document.identity_card'
  | 'documents.integrated' | 'mrz.credential' | 'relying_party'; // prettier-ignore

/** Lines of the report on a travel document. */
export type DocumentCheckId =
  | 'mrz.format' | 'mrz.digits' | 'mrz.dates' | 'mrz.authenticity' | 'document.time' | 'sod.format' | 'signer.trust' | 'signer.time'
  | 'sod.signature' | 'dg.hash' | 'dg1.mrz' | 'document.state' | 'chip.genuine'; // prettier-ignore

/** The name of a line; more may come. */
export type CheckId = CredentialCheckId | DocumentCheckId | (string & {});

interface CheckBase {
  check: CheckId;
  /** Section of the specification, such as `"RFC 9901 §7.1"`. */
  spec?: string;
  /** Article of the decree, where the line is one of law. */
  basis?: string;
  /** Place in the input that the line is about, in bytes. */
  at?: { start: number; end: number };
}
/** The check was made and holds. */
export interface PassedCheck extends CheckBase {
  outcome: 'pass';
  code?: undefined;
  message?: undefined;
}
/** The check was made and does not hold. */
export interface FailedCheck extends CheckBase {
  outcome: 'fail';
  code: FailCode;
  message: string;
}
/** The check could not be made. */
export interface UnknownCheck extends CheckBase {
  outcome: 'unknown';
  code: UnknownCode;
  message: string;
}
/** The check does not apply, or nobody asked for it. */
export interface SkippedCheck extends CheckBase {
  outcome: 'skip';
  code: SkipCode;
  message: string;
}
/** One line of the report; `outcome` tells which. */
export type Check = PassedCheck | FailedCheck | UnknownCheck | SkippedCheck;

/** A document named in the credential: no number, no name. */
export interface DocumentState {
  type: string;
  state: 'in_date' | 'expired' | 'no_expiry' | 'unknown';
  /** `YYYY-MM-DD` in Viet Nam, or null. */
  expiresOn: string | null;
  /** 0 on the last day, negative after it. */
  daysLeft: number | null;
}

/** What a trusted issuer signed about the holder. */
export interface Holder {
  kind: Kind;
  /** Null for organisations under ND69-2024. */
  level: 1 | 2 | null;
  law: Law;
  issuer: string;
  issuerName?: { vi: string; en: string };
  vct: string;
  /** The disclosed claims. Names are the issuer's: show them as text. */
  claims: { [name: string]: unknown };
  documents: DocumentState[];
  /** How many digests belong to claims that were not disclosed (decoys count). */
  undisclosed?: number;
}

/** The state of the holder's account, as far as it can be told. */
export interface Account {
  state: 'active' | 'locked' | 'lock_due' | 'unknown';
  /** Codes such as `PASSPORT_EXPIRED`. */
  grounds: string[];
  /** Where the account is locked, or a lock is due: the article behind each ground, or behind the lock where no ground is told. */
  basis?: string[];
  asOf?: string;
  pending?: { requestedBy: string; received: string; due: string }[];
}

/** What the host could fetch and ask again with: see `eid-verifier/net`. */
export type Need =
  | { type: 'status_list'; uri: string }
  | { type: 'trust_list' }
  | { type: 'account_state'; iss: string; sub: string };

/** Answers to `policy.ask`: true, false, or null where it cannot be told. */
export interface Answers {
  ageAtLeast?: boolean | null;
  levelAtLeast?: boolean | null;
  inDate?: { [document: string]: boolean | null };
}

interface ReportBase {
  format: Format;
  /** The whole plan, in order; what was not reached is there and says so. */
  checks: Check[];
  documents?: DocumentState[];
  account?: Account;
  needs: Need[];
  /** Who asks and what for, as the relying-party authorisation tells it: to be shown to the person. */
  relyingParty?: { sub: string; purpose: string; text?: { vi: string; en: string } };
  /** Claims that the page asked for beyond what its purpose needs, by dotted name. */
  beyondNeed?: string[];
  /** RFC 3339, in UTC. */
  verifiedAt: string;
  engine: { version: string; features: string[] };
}
/** Everything that was asked holds. */
export interface ValidReport extends ReportBase {
  verdict: 'valid';
  codes: [];
  holder?: Holder;
  answers?: Answers;
  /** The first instant at which this verdict could change. */
  validUntil?: string;
}
/** Something does not hold; `codes[0]` decides. */
export interface InvalidReport extends ReportBase {
  verdict: 'invalid';
  codes: [FailCode, ...(FailCode | UnknownCode)[]];
  holder?: undefined;
  answers?: Answers;
  validUntil?: string;
}
/** Nothing is wrong as far as it could be checked, but something could not. Never to be taken for valid. */
export interface IndeterminateReport extends ReportBase {
  verdict: 'indeterminate';
  codes: [UnknownCode, ...UnknownCode[]];
  holder?: undefined;
  answers?: Answers;
  validUntil?: string;
}
/**
 * The answer to `verify`: plain JSON data. Tell the three apart by `verdict`.
 *
 * @example
 * switch (report.verdict) {
 *   case 'valid': return welcome(report.holder);
 *   case 'invalid': return refuse(report.codes[0]);
 *   case 'indeterminate': return later(report.needs);
 * }
 */
export type Report = ValidReport | InvalidReport | IndeterminateReport;

/** What became of a signed artefact of the trust material: those of the last update first, then those that are still in force. */
export interface TrustReport {
  /** `trust_list`, `status_list`, `account_state`, `relying_party`; `update` for an update that could not be read. */
  artefact: string;
  verdict: 'valid' | 'invalid' | 'indeterminate';
  codes: Code[];
  checks?: Check[];
  /** Of a trust list: what the page remembers for `trust.minVersion`. */
  version?: number;
  iss?: string;
  /** Of a status list: its address. */
  uri?: string;
  /** Of a trust list: hosts that may serve status lists, for `allowHosts` of `fetchNeeds`. */
  statusHosts?: string[];
  [more: string]: unknown;
}

/** Newer signed artefacts for `update`. */
export interface Artefacts {
  trustLists?: string[];
  /** Text in JWT form, bytes in CWT form (`application/statuslist+cwt`). */
  statusLists?: (string | Uint8Array)[];
  accountStates?: string[];
}

/** What `inspect` saw. Nothing of it is believed. */
export interface Inspection {
  verified: false;
  format: Format | (string & {});
  /** Why it could not be read; absent or empty when it could. */
  codes?: Code[];
  header?: { [name: string]: unknown };
  claims?: { [name: string]: unknown };
  [more: string]: unknown;
}

/** What machine-readable lines say. Dates are `YYYY-MM-DD`, with `X` for digits that are not given. */
export interface MrzReading {
  format: 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B' | 'unknown';
  documentCode?: string | null;
  documentNumber?: string | null;
  issuingState?: string | null;
  nationality?: string | null;
  names?: { primary: string; secondary: string; truncated: boolean } | null;
  birth?: string | null;
  sex?: 'M' | 'F' | 'X' | null;
  expiry?: string | null;
  optional?: string[];
  personalNumber?: string | null;
  /** Dates whose century is a guess. */
  ambiguous?: string[];
  /** Each check digit: it finds typing errors, not forgers. */
  digits: { field: string; ok: boolean; at?: { start: number; end: number } }[];
  /** With `suggest`: readings in which a few characters are exchanged and all digits fit. For people to confirm. */
  suggestions?: { at: { start: number; end: number }; from: string; to: string }[][];
  /** At best `indeterminate` (`mrz_unauthenticated`): the lines carry no signature. */
  report: Report;
}

/** The question of {@link assessAccount}. */
export interface AccountQuestion {
  law: Law;
  subject: Kind;
  level?: 1 | 2 | null;
  /** Facts of the law, as in the documentation's cases. */
  facts: { [fact: string]: unknown };
  /** RFC 3339 with an offset, or a `Date`. */
  now: string | Date;
  /** Adds `basis` to the answer. */
  explain?: boolean;
}
/** The answer of {@link assessAccount}. */
export interface AccountFinding {
  account: 'active' | 'locked' | 'not_eligible';
  grounds: string[];
  /** With `explain`: the article of each ground, or the one that an answer without grounds rests on. */
  basis?: string[];
  [more: string]: unknown;
}
/** The answer of {@link requestDeadline}: dates in Viet Nam, null where none can be told. */
export interface Deadline {
  law: Law;
  received: string;
  forwardBy: string | null;
  decideBy: string | null;
  code?: 'calendar_unknown';
  /** A day on the way may have become a holiday, or a working Saturday, since the calendar was announced. */
  unsettled?: true;
  /** With `explain`: the article. */
  basis?: string;
}

/** Where the wasm comes from: its address, an answer to a request for it, its bytes, or compiled already. */
export type WasmSource = string | URL | Response | BufferSource | WebAssembly.Module;

/**
 * Starts the engine. Browsers need it once, before anything else; Node, Deno and Bun may leave it out. Calls after the
 * first join it; after a failure it may be called again.
 *
 * @example
 * import init, { Verifier } from 'eid-verifier';
 * await init();                                   // the .wasm beside the module
 * await init('/assets/eid_verifier_bg.wasm');     // or from elsewhere
 */
export function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;
export default init;

/**
 * The same at once, from a compiled module or the bytes of the file.
 *
 * @example
 * initSync(await WebAssembly.compileStreaming(fetch(url)));   // in a worker that was handed the module
 */
export function initSync(source?: BufferSource | WebAssembly.Module | { module: BufferSource | WebAssembly.Module }): void;

/**
 * Verifies credentials and travel documents against one configuration. Opens no connection, stores nothing.
 *
 * @example
 * const verifier = new Verifier({ trust: { issuers: [{ iss: 'https://issuer.example', keys: [jwk] }] } });
 * const report = verifier.verify(token, { nonce, audience: location.origin });
 * if (report.verdict === 'valid') console.log(report.holder?.kind, report.holder?.level);
 */
export class Verifier {
  /** @throws {EidError} on a bad configuration (`policy_invalid`, `key_invalid`) or before `init` (`engine_not_ready`). */
  constructor(config: Config);
  /** Never throws, whatever the input. */
  verify(input: Input, options?: VerifyOptions): Report;
  /** The same verdicts as one by one, faster. */
  verifyMany(inputs: readonly Input[], options?: VerifyOptions): Report[];
  /**
   * Verifies a `vp_token` of OpenID4VP 1.0: an object of arrays, each presentation with the nonce and audience of this call, and the
   * credentials of one holder against each other (`cross_check_mismatch`). Takes the object, the response that carries it, the JSON of either,
   * or the answer of the Digital Credentials API, which is bound to `origin:` and the page's origin. Never throws.
   *
   * @example
   * const request = { protocol: 'openid4vp-v1-unsigned', data: { nonce, dcql_query: verifier.dcqlQuery(), response_type: 'vp_token', response_mode: 'dc_api' } };
   * const answer = await navigator.credentials.get({ digital: { requests: [request] } });
   * const { verdict, presentations } = verifier.verifyVpToken(answer, { nonce });
   */
  verifyVpToken(answer: VpToken | { vp_token: VpToken } | DigitalAnswer | string, options?: VerifyOptions): ResponseReport;
  /**
   * The question of this verifier as a DCQL query (OpenID4VP 1.0 §6): its types, and the claims that its policy will check.
   *
   * @example
   * const dcql_query = verifier.dcqlQuery({ id: 'guest', claims: ['name', 'travel_document.number'] });
   * @throws {EidError} `policy_invalid`
   */
  dcqlQuery(request?: { id?: string; claims?: (string | (string | number)[])[] }): DcqlQuery;
  /** Prepares the issuers' keys now, so that the first verification is as quick as the later ones: some 2 ms for an Ed25519 key, 12 for one of ES256, and about 1 MB for the first, 0.4 MB for each other, at most eight of a kind. */
  warm(): void;
  /** Takes newer signed artefacts; a worse one changes nothing. Answers like `trust`. */
  update(artefacts: Artefacts, options?: { now?: Date | number }): TrustReport[];
  /** One report for each signed artefact of the trust material. */
  readonly trust: TrustReport[];
  /** Gives the memory back. After it nothing is believed: `verify` answers `engine_unusable`. */
  free(): void;
  [Symbol.dispose](): void;
}

/** By the id of the credential query, the presentations that answer it. */
export type VpToken = Record<string, readonly unknown[]>;

/** What `navigator.credentials.get({ digital })` gives. */
export interface DigitalAnswer {
  readonly protocol: string;
  readonly data: unknown;
}

/** The answer to a `vp_token`: the worst presentation decides, and a mismatch among them is invalid. */
export interface ResponseReport {
  verdict: 'valid' | 'invalid' | 'indeterminate';
  codes: Code[];
  /** By the id of the credential query. */
  presentations: Record<string, Report[]>;
  /** Whether several credentials speak of one holder; left out when the response could not be read. */
  crossCheck?: Check;
}

/** A query of the Digital Credentials Query Language, as far as this verifier makes one. */
export interface DcqlQuery {
  credentials: {
    id: string;
    format: 'dc+sd-jwt';
    meta: { vct_values: string[] };
    require_cryptographic_holder_binding: boolean;
    claims?: { path: (string | number)[] }[];
  }[];
}

/**
 * Reads machine-readable lines of passports, cards and visas.
 *
 * @example
 * const { documentNumber, digits, report } = readMrz(lines);
 * if (digits.some((digit) => !digit.ok)) ask('Please compare each character.');
 */
export function readMrz(text: string, options?: { now?: Date | number; language?: Language; suggest?: boolean }): MrzReading;

/**
 * The law as a pure function: is an account with these facts active, locked, or not to be had?
 *
 * @throws {EidError} `policy_invalid` on an argument of the wrong shape
 * @example
 * assessAccount({ law: 'ND69-2024', subject: 'foreigner', level: 2, facts, now: new Date() }).account;
 */
export function assessAccount(question: AccountQuestion): AccountFinding;

/**
 * The dates by which a lock or unlock request is forwarded and decided.
 *
 * @throws {EidError} `policy_invalid` on an argument of the wrong shape
 * @example
 * requestDeadline({ law: 'ND69-2024', received: '2026-02-13' }).decideBy;   // '2026-02-25'
 */
export function requestDeadline(request: { law: Law; received: string; explain?: boolean }): Deadline;

/**
 * Decodes without believing, for developers' eyes.
 *
 * @example
 * console.log(inspect(token).claims);
 */
export function inspect(input: string | Uint8Array): Inspection;

/**
 * What the loaded wasm is.
 *
 * @example
 * if (!engineInfo().features.includes('emrtd')) hideChipReader();
 */
export function engineInfo(): { version: string; features: string[] };

/**
 * The one error class, for misuse only; `code` is stable, `message` says what to do.
 *
 * @example
 * try { await init(); } catch (error) {
 *   if (error instanceof EidError && error.code === 'engine_unsupported') await import('eid-verifier/compat');
 * }
 */
export class EidError extends Error {
  constructor(code: ErrorCode | (string & {}), message?: string);
  readonly name: 'EidError';
  readonly code: ErrorCode | (string & {});
}

/**
 * Gives out nonces and takes each back once.
 *
 * @example
 * const nonces = new NonceStore();
 * const nonce = nonces.issue();                                // into the request
 * verifier.verify(token, { nonce, nonces, audience });         // a second time: key_binding_replayed
 */
export class NonceStore implements NonceTaker {
  /** @param options seconds that a nonce lives (default 600), and how many are kept (default 10,000) */
  constructor(options?: { lifetime?: number; capacity?: number });
  readonly size: number;
  issue(): string;
  consume(nonce: string): boolean;
}

/**
 * The version of this package.
 *
 * @example
 * console.log(`eid-verifier ${version}`);
 */
export const version: string;
