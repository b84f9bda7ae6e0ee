// A small static server for this machine only: www/ at /, the package at /pkg/. Node built-ins only.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { at } from "./run.mjs";
import { Stop } from "./say.mjs";

/** `frame-ancestors` works in a header alone, so the page's own `<meta>` cannot replace this. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types eid-page",
].join("; ");

/** The reference writes its own elements, which trusted types forbid; what it loads is from here all the same. */
const DOCS_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-cache",
};

/** A name with its content's hash in it (www/stamp.mjs) never means anything else: it is kept without asking again (RFC 9111 §5.2.2, RFC 8246). */
const LASTING = /\.[0-9a-f]{16}\.\w+$/;
const lasting = (file) => (LASTING.test(file) ? { "cache-control": "public, max-age=31536000, immutable" } : {});

/** What is not in this table is not served. */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".der": "application/octet-stream",
  ".bin": "application/octet-stream",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".jwt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Address prefix → folder; the longest prefix first. `/www/` is `/` under its own name, so that `../pkg/` works from both. */
const FOLDERS = [["/docs/", at("target", "docs")], ["/pkg/", at("pkg")], ["/www/", at("www")], ["/", at("www")]];

/** The file that an address names, or undefined: no dot files, no way out of the folder, links included. */
function resolve(pathname, folders) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (path.includes("\0") || path.includes("\\") || path.split("/").some((part) => part.startsWith("."))) return undefined;
  const [prefix, folder] = folders.find(([start]) => path.startsWith(start)) ?? [];
  if (!folder) return undefined;
  const name = path.slice(prefix.length);
  try {
    const file = realpathSync(join(folder, name.endsWith("/") || name === "" ? `${name}index.html` : /^[a-z]+$/.test(name) ? `${name}.html` : name));
    if (!file.startsWith(realpathSync(folder) + sep) || !statSync(file).isFile()) return undefined;
    return TYPES[extname(file)] && file;
  } catch {
    return undefined;
  }
}

/** What shrinks well goes out small, in the first of these that the browser takes. Each content is shrunk once, and kept for the next start too. */
const SHRINKS = /\.(css|html|js|json|jwt|mjs|svg|txt|wasm|webmanifest)$/;
const CODINGS = { br: brotliCompressSync, gzip: (bytes) => gzipSync(bytes, { level: 9 }) };
const KEPT = at("target", "small");
const small = new Map();

function shrunk(file, coding) {
  const { mtimeMs, size } = statSync(file);
  const stamp = `${mtimeMs} ${size}`;
  const name = `${coding} ${file}`;
  const known = small.get(name);
  if (known?.stamp === stamp) return known.bytes;
  const plain = readFileSync(file);
  const kept = join(KEPT, `${createHash("sha256").update(plain).digest("hex")}.${coding}`);
  const bytes = existsSync(kept) ? readFileSync(kept) : CODINGS[coding](plain);
  if (size >= LARGE && !existsSync(kept)) keep(kept, bytes);
  small.set(name, { stamp, bytes });
  return bytes;
}

/** From so many bytes on, shrinking takes long enough to be worth a file. */
const LARGE = 16 * 1024;

function keep(file, bytes) {
  try {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, bytes);
    renameSync(`${file}.${process.pid}`, file);
  } catch { /* it is only a cache */ }
}

/** Shrinks beforehand what the first verdict waits for, so that nobody waits for the shrinking. */
export function warm() {
  const dist = at("www", "dist");
  const engine = (existsSync(dist) ? readdirSync(dist) : []).filter((name) => /^core\./.test(name) && LASTING.test(name));
  for (const file of [at("www", "index.html"), ...["style.css", "app.js", "page.js", ...engine].map((name) => join(dist, name))]) if (existsSync(file)) shrunk(file, "br");
}

/** What `Accept-Encoding` allows, without weighing: a coding with q=0 is refused (RFC 9110 §12.5.3). */
const codingFor = (accepted = "") => Object.keys(CODINGS).find((name) => accepted.split(",").some((part) => part.trim().split(";")[0] === name && !/;\s*q=0(\.0*)?\s*$/.test(part)));

/** Only names of this machine: a page elsewhere cannot reach us by pointing its own name here (DNS rebinding). */
const local = (host) => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? "");

export function handler({ folders = FOLDERS } = {}) {
  return (request, response) => {
    const answer = (status, headers, text) => {
      response.writeHead(status, { ...HEADERS, ...headers });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    const plain = { "content-type": "text/plain; charset=utf-8" };
    if (request.method !== "GET" && request.method !== "HEAD") return answer(405, { ...plain, allow: "GET, HEAD" }, "only GET\n");
    if (!local(request.headers.host)) return answer(403, plain, "this server answers to localhost only\n");
    const pathname = request.url.split(/[?#]/, 1)[0];
    if (pathname === "/docs") return answer(308, { ...plain, location: "/docs/" }, "see /docs/\n");
    const policy = pathname.startsWith("/docs/") ? { "content-security-policy": DOCS_POLICY } : {};
    const file = resolve(pathname, folders);
    if (!file) return answer(404, plain, "not found\n");
    const shrinks = SHRINKS.test(file);
    const coding = shrinks ? codingFor(request.headers["accept-encoding"]) : undefined;
    const headers = { ...policy, ...lasting(file), ...(shrinks ? { vary: "accept-encoding" } : {}), "content-type": TYPES[extname(file)] };
    if (coding) {
      const bytes = shrunk(file, coding);
      return answer(200, { ...headers, "content-encoding": coding, "content-length": bytes.length }, bytes);
    }
    response.writeHead(200, { ...HEADERS, ...headers, "content-length": statSync(file).size });
    if (request.method === "HEAD") return response.end();
    return createReadStream(file).on("error", () => response.destroy()).pipe(response);
  };
}

/** Listens on 127.0.0.1; port 0 takes a free one. `{ url, close }`. */
export function serve({ port = 0, folders } = {}) {
  const server = createServer(handler({ folders }));
  return new Promise((settle, refuse) => {
    server.once("error", (error) => {
      const sentences = {
        EADDRINUSE: `Port ${port} is in use: stop what runs there, or choose another with npm start -- --port ${port + 1}`,
        EACCES: `Port ${port} may not be used by you: choose another with npm start -- --port 8080`,
      };
      refuse(new Stop(sentences[error.code] ?? `The server could not start: ${error.message}`));
    });
    server.listen(port, "127.0.0.1", () => {
      settle({
        url: `http://127.0.0.1:${server.address().port}/`,
        close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
      });
    });
  });
}
