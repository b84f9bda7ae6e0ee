// Keeps the page's own files for use without a network: one version, complete and checked, or none. It never keeps what a person hands in.

/** Trusted Types hold here too: the one script that may be imported is named by the one policy. */
const LIST = "./precache.js";
importScripts(self.trustedTypes ? self.trustedTypes.createPolicy("eid-page", { createScriptURL: () => LIST }).createScriptURL("") : LIST); // self.PRECACHE = { version, files: { path: sha256 in base64url } }, written by stamp.mjs

const NAME = `eid-page-${self.PRECACHE.version}`;
const scope = new URL("./", self.location.href);
const kept = new Map(Object.keys(self.PRECACHE.files).map((path) => [new URL(path, scope).href, path]));

/** Fetches a file past all caches and refuses it unless it is the one that this version was stamped with. */
async function fetchStamped(path) {
  const response = await fetch(new URL(path, scope), { cache: "no-store", credentials: "omit" });
  if (!response.ok) throw new Error(`not served: ${path}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
  const text = btoa(String.fromCharCode(...digest)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  if (text !== self.PRECACHE.files[path]) throw new Error(`another version: ${path}`);
  return response;
}

async function install() {
  const cache = await caches.open(NAME);
  await Promise.all([...kept].map(async ([address, path]) => cache.put(address, await fetchStamped(path))));
}

self.addEventListener("install", (event) => event.waitUntil(install()));

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("eid-page-") && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("message", (event) => {
  if (event.data === "use-new-version") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== scope.origin) return;
  address.search = "";
  address.hash = "";
  if (address.pathname.endsWith("/")) address.pathname += "index.html";
  if (!kept.has(address.href)) return;
  event.respondWith(caches.open(NAME).then((cache) => cache.match(address.href)).then((hit) => hit || fetch(request)));
});
