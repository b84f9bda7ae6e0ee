// `node tools/bench-memory.mjs [COUNT]`: a million verifications in one process; after each round the wasm's memory, the heap and the process. Fails when one of them grows.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { cases } from "./bench/cases.mjs";
import { elapsed, main, note, Stop } from "./say.mjs";

const COUNT = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 10;
/** A process breathes: what it may hold more at the end than after the second round, once every compiler has had its say. */
const BREATH = 16 * 2 ** 20;
/** Of ten texts one is tampered with, one is bound to a holder on P-256, and in each hundred the last ten go as one list. */
const PLAN = 100;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const MIB = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MiB`.padStart(11);

/** The memories of all instances that are made from now on. */
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = function (...given) {
  const instance = new Instance(...given);
  memories.push(instance.exports.memory);
  return instance;
};

await main(async () => {
  const { Verifier } = await import("../pkg/core-node.js");
  const work = cases({ distinct: 10 });
  const find = (count, kind) => work.sdJwt.find((each) => each.count === count && each.kind === kind);
  const [plain, small, bound] = [find(12, "none"), find(0, "none"), find(0, "p256")];
  const options = { now: work.now };
  const asked = { now: work.now, nonce: work.nonce, audience: work.audience };
  const verifier = new Verifier({ ...work.config, policy: { ...work.config.policy, keyBinding: "if-asked" } });
  const expect = (report, verdict) => { if (report.verdict !== verdict) throw new Stop(`${report.verdict} (${report.codes}) where ${verdict} was expected`); };

  function hundred() {
    for (let index = 0; index < PLAN - 10; index += 1) {
      if (index % 10 === 9) expect(verifier.verify(plain.bad[0], options), "invalid");
      else if (index % 10 === 8) expect(verifier.verify(bound.good, asked), "valid");
      else expect(verifier.verify(index % 2 === 0 ? plain.good : small.good, options), "valid");
    }
    for (const report of verifier.verifyMany(work.many, options)) expect(report, "valid");
  }

  const measured = [];
  const line = (done) => {
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    measured.push({ wasm: memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0), heap: heapUsed, rss });
    const { wasm } = measured.at(-1);
    note(`${String(done).padStart(9)} verified   wasm ${MIB(wasm)}   heap ${MIB(heapUsed)}   process ${MIB(rss)}   (${elapsed()})`);
  };
  hundred();
  line(PLAN);
  const each = Math.ceil(COUNT / ROUNDS / PLAN);
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (let index = 0; index < each; index += 1) hundred();
    line(round * each * PLAN);
  }
  verifier.free();
  const [, , settled] = measured;
  const last = measured.at(-1);
  if (memories.length !== 1 || last.wasm !== settled.wasm) throw new Stop(`the wasm's memory grew from ${MIB(settled.wasm)} to ${MIB(last.wasm)} in ${memories.length} instance(s)`);
  for (const part of ["heap", "rss"]) if (last[part] - settled[part] > BREATH) throw new Stop(`${part} grew from ${MIB(settled[part])} to ${MIB(last[part])}`);
  note("flat: the wasm's memory to the byte, heap and process within 16 MiB");
});
