// Signed lists for an open verdict: fetched when a person asks for them, and kept. A list is public and signed; it is judged anew each time it is used.
// `lists.json` says where: `mirrors` (address that a credential names → the same file on our own server, so that its issuer does not learn who asks),
// `allowHosts` (hosts that may be asked directly; the page's Content-Security-Policy must name them too) and `trustLists` (addresses of trust lists).

import { fetchNeeds } from "../pkg/net.js";

const KEPT = "eid-lists";
const place = (uri) => new URL(`./lists/kept?${new URLSearchParams({ uri })}`, document.baseURI).href;

/** A cache for `fetchNeeds` over the browser's own. */
const cache = {
  async get(uri) {
    const hit = await (await caches.open(KEPT)).match(place(uri));
    return hit ? hit.json() : undefined;
  },
  async set(uri, entry) {
    await (await caches.open(KEPT)).put(place(uri), new Response(JSON.stringify(entry)));
  },
};

async function settings() {
  try {
    const response = await fetch("./lists.json");
    if (response.ok) return { mirrors: {}, allowHosts: [], trustLists: [], ...await response.json() };
  } catch { /* none: only our own host */ }
  return { mirrors: {}, allowHosts: [], trustLists: [] };
}

async function ask(needs, how) {
  const { mirrors, allowHosts, trustLists } = await settings();
  const hosts = [location.host, ...allowHosts, ...Object.keys(mirrors).map((uri) => new URL(uri).host)];
  return fetchNeeds(needs, { allowHosts: hosts, trustLists, ...(window.caches ? { cache } : {}), attempts: 2, timeout: 8000, ...how(mirrors) });
}

/** What is missing, by network or from what is kept and still good. */
export const getLists = (needs) => ask(needs, (mirrors) => ({
  fetch: (address, given) => fetch(Object.prototype.hasOwnProperty.call(mirrors, address) ? new URL(mirrors[address], document.baseURI) : address, given),
}));

/** What is missing, from what is kept alone. */
export const keptLists = (needs) => ask(needs, () => ({ fetch: () => Promise.reject(new TypeError("not now")), attempts: 1 }));
