// Keeps the page's own files for use without a network: one version, complete and checked, or none. It never keeps what a person hands in.

/** Trusted Types hold here too: the one script that may be imported is named by the one policy. */
const LIST = "./precache.js";
importScripts(self.trustedTypes ? self.trustedTypes.createPolicy("eid-page", { createScriptURL: () => LIST }).createScriptURL("") : LIST);
// self.PRECACHE = { version, files: { path: sha256 in base64url }, when: { path: "lazily" | "scanner" } }, written by stamp.mjs

const { version, files, when } = self.PRECACHE;
const NAME = `eid-page-${version}`;
const scope = new URL("./", self.location.href);
const address = (path) => new URL(path, scope).href;
const paths = new Map(Object.keys(files).map((path) => [address(path), path]));
/** Names that the server gives to a file beside its own. */
const ALIASES = { "./": "./index.html", "./verify": "./verify.html" };

/** At once, or from the first use on; the code reader at once where the browser has none. */
const early = (path) => !when[path] || (when[path] === "scanner" && !self.BarcodeDetector);

/** A name with a hash in it means one content for ever: what the page has fetched already does for the copy too. */
const LASTING = /\.[0-9a-f]{16}\.\w+$/;

/** Fetches a file, past all caches unless its name is lasting, and refuses it unless it is the one that this version was stamped with. */
async function fetchStamped(path, cache = LASTING.test(path) ? "default" : "no-store") {
  const response = await fetch(address(path), { cache, credentials: "omit" });
  if (!response.ok) throw new Error(`not served: ${path}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
  const text = btoa(String.fromCharCode(...digest)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  if (text === files[path]) return response;
  if (cache === "default") return fetchStamped(path, "reload"); // what a cache spoiled, the server may still have whole
  throw new Error(`another version: ${path}`);
}

async function install() {
  const cache = await caches.open(NAME);
  try {
    await Promise.all([...paths.values()].filter(early).map(async (path) => cache.put(address(path), await fetchStamped(path))));
    for (const [alias, path] of Object.entries(ALIASES)) await cache.put(address(alias), await cache.match(address(path)));
  } catch (error) {
    if (!self.registration.active) await caches.delete(NAME); // half a version is none; what an active worker keeps is its own
    throw error;
  }
}

self.addEventListener("install", (event) => {
  // what is kept is answered by the browser itself, without waking this worker (Chrome 123+)
  if (event.addRoutes && self.URLPattern) {
    const straight = [...Object.keys(ALIASES), ...[...paths.values()].filter(early)].map(address);
    const routes = straight.map((href) => ({
      condition: { urlPattern: new URLPattern({ ...parts(href), search: "", hash: "*" }), requestMethod: "GET" },
      source: { cacheName: NAME },
    }));
    event.waitUntil(event.addRoutes(routes).catch(() => {}));
  }
  event.waitUntil(install());
});

const parts = (href) => { const { protocol, hostname, port, pathname } = new URL(href); return { protocol: protocol.slice(0, -1), hostname, port, pathname }; };

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("eid-page-") && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("activate", (event) => event.waitUntil(activate()));

/** What another app shares stays in memory for the one page that asks for it. */
let shared;
/** How long it waits, in milliseconds. */
const PATIENCE = 20_000;

async function takeShare(request) {
  const form = await request.formData();
  const file = form.getAll("file").filter((one) => typeof one !== "string" && one.size > 0);
  const text = ["text", "url", "title"].map((name) => form.get(name)).find((one) => typeof one === "string" && one.trim());
  shared = file.length > 0 ? file : text ? [new File([text.trim()], "shared.txt", { type: "text/plain" })] : [];
  return Response.redirect(address("./?shared"), 303);
}

self.addEventListener("message", (event) => {
  if (event.data === "use-new-version") self.skipWaiting();
  if (event.data === "what-was-shared" && event.source) {
    event.source.postMessage({ shared: shared || [] });
    shared = undefined;
  }
});

/** From what is kept; a lazy file is checked and kept now. */
async function answer(path, request) {
  const cache = await caches.open(NAME);
  const hit = await cache.match(address(path));
  if (hit) return hit;
  if (!when[path]) return fetch(request);
  const response = await fetchStamped(path);
  await cache.put(address(path), response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== scope.origin) return;
  if (request.method === "POST" && url.href === address("./share")) {
    event.respondWith(takeShare(request));
    event.waitUntil(new Promise((settle) => setTimeout(settle, PATIENCE)).then(() => { shared = undefined; }));
    return;
  }
  if (request.method !== "GET") return;
  url.search = "";
  url.hash = "";
  const alias = Object.keys(ALIASES).find((one) => address(one) === url.href);
  const path = alias ? ALIASES[alias] : paths.get(url.href);
  if (path) event.respondWith(answer(path, request));
});
