import { expect, test } from 'vitest';
import init, { Verifier } from 'eid-verifier';
import { Verifier as Plain } from 'eid-verifier/compat';

test('verifies', async () => {
  const { config, good, bad, now } = JSON.parse(process.env.CASE);
  await init();
  for (const one of [new Verifier(config), new Plain(config)]) {
    expect([good, bad].map((token) => one.verify(token, { now }).verdict)).toEqual(['valid', 'invalid']);
  }
});
