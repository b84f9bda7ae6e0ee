// `node tools/bench/doors.mjs`: for each door, in a fresh Node process, from import to the first verdict; and one verification once warm. Interleaved rounds, least of each.
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { configFor, credential, newKey, NOW } from "../../tests/js/issuer.mjs";
import { at } from "../run.mjs";

const DOORS = { full: "node.js", core: "core-node.js", inline: "inline.js", compat: "compat.js" };
const ROUNDS = 5;
const USES = 100;

const key = newKey();
const given = JSON.stringify({ config: configFor(key), good: credential(key), now: NOW });
const WORK = `
  const { config, good, now } = JSON.parse(process.env.GIVEN);
  const begun = performance.now();
  const { init, Verifier } = await import(process.env.DOOR);
  await init();
  const verifier = new Verifier(config);
  if (verifier.verify(good, { now }).verdict !== "valid") throw new Error("a wrong verdict");
  const first = performance.now() - begun;
  for (let i = 0; i < ${USES}; i += 1) verifier.verify(good, { now });
  const warm = performance.now();
  for (let i = 0; i < ${USES}; i += 1) verifier.verify(good, { now });
  console.log(JSON.stringify({ first, each: (performance.now() - warm) / ${USES} }));`;

const least = Object.fromEntries(Object.keys(DOORS).map((name) => [name, { first: Infinity, each: Infinity }]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, file] of Object.entries(DOORS)) {
    const env = { ...process.env, GIVEN: given, DOOR: pathToFileURL(at("pkg", file)).href };
    const told = JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", WORK], { env, encoding: "utf8" }));
    for (const part of ["first", "each"]) least[name][part] = Math.min(least[name][part], told[part]);
  }
}
for (const [name, { first, each }] of Object.entries(least)) {
  console.log(`${name.padEnd(8)} import to first verdict ${first.toFixed(1).padStart(7)} ms   warm ${(each * 1000).toFixed(0).padStart(6)} µs   × ${(each / least.core.each).toFixed(1)} of core`);
}
