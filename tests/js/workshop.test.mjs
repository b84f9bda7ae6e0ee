// The two commands themselves: the server's manners, the counting, and one clear sentence when something is in the way.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fromCargo, fromNode, judged, line, sum } from "../../tools/count.mjs";
import { at, run } from "../../tools/run.mjs";
import { POLICY, serve } from "../../tools/serve.mjs";
import { features, sections, withoutFeatures } from "../../tools/wasm.mjs";

/** The path goes out as it is written: `fetch` would tidy it first. */
function get(url, path, { method = "GET", headers = {} } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((settle, refuse) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part) => (body += part));
      response.on("end", () => settle({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on("error", refuse).end();
  });
}

test("the server", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "eid-serve-"));
  mkdirSync(join(folder, "www", "samples"), { recursive: true });
  for (const [name, text] of Object.entries({ "index.html": "<p>page", "app.js": "1", "eid.wasm": "\0asm", ".hidden": "x", "notes.sh": "x", "samples/a.json": "{}" })) {
    writeFileSync(join(folder, "www", name), text);
  }
  writeFileSync(join(folder, "secret.txt"), "secret");
  symlinkSync(join(folder, "secret.txt"), join(folder, "www", "link.txt"));
  const server = await serve({ folders: [["/", join(folder, "www")]] });
  t.after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  await t.test("names each type, wasm among them, and forbids guessing", async () => {
    for (const [path, type] of [["/", "text/html; charset=utf-8"], ["/app.js?v=1", "text/javascript; charset=utf-8"], ["/eid.wasm", "application/wasm"], ["/samples/a.json", "application/json; charset=utf-8"]]) {
      const { status, headers } = await get(server.url, path);
      assert.deepEqual([status, headers["content-type"], headers["x-content-type-options"]], [200, type, "nosniff"], path);
      assert.equal(headers["content-security-policy"], POLICY);
      assert.equal(headers["referrer-policy"], "no-referrer");
    }
  });

  await t.test("serves nothing from outside its folder", async () => {
    for (const path of ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/samples/..%2f..%2fsecret.txt", "/..\\secret.txt", "/%00", "/%zz", "/.hidden", "/link.txt", "/notes.sh", "/samples", "/nothing.html", `/${"a/".repeat(5000)}`]) {
      const { status, body } = await get(server.url, path);
      assert.ok(status === 404 || status === 431, `${path.slice(0, 40)} ${status}`);
      assert.ok(!body.includes("secret"));
    }
  });

  await t.test("answers GET and HEAD, to this machine's own names", async () => {
    assert.equal((await get(server.url, "/", { method: "POST" })).status, 405);
    const head = await get(server.url, "/", { method: "HEAD" });
    assert.deepEqual([head.status, head.body], [200, ""]);
    assert.equal((await get(server.url, "/", { headers: { host: "evil.example" } })).status, 403);
  });
});

test("the policy lets wasm run and nothing else come in", () => {
  const directives = Object.fromEntries(POLICY.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1).join(" ")]));
  assert.equal(directives["default-src"], "'none'");
  assert.equal(directives["script-src"], "'self' 'wasm-unsafe-eval'");
  assert.equal(directives["frame-ancestors"], "'none'");
  assert.ok(!POLICY.includes("unsafe-inline") && !POLICY.includes("'unsafe-eval'") && !POLICY.includes("*"));
});

