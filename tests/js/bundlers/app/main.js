// The page of every bundler that knows `new URL(…, import.meta.url)`: nothing is configured, copied or told where it lies.
import init, { Verifier } from 'eid-verifier';
import { createPool } from 'eid-verifier/worker';

async function main() {
  const { config, good, bad, now } = await (await fetch('/case.json')).json();
  await init();
  const verifier = new Verifier(config);
  const pool = createPool({ size: 1, config });
  const reports = [good, bad].map((token) => verifier.verify(token, { now }));
  reports.push(...(await pool.verifyMany([good, bad], { now })));
  return reports.map((report) => report.verdict).join(' ');
}

main().then((told) => (document.title = told), (error) => (document.title = `${error.code} ${error.message}`));
