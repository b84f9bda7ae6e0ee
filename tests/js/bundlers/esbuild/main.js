// esbuild leaves `new URL(…, import.meta.url)` alone: the wasm is imported as a file, and the worker is an entry of its own.
import init, { Verifier } from 'eid-verifier';
import wasm from 'eid-verifier/eid_verifier.wasm';
import { createPool } from 'eid-verifier/worker';

async function main() {
  const source = new URL(wasm, import.meta.url);
  const { config, good, bad, now } = await (await fetch('/case.json')).json();
  await init(source);
  const verifier = new Verifier(config);
  const pool = createPool({ size: 1, config, source: source.href, worker: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }) });
  const reports = [good, bad].map((token) => verifier.verify(token, { now }));
  reports.push(...(await pool.verifyMany([good, bad], { now })));
  return reports.map((report) => report.verdict).join(' ');
}

main().then((told) => (document.title = told), (error) => (document.title = `${error.code} ${error.message}`));