function command(...args) {
  return new Promise((settle) => {
    const child = spawn(process.execPath, args, { cwd: at(), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
    child.on("close", (code) => settle({ code, output }));
  });
}

test("npm start: a port in use is one sentence and a failure", async (t) => {
  const other = createServer();
  await new Promise((settle) => other.listen(0, "127.0.0.1", settle));
  t.after(() => other.close());
  const { port } = other.address();
  const { code, output } = await command(at("tools", "start.mjs"), "--port", String(port));
  assert.equal(code, 1);
  assert.match(output, new RegExp(`Port ${port} is in use: .*--port \\d+\\n$`));
  assert.ok(!output.includes("    at "), "no stack");
});

test("npm start: a port that is none is one sentence and a failure", async () => {
  const { code, output } = await command(at("tools", "start.mjs"), "--port", "99999");
  assert.equal(code, 1);
  assert.match(output, /"99999" is no port/);
});

test("npm start: the second start takes under five seconds", async () => {
  const begun = Date.now();
  const child = spawn(process.execPath, [at("tools", "start.mjs"), "--port", "0"], { cwd: at(), stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((settle, refuse) => {
    child.stdout.on("data", (part) => {
      const found = String(part).match(/http:\/\/127\.0\.0\.1:\d+\//);
      if (found) settle(found[0]);
    });
    child.on("close", () => refuse(new Error("it stopped")));
  });
  const took = Date.now() - begun;
  const [, preloaded] = (await get(url, "/")).body.match(/<link rel="preload" as="fetch" href="\.(\/dist\/core\.[0-9a-f]{16}\.wasm)"/);
  const wasm = await get(url, preloaded, { method: "HEAD", headers: { "accept-encoding": "br" } });
  child.kill("SIGTERM");
  const told = ["content-type", "content-encoding", "cache-control"].map((header) => wasm.headers[header]);
  assert.deepEqual(told, ["application/wasm", "br", "public, max-age=31536000, immutable"]);
  assert.ok(took < 5000, `${took} ms`);
});

test("npm test: an unknown part is one sentence and a failure", async () => {
  const { code, output } = await command(at("tools", "test.mjs"), "--only", "everything");
  assert.equal(code, 1);
  assert.match(output, /choose among lint, native, wasm, node, page, doors/);
});

test("npm run deny: cargo-deny by tests/deny.toml, or one sentence that says what to do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "eid-deny-"));
  const deny = () => run(process.execPath, [at("tools", "deny.mjs"), "bans"], { env: { PATH: folder } });
  try {
    const without = await deny();
    assert.equal(without.code, 1);
    assert.match(without.output.trim(), /^cargo-deny is not on this machine: `cargo install cargo-deny --locked`[^\n]*$/);
    writeFileSync(join(folder, "cargo-deny"), '#!/bin/sh\necho "asked: $*"\n', { mode: 0o755 });
    const { code, output } = await deny();
    assert.equal(code, 0);
    assert.match(output, /asked: --config \S*deny\.toml check bans/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("counting", async (t) => {
  await t.test("adds every binary of cargo test", () => {
    const output = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n…\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured\n";
    assert.deepEqual(fromCargo(output), { passed: 5, failed: 1, skipped: 1 });
  });
  await t.test("takes node's closing lines, and a cancelled test is a failure", () => {
    assert.deepEqual(fromNode("# pass 1\n# tests 4\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 1\n"), { passed: 2, failed: 2, skipped: 2 });
  });
  await t.test("a runner that fell over, or ran nothing, has failed", () => {
    assert.equal(judged(fromCargo("error: could not compile"), false).failed, 1);
    assert.equal(judged(fromCargo("test result: ok. 0 passed; 0 failed; 4 ignored"), true).failed, 1);
    assert.equal(judged(fromCargo("test result: FAILED. 0 passed; 2 failed; 0 ignored"), false).failed, 2);
  });
  await t.test("closes in one plain line", () => {
    assert.equal(line(sum([{ passed: 1, failed: 0, skipped: 0 }, { passed: 2, failed: 1, skipped: 0 }])), "3 passed, 1 failed");
    assert.equal(line({ passed: 1, failed: 0, skipped: 2 }), "1 passed, 0 failed, 2 skipped");
  });
});

test("the target_features section is read and rewritten", () => {
  const name = [15, ...Buffer.from("target_features")];
  const entry = (text) => [0x2b, text.length, ...Buffer.from(text)];
  const body = [...name, 2, ...entry("sign-ext"), ...entry("reference-types")];
  const module = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, body.length, ...body, 1, 1, 0]);
  assert.deepEqual(features(module), ["+sign-ext", "+reference-types"]);
  const less = withoutFeatures(module, ["reference-types"]);
  assert.deepEqual(features(less), ["+sign-ext"]);
  assert.deepEqual(sections(less).map(({ id }) => id), [0, 1]);
});
