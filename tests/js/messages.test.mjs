// Every code has a sentence in both languages, and none of them can carry data of a person.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { ENGINE_FAULTS } from '../../pkg/errors.js';
import { checkNames, messageFor, messages } from '../../pkg/messages.js';
import { CODES } from './codes.mjs';

test('every code of the contract has a sentence in both languages', () => {
  for (const language of ['vi', 'en']) {
    for (const code of [...CODES, ...Object.keys(ENGINE_FAULTS)]) {
      assert.equal(typeof messageFor(code, language), 'string', `${language}: ${code}`);
    }
  }
});

test('both languages hold the same codes and the same names of checks', () => {
  assert.deepEqual(Object.keys(messages.vi).sort(), Object.keys(messages.en).sort());
  assert.deepEqual(Object.keys(checkNames.vi), Object.keys(checkNames.en));
});

test('a sentence is short, ends with a full stop, has no placeholder, and is told apart by its language', () => {
  for (const [language, table] of Object.entries(messages)) {
    for (const [code, sentence] of Object.entries(table)) {
      assert.ok(sentence.length <= 110, `${language}: ${code} is long`);
      assert.match(sentence, /\.$/, `${language}: ${code}`);
      assert.doesNotMatch(sentence, /[{}$%<](?!\.)/, `${language}: ${code}`);
      assert.equal(sentence.normalize('NFC'), sentence);
    }
  }
  for (const code of Object.keys(messages.vi)) assert.notEqual(messages.vi[code], messages.en[code]);
});

test('an unknown code has no sentence, and no name of Object.prototype is one', () => {
  assert.equal(messageFor('no_such_code'), undefined);
  assert.equal(messageFor('constructor'), undefined);
  assert.equal(messageFor('__proto__'), undefined);
  assert.equal(messageFor(undefined), undefined);
});

test('every line of a plan has a name in both languages', () => {
  const folder = new URL('../../src/verify/', import.meta.url);
  const ids = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.rs'))
    .flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/PlanLine \{ check: "([^"]+)"/g)].map((match) => match[1]));
  assert.ok(ids.length > 25);
  for (const id of ids) assert.ok(checkNames.vi[id] && checkNames.en[id], id);
});
