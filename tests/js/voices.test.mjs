// Every ground, state and code of the law speaks to the holder, the officer and the developer, in both languages, and says nothing of a person.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { messages } from '../../pkg/messages.js';
import { voiceFor, voices } from '../../pkg/voices.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('every ground that the engine knows has its voices', () => {
  const grounds = [...read('../../src/law/ground.rs').matchAll(/=> "([A-Z0-9_]+)"/g)].map((found) => found[1]);
  assert.equal(grounds.length, 20);
  for (const ground of grounds) assert.ok(Object.hasOwn(voices, ground), ground);
});

test('every ground of the cases has its voices', () => {
  for (const file of ['cases', 'more']) {
    for (const { expected } of JSON.parse(read(`../vectors/law/${file}.json`))) {
      for (const key of [...expected.grounds, `account.${expected.account}`]) assert.ok(Object.hasOwn(voices, key), key);
    }
  }
});

test('every state has its voices', () => {
  for (const state of ['active', 'locked', 'lock_due', 'unknown', 'not_eligible']) assert.ok(voices[`account.${state}`], state);
  for (const state of ['in_date', 'expired', 'no_expiry', 'unknown']) assert.ok(voices[`document.${state}`], state);
});

test('every code that has voices has a message too', () => {
  for (const key of Object.keys(voices).filter((each) => /^[a-z_]+$/.test(each))) assert.ok(Object.hasOwn(messages.vi, key), key);
});

test('three voices, two languages, whole sentences without dates and placeholders', () => {
  for (const [key, languages] of Object.entries(voices)) {
    assert.deepEqual(Object.keys(languages), ['vi', 'en']);
    for (const [language, said] of Object.entries(languages)) {
      assert.deepEqual(Object.keys(said), ['holder', 'officer', 'developer']);
      for (const [voice, sentence] of Object.entries(said)) {
        const where = `${key} ${language} ${voice}`;
        assert.match(sentence, /^\S.*\.$/u, where);
        assert.equal(sentence.normalize('NFC'), sentence, where);
        assert.doesNotMatch(sentence, /\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}|[{}$%<>]/, where);
        assert.ok(sentence.length <= 150, where);
      }
    }
    assert.notEqual(languages.vi.holder, languages.en.holder, key);
  }
});

test('the decrees’ own words are used', () => {
  const all = Object.values(voices).flatMap(({ vi }) => Object.values(vi)).join(' ');
  for (const word of ['mức độ 01', 'mức độ 02', 'khóa', 'mở khóa', 'thẻ thường trú', 'thẻ tạm trú', 'giấy tờ đi lại quốc tế']) {
    assert.ok(all.toLowerCase().includes(word), word);
  }
});

test('every code of the product speaks in three voices and two languages', () => {
  const codes = [...new Set([...read('../codes.txt').split('\n').filter((line) => /^[a-z_]+$/.test(line)), ...Object.keys(messages.vi)])];
  assert.ok(codes.length >= 165);
  for (const code of codes) {
    for (const language of ['vi', 'en']) {
      for (const voice of ['holder', 'officer', 'developer']) {
        const said = voiceFor(code, language, voice);
        assert.match(said ?? '', /^\S.*[.:]$/u, `${code} ${language} ${voice}`);
        assert.equal(said.normalize('NFC'), said);
        assert.ok(said.length <= 220, code);
      }
    }
    assert.notEqual(voiceFor(code, 'vi', 'holder'), voiceFor(code, 'en', 'holder'), code);
  }
});

test('a holder hears what a code means to them', () => {
  const rows = {
    revoked: 'Giấy tờ của bạn đã bị thu hồi.', signature_invalid: 'Giấy tờ này đã bị thay đổi hoặc không khớp với nhau, nên không được chấp nhận.', expired: 'Giấy tờ này hiện không có hiệu lực.',
    status_unavailable: 'Chưa kiểm tra được giấy tờ của bạn còn hiệu lực hay không; hãy thử lại sau.', issuer_unknown: 'Chưa xác nhận được nơi cấp giấy tờ này; hãy hỏi lại nơi cấp.',
    key_binding_missing: 'Chưa chứng minh được đây là thiết bị của bạn; hãy xuất trình lại từ ứng dụng.', json_invalid: 'Giấy tờ bạn xuất trình không đọc được đúng cách; hãy xuất trình lại.',
    policy_invalid: 'Thiết bị kiểm tra gặp trục trặc; giấy tờ của bạn không có lỗi.', relying_party_origin_mismatch: 'Nơi yêu cầu không được phép hỏi những thông tin này.',
    clock_rollback: 'Đồng hồ của máy kiểm tra không đúng; đây không phải lỗi của bạn.', not_asked: messages.vi.not_asked, document_expired: voices.document_expired.vi.holder,
  }; // prettier-ignore
  for (const [code, said] of Object.entries(rows)) assert.equal(voiceFor(code), said, code);
  assert.equal(voiceFor('revoked', 'vi', 'officer'), messages.vi.revoked);
  assert.equal(voiceFor('revoked', 'en', 'developer'), `\`revoked\`: ${messages.en.revoked}`);
});

test('one sentence at a time', () => {
  assert.equal(voiceFor('PASSPORT_EXPIRED'), 'Hộ chiếu của bạn đã hết hạn.');
  assert.equal(voiceFor('PASSPORT_EXPIRED', 'en', 'officer'), "The foreigner's passport or paper for international travel has expired.");
  for (const nothing of [['toString'], ['__proto__'], ['DEATH', 'fr'], ['DEATH', 'vi', 'constructor']]) assert.equal(voiceFor(...nothing), undefined);
});
