// Node's side: the same groups on Node's own doors.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { at } from "../run.mjs";

const DOORS = { core: "core-node.js", full: "node.js", inline: "inline.js", compat: "compat.js", worker: "worker-node.js" };

export async function inNode({ folder, cases, how, say }) {
  const doors = {};
  for (const [name, file] of Object.entries(DOORS)) doors[name] = await import(pathToFileURL(at("pkg", file)));
  for (const door of Object.values(doors)) await door.init?.();
  const raw = await import(pathToFileURL(join(folder, "raw", "eid_verifier.mjs")));
  raw.initSync({ module: readFileSync(join(folder, "raw", "eid_verifier_bg.wasm")) });
  const { start } = await import("./entry.mjs");
  const bench = start(cases, doors, raw, how);
  const results = [];
  for (let index = 0; index < bench.count; index += 1) {
    results.push(await bench.run(index));
    say(results.at(-1));
  }
  return { runtime: `Node ${process.version}`, results };
}
