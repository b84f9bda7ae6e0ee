// Firefox and the WebKit engine for the tests: found, or installed by apt where we may, and driven through one small client.
//   const firefox = await openFirefox();   // or openWebkit()
//   if (firefox.skipped) …                 // one sentence: why it is not there and what to do
//   await firefox.goto(url); await firefox.evaluate((a) => document.title + a, "!"); await firefox.close();
// Firefox speaks WebDriver BiDi by itself (no geckodriver); WebKitGTK comes with WebKitWebDriver (W3C WebDriver) and wants a display: Xvfb gives it one.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { which } from "./run.mjs";
import { apt } from "./setup.mjs";
import { connect } from "./websocket.mjs";

const START = 60_000;
const ANSWER = 60_000;

/** Programs are looked up by name; `FIREFOX`, `WEBKIT_DRIVER` name others. `EID_BROWSERS=none` skips both (a machine that must not install anything). */
const firefoxPath = () => process.env.FIREFOX ?? ["firefox-esr", "firefox"].map(which).find(Boolean);

function miniBrowser() {
  for (const base of ["/usr/lib", "/usr/libexec"].filter(existsSync)) {
    for (const folder of ["", ...readdirSync(base).filter((name) => name.endsWith("-linux-gnu"))]) {
      for (const api of ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"]) {
        const file = join(base, folder, api, "MiniBrowser");
        if (existsSync(file)) return file;
      }
    }
  }
  return undefined;
}

const webkitPaths = () => ({ driver: process.env.WEBKIT_DRIVER ?? which("WebKitWebDriver"), browser: miniBrowser(), display: process.env.DISPLAY ?? which("Xvfb") });
const whole = (found) => Object.values(found).every(Boolean);

async function found(look, there, packages, name) {
  if (process.env.EID_BROWSERS === "none") return { skipped: `${name}: EID_BROWSERS=none` };
  let paths = look();
  if (there(paths)) return { paths };
  const cure = await apt(packages);
  paths = look();
  return there(paths) ? { paths } : { skipped: `${name} is not to be had here: ${cure ?? "the packages brought no such program"}` };
}

/** `{ paths }` or `{ skipped: "why" }`; installs with apt where that is possible. Called by the set-up, once, so that tests do not race for it. */
export const findFirefox = () => found(firefoxPath, Boolean, ["firefox-esr"], "Firefox");
export const findWebkit = () => found(webkitPaths, whole, ["webkit2gtk-driver", "xvfb"], "WebKitGTK");

