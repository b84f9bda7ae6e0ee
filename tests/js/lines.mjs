// A long list of credentials through the command line: `node tests/js/lines.mjs 1000000 [native]` says how long it took and how much memory at most.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at } from '../../tools/run.mjs';
import { configFor, credential, newKey, NOW } from './issuer.mjs';

export const PROGRAMS = { node: [process.execPath, at('pkg', 'bin', 'eid-verifier.js')], native: [at('target', 'debug', process.platform === 'win32' ? 'eid-verifier.exe' : 'eid-verifier')] };
/** One credential among so many lines; the others are broken, and cost a report each. */
const EVERY = 20;

/** The largest resident set so far, in KiB; Linux only. */
const peak = (pid) => {
  try {
    return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1]);
  } catch {
    return undefined;
  }
};

/** `{ code, count, valid, seconds, early, late }`: peaks after a tenth of the lines and close to their end, in KiB. */
export async function longList([program, ...first], lines) {
  const folder = mkdtempSync(join(tmpdir(), 'eid-lines-'));
  try {
    const key = newKey();
    const good = credential(key);
    const trust = join(folder, 'trust.json');
    writeFileSync(trust, JSON.stringify(configFor(key)));
    const many = join(folder, 'many.txt');
    const stream = createWriteStream(many);
    for (let i = 0; i < lines; i++) if (!stream.write(i % EVERY === 0 ? `${good}\n` : 'broken\n')) await new Promise((done) => stream.once('drain', done));
    await new Promise((done) => stream.end(done));
    const begun = Date.now();
    const child = spawn(program, [...first, 'verify', '--lines', many, '--trust', trust, '--json', '--now', String(NOW)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const told = { count: 0, valid: 0 };
    let rest = '';
    for await (const chunk of child.stdout) {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop();
      told.count += parts.length;
      told.valid += parts.filter((part) => part.includes('"verdict":"valid"')).length;
      if (told.early === undefined && told.count > lines / 10) told.early = peak(child.pid);
      if (told.count < lines) told.late = peak(child.pid) ?? told.late;
    }
    told.code = await new Promise((done) => (child.exitCode !== null ? done(child.exitCode) : child.on('exit', done)));
    return { ...told, seconds: (Date.now() - begun) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , lines = '1000000', which = 'node'] = process.argv;
  const { count, valid, seconds, early, late } = await longList(PROGRAMS[which], Number(lines));
  console.log(`${count} lines, ${valid} valid, ${seconds.toFixed(1)} s; at most ${Math.round(early / 1024)} MiB after a tenth of them, ${Math.round(late / 1024)} MiB at the end`);
}
