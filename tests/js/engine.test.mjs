// Rows N of the bad inputs, over the real engine and through every door that Node can open: full, core, inline, plain JS.
import assert from 'node:assert/strict';
import test from 'node:test';
import { watchInstances } from './instances.mjs';
import { configFor, credential, DISCLOSED, newKey, NOW } from './issuer.mjs';

const instances = watchInstances(); // before any door is opened
const doors = { full: await import('../../pkg/node.js'), core: await import('../../pkg/core-node.js'), inline: await import('../../pkg/inline.js'), compat: await import('../../pkg/compat.js') };
const key = newKey();
const holder = newKey('h');
const good = credential(key);
const options = { now: NOW };

for (const [name, door] of Object.entries(doors)) {
  const make = (policy) => new door.Verifier(configFor(key, policy));

  test(`${name}: a signed credential is valid, one flipped bit is not`, () => {
    const verifier = make();
    const report = verifier.verify(good, options);
    assert.equal(report.verdict, 'valid', report.codes.join());
    assert.equal(report.holder.claims.name, DISCLOSED.name);
    const at = good.indexOf('.') + 30;
    const bad = verifier.verify(good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1), options);
    assert.equal(bad.verdict, 'invalid');
    assert.equal(bad.holder, undefined);
    verifier.free();
  });

  test(`${name}: N 315, 316, 317: what is no text, too large or badly encoded`, () => {
    const verifier = make();
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const rows = [
      [[undefined, null, 5, 5n, Symbol('x'), [good], new String(good), new Proxy({}, {}), revoked.proxy, () => good, {}], 'input_type_invalid'],
      [['A'.repeat(65_537), 'é'.repeat(40_000), new Uint8Array(65_537)], 'input_too_large'],
      [['\ud800', good + '\udc00', `${good.slice(0, 9)}\ud800${good.slice(9)}`, new Uint8Array([0xff, 0xfe])], 'encoding_invalid'],
      [['', new Uint8Array(0)], 'input_empty'],
    ];
    for (const [inputs, code] of rows) {
      for (const input of inputs) {
        const report = verifier.verify(input, options);
        assert.deepEqual([report.verdict, report.codes], ['invalid', [code]], `${typeof input} ${code}`);
        assert.equal(report.format, 'unknown');
        assert.ok(report.checks.length > 15, 'the whole plan stands in the report');
        assert.equal(report.verifiedAt, '2026-11-18T11:06:40Z');
      }
    }
    for (const bad of [{ nonce: '\ud800' }, { policy: { vct: ['\udfff'] } }]) assert.deepEqual(verifier.verify(good, { ...options, ...bad }).codes, ['encoding_invalid']);
    assert.equal(verifier.verify(good, options).verdict, 'valid', 'the good twin');
    assert.equal(verifier.verify(new TextEncoder().encode(good), options).verdict, 'valid', 'its bytes');
    assert.equal(verifier.verify({ credential: good }, options).verdict, 'valid', 'in an object');
    verifier.free();
  });

  test(`${name}: N 316: 512 MiB change nothing in the memory of the wasm`, () => {
    const verifier = make();
    verifier.verify(good, options);
    const before = instances.pages();
    const huge = 'A'.repeat(2 ** 29 - 24);
    assert.deepEqual(verifier.verify(huge, options).codes, ['input_too_large']);
    assert.deepEqual(verifier.verifyMany([huge, huge, good], options).map((report) => report.verdict), ['invalid', 'invalid', 'valid']);
    assert.equal(door.inspect(huge).codes[0], 'input_too_large');
    assert.deepEqual(instances.pages(), before);
    verifier.free();
  });

  test(`${name}: N 321: claims with the names of Object.prototype are own data, and nothing is polluted`, () => {
    const verifier = make();
    const { claims } = verifier.verify(good, options).holder;
    assert.equal(Object.getPrototypeOf(claims), Object.prototype);
    assert.equal(Object.hasOwn(claims, 'constructor'), true);
    assert.equal(claims.constructor, 'own data');
    const disclosed = credential(key, { disclosed: JSON.parse('{"__proto__": {"verified": true}, "name": "MẪU"}') });
    const nested = credential(key, { disclosed: { address: JSON.parse('{"__proto__": {"verified": true}}') } });
    for (const token of [disclosed, nested]) {
      const report = verifier.verify(token, options);
      assert.deepEqual(report.codes, ['claim_name_forbidden']);
      assert.equal(report.verified, undefined);
    }
    assert.equal({}.verified, undefined);
    verifier.free();
  });

  test(`${name}: bad options and bad configurations carry the contract's codes`, () => {
    const verifier = make();
    for (const bad of [null, 5, { nonse: 1 }, { now: NaN }, { nonce: undefined }, { audience: undefined }, { nonce: '' }, { nonce: 5 }, { policy: { minLevel: 3 } }, { policy: { status: 'ignore', minlevel: 2 } }, { statusLists: 'x' }]) {
      const report = verifier.verify(good, bad === null || typeof bad === 'number' ? bad : { ...options, ...bad });
      assert.deepEqual([report.verdict, report.codes, report.format], ['invalid', ['policy_invalid'], 'unknown'], JSON.stringify(bad));
    }
    const level1 = credential(key, { claims: { eid_level: 1, evidence: undefined } });
    assert.equal(verifier.verify(level1, options).verdict, 'valid');
    assert.deepEqual(verifier.verify(level1, { ...options, policy: { minLevel: 2 } }).codes, ['level_insufficient']);
    for (const bad of [{ policy: { minLevel: 3 } }, { polcy: {} }, { policy: { polcy: 1 } }, { language: 'fr' }, { trust: { issuers: [{}] } }, { trust: { anchor: [] } }]) {
      assert.throws(() => new door.Verifier(bad), (error) => error instanceof door.EidError && error.code === 'policy_invalid', JSON.stringify(bad));
    }
    assert.throws(() => new door.Verifier({ trust: { issuers: [{ iss: 'https://a.example', keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AQ' }] }] } }), (error) => error.code === 'key_invalid');
    verifier.free();
  });

  test(`${name}: a nonce is spent once, by the presentation that was otherwise valid`, () => {
    const verifier = make();
    const nonces = new door.NonceStore();
    const nonce = nonces.issue();
    const aud = 'https://page.example';
    const bound = credential(key, { claims: { cnf: { jwk: holder.jwk } }, kb: { key: holder, nonce, aud } });
    const asked = { ...options, nonce, audience: aud, nonces };
    assert.equal(verifier.verify(good, asked).codes[0], 'key_binding_missing');
    const first = verifier.verify(bound, asked);
    assert.equal(first.verdict, 'valid', first.codes.join());
    const again = verifier.verify(bound, asked);
    assert.deepEqual([again.verdict, again.codes, again.holder], ['invalid', ['key_binding_replayed'], undefined]);
    verifier.free();
  });

  test(`${name}: N 326: memory of the wasm destroyed, then the next call is right`, () => {
    const harms = name === 'compat' ? ['zero'] : ['zero', 'unreachable', 'overflow', 'recursive'];
    for (const harm of harms) {
      const verifier = make();
      const other = make({ minLevel: 2 });
      verifier.update({ trustLists: ['not a list'] });
      const trust = verifier.trust;
      const before = instances.made();
      instances.harm(harm);
      const report = verifier.verify(good, options);
      assert.deepEqual([report.verdict, report.codes, report.holder], ['indeterminate', ['internal_error'], undefined], harm);
      assert.ok(report.checks.length > 15, 'the whole plan, unknown');
      assert.equal(verifier.verify(good, options).verdict, 'valid', harm);
      assert.deepEqual(verifier.trust, trust);
      assert.equal(other.verify(good, options).verdict, 'valid');
      if (name !== 'compat') assert.equal(instances.made(), before + 1, harm);
      verifier.free();
      other.free();
    }
  });

  test(`${name}: N 328: memory reaches a plateau`, () => {
    const verifier = make();
    const bad = `${good.slice(0, -20)}AAAA${good.slice(-16)}`;
    const rounds = { full: 3400, compat: 60 }[name] ?? 300; // 10,000 and more over three rounds of the full door
    const round = () => {
      for (let i = 0; i < rounds; i++) verifier.verify(i % 3 === 0 ? bad : i % 3 === 1 ? good : i, options);
      verifier.verifyMany(Array(50).fill(good), options);
      return instances.pages();
    };
    const first = round();
    round();
    assert.deepEqual(round(), first);
    for (let i = 0; i < 200; i++) make().free();
    assert.deepEqual(instances.pages(), first, 'verifiers that were freed leave nothing');
    verifier.free();
  });

  test(`${name}: N 333: no report, error or inspection of a bad input repeats it`, () => {
    const verifier = make();
    const marker = 'ZQXJKVWY';
    const token = credential(key, { disclosed: { name: marker, personal_identification_number: '001090000001' } });
    const harmed = Array.from({ length: name === 'compat' ? 10 : 200 }, (_, i) => token.slice(0, i * 7) + String.fromCharCode(33 + (i % 90)) + token.slice(i * 7 + 1));
    const inputs = [...harmed, marker, `${marker}.${marker}.${marker}~`, { credential: marker, mrz: marker }, { [marker]: 1 }, [marker], new String(marker)];
    for (const input of inputs) {
      const report = verifier.verify(input, options);
      if (report.verdict === 'valid') continue;
      assert.doesNotMatch(JSON.stringify(report), /ZQXJ|QXJK|XJKV|JKVW|KVWY/);
    }
    for (const config of [{ [marker]: 1 }, { policy: { [marker]: 1 } }, { trust: { issuers: marker } }, { language: marker }]) {
      assert.throws(() => new door.Verifier(config), (error) => error.code === 'policy_invalid');
    }
    verifier.free();
  });
}

test('every door gives the same reports', () => {
  const level1 = credential(key, { claims: { eid_level: 1, evidence: undefined } });
  const expired = credential(key, { claims: { exp: NOW - 1 } });
  const unknown = credential(newKey());
  const inputs = [good, level1, expired, unknown, '', 'x', `${good}x`, good.slice(0, 300), { credential: good }, {}, 7];
  const reports = Object.entries(doors).map(([name, door]) => {
    const verifier = new door.Verifier(configFor(key));
    const answers = inputs.map((input) => verifier.verify(input, options));
    assert.deepEqual(verifier.verifyMany(inputs, options), answers, name);
    verifier.free();
    return answers.map(({ engine, ...rest }) => rest);
  });
  for (const other of reports.slice(1)) assert.deepEqual(other, reports[0]);
  assert.deepEqual(reports[0].map((report) => report.codes[0] ?? 'valid').slice(0, 4), ['valid', 'valid', 'expired', 'signature_invalid']);
});

for (const [name, door] of Object.entries({ core: doors.core, compat: doors.compat })) {
  test(`${name}: a wallet's response and the question to it are named as not in this build`, () => {
    const verifier = new door.Verifier(configFor(key));
    assert.deepEqual(verifier.verifyVpToken({ id1: [good] }, options), { verdict: 'indeterminate', codes: ['not_in_build'], presentations: {} });
    assert.throws(() => verifier.dcqlQuery(), (error) => error.code === 'not_in_build');
    assert.equal(verifier.verify(good, options).verdict, 'valid'); // and the engine is as good as before
    verifier.free();
  });
}

for (const [name, door] of Object.entries({ full: doors.full, inline: doors.inline })) {
  test(`${name}: a wallet's response: worst decides, one nonce for all of it, never thrown`, () => {
    const verifier = new door.Verifier(configFor(key));
    const query = verifier.dcqlQuery({ id: 'id1', claims: ['name'] });
    assert.equal(query.credentials[0].id, 'id1');
    assert.throws(() => verifier.dcqlQuery({ claim: [] }), (error) => error.code === 'policy_invalid');
    assert.throws(() => verifier.dcqlQuery(5), (error) => error.code === 'policy_invalid');
    verifier.warm();
    const nonces = new door.NonceStore();
    const nonce = nonces.issue();
    const aud = 'https://page.example';
    const bound = () => credential(key, { claims: { cnf: { jwk: holder.jwk } }, kb: { key: holder, nonce, aud } });
    const asked = { ...options, nonce, audience: aud, nonces };
    const response = { id1: [bound()], id2: [bound()] };
    const first = verifier.verifyVpToken(response, asked);
    assert.equal(first.verdict, 'valid', first.codes.join());
    assert.equal(first.presentations.id1[0].holder.claims.name, DISCLOSED.name);
    const again = verifier.verifyVpToken(response, asked);
    assert.deepEqual([again.verdict, again.codes], ['invalid', ['key_binding_replayed']]);
    for (const [report] of Object.values(again.presentations)) assert.deepEqual([report.verdict, report.codes, report.holder], ['invalid', ['key_binding_replayed'], undefined]);
    const mixed = verifier.verifyVpToken({ id1: [good], id2: ['x'] }, options);
    assert.equal(mixed.verdict, 'invalid');
    assert.deepEqual(verifier.verifyVpToken('x', options).codes, ['json_invalid']); // text is read as the JSON of a response
    for (const bad of [undefined, null, 5, [good], Symbol('x')]) assert.deepEqual(verifier.verifyVpToken(bad, options).codes, ['input_type_invalid']);
    assert.deepEqual(verifier.verifyVpToken({ id1: ['A'.repeat(3_000_000)] }, options).codes, ['input_too_large']);
    assert.deepEqual(verifier.verifyVpToken({ id1: ['\ud800'] }, options).codes, ['encoding_invalid']);
    assert.deepEqual(verifier.verifyVpToken(response, { nonse: 1 }).codes, ['policy_invalid']);
    assert.equal(verifier.verifyVpToken({}, options).verdict === 'valid', false);
    verifier.free();
    assert.deepEqual(verifier.verifyVpToken(response, options).codes, ['engine_unusable']);
    assert.throws(() => verifier.dcqlQuery(), (error) => error.code === 'engine_freed');
  });
}
