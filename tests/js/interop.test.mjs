// Other people's issuers and holders, with keys made here and now: what they issue we verify, what our kit issues they verify.
import assert from 'node:assert/strict';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import * as jose from 'jose';
import { Verifier, init } from '../../pkg/node.js';
import { ISSUER, PEOPLE, credential, keys, pinned, signedStatus, spelled } from '../../tools/authority/authority.mjs';
import { NOW } from '../../tools/authority/people.mjs';
import { bind } from '../../tools/authority/sd-jwt.mjs';

const { subtle } = webcrypto;
const ALGORITHMS = {
  EdDSA: { generate: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
  Ed25519: { generate: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
  ES256: { generate: { name: 'ECDSA', namedCurve: 'P-256' }, sign: { name: 'ECDSA', hash: 'SHA-256' } },
};
const THEIR_ISSUER = 'https://their-issuer.example';
const bytes = (text) => new TextEncoder().encode(text);
const b64u = (buffer) => Buffer.from(buffer).toString('base64url');
const hasher = (data, alg) => new Uint8Array(createHash(alg.replace('-', '')).update(data).digest());
const now = () => Math.floor(Date.now() / 1000);

/** A key of WebCrypto as their library wants it: signer, verifier, public JWK. */
async function webKey(alg) {
  const { generate, sign } = ALGORITHMS[alg];
  const pair = await subtle.generateKey(generate, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await subtle.exportKey('jwk', pair.publicKey);
  return {
    alg,
    jwk: { kty, crv, x, ...(y && { y }) },
    signer: async (text) => b64u(await subtle.sign(sign, pair.privateKey, bytes(text))),
    verifier: (text, signature) => subtle.verify(sign, pair.publicKey, Buffer.from(signature, 'base64url'), bytes(text)),
  };
}

async function webVerifier(alg, jwk) {
  const { generate, sign } = ALGORITHMS[alg];
  const key = await subtle.importKey('jwk', jwk, generate, false, ['verify']);
  return (text, signature) => subtle.verify(sign, key, Buffer.from(signature, 'base64url'), bytes(text));
}

const claims = (more = {}) => ({
  iss: THEIR_ISSUER, iat: now() - 60, exp: now() + 3600, vct: 'urn:eid:vn:citizen:1', eid_level: 2, eid_law: 'ND69-2024', sub: 'SPECIMEN',
  name: 'TRẦN THỊ MẪU', birthdate: '1991-04-12', gender: 'female', age_equal_or_over: { 18: true, 65: false },
  evidence: [{ method: 'portrait', source: 'citizen_identity', verified_at: '2026-01-02T03:04:05Z' }],
  documents: [{ type: 'driving_licence', number: 'B2-SPECIMEN', expires_on: null }],
  ...more,
});
const FRAME = { _sd: ['name', 'birthdate', 'gender'], _sd_decoy: 3, age_equal_or_over: { _sd: ['18', '65'] }, documents: { _sd: [0] } };
const ours = (jwk, policy = {}) => new Verifier({ trust: { issuers: [{ iss: THEIR_ISSUER, keys: [jwk] }] }, policy: { status: 'ignore', minLevel: 2, ...policy } });

function tampered(token) {
  const [jwt, ...rest] = token.split('~');
  const [header, payload, signature] = jwt.split('.');
  const flip = (text, at) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  const tokens = [
    [[header, flip(payload, 20), signature].join('.'), ...rest],
    [[header, payload, flip(signature, 10)].join('.'), ...rest],
    [[flip(header, 12), payload, signature].join('.'), ...rest],
  ];
  if (rest.length > 1) tokens.push([jwt, flip(rest[0], 8), ...rest.slice(1)], [jwt, rest[0], ...rest]);
  return tokens.map((parts) => parts.join('~'));
}

const notValid = (verifier, token, options) => {
  const report = verifier.verify(token, options);
  assert.notEqual(report.verdict, 'valid', token);
  assert.equal(report.holder, undefined);
};

await init();

for (const [issuerAlg, holderAlg] of [['EdDSA', 'EdDSA'], ['Ed25519', 'ES256'], ['ES256', 'ES256'], ['ES256', 'EdDSA']]) {
  for (const hashAlg of ['sha-256', 'sha-512']) {
    test(`@sd-jwt/sd-jwt-vc issues (${issuerAlg}, ${hashAlg}) and presents (${holderAlg}), ours verifies`, async () => {
      const [issuer, holder] = [await webKey(issuerAlg), await webKey(holderAlg)];
      const theirs = new SDJwtVcInstance({
        signer: issuer.signer, signAlg: issuerAlg, verifier: issuer.verifier, hasher, hashAlg, saltGenerator: (length) => b64u(randomBytes(length)),
        kbSigner: holder.signer, kbSignAlg: holderAlg, kbVerifier: holder.verifier,
      });
      const issued = await theirs.issue(claims({ cnf: { jwk: holder.jwk } }), FRAME);
      const verifier = ours(issuer.jwk);
      const all = verifier.verify(issued);
      assert.deepEqual([all.verdict, all.codes], ['valid', []]);
      assert.equal(all.holder.claims.name, 'TRẦN THỊ MẪU');
      assert.deepEqual(all.holder.claims.documents, claims().documents);

      const some = await theirs.present(issued, { name: true, age_equal_or_over: { 18: true } });
      const shown = verifier.verify(some);
      assert.equal(shown.verdict, 'valid');
      assert.deepEqual(Object.keys(shown.holder.claims.age_equal_or_over), ['18']);
      assert.equal(shown.holder.claims.birthdate, undefined);

      const asked = { nonce: b64u(randomBytes(16)), audience: 'https://verifier.specimen.example' };
      const bound = await theirs.present(issued, { name: true, documents: { 0: true } }, { kb: { payload: { iat: now(), aud: asked.audience, nonce: asked.nonce } } });
      assert.deepEqual(verifier.verify(bound, asked).codes, []);
      assert.deepEqual(verifier.verify(bound, { ...asked, nonce: 'other' }).codes, ['key_binding_nonce_mismatch']);
      assert.deepEqual(verifier.verify(bound, { ...asked, audience: 'other' }).codes, ['key_binding_audience_mismatch']);
      assert.deepEqual(verifier.verify(some, asked).codes, ['key_binding_missing']);
      for (const token of tampered(some)) notValid(verifier, token);
      for (const token of tampered(bound)) notValid(verifier, token, asked);
      verifier.free();
    });
  }
}

for (const alg of ['EdDSA', 'Ed25519', 'ES256']) {
  test(`jose signs a bare eid+jwt (${alg}), ours verifies`, async () => {
    const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true });
    const jwk = await jose.exportJWK(publicKey);
    const sign = (payload, header = {}) => new jose.SignJWT(payload).setProtectedHeader({ alg, typ: 'eid+jwt', kid: 'their-key', ...header }).sign(privateKey);
    const verifier = ours({ ...jwk, kid: 'their-key', alg });
    const token = await sign(claims());
    assert.deepEqual(verifier.verify(token).codes, []);
    for (const bad of tampered(token)) notValid(verifier, bad);
    assert.deepEqual(verifier.verify(await sign(claims({ exp: now() - 1 }))).codes, ['expired']);
    assert.deepEqual(verifier.verify(await sign(claims(), { typ: 'JWT' })).codes, ['typ_mismatch']);
    const stranger = await jose.generateKeyPair(alg);
    const forged = await new jose.SignJWT(claims()).setProtectedHeader({ alg, typ: 'eid+jwt', kid: 'their-key' }).sign(stranger.privateKey);
    assert.deepEqual(verifier.verify(forged).codes, ['signature_invalid']);
    verifier.free();
  });
}

test('jose seals a JWE and signs with HS256: neither is a credential', async () => {
  const issuer = await webKey('EdDSA');
  const verifier = ours(issuer.jwk);
  const jwe = await new jose.EncryptJWT(claims()).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(randomBytes(32));
  assert.deepEqual(verifier.verify(jwe).codes, ['structure_invalid']);
  const hmac = await new jose.SignJWT(claims()).setProtectedHeader({ alg: 'HS256', typ: 'eid+jwt' }).sign(Buffer.from(issuer.jwk.x, 'base64url'));
  assert.deepEqual(verifier.verify(hmac).codes, ['alg_not_allowed']);
  verifier.free();
});

/** Their verifier always fetches: our status list comes from here, not from the network. */
const STATUS = { statusListFetcher: async () => signedStatus(), statusVerifier: await webVerifier('EdDSA', keys.issuer.jwk) };

for (const [name, key] of [['EdDSA', keys.issuer], ['Ed25519', spelled(keys.issuer, 'Ed25519')], ['ES256', keys.issuerP256]]) {
  for (const person of Object.keys(PEOPLE)) {
    test(`our kit issues ${person} (${name}); @sd-jwt/sd-jwt-vc, jose and ours verify`, async () => {
      const holder = keys.holderP256;
      const made = credential(person, { key, holder });
      const theirs = new SDJwtVcInstance({ verifier: await webVerifier(key.alg, key.jwk), hasher, hashAlg: 'sha-256', kbVerifier: await webVerifier('ES256', holder.jwk), ...STATUS });
      const { payload } = await theirs.verify(made.token, { currentDate: NOW });
      const config = pinned(person === 'organisation' ? { kinds: ['organisation'] } : {}, [{ iss: ISSUER, keys: [key.publicJwk()] }]);
      const verifier = new Verifier({ ...config, now: NOW });
      const report = verifier.verify(made.token, { now: NOW });
      assert.deepEqual(report.codes, []);
      assert.deepEqual(report.holder.claims, JSON.parse(JSON.stringify(payload)), 'both read the same claims');

      const { protectedHeader } = await jose.compactVerify(made.jwt, await jose.importJWK(key.jwk, key.alg));
      assert.equal(protectedHeader.typ, 'dc+sd-jwt');
      const asked = { nonce: 'SPECIMEN-nonce', audience: 'https://verifier.specimen.example' };
      const bound = bind(made.token, holder, { iat: NOW, aud: asked.audience, nonce: asked.nonce });
      assert.deepEqual(verifier.verify(bound, { now: NOW, ...asked }).codes, []);
      await theirs.verify(bound, { currentDate: NOW, keyBindingNonce: asked.nonce });
      for (const token of tampered(made.token)) notValid(verifier, token, { now: NOW });
      verifier.free();
    });
  }
}

test('our kit\'s status list opens with their library', async () => {
  const { StatusList } = await import('@sd-jwt/jwt-status-list');
  for (const bits of [1, 2, 4, 8]) {
    const token = signedStatus({ bits, values: { 8: 1, 1000: 1 } });
    const { status_list: list } = jose.decodeJwt(token);
    const opened = StatusList.decompressStatusList(list.lst, list.bits);
    assert.deepEqual([7, 8, 999, 1000].map((index) => opened.getStatus(index)), [0, 1, 0, 1]);
    await jose.jwtVerify(token, await jose.importJWK(keys.issuer.jwk, 'EdDSA'), { currentDate: new Date(NOW * 1000) });
  }
});

test('a status list signed with ES256 counts like one signed with Ed25519', () => {
  const { token } = credential('citizen-2', { key: keys.issuerP256, idx: 7 });
  const verifier = new Verifier({ ...pinned({ status: 'require' }, [{ iss: ISSUER, keys: [keys.issuerP256.publicJwk()] }]), now: NOW });
  const ask = (list) => verifier.verify(token, { now: NOW, statusLists: [list] }).codes;
  assert.deepEqual(ask(signedStatus({ values: { 8: 1 } }, keys.issuerP256)), []);
  assert.deepEqual(ask(signedStatus({ values: { 7: 1 } }, keys.issuerP256)), ['revoked']);
  assert.deepEqual(ask(signedStatus({}, { ...keys.stranger, kid: keys.issuerP256.kid })).length, 1, 'another key, another algorithm');
  const bent = signedStatus({}, { ...keys.issuerP256, sign: (bytes) => keys.issuerP256.sign(bytes).map((byte, at) => (at === 40 ? byte ^ 1 : byte)) });
  assert.deepEqual(ask(bent), ['status_list_signature_invalid']);
  verifier.free();
});

/** Every vector that breaks a MUST, asked of @sd-jwt/sd-jwt-vc with the verifiers that its documentation shows: those that it lets through, with their clause. */
async function letThrough() {
  const read = (path) => JSON.parse(readFileSync(new URL(`../vectors/${path}`, import.meta.url), 'utf8'));
  const table = read('sd-jwt/musts.json');
  const sections = { m: table };
  const found = {};
  for (const { spec, clause, bad } of table.rows) {
    for (const { case: name } of bad) {
      const section = (sections[name[0]] ??= read(`attacks/${name[0]}.json`));
      const { input, config, options } = section.cases.find(({ id }) => id === name.slice(2));
      const key = config.trust?.issuers?.[0].keys[0];
      if (name in found || typeof input !== 'string' || key === undefined) continue;
      if (/^[ehj]:/.test(name) || config.policy?.requiredClaims) continue; // trust, profile, status lists and required claims are its caller's business
      const algOf = ({ crv }) => (crv === 'P-256' ? 'ES256' : 'EdDSA');
      const kbVerifier = async (text, signature, { cnf }) => (await webVerifier(algOf(cnf.jwk), cnf.jwk))(text, signature);
      const theirs = new SDJwtVcInstance({ verifier: await webVerifier(algOf(key), key), kbVerifier, hasher, hashAlg: 'sha-256', ...STATUS });
      try {
        await theirs.verify(input, { currentDate: options.now, ...(options.nonce && { keyBindingNonce: options.nonce }) });
        found[name] = `${spec} ${clause}`;
      } catch {
        // refused, as it should be
      }
    }
  }
  return found;
}

test('what @sd-jwt/sd-jwt-vc lets through is listed by name, with the clause that forbids it', async (t) => {
  const found = await letThrough();
  t.diagnostic(`${Object.keys(found).length} let through`);
  const { accepts } = JSON.parse(readFileSync(new URL('../vectors/exceptions.json', import.meta.url), 'utf8'))['@sd-jwt/sd-jwt-vc'];
  assert.deepEqual(found, accepts);
});