const within = (work, ms, what) => {
  let timer;
  const late = new Promise((_, refuse) => { timer = setTimeout(() => refuse(new Error(`${what}: no answer in ${ms / 1000} s`)), ms); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Starts a program in a process group of its own; `end()` ends the whole group. */
function start(command, args, options) {
  const child = spawn(command, args, { detached: true, ...options });
  child.on("error", () => {});
  const gone = new Promise((settle) => child.once("close", settle));
  const signal = (name) => { try { process.kill(-child.pid, name); } catch { /* gone */ } };
  const orphan = () => signal("SIGKILL");
  process.once("exit", orphan);
  return {
    child,
    async end() {
      signal("SIGTERM");
      const timer = setTimeout(() => signal("SIGKILL"), 5000);
      await gone;
      clearTimeout(timer);
      orphan();
      process.off("exit", orphan);
    },
  };
}

/** What a page is asked: a function and JSON arguments, awaited; the answer is JSON too. */
const question = (work, args) => `(async () => { const answer = await (${work})(...${JSON.stringify(args)}); return JSON.stringify(answer === undefined ? null : answer); })()`;

/** Everything a test needs of a page. */
const client = (name, version, { goto, ask, close }) => ({
  name,
  version,
  goto,
  evaluate: async (work, ...args) => JSON.parse(await ask(question(work, args))),
  /** Asks until the answer is truthy. */
  async until(work, ...args) {
    const end = Date.now() + ANSWER;
    for (;;) {
      const answer = JSON.parse(await ask(question(work, args)));
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`${name}: waited ${ANSWER / 1000} s for ${work}`);
      await new Promise((settle) => setTimeout(settle, 100));
    }
  },
  close,
});

/** Nothing that calls home or asks the user. */
const FIREFOX_PREFS = {
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "services.settings.server": "data:,#",
};

export async function openFirefox() {
  const { paths, skipped } = await findFirefox();
  if (skipped) return { name: "Firefox", skipped };
  const profile = mkdtempSync(join(tmpdir(), "eid-firefox-"));
  writeFileSync(join(profile, "user.js"), Object.entries(FIREFOX_PREFS).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(""));
  const program = start(paths, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"], {
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" }, stdio: ["ignore", "ignore", "pipe"],
  });
  const close = async () => {
    await program.end();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const address = await within(new Promise((settle, refuse) => {
      let said = "";
      program.child.stderr.on("data", (part) => {
        said += part;
        const here = said.match(/WebDriver BiDi listening on (ws:\/\/127\.0\.0\.1:\d+)/);
        if (here) settle(here[1]);
      });
      program.child.once("close", () => refuse(new Error(`Firefox ended: ${said.slice(-400)}`)));
    }), START, "Firefox");
    const waiting = new Map();
    const end = () => { for (const { refuse } of waiting.values()) refuse(new Error("Firefox hung up")); };
    const socket = await connect(`${address}/session`, {
      heard(text) {
        const { id, type, result, error, message } = JSON.parse(text);
        const one = waiting.get(id);
        waiting.delete(id);
        if (one) (type === "success" ? one.settle(result) : one.refuse(new Error(`${error}: ${message}`)));
      },
      ended: end,
    });
    let last = 0;
    const send = (method, params) => within(new Promise((settle, refuse) => {
      last += 1;
      waiting.set(last, { settle, refuse });
      socket.send(JSON.stringify({ id: last, method, params }));
    }), ANSWER, method);
    const { capabilities } = await send("session.new", { capabilities: {} });
    const { contexts: [{ context }] } = await send("browsingContext.getTree", {});
    return client("Firefox", capabilities.browserVersion, {
      goto: (url) => send("browsingContext.navigate", { context, url, wait: "complete" }),
      async ask(expression) {
        const { type, result, exceptionDetails } = await send("script.evaluate", { expression, target: { context }, awaitPromise: true });
        if (type !== "success") throw new Error(`Firefox: ${exceptionDetails.text}`);
        return result.value;
      },
      close: async () => { socket.close(); await close(); },
    });
  } catch (error) {
    await close();
    throw error;
  }
}

const freePort = () => new Promise((settle) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => settle(port));
  });
});

/** A display of our own, numbered by the X server itself. */
async function display() {
  if (process.env.DISPLAY) return { name: process.env.DISPLAY, end: async () => {} };
  const server = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await within(new Promise((settle, refuse) => {
    server.child.stdio[3].once("data", (bytes) => settle(String(bytes).trim()));
    server.child.once("close", () => refuse(new Error("Xvfb ended")));
  }), START, "Xvfb");
  return { name: `:${number}`, end: server.end };
}

export async function openWebkit() {
  const { paths, skipped } = await findWebkit();
  if (skipped) return { name: "WebKitGTK", skipped };
  const home = mkdtempSync(join(tmpdir(), "eid-webkit-"));
  const screen = await display();
  const port = await freePort();
  const driver = start(paths.driver, ["--host=127.0.0.1", `--port=${port}`], {
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: screen.name, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_DMABUF_RENDERER: "1", NO_AT_BRIDGE: "1", GSETTINGS_BACKEND: "memory" },
    stdio: "ignore",
  });
  const close = async () => {
    await driver.end();
    await screen.end();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(ANSWER) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  try {
    const ready = async () => (await send("GET", "/status").catch(() => ({}))).ready;
    for (const end = Date.now() + START; !(await ready()); await new Promise((settle) => setTimeout(settle, 100))) {
      if (Date.now() > end) throw new Error("WebKitWebDriver did not start");
    }
    const options = { "webkitgtk:browserOptions": { binary: paths.browser, args: ["--automation"] } };
    const { sessionId, capabilities } = await send("POST", "/session", { capabilities: { alwaysMatch: { browserName: "MiniBrowser", ...options } } });
    const session = `/session/${sessionId}`;
    await send("POST", `${session}/timeouts`, { script: ANSWER, pageLoad: ANSWER });
    return client("WebKitGTK", capabilities.browserVersion, {
      goto: (url) => send("POST", `${session}/url`, { url }),
      async ask(expression) {
        const script = `const done = arguments[0]; ${expression}.then((text) => done({ text }), (error) => done({ error: String(error) }));`;
        const { text, error } = await send("POST", `${session}/execute/async`, { script, args: [] });
        if (error !== undefined) throw new Error(`WebKitGTK: ${error}`);
        return text;
      },
      close: async () => { await send("DELETE", session).catch(() => {}); await close(); },
    });
  } catch (error) {
    await close();
    throw error;
  }
}

export const firefox = openFirefox;
export const webkit = openWebkit;
