// Child processes, files and fingerprints. Node built-ins only.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { note, Stop } from "./say.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const at = (...parts) => join(root, ...parts);

/** Tools that are slow to make live outside the tree, so that a fresh clone finds them. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "eid-verifier");

/** The whole path of a program, or undefined. */
export function which(name) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file) && statSync(file).isFile());
}

/** Output of a short command, or undefined when it is missing or fails. */
export function ask(command, args = [], env = {}) {
  const done = spawnSync(command, args, { cwd: root, encoding: "utf8", env: { ...process.env, ...env } });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/**
 * Runs a command to its end. `{ ok, code, output }`, both streams together; with `live` they are shown too.
 * `env` values of `undefined` take a variable away.
 */
export function run(command, args, { env = {}, cwd = root, live = false, limit = 0 } = {}) {
  const whole = { ...process.env, ...env };
  for (const name of Object.keys(whole)) if (whole[name] === undefined) delete whole[name];
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd, env: whole, stdio: ["ignore", "pipe", "pipe"], detached: limit > 0 });
    const parts = [];
    let late = false;
    const timer = limit > 0 && setTimeout(() => {
      late = true;
      try { process.kill(-child.pid, "SIGKILL"); } catch { child.kill("SIGKILL"); }
    }, limit);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (bytes) => {
        parts.push(bytes);
        if (live) process.stderr.write(bytes);
      });
    }
    child.on("error", (error) => { clearTimeout(timer); settle({ ok: false, code: -1, output: String(error.message) }); });
    child.on("close", (code) => {
      clearTimeout(timer);
      const output = Buffer.concat(parts).toString("utf8") + (late ? `\nstopped after ${limit / 1000} s` : "");
      settle({ ok: code === 0, code: code ?? -1, output });
    });
  });
}

/** As `run`, but a failure is a `Stop` that carries the last lines of what the command said. */
export async function must(sentence, command, args, options) {
  const done = await run(command, args, options);
  if (!done.ok) throw new Stop(`${done.output.trim().split("\n").slice(-25).join("\n")}\n\n${sentence}`);
  return done.output;
}

/** Every file under the given paths, sorted, so that a fingerprint does not depend on the disk. */
export function files(...paths) {
  const found = [];
  const walk = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name));
    else found.push(path);
  };
  for (const path of paths) walk(path);
  return found;
}

export function fingerprint(paths, ...facts) {
  const hash = createHash("sha256");
  for (const file of files(...paths)) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file)).update("\0");
  return hash.update(JSON.stringify(facts)).digest("hex");
}

/** Runs `work` while no other of our commands in this clone does: a lock with its owner's process in it, so that a dead one does not count. */
export async function locked(name, work) {
  const file = at("target", `${name}.lock`);
  mkdirSync(dirname(file), { recursive: true });
  for (let said = false; ; ) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!alive(Number(readFileSync(file, "utf8")))) rmSync(file, { force: true });
      else if (!said) note(`  another ${name} is at work in this clone: waiting for it`);
      said = true;
      await new Promise((settle) => setTimeout(settle, 200));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function alive(pid) {
  try {
    return Boolean(pid) && process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
