// What a build is made of: bytes of code by crate, and of our own by floor, so that a build which grew can say where.
import { functions, sections } from "./wasm.mjs";

const OURS = /\beid_verifier(?:\[\w+\])?::(\w+)::/;
/** Every language's own; what they do is done for whoever is named beside them. */
const STD = ["core", "alloc", "std", "compiler_builtins", "__rustc"];
const CRATE = /(?:^|[<&( ,[])([a-z][a-z0-9_]*)(?:\[[0-9a-f]+\])?::/g;
const DATA = 11;

/** Whose function this is: a floor of ours, a crate, or std. A generic function is whose types it was made for. */
export function owner(name) {
  const [, floor] = name.match(OURS) ?? [];
  if (floor) return `eid_verifier::${floor}`;
  for (const [, crate] of name.matchAll(CRATE)) if (!STD.includes(crate)) return crate;
  return /^[A-Za-z_]+$/.test(name) && !name.startsWith("__") ? "eid_verifier::boundary" : "std"; // an export has no path
}

/** Bytes before gzip by owner, the largest first; `data` are texts and tables. Of a module that still has its names. */
export function parts(bytes) {
  const sums = new Map();
  const add = (who, size) => sums.set(who, (sums.get(who) ?? 0) + size);
  for (const { name, size } of functions(bytes)) add(owner(name), size);
  for (const { id, body, end } of sections(bytes)) if (id === DATA) add("data", end - body);
  return Object.fromEntries([...sums].sort(([, one], [, other]) => other - one));
}
