// An issuer of SPECIMEN credentials for tests: node:crypto alone, keys made for each run.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export const NOW = 1_795_000_000; // 2026-11-18
export const ISS = 'https://issuer.specimen.example';
const b64 = (value) => Buffer.from(typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value)).toString('base64url');

export function newKey(kid = 'k1') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

export function jws(header, payload, key) {
  const signed = `${b64(header)}.${b64(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

export const CITIZEN = {
  iss: ISS,
  iat: NOW - 86_400,
  exp: NOW + 31_536_000,
  vct: 'urn:eid:vn:citizen:1',
  sub: 'account-specimen-1',
  eid_level: 2,
  eid_law: 'ND69-2024',
  evidence: [{ method: 'portrait', source: 'national_population', verified_at: '2026-01-05T09:00:00+07:00' }],
};
export const DISCLOSED = { name: 'NGUYỄN VĂN MẪU', birthdate: '1990-05-20', gender: 'male', personal_identification_number: '001090000001', constructor: 'own data' };

/** A presentation `jwt~disclosure~…~`. */
export function credential(key, { claims = {}, disclosed = DISCLOSED, header = {}, kb } = {}) {
  const disclosures = Object.entries(disclosed).map(([name, value]) => b64([randomBytes(16).toString('base64url'), name, value]));
  const digests = disclosures.map((text) => createHash('sha256').update(text).digest('base64url')).sort();
  const jwt = jws({ alg: 'EdDSA', typ: 'dc+sd-jwt', kid: key.kid, ...header }, { ...CITIZEN, _sd: digests, _sd_alg: 'sha-256', ...claims }, key);
  const presentation = `${[jwt, ...disclosures].join('~')}~`;
  if (kb === undefined) return presentation;
  const { key: holder, nonce, aud, iat = NOW } = kb;
  const sdHash = createHash('sha256').update(presentation).digest('base64url');
  return presentation + jws({ alg: 'EdDSA', typ: 'kb+jwt' }, { iat, nonce, aud, sd_hash: sdHash }, holder);
}

/** A configuration that trusts `key`, without status. */
export const configFor = (key, policy = {}) => ({ trust: { issuers: [{ iss: ISS, keys: [key.jwk] }] }, policy: { status: 'ignore', ...policy } });
