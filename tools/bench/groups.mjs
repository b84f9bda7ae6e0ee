// The work, and who does it. Runs in the page and in Node alike; `doors` are the entries of our package.
import { chipPlan } from "./chip-groups.mjs";
import { answers, joseJwt, mrz, raw, rawP256, sdJwtNoble, sdJwtWeb, unb64u } from "./peers.mjs";

const valid = (report) => report.verdict === "valid";

/** A contender of ours: one door, one verifier. */
function ours(name, door, { config, now, nonce, audience }, { good, bad, kind = "none" }) {
  const asked = kind === "none" ? { now } : { now, nonce, audience };
  const verifier = new door.Verifier({ ...config, policy: { ...config.policy, keyBinding: kind === "none" ? "ignore" : "require" } });
  return {
    name, sync: true,
    run: () => verifier.verify(good, asked),
    good: () => valid(verifier.verify(good, asked)),
    bad: () => bad.some((text) => valid(verifier.verify(text, asked))),
    close: () => verifier.free(),
  };
}

function theirs(name, verify, { good, bad, kind = "none" }) {
  const isBound = kind !== "none";
  return {
    name,
    run: () => verify(good, isBound),
    good: () => answers(() => verify(good, isBound)),
    bad: async () => (await Promise.all(bad.map((text) => answers(() => verify(text, isBound))))).includes(true),
  };
}

async function rawGroup(all, Raw) {
  const { key, message, good, bad } = Object.fromEntries(Object.entries(all.raw).map(([name, text]) => [name, unb64u(text)]));
  const contenders = [];
  for (const [name, isWarm] of Raw ? [["eid-verifier, warm key", true], ["eid-verifier, new key", false]] : []) {
    const made = new Raw.RawKey(key, isWarm);
    const verify = (signature) => made.verify(message, signature);
    contenders.push({ name, sync: true, run: () => verify(good), good: () => verify(good), bad: () => verify(bad) });
  }
  for (const { name, sync, make } of raw) {
    const verify = await make({ key, message });
    contenders.push({ name, sync, run: () => verify(good), good: () => answers(() => verify(good)), bad: () => answers(() => verify(bad)) });
  }
  return { id: "raw", title: "Ed25519 over 600 bytes", contenders };
}

async function rawP256Group(all, Raw) {
  const { key, message, good, bad } = Object.fromEntries(Object.entries(all.rawP256).map(([name, text]) => [name, unb64u(text)]));
  const contenders = [];
  for (const [name, isWarm] of Raw ? [["eid-verifier, warm key", true], ["eid-verifier, new key", false]] : []) {
    const made = new Raw.RawP256Key(key, isWarm);
    contenders.push({ name, sync: true, run: () => made.verify(message, good), good: () => made.verify(message, good), bad: () => made.verify(message, bad) });
  }
  for (const { name, sync, make } of rawP256) {
    const verify = await make({ key, message });
    contenders.push({ name, sync, run: () => verify(good), good: () => answers(() => verify(good)), bad: () => answers(() => verify(bad)) });
  }
  return { id: "raw-p256", title: "ES256 over 600 bytes", contenders };
}

const HOLDERS = { none: "", ed25519: ", Ed25519 key binding", p256: ", P-256 key binding" };

export async function sdJwtGroup(all, doors, each) {
  const { count, kind, jwt } = each;
  const whole = count === 12;
  const contenders = [ours("eid-verifier/core", doors.core, all, each)];
  if (whole) {
    contenders.push(ours("eid-verifier", doors.full, all, each));
    if (kind === "none") contenders.push(ours("eid-verifier/inline", doors.inline, all, each));
    contenders.push(ours("eid-verifier/compat", doors.compat, all, each));
  }
  contenders.push(theirs("@sd-jwt/sd-jwt-vc, WebCrypto", await sdJwtWeb(all), each), theirs("@sd-jwt/sd-jwt-vc, @noble", sdJwtNoble(all), each));
  if (kind === "none") {
    const verify = await joseJwt(all);
    const [bad] = each.bad.map((text) => text.split("~")[0]);
    contenders.push(theirs("jose.jwtVerify, JWT alone", verify, { good: jwt, bad: [bad] }));
  }
  return { id: `sd-jwt-${count}-${kind}`, title: `SD-JWT VC, ${count} disclosures${HOLDERS[kind]}`, contenders };
}

