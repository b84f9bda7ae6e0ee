// Every case of the catalogue against every door that a runtime has; the shells beside this file only say which doors those are.
import { run } from '../../catalogue.mjs';

/**
 * `{ door: { cases, faults, code? } }`; a door that does not start says why by its code. Plain JavaScript takes ten times as long as wasm: `thin` says
 * that every so-manieth case is enough for it.
 */
export async function every(doors, { sections, thin }) {
  const told = {};
  for (const [name, door] of Object.entries(doors)) {
    const step = name === 'compat' ? thin : 1;
    try {
      await door.init();
      const parts = sections.map((section) => run(door, { ...section, cases: section.cases.filter((_, index) => index % step === 0) }));
      told[name] = { cases: parts.reduce((sum, part) => sum + part.cases, 0), faults: parts.flatMap((part) => part.faults) };
    } catch (error) {
      told[name] = { cases: 0, faults: [], code: error.code ?? String(error) };
    }
  }
  return told;
}

/** The pool of workers gives the verdicts of the door itself. */
export async function pooled({ createPool, ...more }, { config, good, bad, now }) {
  const pool = createPool({ size: 2, config, ...more });
  const reports = await pool.verifyMany([good, bad, good, bad], { now });
  await pool.close();
  return reports.map((report) => report.verdict).join(' ');
}