async function statusGroup(all, doors) {
  const { config, now, status } = all;
  const settings = { ...config, policy: { ...config.policy, status: "require" } };
  const make = (name, held) => {
    const verifier = new doors.core.Verifier(settings);
    if (held) verifier.update({ statusLists: [status.list] }, { now });
    const asked = held ? { now } : { now, statusLists: [status.list] };
    return { name, sync: true, run: () => verifier.verify(status.good, asked), good: () => valid(verifier.verify(status.good, asked)), bad: () => valid(verifier.verify(status.bad, asked)), close: () => verifier.free() };
  };
  const peer = theirs("@sd-jwt/sd-jwt-vc, WebCrypto", await sdJwtWeb(all), { good: status.good, bad: [status.bad] });
  return { id: "status", title: "SD-JWT VC, 12 disclosures, status list of 100,000", contenders: [make("eid-verifier/core, list held", true), make("eid-verifier/core, list with the call", false), peer] };
}

export function mrzGroup(all, doors) {
  const now = Date.UTC(2012, 0, 1) / 1000; // the specimen ends in April 2012
  // a zone alone is never `valid` with us: what both can tell is whether its digits are right
  const read = (text) => doors.core.readMrz(text, { now }).digits.every(({ ok }) => ok);
  const contender = (name, verify) => ({ name, sync: true, run: () => verify(all.mrz.good), good: () => verify(all.mrz.good), bad: () => verify(all.mrz.bad) });
  return { id: "mrz", title: "MRZ of a passport", contenders: [contender("eid-verifier/core", read), contender("mrz", mrz)] };
}

const cycled = (tokens, count) => Array.from({ length: count }, (_, index) => tokens[index % tokens.length]);

function manyGroup(all, doors, count) {
  const verifier = new doors.core.Verifier(all.config);
  const tokens = cycled(all.many, count);
  const asked = { now: all.now };
  const bad = all.sdJwt.find((each) => each.kind === "none" && each.count === 12).bad[0];
  const together = { name: "verifyMany", sync: true, pieces: count, run: () => verifier.verifyMany(tokens, asked), good: () => verifier.verifyMany(tokens, asked).every(valid), bad: () => verifier.verifyMany([tokens[0], bad], asked).every(valid) };
  const single = { name: "one by one", sync: true, pieces: count, run: () => tokens.map((text) => verifier.verify(text, asked)), good: () => tokens.every((text) => valid(verifier.verify(text, asked))), bad: () => valid(verifier.verify(bad, asked)) };
  return { id: `many-${count}`, title: `${count.toLocaleString("en")} credentials of 12 disclosures, each`, contenders: [together, single], how: { rounds: count > 1000 ? 3 : 9, length: 1, warmUp: 1, uses: 1 } };
}

function poolGroup(all, { createPool }, count) {
  const tokens = cycled(all.many, count);
  const asked = { now: all.now };
  const bad = all.sdJwt.find((each) => each.kind === "none" && each.count === 12).bad[0];
  const make = (size) => {
    const pool = createPool({ size, ...all.config });
    return {
      name: `${size} worker${size > 1 ? "s" : ""}`, pieces: count,
      run: () => pool.verifyMany(tokens, asked),
      good: async () => (await pool.verifyMany(tokens, asked)).every(valid),
      bad: async () => (await pool.verifyMany([bad], asked)).every(valid),
      close: () => pool.close(),
    };
  };
  return { id: "pool", title: `Pool of workers, ${count.toLocaleString("en")} credentials, each`, contenders: [make(1), make(2)], how: { rounds: 7, length: 1, warmUp: 1, uses: 1 } };
}

export function growthGroup(all, doors) {
  return { id: "growth", title: "SD-JWT VC by number of disclosures", contenders: all.growth.map((each) => ours(String(each.count), doors.core, all, each)) };
}

/** Names of groups, each made when its turn comes. */
export function plan(all, doors, Raw) {
  return [
    () => rawGroup(all, Raw),
    () => rawP256Group(all, Raw),
    ...all.sdJwt.map((each) => () => sdJwtGroup(all, doors, each)),
    () => statusGroup(all, doors),
    () => mrzGroup(all, doors),
    ...chipPlan(all.passports, doors),
    () => manyGroup(all, doors, 1000),
    () => manyGroup(all, doors, 10_000),
    () => poolGroup(all, doors.worker, 2000),
    () => growthGroup(all, doors),
  ];
}
